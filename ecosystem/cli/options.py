"""Options that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ecosystem.cli.bilingual import language_of, option
from ecosystem.labels import Label, printed
from ecosystem.sources import is_bolt, is_embedded, read, with_name
from ecosystem.vocabulary import VISIBILITIES

if TYPE_CHECKING:
    from ecosystem.audience import Copy
    from ecosystem.tables.frames import Tables

_SOURCE = "ecosystem.source.name"


def _remember_name(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    ctx.meta[_SOURCE] = value


def _with_name(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
    """The source with the name that `--as` gives it, which was read before."""
    name = ctx.meta.get(_SOURCE)
    return value if name is None else with_name(value, name)


def source_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """`SOURCE`, and `--as NAME` for one of those that a store holds side by side."""
    as_option: Callable[..., Any] = option(
        "--as", metavar="NAME", is_eager=True, expose_value=False, callback=_remember_name,
        words=Label("D'une base : la source chargée sous ce nom (load --as).",
                    "Of a store: the source that was loaded under this name (load --as)."),
    )  # fmt: skip
    argument = click.argument("source", required=False, callback=_with_name)
    decorated: Callable[..., Any] = as_option(argument(command))
    return decorated


territory_option = option(
    "-t", "--territory", metavar="ID",
    words=Label("Un territoire ; sans elle, tous ensemble.", "One territory; without it, all together."),
)  # fmt: skip

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
    if source is None or not is_bolt(source) or is_embedded(source):
        return None
    from ecosystem.store import embedded

    running = embedded.running()
    if "NEO4J_PASSWORD" in os.environ or (
        running and running.uri == source.partition("#")[0].rstrip("/")
    ):
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
