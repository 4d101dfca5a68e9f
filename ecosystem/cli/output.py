"""Results go to stdout, or whole to a file; talk goes to stderr."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecosystem.cli.bilingual import language_of
from ecosystem.cli.options import caution, say
from ecosystem.files import write_text
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
        `table` (for people: `titles` replaces column names), `csv` or `json`.
    """
    from ecosystem.report.forms import as_csv, as_json, as_text

    if form == "table":
        language = language_of(click.get_current_context(silent=True))
        text = as_text(frame, titles or {}, language)
    else:
        text = as_json(frame) if form == "json" else as_csv(frame)
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
