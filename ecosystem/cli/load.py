"""`load`: a source into the store."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ecosystem.cli.bilingual import Command, language_option, option
from ecosystem.cli.options import say, source_argument, tables_of
from ecosystem.cli.output import emit
from ecosystem.labels import Label

if TYPE_CHECKING:
    from ecosystem.tables.frames import Tables

_TITLES = {
    "table": Label("table", "table"),
    "added": Label("ajoutées", "added"),
    "changed": Label("changées", "changed"),
    "removed": Label("retirées", "removed"),
    "same": Label("inchangées", "unchanged"),
}
_LOST = Label(
    "avec des lignes retirées, ceci que quelqu'un a ajouté ; « load » le refuserait, « load --discard » "
    "le retirerait :\n{what}",
    "with rows that are removed, this that somebody added; 'load' would refuse it, 'load --discard' "
    "would remove it:\n{what}",
)


@click.command(
    cls=Command,
    words=Label(
        "Charge une source dans le graphe : à NEO4J_URI s'il est donné, sinon dans le stockage embarqué.",
        "Load a source into the graph: at NEO4J_URI if it is set, else into the embedded store.",
    ),
    example="NEO4J_URI=bolt://127.0.0.1:7687 ecosystem load my-territory",
)
@source_argument
@option(
    "--dry-run",
    is_flag=True,
    words=Label(
        "Dit ce qui serait ajouté, changé et retiré ; n'écrit rien.",
        "Say what would be added, changed and removed; write nothing.",
    ),
)
@option(
    "--discard",
    is_flag=True,
    words=Label(
        "Retire les lignes que la source n'a plus, même avec ce que d'autres y ont ajouté.",
        "Remove rows that the source no longer has, even with what others added to them.",
    ),
)
@language_option
def load(source: str | None, dry_run: bool, discard: bool) -> None:
    """Make the store hold the source, and nothing of what earlier loads wrote."""
    from ecosystem.sources import opened

    tables = tables_of(source)
    if dry_run:
        _foretell(tables)
        return
    with opened(say=say) as store:
        counts = store.load(tables, discard=discard, say=say)
        where = store.address.uri
        say(
            Label("chargé dans {store} ({where})", "loaded into {store} ({where})").format(
                store=store.title, where=where
            )
        )
    for name, count in counts.items():
        click.echo(f"{count:>7}  {name}")


def _foretell(tables: Tables) -> None:
    """Print what a load would do; a store that was never filled is not made for it."""
    import pandas as pd

    from ecosystem.sources import filled, opened
    from ecosystem.store.writing import compared, listed

    if filled():
        with opened(say=say) as store:
            found = store.preview(tables)
    else:
        found = compared(None, tables)
    rows = [asdict(each) for each in found.tables if any([*asdict(each).values()][1:])]
    emit(
        pd.DataFrame(rows, columns=[*_TITLES]),
        "table",
        None,
        sheet=Label("tables", "tables"),
        titles=_TITLES,
    )
    if found.lost:
        say(_LOST.format(what=listed(found.lost)))
    say(Label("rien n'a été écrit", "nothing was written"))
