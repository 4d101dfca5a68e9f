"""`check`: is the source right."""

from __future__ import annotations

from pathlib import Path

import click

from ecosystem.cli.bilingual import Command, language_of, language_option
from ecosystem.cli.options import (
    password_for,
    say,
    source_argument,
)
from ecosystem.cli.output import emit, result_options
from ecosystem.files import Form
from ecosystem.labels import Label

_TITLES = {
    "severity": Label("gravité", "severity"),
    "code": Label("problème", "problem"),
    "file": Label("fichier", "file"),
    "line": Label("ligne", "line"),
    "column": Label("colonne", "column"),
    "value": Label("valeur", "value"),
    "message": Label("ce qui ne va pas", "what is wrong"),
    "hint": Label("que faire", "what to do"),
}


@click.command(
    cls=Command,
    words=Label(
        "Vérifie une source et montre tous ses problèmes : fichier, ligne, colonne, que faire.",
        "Check a source and show every problem: file, line, column, what to do.",
    ),
    example="ecosystem check my-territory",
)
@source_argument
@result_options
@language_option
@click.pass_context
def check(ctx: click.Context, source: str | None, form: Form, output: Path | None) -> None:
    """Report every problem; exit 1 if one is an error."""
    import pandas as pd

    from ecosystem.labels import counted, printed
    from ecosystem.schema import TABLES
    from ecosystem.sources import read_unchecked
    from ecosystem.tables.checks import ERRORS, WARNINGS
    from ecosystem.tables.checks import check as check_tables

    tables = read_unchecked(source, password=password_for(source))
    problems = check_tables(tables)
    columns = ["severity", "code", "file", "line", "column", "value", "message", "hint"]
    language = language_of(ctx)
    frame = pd.DataFrame([p.record(language) for p in problems], columns=columns)
    frame["line"] = frame["line"].astype("Int64")
    if form == "table" and output is None:
        for problem in problems:
            color = "red" if problem.severity == "error" else "yellow"
            click.echo(
                f"{click.style(printed(problem.place), fg=color)}: "
                + printed(problem.to(language).removeprefix(problem.place + ": "))
            )
    else:
        emit(frame, form, output, sheet=Label("problèmes", "problems"), titles=_TITLES)
    errors = sum(p.severity == "error" for p in problems)
    sizes = [
        f"{TABLES[name].label.to(language).lower()}: {len(f)}"
        for name, f in tables.items()
        if len(f)
    ]
    rows = ", ".join(sizes)
    say(Label(rows.replace(":", " :") or "aucune ligne", rows or "no rows"))
    say(
        Label("{errors}, {warnings}", "{errors}, {warnings}").format(
            errors=counted(errors, ERRORS), warnings=counted(len(problems) - errors, WARNINGS)
        )
    )  # fmt: skip
    ctx.exit(1 if errors else 0)
