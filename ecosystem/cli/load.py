"""`load`: a source into the store."""

from __future__ import annotations

import click

from ecosystem.cli.bilingual import Command, language_option
from ecosystem.cli.options import (
    say,
    source_argument,
    tables_of,
)
from ecosystem.labels import Label


@click.command(
    cls=Command,
    words=Label(
        "Charge une source dans le graphe : à NEO4J_URI s'il est donné, sinon dans le stockage embarqué.",
        "Load a source into the graph: at NEO4J_URI if it is set, else into the embedded store.",
    ),
    example="NEO4J_URI=bolt://127.0.0.1:7687 ecosystem load my-territory",
)
@source_argument
@language_option
def load(source: str | None) -> None:
    """Make the store hold the source, and nothing of what earlier loads wrote."""
    from ecosystem.sources import opened

    tables = tables_of(source)
    with opened() as store:
        counts = store.load(tables)
        where = store.address.uri
        say(Label(f"chargé dans {store.name} ({where})", f"loaded into {store.name} ({where})"))
    for name, count in counts.items():
        click.echo(f"{count:>7}  {name}")
