"""`merge-actors`: actors that may be one, and joining those that a person said are."""

from __future__ import annotations

from pathlib import Path

import click

from ecosystem.cli.bilingual import Command, language_of, language_option, option
from ecosystem.cli.options import say, source_argument, tables_of
from ecosystem.labels import Label


@click.command(
    "merge-actors",
    cls=Command,
    words=Label(
        "Propose les acteurs qui n'en font peut-être qu'un ; réunit ceux d'une liste relue.",
        "Propose actors that may be one; join those of a reviewed list.",
    ),
    example="ecosystem merge-actors my-territory --apply twins.csv -o my-territory-2",
)
@source_argument
@option(
    "--apply", "reviewed", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="LIST",
    words=Label("La liste relue : « yes » dans la colonne decision réunit deux acteurs.",
                "The reviewed list: 'yes' in the column decision joins two actors."),
)  # fmt: skip
@option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="PATH",
    words=Label("La liste à relire (.csv) ; avec --apply, le dossier des tables réunies.",
                "The list to be reviewed (.csv); with --apply, the folder of the joined tables."),
)  # fmt: skip
@language_option
@click.pass_context
def merge_actors(
    ctx: click.Context, source: str | None, reviewed: Path | None, output: Path | None
) -> None:
    """List likely twins, or join those that were decided."""
    from ecosystem.cli.output import emit
    from ecosystem.files import write_text
    from ecosystem.intake.result import write_tables_to
    from ecosystem.intake.twins import decisions_text, merged, read_decisions, twins, twins_frame

    language = language_of(ctx)
    tables = tables_of(source)
    if reviewed is None:
        pairs = twins(tables)
        if output is None:
            emit(twins_frame(pairs, language), "table", None, sheet=Label("acteurs", "actors"))
        else:
            write_text(output, decisions_text(pairs, language))
            say(Label(f"écrit : {output} ; écrivez yes dans la colonne decision, puis : --apply {output} -o DOSSIER",
                      f"written: {output}; write yes in the column decision, then: --apply {output} -o FOLDER"))  # fmt: skip
        say(Label("{n} {n:paire|paires}", "{n} {n:pair|pairs}").format(n=len(pairs)))
        return
    if output is None:
        words = Label("--apply demande -o DOSSIER", "--apply needs -o FOLDER")
        raise click.UsageError(words.to(language), ctx)
    joins = read_decisions(reviewed)
    for path in write_tables_to(merged(tables, joins), output):
        say(Label(f"écrit : {path}", f"written: {path}"))
    say(
        Label("{n} {n:acteur réuni|acteurs réunis}", "{n} {n:actor|actors} joined").format(
            n=len(joins)
        )
    )
