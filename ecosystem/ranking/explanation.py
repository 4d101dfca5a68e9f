"""The story of one actor: which pairs it connects, by which flows, and what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ecosystem.errors import spoken
from ecosystem.labels import decimal
from ecosystem.measures.open_paths import open_paths, tally
from ecosystem.measures.partition import group_codes, groups_of
from ecosystem.measures.roles import FIVE
from ecosystem.measures.stability import VERDICTS
from ecosystem.networks.network import Network
from ecosystem.ranking.naming import found
from ecosystem.ranking.sentences import (
    last_rank,
    number_words,
    p_words,
    ranked_in,
    role_words,
    whole,
)
from ecosystem.tables.frames import Tables, records
from ecosystem.tables.territories import names
from ecosystem.vocabulary import Label, Language

SHOWN = 12
"""How many things of a kind a story tells before it says how many more there are."""

_WORDS = {
    "not_between": Label("ne se trouve entre aucun autre acteur", "stands between no other actors"),
    "rank": Label(
        "rang {rank} sur {ranked} {ranked:acteur qui en relie|acteurs qui en relient} d'autres ({actors} acteurs en tout) ; "
        "intermédiarité {between}",
        "rank {rank} of {ranked} {ranked:actor that connects|actors that connect} others ({actors} actors in all); betweenness {between}",
    ),
    "trust": Label(
        "en retirant {drop}, {draws} fois : rang de {low} à {high} dans 90 % des tirages, parmi les "
        "{top} premiers dans {share} % : {verdict}",
        "dropping {drop}, {draws} times: rank {low} to {high} in 90 % of the draws, among the first "
        "{top} in {share} %: {verdict}",
    ),
    "pairs": Label("Les paires qu'il relie ({count})", "The pairs it connects ({count})"),
    "role": Label(
        "{does} : {count} {count:paire|paires} ; au hasard des groupes, {expected} ; p {p}",
        "{does}: {count} {count:pair|pairs}; with groups dealt out at random, {expected}; p {p}",
    ),
    "pair": Label("{first} → {last}{rivals}", "{first} → {last}{rivals}"),
    "rivals": Label(" ({n} {n:autre les relie|autres les relient} aussi)", " ({n} {n:other connects|others connect} them too)"),
    "in": Label("Ce qu'il reçoit ({count} flux)", "What it receives ({count} flows)"),
    "out": Label("Ce qu'il donne ({count} flux)", "What it gives ({count} flows)"),
    "flow": Label("{other} : {title} [{id}]", "{other}: {title} [{id}]"),
    "tie": Label("{other} : lien, {kind} [{id}]", "{other}: tie, {kind} [{id}]"),
    "untitled": Label("des données non précisées", "data that are not named"),
    "relayed": Label("Les jeux qu'il reçoit et repasse", "The datasets it receives and passes on"),
    "no_relay": Label(
        "aucun : il reçoit des données et en donne d'autres, ou les siennes",
        "none: it receives data and gives others, or its own",
    ),
    "lost": Label("S'il partait", "If it left"),
    "parted": Label(
        "{n} {n:paire d'autres acteurs ne serait plus reliée|paires d'autres acteurs ne seraient plus reliées}, même indirectement",
        "{n} {n:pair|pairs} of other actors would no longer be linked, even indirectly",
    ),
    "need": Label("besoin de {actor} : {what} [{id}]", "need of {actor}: {what} [{id}]"),
    "single": Label("jeu que personne d'autre ne transmet : {title} [{id}]",
                    "dataset that nobody else passes on: {title} [{id}]"),
    "nothing": Label("rien de ce qui est décrit ne serait perdu", "nothing of what is recorded would be lost"),
    "more": Label("… et {n} de plus", "… and {n} more"),
    "caution": Label(
        "Une paire est reliée quand le premier donne à l'acteur et l'acteur au second : ce ne sont pas "
        "toujours les mêmes données.",
        "A pair is connected when the first gives to the actor and the actor to the second: the data "
        "are not always the same.",
    ),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Story:
    """What is told of an actor.

    Attributes
    ----------
    actor
        Its id.
    title
        Its name, or its id.
    parts
        Headings (empty for the first) and their lines, in both languages.
    pairs
        Table of the pairs it connects; see `pairs_of`.
    """

    actor: str
    title: str
    parts: tuple[tuple[Label, tuple[Label, ...]], ...]
    pairs: pd.DataFrame

    def to(self, language: Language) -> str:
        """The story as text: a line each, under headings."""
        spoken(language)
        lines = [self.title]
        for heading, told in self.parts:
            if heading.en:
                lines += ["", heading.to(language)]
            lines += [f"  {line.to(language)}" for line in told]
        return "\n".join(lines) + "\n"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Story):
            return NotImplemented
        return self._told() == other._told() and self.pairs.equals(other.pairs)

    def __hash__(self) -> int:
        return hash(self._told())

    def _told(self) -> tuple[object, ...]:
        return self.actor, self.title, self.parts


def pairs_of(network: Network, actor: str, partition: str = "sector") -> pd.DataFrame:
    """The pairs of actors that one actor connects, one row each.

    Returns
    -------
    DataFrame
        `from`, `to` (ids), `role`, `others` (how many other actors connect the pair),
        `rows_in` and `rows_out` (ids of the flows, or ties, from the first and to the second).
    """
    codes, _ = group_codes(network, partition)
    ids, n = network.ids, network.n
    at = ids.tolist().index(actor)
    edge = {
        (a, b): rows
        for a, b, rows in network.edges[["source", "target", "flows"]].itertuples(index=False)
    }
    rows: list[dict[str, Any]] = []
    for paths in open_paths(network.edges["source"], network.edges["target"], n):
        rivals = paths.rivals(n)
        for k in np.flatnonzero(paths.broker == at):
            first, last = int(paths.first[k]), int(paths.last[k])
            one = type(paths)(paths.first[[k]], paths.broker[[k]], paths.last[[k]])
            role = FIVE[int(tally(one, codes, n)[at].argmax())]
            rows.append(
                {
                    "from": ids[first],
                    "to": ids[last],
                    "role": role,
                    "others": int(rivals[k]) - 1,
                    "rows_in": edge[first, at],
                    "rows_out": edge[at, last],
                }
            )
    return pd.DataFrame(rows, columns=["from", "to", "role", "others", "rows_in", "rows_out"])


def explanation(
    tables: Tables,
    network: Network,
    actor: str,
    ranked: pd.DataFrame,
    *,
    partition: str = "sector",
    layer: str = "flows",
    drop: Label | None = None,
) -> Story:
    """The story of an actor of a network, from its row in a broker table.

    Parameters
    ----------
    actor
        Its id, or its name.
    ranked
        The broker table of the network, by the same partition.
    drop
        What the draws left out, in words.

    Raises
    ------
    UnknownName
        If no actor of the network has that id or name.
    """
    actor = found(network, actor)
    row: dict[str, Any] = ranked[ranked["id"] == actor].to_dict("records")[0]  # type: ignore[assignment]
    teller = _Teller(tables, network, actor)
    pairs = pairs_of(network, actor, partition)
    group = groups_of(network, partition)[actor]
    parts = [
        (Label("", ""), tuple(_standing(row, ranked, drop))),
        (
            _WORDS["pairs"].format(count=len(pairs)),
            (*teller.pairs(pairs, row, group, partition, layer), _WORDS["caution"])
            if len(pairs)
            else (),
        ),
        *((head, lines) for head, lines in teller.exchanges() if lines),
        (_WORDS["relayed"], teller.datasets(row["datasets_relayed"]) or (_WORDS["no_relay"],)),
        (_WORDS["lost"], tuple(teller.losses(row))),
    ]
    return Story(actor, teller.name[actor], tuple(p for p in parts if p[1]), pairs)


def _standing(row: Mapping[str, Any], ranked: pd.DataFrame, drop: Label | None) -> list[Label]:
    """Where the actor stands, and how far that can be trusted."""
    if pd.isna(row["rank"]):
        return [_WORDS["not_between"]]
    lines = [
        _WORDS["rank"].format(
            rank=row["rank"],
            ranked=ranked_in(ranked),
            actors=len(ranked),
            between=decimal(row["betweenness"], ".4g"),
        )
    ]
    drawn = ranked.attrs.get("stability", {})
    if drawn.get("draws") and not pd.isna(row["rank_low"]):
        lines.append(
            _WORDS["trust"].format(
                drop=drop or Label(drawn["drop"], drawn["drop"]),
                draws=drawn["draws"],
                low=whole(row["rank_low"]),
                high=last_rank(row["rank_high"]),
                top=drawn["top"],
                share=f"{100 * row['top_share']:.0f}",
                verdict=VERDICTS[str(row["verdict"])],
            )
        )
    return lines


class _Teller:
    """Names and rows that the parts of a story share."""

    def __init__(self, tables: Tables, network: Network, actor: str) -> None:
        self.actor = actor
        self.network = network
        self.name = names(tables["actors"])
        self.title = names(tables["datasets"], "title")
        self.flow = {row["id"]: row for row in records(tables["flows"])}
        self.tie = {row["id"]: row for row in records(tables["ties"])}
        self.need = {row["id"]: row for row in records(tables["needs"])}

    def pairs(
        self, pairs: pd.DataFrame, row: Mapping[str, Any], group: str, partition: str, layer: str
    ) -> list[Label]:
        """Role by role: how many pairs, what chance would give, and which."""
        lines = []
        for role, own in sorted(pairs.groupby("role"), key=lambda part: -len(part[1])):
            does = role_words(role, group, partition, layer)
            lines.append(
                _WORDS["role"].format(
                    does=does or Label(str(role), str(role)),
                    count=len(own),
                    expected=number_words(row.get(f"{role}_null_expected")),
                    p=p_words(row.get(f"{role}_p_adjusted")),
                )
            )
            told = [
                Label("  {pair}", "  {pair}").format(
                    pair=_WORDS["pair"].format(
                        first=self.name[a],
                        last=self.name[b],
                        rivals=_WORDS["rivals"].format(n=others) if others else "",
                    )
                )
                for a, b, others in own[["from", "to", "others"]].itertuples(index=False)
            ]
            lines += _some(told, indent="  ")
        return lines

    def exchanges(self) -> list[tuple[Label, tuple[Label, ...]]]:
        """The rows behind its edges, inward then outward."""
        code = self.network.ids.tolist().index(self.actor)
        edges = self.network.edges
        told_of = []
        for key, own, other in (("in", "target", "source"), ("out", "source", "target")):
            told = [
                self.row(str(self.network.ids[end]), str(row))
                for end, rows in edges.loc[edges[own] == code, [other, "flows"]].itertuples(
                    index=False
                )
                for row in rows
            ]
            told_of.append((_WORDS[key].format(count=len(told)), tuple(_some(told))))
        return told_of

    def row(self, other: str, row: str) -> Label:
        """A flow or a tie with another actor."""
        if flow := self.flow.get(row):
            title = self.title.get(flow["dataset"] or "")
            named = Label(f"« {title} »", f"'{title}'") if title else _WORDS["untitled"]
            return _WORDS["flow"].format(other=self.name[other], title=named, id=row)
        kind = (self.tie.get(row) or {}).get("kind") or "?"
        return _WORDS["tie"].format(other=self.name[other], kind=kind, id=row)

    def datasets(self, ids: Sequence[str]) -> tuple[Label, ...]:
        """Titles of datasets."""
        return tuple(_some([Label(f"« {self.title[d]} »", f"'{self.title[d]}'") for d in ids]))

    def losses(self, row: Mapping[str, Any]) -> list[Label]:
        """What would be lost: links, needs, datasets."""
        lines = [_WORDS["parted"].format(n=row["pairs_parted"])] if row["pairs_parted"] else []
        lines += _some(
            [
                _WORDS["need"].format(
                    actor=self.name[self.need[n]["actor"]],
                    what=self.need[n]["purpose"] or self.title.get(self.need[n]["dataset"], n),
                    id=n,
                )
                for n in row["needs_lost"]
            ]
        )
        lines += _some(
            [
                _WORDS["single"].format(title=self.title.get(d, d), id=d)
                for d in row["datasets_single_source"]
            ]
        )
        return lines or [_WORDS["nothing"]]


def _some(lines: Sequence[Label], indent: str = "") -> list[Label]:
    """The first lines, and how many more there are."""
    if len(lines) <= SHOWN:
        return list(lines)
    more = _WORDS["more"].format(n=len(lines) - SHOWN)
    return [*lines[:SHOWN], Label(indent + more.fr, indent + more.en)]
