"""The columns of a broker table: the few that a reader wants, and the words of each."""

from __future__ import annotations

from collections.abc import Iterable

from ecosystem.labels import Label
from ecosystem.measures.registry import MEASURES
from ecosystem.measures.roles import ROLES

FEW: dict[str, Label] = {
    "rank": Label("rang", "rank"),
    "id": Label("identifiant", "id"),
    "name": Label("acteur", "actor"),
    "territory": Label("territoire", "territory"),
    "sector": Label("secteur", "sector"),
    "type": Label("type", "type"),
    "outside": Label("extérieur", "outside"),
    "role": Label("rôle", "role"),
    "does": Label("ce qu'il fait", "what it does"),
    "betweenness": Label("plus courts chemins", "shortest paths"),
    "betweenness_error": Label("plus courts chemins : erreur type", "shortest paths: standard error"),
    "verdict": Label("sûr ?", "how sure"),
    "rank_low": Label("rang à 90 % : de", "rank, 90 %: from"),
    "rank_high": Label("rang à 90 % : à", "rank, 90 %: to"),
    "top_share": Label("part des tirages parmi les premiers", "share of draws among the first"),
    "brokerage": Label("paires reliées", "pairs connected"),
    "role_count": Label("paires dans ce rôle", "pairs in this role"),
    "role_expected": Label("au hasard", "by chance"),
    "role_p": Label("p", "p"),
    "pairs_parted": Label("s'il partait : paires séparées", "if it left: pairs parted"),
    "needs_lost": Label("s'il partait : besoins", "if it left: needs"),
    "datasets_relayed": Label("jeux relayés", "datasets relayed"),
}  # fmt: skip
"""Those of the table for a screen and their numbers, with their words."""

_OTHERS = {
    "group": Label("groupe", "group"),
    "datasets_single_source": Label("jeux dont il est la seule source", "datasets it alone gives"),
    "brokerage_same_degrees": Label("paires reliées, à partenaires égaux", "pairs connected, with as many partners"),
    "brokerage_p": Label("paires reliées, à partenaires égaux : p", "pairs connected, with as many partners: p"),
    "brokerage_p_adjusted": Label(
        "paires reliées, à partenaires égaux : p corrigé", "pairs connected, with as many partners: p adjusted"
    ),
    "scope": Label("portée", "scope"),
    "value": Label("valeur", "value"),
}  # fmt: skip

_BESIDE = {
    "_null_expected": Label("{what} : au hasard", "{what}: by chance"),
    "_p_adjusted": Label("{what} : p corrigé", "{what}: p adjusted"),
    "_p": Label("{what} : p", "{what}: p"),
    "_expected": Label("{what} : attendu", "{what}: expected"),
    "_z": Label("{what} : z", "{what}: z"),
}
"""What stands beside a role, by the end of the name of its column."""


def titles(columns: Iterable[object]) -> dict[str, Label]:
    """The words of the columns of a table of actors, for those that have some."""
    found = {str(name): _title(str(name)) for name in columns}
    return {name: words for name, words in found.items() if words is not None}


def _title(name: str) -> Label | None:
    for known in (FEW, _OTHERS, ROLES):
        if name in known:
            return known[name]
    if name in MEASURES:
        return MEASURES[name].label
    for end, words in _BESIDE.items():
        if (role := name.removesuffix(end)) != name and role in ROLES:
            return words.format(what=ROLES[role])
    return None
