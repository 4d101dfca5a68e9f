"""Options of the commands that measure a network, and what they say of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from ecosystem.cli.bilingual import language_of, option
from ecosystem.cli.options import say
from ecosystem.vocabulary import Label

if TYPE_CHECKING:
    from ecosystem.networks.network import Network

LAYERS = ("flows", "ties", "both")
DROPS = ("flows", "actors", "one-sided")
"""Names that help shows without importing what they stand for; a test keeps them equal."""

partition_option = option(
    "-p", "--partition", default="sector", show_default=True, metavar="COLUMN",
    words=Label("Colonne d'acteurs qui définit les groupes, ou « community » : calculés.",
                "Column of actors that gives the groups, or 'community': computed."),
)  # fmt: skip

layer_option = option(
    "-l", "--layer", default="flows", show_default=True, metavar="LAYER",
    words=Label(f"Quel réseau : {', '.join(LAYERS)} (flux, liens, les deux).",
                f"Which network: {', '.join(LAYERS)}."),
)  # fmt: skip

drop_option = option(
    "--drop", default="flows", show_default=True, metavar="WHAT",
    words=Label(f"Ce que chaque tirage retire : {', '.join(DROPS)}.",
                f"What each draw drops: {', '.join(DROPS)}."),
)  # fmt: skip

share_option = option(
    "--share", default=0.1, show_default=True, metavar="PART",
    words=Label("Part retirée à chaque tirage, entre 0 et 1.", "Share dropped by each draw, between 0 and 1."),
)  # fmt: skip

top_option = option(
    "--top", type=click.IntRange(min=1), default=5, show_default=True, metavar="K",
    words=Label("Stable veut dire : reste parmi les K premiers.", "Stable means: stays among the first K."),
)  # fmt: skip

seed_option = option(
    "--seed", default=1, show_default=True,
    words=Label("Graine de ce qui est tiré au hasard.", "Seed of what is drawn at random."),
)  # fmt: skip


def warn_of_ungrouped(network: Network, partition: str) -> None:
    """Say how many actors have no value in the column of a partition."""
    from ecosystem.measures.partition import ungrouped

    if count := ungrouped(network, partition):
        say(
            Label(
                f"colonne « {partition} » : vide pour {count} acteurs sur {network.n}, réunis dans le "
                "groupe « unknown »",
                f"column '{partition}': empty for {count} of {network.n} actors, put together in the "
                "group 'unknown'",
            )
        )


@contextmanager
def drawing(draws: int) -> Iterator[Callable[[int], None] | None]:
    """A progress bar on stderr, where somebody watches; gives what to call at each step."""
    if not draws or not sys.stderr.isatty():
        yield None
        return
    language = language_of(click.get_current_context(silent=True))
    label = Label("tirages", "draws").to(language)
    with click.progressbar(length=draws, label=label, file=sys.stderr) as bar:
        yield bar.update


def say_drawn(drawn: Mapping[Any, Any]) -> None:
    """Say that fewer draws were made than asked for, or that there was nothing to drop.

    Parameters
    ----------
    drawn
        The `attrs` of a table of stability.
    """
    done, asked = drawn["draws"], drawn["asked"]
    if done and not drawn["droppable"]:
        say(
            Label("rien à retirer : aucun flux ne dit qu'un seul côté le déclare (colonne declared_by)",
                  "nothing to drop: no flow says that only one side reports it (column declared_by)")
            if drawn["drop"] == "one-sided"
            else Label("rien à retirer : le réseau est vide", "nothing to drop: the network is empty")
        )  # fmt: skip
    if done < asked:
        say(
            Label(
                f"interrompu : {done} tirages sur {asked}", f"interrupted: {done} of {asked} draws"
            )
        )
