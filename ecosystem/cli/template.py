"""`template`: a workbook to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from ecosystem.cli.bilingual import Command, language_of, language_option, option
from ecosystem.cli.options import say
from ecosystem.labels import Label


@click.command(
    cls=Command,
    words=Label(
        "Écrit un classeur Excel à remplir : une feuille par table, des listes déroulantes, un mode d'emploi.",
        "Write an Excel workbook to fill in: a sheet a table, drop-downs, how to fill it.",
    ),
    example="ecosystem template -o survey.xlsx --tables actors,flows,needs",
)
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    required=True,
    words=Label("Le classeur à écrire (.xlsx).", "The workbook to write (.xlsx)."),
)
@option(
    "--tables",
    metavar="NAMES",
    words=Label(
        "Les tables voulues, séparées par des virgules ; sans elle : actors, datasets, flows, needs.",
        "The tables wanted, separated by commas; without it: actors, datasets, flows, needs.",
    ),
)
@language_option
@click.pass_context
def template(ctx: click.Context, output: Path, tables: str | None) -> None:
    """Write the workbook, whole or not at all."""
    from ecosystem.files import write_bytes
    from ecosystem.formats.template import USUAL
    from ecosystem.formats.template import template as made

    if output.suffix.lower() != ".xlsx":
        words = Label(f"{output} : le modèle est un classeur ; nommez-le en .xlsx",
                      f"{output}: the template is a workbook; name it .xlsx")  # fmt: skip
        raise click.UsageError(words.to(language_of(ctx)))
    names = [name.strip() for name in tables.split(",") if name.strip()] if tables else USUAL
    write_bytes(output, made(names, language_of(ctx)))
    say(Label(f"écrit : {output}", f"written: {output}"))
