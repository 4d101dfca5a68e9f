"""Results go to stdout, or whole to a file; talk goes to stderr."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from ecosystem.cli.bilingual import language_of, option
from ecosystem.cli.options import caution, say
from ecosystem.errors import EcosystemError
from ecosystem.files import ENDINGS, Form, form_of, write_bytes, write_text
from ecosystem.labels import Label, printed

if TYPE_CHECKING:
    import pandas as pd

FOR_PEOPLE: tuple[Form, ...] = ("table", "xlsx")
"""The forms that are for people: words instead of codes and of names of columns."""
_FOR_EXCEL = "ecosystem.for_excel"
_format_option = option(
    "-f", "--format", "form", type=click.Choice(get_args(Form)),
    words=Label("Forme du résultat ; sinon celle que dit l'extension de -o, sinon table.",
                "Form of the result; else the one that the ending of -o says, else table."),
)  # fmt: skip
_for_option = option(
    "--for", "reader", type=click.Choice(["programs", "excel-fr"]), default="programs", show_default=True,
    words=Label("Qui lira le CSV : des programmes, ou un Excel en français (points-virgules, virgules décimales).",
                "Who reads the CSV: programs, or a French Excel (semicolons, decimal commas)."),
)  # fmt: skip
_output_option = option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    words=Label(f"Écrit dans un fichier, dont l'extension décide la forme : {', '.join(ENDINGS)}.",
                f"Write to a file, whose ending decides the form: {', '.join(ENDINGS)}."),
)  # fmt: skip


def result_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--format`, `--for` and `-o`, for every command whose result is a table.

    The command is given `form` and `output`, after what contradicts itself was refused.
    """

    @functools.wraps(command)
    def decided(
        *args: Any, form: Form | None, reader: str, output: Path | None, **more: Any
    ) -> Any:
        ctx = click.get_current_context()
        ctx.meta[_FOR_EXCEL] = reader == "excel-fr"
        return command(*args, form=_form(form, output, ctx), output=output, **more)

    decorated: Callable[..., Any] = decided
    for each in (_output_option, _for_option, _format_option):
        decorated = each(decorated)
    return decorated


def _form(asked: Form | None, output: Path | None, ctx: click.Context) -> Form:
    """The form of the result: what was asked for, else what the file says, else a table.

    Raises
    ------
    UsageError
        If the file says something else, or cannot be what was asked for.
    EcosystemError
        If what makes the form is not installed.
    """
    for_excel = ctx.meta[_FOR_EXCEL]
    try:
        said = form_of(output) if output is not None else None
    except EcosystemError as error:
        raise click.UsageError(error.to(language_of(ctx))) from error
    form = asked or said or ("csv" if for_excel else "table")
    wrong = None
    if said not in (None, form):
        endings = ", ".join(f"{ending} ({kind})" for ending, kind in ENDINGS.items())
        wrong = Label(
            f"{output} : l'extension dit {said}, --format dit {form} ; extensions : {endings}",
            f"{output}: the ending says {said}, --format says {form}; endings: {endings}",
        )
    elif for_excel and form != "csv":
        wrong = Label(
            f"--for excel-fr dit comment écrire le CSV : il ne va pas avec la forme {form}",
            f"--for excel-fr says how CSV is written: it does not go with the form {form}",
        )
    elif form in ("xlsx", "parquet") and output is None:
        wrong = Label(
            f"la forme {form} est un fichier : donnez -o, par exemple -o resultat.{form}",
            f"the form {form} is a file: give -o, for example -o result.{form}",
        )
    if wrong is not None:
        raise click.UsageError(wrong.to(language_of(ctx)))
    if form == "parquet":
        from ecosystem.report.parquet import refuse_without_pyarrow

        refuse_without_pyarrow()
    return form


def emit(
    frame: pd.DataFrame,
    form: Form,
    output: Path | None,
    *,
    sheet: Label,
    titles: Mapping[str, Label] | None = None,
) -> None:
    """Print a table to stdout, or write it to a file, whole or not at all.

    Parameters
    ----------
    form
        In those of `FOR_PEOPLE`, `titles` replaces column names.
    sheet
        What the rows are: the name of the sheet of a workbook.
    """
    ctx = click.get_current_context(silent=True)
    language = language_of(ctx)
    words = {name: title.to(language) for name, title in (titles or {}).items()}
    if form == "xlsx":
        from ecosystem.report.workbook import as_workbook

        book = as_workbook(frame, words, sheet.to(language))
        _emit_bytes(book.data, output)
        for told in book.cut:
            say(told)
    elif form == "parquet":
        from ecosystem.report.parquet import as_parquet

        _emit_bytes(as_parquet(frame), output)
    else:
        emit_text(_text(frame, form, words, ctx), output, for_people=form == "table")


def _text(
    frame: pd.DataFrame, form: Form, titles: Mapping[str, str], ctx: click.Context | None
) -> str:
    """A table in one of the forms that are text."""
    from ecosystem.report.forms import as_csv, as_excel_csv, as_json, as_text

    if form == "table":
        return as_text(frame, titles, language_of(ctx))
    if form == "json":
        return as_json(frame)
    return as_excel_csv(frame) if ctx is not None and ctx.meta.get(_FOR_EXCEL) else as_csv(frame)


def _emit_bytes(data: bytes, output: Path | None) -> None:
    """Write what is no text to a file; how a copy is to be read is said beside it."""
    if (words := caution()) is not None:
        say(words)
    assert output is not None, "refused before anything was computed"
    write_bytes(output, data)
    _say_written(output)


def _say_written(output: Path) -> None:
    say(Label(f"écrit : {output}", f"written: {output}"))


def emit_text(text: str, output: Path | None, *, for_people: bool = True) -> None:
    """Print a text to stdout, or write it to a file, whole or not at all.

    Parameters
    ----------
    for_people
        What a screen would obey is written out, and how a copy is to be read stands at the end;
        CSV and JSON keep what the data hold.
    """
    if (words := caution()) is not None:
        if for_people:
            told = words.to(language_of(click.get_current_context()))
            text += f"\n{told}\n"
        else:
            say(words)
    if output is None:
        click.echo(printed(text) if for_people else text, nl=False)
    else:
        write_text(output, text)
        _say_written(output)
