"""What a scenario does: needs met, reach, brokers, fragility, agreements, before and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ecosystem.errors import spoken
from ecosystem.gaps import DETECTORS
from ecosystem.gaps.lookups import Lookups, Seen, lookups_of
from ecosystem.gaps.needs import why_unmet
from ecosystem.measures.fragility import articulation_point, bridge_pairs
from ecosystem.measures.paths import betweenness
from ecosystem.networks.network import Network, share_network
from ecosystem.scenarios.files import Scenario
from ecosystem.scenarios.registry import World, bilateral, changed
from ecosystem.tables.frames import Tables, records
from ecosystem.tables.territories import is_public, names
from ecosystem.vocabulary import Label, Language


class View:
    """A world seen from one territory, with what several effects share."""

    def __init__(self, world: World, lookups: Lookups) -> None:
        self.world = world
        self.tables = world.tables
        self.lookups = lookups
        self.territory = lookups.territory

    @cached_property
    def network(self) -> Network:
        """The share network: active flows, without the general public."""
        return share_network(self.tables, self.territory)

    @cached_property
    def met(self) -> set[str]:
        """The needs that are met."""
        return {
            need["id"] for need in self.lookups.needs if why_unmet(self.lookups.known, need) is None
        }

    @cached_property
    def brokers(self) -> set[str]:
        """Actors on a shortest path between two others."""
        values = betweenness(self.network)
        return set(values.index[values > 0])

    @cached_property
    def cuts(self) -> set[str]:
        """Actors without which the network comes apart."""
        values = articulation_point(self.network)
        return set(values.index[values])


@dataclass(frozen=True)
class Effect:
    """One number that is taken before and after.

    Attributes
    ----------
    reading
        What is counted, in a sentence.
    """

    name: str
    label: Label
    reading: Label
    compute: Callable[[View], float]


EFFECTS: dict[str, Effect] = {}
"""Every effect by name, in the order in which they are told."""


def effect(
    *, label: Label, reading: Label
) -> Callable[[Callable[[View], float]], Callable[[View], float]]:
    """Register a number under the name of its function."""

    def register(function: Callable[[View], float]) -> Callable[[View], float]:
        name = function.__name__
        EFFECTS[name] = Effect(name, label, reading, function)
        return function

    return register


@effect(
    label=Label("besoins couverts", "needs met"),
    reading=Label("besoins que rien ne laisse à découvert (voir unmet-need)", "needs that nothing leaves unmet (see unmet-need)"),
)  # fmt: skip
def needs_met(view: View) -> float:
    """Needs that are met."""
    return len(view.met)


@effect(
    label=Label("besoins exprimés", "needs expressed"),
    reading=Label("besoins des acteurs, le dénominateur", "needs of the actors, the denominator"),
)
def needs_expressed(view: View) -> float:
    """Needs, met or not."""
    return len(view.lookups.needs)


@effect(
    label=Label("portée", "reach"),
    reading=Label(
        "couples d'acteurs dont le premier atteint le second par une chaîne de flux actifs",
        "ordered pairs of actors of which the first reaches the second by a chain of active flows",
    ),
)
def reach(view: View) -> float:
    """Ordered pairs of actors joined by a chain of active flows."""
    network = view.network
    if not network.n:
        return 0
    sizes = network.igraph.neighborhood_size(order=network.n, mode="out")
    return int(np.sum(sizes)) - network.n


@effect(
    label=Label("jeux reçus", "datasets received"),
    reading=Label(
        "couples d'un acteur nommé et d'un jeu qu'il reçoit par un flux actif",
        "pairs of a named actor and a dataset that it receives by an active flow",
    ),
)
def received(view: View) -> float:
    """Pairs of an actor and a dataset that reaches it."""
    lookups = view.lookups
    return len(
        {
            (f["recipient"], f["dataset"])
            for f in lookups.flows
            if f["status"] == "active"
            and f["dataset"]
            and f["provider"] != f["recipient"]
            and not is_public(f["recipient"])
        }
    )


@effect(
    label=Label("intermédiaires", "brokers"),
    reading=Label(
        "acteurs sur un plus court chemin de données entre deux autres",
        "actors on a shortest data path between two others",
    ),
)
def brokers(view: View) -> float:
    """Actors on a shortest path."""
    return len(view.brokers)


@effect(
    label=Label("part du premier intermédiaire (%)", "share of the first broker (%)"),
    reading=Label(
        "part de toute l'intermédiarité que porte le premier, en pour cent ; 0 sans intermédiaire",
        "share of all betweenness that the first one carries, in per cent; 0 without brokers",
    ),
)
def first_broker_share(view: View) -> float:
    """How much of betweenness one actor carries."""
    values = betweenness(view.network)
    total = float(values.sum())
    return round(100 * float(values.max()) / total, 1) if total else 0.0


@effect(
    label=Label("points d'articulation", "cut points"),
    reading=Label(
        "acteurs dont le départ détache un morceau du réseau",
        "actors whose leaving would detach a part of the network",
    ),
)
def cut_points(view: View) -> float:
    """Actors that hold parts together."""
    return len(view.cuts)


@effect(
    label=Label("ponts", "bridges"),
    reading=Label(
        "échanges qui relient seuls deux morceaux du réseau",
        "exchanges that alone link two parts of the network",
    ),
)
def bridges(view: View) -> float:
    """Exchanges that hold parts together."""
    return len(bridge_pairs(view.network))


@effect(
    label=Label("besoins suspendus à un seul intermédiaire", "needs that hang on one broker"),
    reading=Label("constats hangs-on-one", "hangs-on-one findings"),
)
def hanging(view: View) -> float:
    """Needs that one broker could leave unmet."""
    return len({f.evidence[0] for f in DETECTORS["hangs-on-one"].detect(view.lookups)})


@effect(
    label=Label("conventions", "agreements"),
    reading=Label(
        "paires d'acteurs liées par une convention ou un contrat de partage ; sous un tiers de confiance, une "
        "par participant",
        "pairs of actors bound by an agreement or contract to share; under a trusted third party, one for each "
        "participant",
    ),
)
def agreements(view: View) -> float:
    """Pairs of actors that have signed something to share data."""
    kept = {f["id"] for f in view.lookups.flows}
    flows = view.tables["flows"]
    pairs = set()
    for row in records(flows[bilateral(view.tables) & flows["id"].isin(kept)]):
        ends = (row["provider"], row["recipient"])
        third = view.world.frameworks.get(row["id"])
        if third is None:
            pairs.add(frozenset(ends))
        else:
            pairs |= {frozenset((end, third)) for end in ends if end != third}
    return len(pairs)


@dataclass(frozen=True)
class Outcome:
    """What a scenario changes.

    Attributes
    ----------
    table
        One row an effect: `effect`, `before`, `after`, `difference`.
    gained, lost
        By kind (`needs_met`, `brokers`, `cut_points`), the ids that come and those that go.
    notes
        What each step did.
    """

    title: Label
    territory: str | None
    table: pd.DataFrame
    gained: dict[str, tuple[str, ...]]
    lost: dict[str, tuple[str, ...]]
    notes: tuple[Label, ...]
    before: Tables
    after: Tables

    def frame(self, language: Language) -> pd.DataFrame:
        """The table with the words of each effect."""
        spoken(language)
        words = [EFFECTS[name].label.to(language) for name in self.table["effect"]]
        return self.table.assign(label=words)[["effect", "label", "before", "after", "difference"]]

    def told(self) -> list[Label]:
        """What each step did, then who and which needs come and go."""
        lines = list(self.notes)
        for kind, label in (
            ("needs_met", EFFECTS["needs_met"].label),
            ("brokers", EFFECTS["brokers"].label),
            ("cut_points", EFFECTS["cut_points"].label),
        ):
            for ids, sign in ((self.gained[kind], "+"), (self.lost[kind], "-")):
                if ids:
                    shown = ", ".join(self._named(kind, name) for name in ids)
                    lines.append(
                        Label(f"{label.fr} : {sign} {shown}", f"{label.en}: {sign} {shown}")
                    )
        return lines

    def _named(self, kind: str, name: str) -> str:
        if kind == "needs_met":
            return name
        return names(self.after["actors"]).get(name, names(self.before["actors"]).get(name, name))


def what_if(
    tables: Tables | Lookups | Seen, scenario: Scenario, territory: str | None = None
) -> Outcome:
    """What a scenario changes, measured in a territory: that of the scenario unless one is given.

    The tables given are not changed.

    Parameters
    ----------
    tables
        The tables, look-ups that are made already, or what holds them: a study.

    Raises
    ------
    DataError
        If a step cannot be taken; nothing runs.
    UnknownName
        If the territory does not exist.
    """
    lookups = lookups_of(tables, territory or scenario.territory)
    tables = lookups.tables
    after = changed(tables, scenario)
    return outcome(World(tables), after, scenario.title, lookups.territory, lookups=lookups)


def outcome(
    before: World,
    after: World,
    title: Label,
    territory: str | None,
    *,
    lookups: Lookups | None = None,
) -> Outcome:
    """The effects of going from one world to another; `lookups` are those of the first, if made."""
    old = View(before, lookups_of(lookups or before.tables, territory))
    new = View(after, Lookups(after.tables, territory))
    rows = []
    for name, kind in EFFECTS.items():
        first, then = kind.compute(old), kind.compute(new)
        rows.append((name, first, then, round(then - first, 1)))
    sets = {
        "needs_met": (old.met, new.met),
        "brokers": (old.brokers, new.brokers),
        "cut_points": (old.cuts, new.cuts),
    }
    return Outcome(
        title,
        territory,
        pd.DataFrame(rows, columns=["effect", "before", "after", "difference"]),
        {kind: tuple(sorted(b - a)) for kind, (a, b) in sets.items()},
        {kind: tuple(sorted(a - b)) for kind, (a, b) in sets.items()},
        after.notes,
        before.tables,
        after.tables,
    )
