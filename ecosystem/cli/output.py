"""Results go to stdout, or whole to a file; talk goes to stderr."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecosystem.cli.bilingual import language_of
from ecosystem.cli.options import caution, for_excel, say
from ecosystem.files import write_bytes, write_text
from ecosystem.labels import Label, printed

if TYPE_CHECKING:
    import pandas as pd


def emit(
    frame: pd.DataFrame, form: str, output: Path | None, *, titles: Mapping[str, str] | None = None
) -> None:
    """Print a table to stdout, or write it to a file, whole or not at all.

    Parameters
    ----------
    form
        `table` (for people: `titles` replaces column names), `csv`, `json`, `xlsx` or `parquet`.
    """
    from ecosystem.report import forms

    language = language_of(click.get_current_context(silent=True))
    if form in ("xlsx", "parquet"):
        assert output is not None  # its ending says so
        if form == "parquet":
            data = forms.as_parquet(frame)
        else:
            from ecosystem.formats.sheets import as_workbook

            name = click.get_current_context().info_name or output.stem
            data = as_workbook({name: frame}, titles)
        if (words := caution()) is not None:
            say(words)
        write_bytes(output, data)
        say(Label(f"écrit : {output}", f"written: {output}"))
        return
    if form == "table":
        text = forms.as_text(frame, titles or {}, language)
    elif form == "json":
        text = forms.as_json(frame)
    else:
        text = forms.as_french_csv(frame) if for_excel() else forms.as_csv(frame)
    emit_text(text, output, for_people=form == "table")


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
        say(Label(f"écrit : {output}", f"written: {output}"))
