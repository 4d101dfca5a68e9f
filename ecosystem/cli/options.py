"""Options that several commands share."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ecosystem.cli.bilingual import language_of, option
from ecosystem.labels import Label, printed
from ecosystem.sources import EMBEDDED, is_bolt, read
from ecosystem.vocabulary import VISIBILITIES

if TYPE_CHECKING:
    from ecosystem.audience import Copy
    from ecosystem.tables.frames import Tables

source_argument = click.argument("source", required=False)

territory_option = option(
    "-t", "--territory", metavar="ID",
    words=Label("Un territoire ; sans elle, tous ensemble.", "One territory; without it, all together."),
)  # fmt: skip

FORMS = {
    ".txt": "table", ".md": "table", ".csv": "csv", ".json": "json", ".xlsx": "xlsx", ".parquet": "parquet",
}  # fmt: skip
"""What a file that a command writes holds, by its ending."""

_FOR = "ecosystem.for"


def _remember_for(ctx: click.Context, param: click.Parameter, value: Any) -> None:  # noqa: ARG001
    ctx.meta[_FOR] = value


_form_option = option(
    "-f", "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table",
    show_default=True,
    words=Label("Forme du résultat ; avec -o, la fin du nom en décide (.csv, .json, .xlsx, .parquet).",
                "Form of the result; with -o, the ending of the name decides (.csv, .json, .xlsx, .parquet)."),
)  # fmt: skip
_for_option = option(
    "--for", type=click.Choice(["programs", "excel-fr"]), default="programs", show_default=True,
    expose_value=False, callback=_remember_for,
    words=Label("À qui va le CSV : aux programmes, ou à un Excel français (point-virgule, virgule décimale).",
                "Whom CSV is for: programs, or a French Excel (semicolons, decimal commas)."),
)  # fmt: skip


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--format` and `--for`; the ending of the file of `-o` decides, before anything is computed."""

    @functools.wraps(command)
    def settled(*arguments: Any, **given: Any) -> Any:
        given["form"] = _settled(given["form"], given.get("output"))
        return command(*arguments, **given)

    with_options: Callable[..., Any] = _form_option(_for_option(settled))
    return with_options


def _settled(form: str, output: Path | None) -> str:
    """The form of a result: what the ending of its file says.

    Raises
    ------
    click.UsageError
        If the ending is none that is known, or says another form than `--format`.
    """
    ctx = click.get_current_context()
    ending = output.suffix.lower() if output is not None else ""
    asked = ctx.get_parameter_source("form") is not click.core.ParameterSource.DEFAULT
    words: Label | None = None
    if ending and ending not in FORMS:
        known = ", ".join(FORMS)
        words = Label(f"{output} : fin de nom inconnue ; sont écrits : {known}",
                      f"{output}: an ending that is not known; these are written: {known}")  # fmt: skip
    elif ending and asked and FORMS[ending] != form:
        words = Label(f"{output} et --format {form} se contredisent : enlevez --format, ou changez la fin du nom",
                      f"{output} and --format {form} contradict each other: leave --format out, or change the ending")  # fmt: skip
    elif ending:
        form = FORMS[ending]
    if words is None and for_excel() and form != "csv":
        words = Label("--for excel-fr va avec le CSV : ajoutez --format csv, ou -o NOM.csv",
                      "--for excel-fr goes with CSV: add --format csv, or -o NAME.csv")  # fmt: skip
    if words is not None:
        raise click.UsageError(words.to(language_of(ctx)), ctx)
    return form


def for_excel() -> bool:
    """Whether the CSV of the command of this context is for a French Excel."""
    return click.get_current_context().meta.get(_FOR) == "excel-fr"


output_option = option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    words=Label("Écrit dans un fichier au lieu de l'écran.", "Write to a file instead of the screen."),
)  # fmt: skip

_AUDIENCE = "ecosystem.audience."


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    ctx.meta[f"{_AUDIENCE}{param.name}"] = value


