"""Options of the commands that measure a network, and what they say of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import click

from ecosystem.cli.bilingual import option
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

weight_option = option(
    "--weight", type=click.Choice(["sum", "count"]), default="sum", show_default=True,
    words=Label("Ce que valent plusieurs flux d'une paire : la somme de leurs poids, ou leur nombre.",
                "What several flows of a pair amount to: the sum of their weights, or their count."),
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


def say_weighed(network: Network) -> None:
    """Say that weights count, where rows have some, and how not to count them."""
    if network.row_weights is not None:
        from ecosystem.ranking.sentences import WEIGHED

        say(WEIGHED)
        say(Label("--weight count compte les lignes", "--weight count counts rows"))


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


def say_drawn(drawn: Mapping[Any, Any]) -> None:
    """Say why fewer draws were made than asked for, or that there was nothing to drop.

    Parameters
    ----------
    drawn
        The `attrs` of a table of stability.
    """
    from ecosystem.measures.stability import ENDS

    done, asked, ended = drawn["draws"], drawn["asked"], drawn["ended"]
    if done and not drawn["droppable"]:
        say(
            Label("rien à retirer : aucun flux ne dit qu'un seul côté le déclare (colonne declared_by)",
                  "nothing to drop: no flow says that only one side reports it (column declared_by)")
            if drawn["drop"] == "one-sided"
            else Label("rien à retirer : le réseau est vide", "nothing to drop: the network is empty")
        )  # fmt: skip
    if ended == "interrupted":
        say(
            Label(
                f"interrompu : {done} tirages sur {asked}", f"interrupted: {done} of {asked} draws"
            )
        )
    elif 0 < done < asked:
        say(
            Label(
                "{done} tirages sur {asked} : {why} ; --draws {asked} les fait tous",
                "{done} of {asked} draws: {why}; --draws {asked} makes them all",
            ).format(done=done, asked=asked, why=ENDS[ended])
        )


def say_left_out(left_out: Collection[str], network: Network) -> None:
    """Say what the size of a network left out of a broker table, and how to ask for it."""
    from ecosystem.measures.paths import SOURCES

    words = {
        "exact-betweenness": Label(
            f"plus courts chemins : estimés à partir de {SOURCES} acteurs tirés au hasard (colonne "
            "betweenness_error du CSV) ; pour le compte exact : ecosystem measures run betweenness",
            f"shortest paths: estimated from {SOURCES} actors drawn at random (column "
            "betweenness_error of the CSV); for the exact count: ecosystem measures run betweenness",
        ),
        "draws": Label(
            "rang à 90 % : laissé de côté, chaque tirage serait long ; pour le demander : --draws 100",
            "rank, 90 %: left out, each draw would take long; to ask for it: --draws 100",
        ),
        "same-degrees": Label(
            "colonnes brokerage_same_degrees, brokerage_p et brokerage_p_adjusted : laissées vides ; "
            "pour les demander : --permutations 999",
            "columns brokerage_same_degrees, brokerage_p and brokerage_p_adjusted: left empty; to ask "
            "for them: --permutations 999",
        ),
    }
    if left_out:
        n, m = network.n, len(network.edges)
        say(
            Label(
                f"grand réseau : {n} acteurs, {m} échanges",
                f"large network: {n} actors, {m} exchanges",
            )
        )
    for what in left_out:
        say(words[what])
