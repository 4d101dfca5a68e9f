"""`load`: a source into the store."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ecosystem.cli.bilingual import Command, language_of, language_option, option
from ecosystem.cli.options import say, tables_of
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
@click.argument("source", required=False)
@option(
    "--as",
    "name",
    metavar="NAME",
    words=Label(
        "Le nom de la source dans la base : chacune y est remplacée seule. Sans nom : main.",
        "The name of the source in the store: each one is replaced alone. Without a name: main.",
    ),
)
@option(
    "--shares/--no-shares",
    default=None,
    words=Label(
        "Relie aussi les acteurs directement, par (:Actor)-[:SHARES]->(:Actor), pour GDS et Bloom ; "
        "sans l'option, comme au dernier chargement.",
        "Tie actors directly too, by (:Actor)-[:SHARES]->(:Actor), for GDS and Bloom; without the "
        "option, as at the last load.",
    ),
)
@option(
    "--remove",
    is_flag=True,
    words=Label(
        "Retire de la base la source de ce nom (--as) ; rien n'est chargé.",
        "Take the source of this name (--as) out of the store; nothing is loaded.",
    ),
)
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
def load(
    source: str | None,
    name: str | None,
    shares: bool | None,
    remove: bool,
    dry_run: bool,
    discard: bool,
) -> None:
    """Make a source of the store hold the one given, and nothing of what its earlier loads wrote."""
    from ecosystem.sources import opened
    from ecosystem.store import holding

    if remove:
        _remove(source, name, dry_run, discard)
        return
    if name is not None:
        holding.named(name)
    tables = tables_of(source)
    if dry_run:
        _foretell(tables, name)
        return
    with opened(say=say) as store:
        counts = store.load(tables, source=name, discard=discard, shares=shares, say=say)
        say(
            Label("chargé dans {store} ({where}) comme {name}",
                  "loaded into {store} ({where}) as {name}").format(
                store=store.title, where=store.address.uri, name=store.into(name)
            )
        )  # fmt: skip
    for name, count in counts.items():
        click.echo(f"{count:>7}  {name}")


def _remove(source: str | None, name: str | None, dry_run: bool, discard: bool) -> None:
    """Take a source out of the store."""
    from ecosystem.sources import opened

    if source is not None or name is None or dry_run:
        words = Label(
            "--remove va avec --as NAME, sans SOURCE ni --dry-run",
            "--remove goes with --as NAME, without SOURCE or --dry-run",
        )
        raise click.UsageError(words.to(language_of(click.get_current_context())))
    with opened(say=say) as store:
        store.remove(name, discard=discard, say=say)
    say(Label(f"{name} n'est plus dans la base", f"{name} is no longer in the store"))


def _foretell(tables: Tables, name: str | None) -> None:
    """Print what a load would do; a store that was never filled is not made for it."""
    import pandas as pd

    from ecosystem.sources import filled, opened
    from ecosystem.store.writing import compared, listed

    if filled():
        with opened(say=say) as store:
            found = store.preview(tables, source=name)
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