_audience_option = option(
    "--audience", type=click.Choice([*VISIBILITIES][::-1]), default="internal", show_default=True,
    metavar="WHO", expose_value=False, callback=_remember,
    words=Label("Pour qui (internal, partners, public) : ce que ce public ne peut pas voir est retiré avant tout calcul.",
                "Who it is for (internal, partners, public): what they may not see is out before anything is computed."),
)  # fmt: skip
_policy_option = option(
    "--policy", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    expose_value=False, callback=_remember,
    words=Label("Fichier TOML de ce qui est retiré en plus : colonnes, acteurs à masquer ou à regrouper.",
                "TOML file of what else is taken out: columns, actors to mask or to group."),
)  # fmt: skip
_removed_option = option(
    "--removed", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    expose_value=False, callback=_remember,
    words=Label("Écrit ce qui est retiré et pourquoi ; à garder pour soi.",
                "Write what is taken out and why; to be kept to oneself."),
)  # fmt: skip


def audience_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--audience`, `--policy` and `--removed`, for every command whose result leaves the house.

    What they say is remembered by the context: `copy_of` and `asked` read it.
    """
    for each in (_removed_option, _policy_option, _audience_option):
        command = each(command)
    return command


class Asked(NamedTuple):
    """What a command was told of its audience."""

    audience: str
    policy: Path | None
    removed: Path | None


def asked() -> Asked:
    """What the command of this context was told of its audience."""
    meta = click.get_current_context().meta
    return Asked(*(meta[f"{_AUDIENCE}{name}"] for name in Asked._fields))


def copy_of(source: str | None, output: Path | None = None) -> Copy:
    """The tables of a source for the audience, after saying on stderr where they come from.

    Parameters
    ----------
    output
        The file or folder that leaves the house.
    """
    return copied(tables_of(source), output)


def copied(tables: Tables, output: Path | None = None) -> Copy:
    """The copy of tables for the audience; what is out goes to `--removed` and, counted, to stderr."""
    from ecosystem.audience import make_copy

    told, ctx = asked(), click.get_current_context()
    copy = make_copy(
        tables, told.audience, told.policy, removed=told.removed, result=output,
        language=language_of(ctx), say=say,
    )  # fmt: skip
    ctx.meta[f"{_AUDIENCE}caution"] = copy.caution
    return copy


def caution() -> Label | None:
    """How the copy that the command of this context made is to be read, if that must be said."""
    ctx = click.get_current_context(silent=True)
    return ctx.meta.get(f"{_AUDIENCE}caution") if ctx else None


def password_for(source: str | None) -> str | None:
    """The password of a Bolt address: from the environment, else asked for, never shown."""
    if source is None or not is_bolt(source) or source.rstrip("/") == EMBEDDED:
        return None
    from ecosystem.store import embedded

    running = embedded.running()
    if "NEO4J_PASSWORD" in os.environ or (running and running.uri == source.rstrip("/")):
        return None
    if not sys.stdin.isatty():
        return None
    words = Label("Mot de passe Neo4j", "Neo4j password")
    language = language_of(click.get_current_context(silent=True))
    asked: str = click.prompt(words.to(language), hide_input=True, err=True)
    return asked


def tables_of(source: str | None) -> Tables:
    """The checked tables of a source, after saying on stderr where they come from."""
    tables = read(source, password=password_for(source))
    say(
        Label("source : {origin}", "source: {origin}").format(
            origin=Label("données livrées", "shipped data") if source is None else tables.origin
        )
    )
    return tables


def say(words: Label) -> None:
    """One line of talk, on stderr: above the bars, if some are drawn there."""
    if sys.stderr is None:  # closed: nobody is to be told
        return
    # not `err=True`: click would go around what stands in for stderr while bars are drawn
    told = words.to(language_of(click.get_current_context(silent=True)))
    click.echo(printed(told), file=sys.stderr)
