"""What a page adds to the tables: measures of actors, communities, how stable a rank is, maturity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from ecosystem.maps import contract
from ecosystem.measures.registry import MEASURES, Measure, named
from ecosystem.networks.network import Network
from ecosystem.ranking.sentences import whole
from ecosystem.tables.frames import Tables, records
from ecosystem.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

CHOICES = (
    "betweenness",
    "brokerage",
    "in_degree",
    "out_degree",
    "in_strength",
    "out_strength",
    "constraint",
    "effective_size",
    "core_number",
    "pagerank",
    "harmonic_in",
    "harmonic_out",
)
"""The measures that a page of many actors offers for size and colour, besides those asked for."""
FEW = 400
"""Up to so many actors, a page offers every measure."""
FEWEST = 4
"""Communities of fewer actors are shown together."""


def words(label: Label) -> contract.Words:
    """A label as a page holds it."""
    return {"fr": label.fr, "en": label.en}


def number(value: Any) -> float | None:
    """A number as JSON holds it; None where there is none."""
    return None if value is None or pd.isna(value) else float(value)


def measures_of(
    network: Network, actors: Sequence[str], asked: Sequence[str], ranked: pd.DataFrame
) -> list[contract.Measured]:
    """The measures that a page offers, with their value for each actor.

    What the broker table `ranked` of the same network holds is not computed again.

    Raises
    ------
    UnknownName
        If a measure that is asked for does not exist.
    """
    chosen = [named(name, of="actor", ranked=True) for name in asked]
    more = MEASURES if len(actors) <= FEW else CHOICES
    offered = [name for name in more if _fits(MEASURES[name], network)]
    names = dict.fromkeys([m.name for m in chosen] + offered)
    known = ranked.set_index("id")
    return [
        _measured(MEASURES[name], known[name] if name in known else MEASURES[name](network), actors)
        for name in names
    ]


def _fits(measure: Measure, network: Network) -> bool:
    """Whether a measure says something of each actor, and is not too heavy for this network."""
    return measure.of == "actor" and not measure.nominal and not measure.too_heavy(network)


def _measured(measure: Measure, values: pd.Series[Any], actors: Sequence[str]) -> contract.Measured:
    return {
        "name": measure.name,
        "label": words(measure.label),
        "reading": words(measure.reading),
        "values": [_rounded(value) for value in values.reindex(list(actors)).tolist()],
    }


def shown_communities(
    found: pd.Series[Any], actors: Sequence[str], pairs: Iterable[tuple[int, int]]
) -> list[int]:
    """The community of each actor as a page groups it, counted from 0.

    The division is that of the measure `community`, and so are the numbers, less one. For the
    display only, communities of fewer than `FEWEST` actors stand together after the others, with
    whoever is in no community (the general public); actors without any flow come last, together.

    Parameters
    ----------
    found
        What the measure says, by actor.
    pairs
        Numbers of the two ends of each flow, whatever its status.
    """
    sizes = found.value_counts()
    large = set(sizes.index[sizes >= FEWEST])
    linked = {end for a, b in pairs if a != b for end in (a, b)}
    number = found.to_dict()
    few = [n in linked and number.get(actor) not in large for n, actor in enumerate(actors)]
    small, alone = len(large), len(large) + any(few)
    return [
        alone if n not in linked else small if few[n] else int(number[actor]) - 1
        for n, actor in enumerate(actors)
    ]


def _rounded(value: Any) -> float | int | None:
    found = number(value)
    if found is None:
        return None
    return int(found) if found == int(found) else round(found, 4)


def stability_of(frame: pd.DataFrame | None) -> dict[str, contract.Stability]:
    """By actor, how far its rank can be trusted: `rank_low`, `rank_high`, `top_share`, `verdict`."""
    if frame is None:
        return {}
    return {
        str(actor): {
            "low": whole(row["rank_low"]),
            "high": None if pd.isna(row["rank_high"]) else whole(row["rank_high"]),
            "top_share": number(row["top_share"]),
            "verdict": None if pd.isna(row["verdict"]) else str(row["verdict"]),
        }
        for actor, row in frame.iterrows()
        if not pd.isna(row["rank_low"])
    }


def maturity_of(tables: Tables, territories: Sequence[str]) -> list[contract.Assessment]:
    """The readings of maturity of some territories, in the order of the data."""
    rows = tables["maturity"]
    return [
        {
            "territory": row["territory"],
            "dimension": row["dimension"],
            "level": None if row["level"] is None else int(row["level"]),
            "evidence": row["evidence"],
            "source": row["source"],
        }
        for row in records(rows[rows["territory"].isin(list(territories))])
    ]


def coded(codes: Mapping[str, Label]) -> dict[str, contract.Words]:
    """Codes with their words, as a page holds them."""
    return {code: words(label) for code, label in codes.items()}
