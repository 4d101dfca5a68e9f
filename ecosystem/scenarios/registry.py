"""The steps a scenario may take: each an action that turns one world into another.

A world is a copy of the tables, and which agreements with a third party its flows rest on.
Everything is checked before anything runs: names, keys, and steps that contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from ecosystem.errors import DataError, Registry, UnknownName
from ecosystem.scenarios.files import Scenario, Step
from ecosystem.schema import PUBLIC_PREFIX
from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import are_public, check_territory, territories
from ecosystem.vocabulary import THEMES, Label

PENDING = ("wished", "planned", "blocked")
"""Statuses of a flow that a scenario may make active."""

BILATERAL = ("agreement", "contract")
"""Modes of a flow that two actors have signed between them."""


@dataclass(frozen=True)
class World:
    """The tables as a scenario leaves them.

    Attributes
    ----------
    frameworks
        For each flow under the agreement of a trusted third party, that third party.
    notes
        What each step did, for people.
    """

    tables: Tables
    frameworks: dict[str, str] = field(default_factory=dict)
    notes: tuple[Label, ...] = ()

    def noting(self, note: Label, **changes: Any) -> World:
        """The world after a step: what changed, and a note that says so."""
        return replace(self, notes=(*self.notes, note), **changes)


@dataclass(frozen=True)
class Action:
    """A kind of step: the keys it takes, and what it does.

    Attributes
    ----------
    keys
        Every key by name: what it names (`actor`, `dataset`, `territory`, `theme`, `status`,
        `flow`, `by`, `file`) and whether a list is accepted.
    needed
        The keys without which it says nothing.
    """

    name: str
    label: Label
    keys: dict[str, str]
    needed: tuple[str, ...]
    apply: Callable[[World, Step, Path], World]


ACTIONS: Registry[Action] = Registry(Label("action", "action"))
"""Every action by name."""

LISTS = ("actors", "datasets", "flows", "statuses")
"""Keys whose value is a list of names; all others take one."""


def action(
    name: str, *, label: Label, keys: dict[str, str], needed: tuple[str, ...] = ()
) -> Callable[[Callable[[World, Step, Path], World]], Callable[[World, Step, Path], World]]:
    """Register what a step does."""

    def register(
        function: Callable[[World, Step, Path], World],
    ) -> Callable[[World, Step, Path], World]:
        ACTIONS[name] = Action(name, label, keys, needed, function)
        return function

    return register


def changed(tables: Tables, scenario: Scenario) -> World:
    """The world after every step of a scenario; the tables given stay as they are.

    Raises
    ------
    DataError
        If a step names what does not exist, lacks a key, or contradicts another; every fault is
        told, and nothing runs.
    UnknownName
        If the territory of the scenario does not exist.
    """
    check_territory(tables, scenario.territory)
    faults = [fault for step in scenario.steps for fault in _form(tables, step)]
    faults = faults or list(_contradictions(tables, scenario))
    if faults:
        raise DataError(
            Label("\n".join(m.fr for m, _ in faults), "\n".join(m.en for m, _ in faults)),
            Label("; ".join(dict.fromkeys(h.fr for _, h in faults)),
                  "; ".join(dict.fromkeys(h.en for _, h in faults))),
        )  # fmt: skip
    world = World(tables)
    for step in scenario.steps:
        world = ACTIONS[step.do].apply(world, step, scenario.folder)
    return world


Fault = tuple[Label, Label]


def _fault(step: Step, key: str, what: Label, hint: Label) -> Fault:
    return Label(f"{step.place.fr} : {key} : {what.fr}", f"{step.place.en}: {key}: {what.en}"), hint


def _form(tables: Tables, step: Step) -> Iterator[Fault]:
    """What is wrong with a step alone."""
    if step.do not in ACTIONS:
        unknown = UnknownName(Label("action", "action"), step.do, ACTIONS)
        yield _fault(step, "do", unknown.message, unknown.hint or unknown.message)
        return
    kind = ACTIONS[step.do]
    keys = ", ".join(kind.keys)
    for key in kind.needed:
        if key not in step.values:
            yield _fault(step, key, Label("il manque cette clé", "this key is missing"),
                         Label(f"clés de {kind.name} : {keys}", f"keys of {kind.name}: {keys}"))  # fmt: skip
    for key, value in step.values.items():
        if key not in kind.keys:
            yield _fault(step, key, Label("clé inconnue", "unknown key"),
                         Label(f"clés de {kind.name} : {keys}", f"keys of {kind.name}: {keys}"))  # fmt: skip
            continue
        given = value if key in LISTS and isinstance(value, list) else [value]
        if not all(isinstance(name, str) for name in given) or (key in LISTS) != isinstance(
            value, list
        ):
            yield _fault(step, key, Label("valeur d'un autre type", "value of another type"),
                         Label("une liste de textes", "a list of texts") if key in LISTS
                         else Label("un texte", "a text"))  # fmt: skip
            continue
        known = _known(tables, kind.keys[key])
        for name in given:
            if known is not None and name not in known:
                unknown = UnknownName(_WHAT[kind.keys[key]], name, known)
                yield _fault(step, key, unknown.message, unknown.hint or unknown.message)


_WHAT = {
    "actor": Label("acteur", "actor"),
    "dataset": Label("jeu de données", "dataset"),
    "flow": Label("flux", "flow"),
    "territory": Label("territoire", "territory"),
    "theme": Label("thème", "theme"),
    "status": Label("état", "status"),
    "by": Label("façon de remplacer", "way to replace"),
}
"""The kinds of things that a key may name, in words; others are free."""


def _known(tables: Tables, what: str) -> set[str] | None:
    """The names a key may take; None if it is free."""
    frames = {"actor": "actors", "dataset": "datasets", "flow": "flows"}
    if what in frames:
        return set(tables[frames[what]]["id"])
    if what == "territory":
        return set(territories(tables))
    return {"theme": set(THEMES), "status": set(PENDING), "by": set(WAYS)}.get(what)


WAYS = {
    "platform": Label("une plateforme commune par laquelle passent les données",
                      "a shared platform through which the data pass"),
    "third-party": Label("un tiers de confiance, les données passant toujours d'acteur à acteur",
                         "a trusted third party, the data still passing from actor to actor"),
    "open": Label("la publication ouverte des jeux", "open publication of the datasets"),
}  # fmt: skip
"""What bilateral agreements may be replaced by."""


def _contradictions(tables: Tables, scenario: Scenario) -> Iterator[Fault]:
    """Steps that cannot both be meant."""
    removed: dict[str, Step] = {}
    opened: dict[str, Step] = {}
    replaced: list[Step] = []
    holders = dict(tables["datasets"][["id", "holder"]].itertuples(index=False, name=None))
    personal = set(tables["datasets"].loc[tables["datasets"]["personal_data"] == "yes", "id"])
    flows = tables["flows"][["id", "provider", "recipient"]]
    ends = {flow: [giver, taker] for flow, giver, taker in flows.itertuples(index=False, name=None)}
    for step in scenario.steps:
        named = [
            (k, n) for k, v in step.values.items() for n in (v if isinstance(v, list) else [v])
        ]
        for key, name in named:
            what = ACTIONS[step.do].keys[key]
            gone = [name] if what in ("actor", "hub") else ends[name] if what == "flow" else []
            for actor in gone:
                if actor in removed:
                    before = removed[actor].place
                    yield _fault(step, key, Label(f"« {actor} » est déjà retiré ({before.fr})",
                                                  f"'{actor}' is already removed ({before.en})"), _APART)  # fmt: skip
            if what == "dataset" and step.do == "open-dataset":
                if name in opened:
                    yield _fault(step, key, Label(f"« {name} » est déjà ouvert ({opened[name].place.fr})",
                                                  f"'{name}' is already open ({opened[name].place.en})"), _APART)  # fmt: skip
                if holders[name] in removed:
                    yield _fault(step, key, Label(f"le détenteur de « {name} » est retiré ({removed[holders[name]].place.fr})",
                                                  f"the holder of '{name}' is removed ({removed[holders[name]].place.en})"), _APART)  # fmt: skip
                if name in personal:
                    yield _fault(step, key, Label(f"« {name} » contient des données personnelles",
                                                  f"'{name}' holds personal data"), _PERSONAL)  # fmt: skip
                opened[name] = step
        if step.do == "remove-actor":
            removed[step.values["actor"]] = step
        if step.do == "replace-agreements":
            yield from _replaced_before(step, replaced)
            replaced.append(step)


def _replaced_before(step: Step, before: list[Step]) -> Iterator[Fault]:
    """A hub that is missing or not wanted; the same agreements replaced twice."""
    by, hub = step.values["by"], step.values.get("hub")
    if (by == "open") != (hub is None):
        what = (
            Label("pas de « hub » pour une publication ouverte", "no 'hub' for open publication")
            if hub
            else Label("il manque celui qui remplace", "the one that replaces is missing")
        )
        yield _fault(step, "hub", what, Label("hub : un acteur ou un nouvel identifiant",
                                              "hub: an actor or a new identifier"))  # fmt: skip
    scope = {k: v for k, v in step.values.items() if k not in ("by", "hub")}
    for other in before:
        if {k: v for k, v in other.values.items() if k not in ("by", "hub")} == scope:
            yield _fault(step, "by", Label(f"ces conventions sont déjà remplacées ({other.place.fr})",
                                           f"these agreements are already replaced ({other.place.en})"), _APART)  # fmt: skip


_APART = Label("séparez ces étapes en deux scénarios", "split these steps into two scenarios")
_PERSONAL = Label(
    "un jeu qui contient des données personnelles ne s'ouvre pas tel quel : décrivez un jeu agrégé",
    "a dataset that holds personal data is not opened as it is: describe an aggregated one",
)


def flows_in(
    tables: Tables,
    *,
    territory: str | None = None,
    theme: str | None = None,
    actors: list[str] | None = None,
    datasets: list[str] | None = None,
    between: bool = False,
) -> pd.Series[bool]:
    """Whether each flow is in a scope; `between` asks for both ends among the actors, else for one."""
    flows, rows, people = tables["flows"], tables["datasets"], tables["actors"]
    kept = pd.Series(True, index=flows.index)
    if territory is not None:
        own = people.loc[people["territory"] == territory, "id"]
        here = rows.loc[rows["territory"] == territory, "id"]
        kept &= (
            flows["provider"].isin(own) | flows["recipient"].isin(own) | flows["dataset"].isin(here)
        )
    if theme is not None:
        kept &= flows["dataset"].isin(rows.loc[rows["theme"] == theme, "id"])
    if datasets is not None:
        kept &= flows["dataset"].isin(datasets)
    if actors is not None:
        gives, takes = flows["provider"].isin(actors), flows["recipient"].isin(actors)
        kept &= gives & takes if between else gives | takes
    return kept


def bilateral(tables: Tables) -> pd.Series[bool]:
    """Whether each flow is active and rests on an agreement or contract of two named actors."""
    flows = tables["flows"]
    found: pd.Series[bool] = (
        (flows["status"] == "active")
        & flows["mode"].isin(BILATERAL)
        & (flows["provider"] != flows["recipient"])
        & ~are_public(flows["recipient"])
        & ~are_public(flows["provider"])
    )
    return found


def public_of(tables: Tables, territory: str | None) -> str | None:
    """The actor that stands for the general public of a territory."""
    actors = tables["actors"]
    own = actors[are_public(actors["id"]) & (actors["territory"] == territory)]
    named = f"{PUBLIC_PREFIX}-{territory}"
    ids = own["id"].tolist()
    return named if named in ids else ids[0] if ids else None
