"""Activity and exclusivity: how much an actor brokers, and for how much of it nobody else does.

Hamilton, M., Hileman, J. & Bodin, Ö. (2020). Evaluating heterogeneous brokerage: new
conceptual and methodological approaches and their application to multi-level
environmental governance networks. doi:10.1016/j.socnet.2019.08.002
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ecosystem.measures.open_paths import open_paths, tally
from ecosystem.measures.partition import group_codes
from ecosystem.measures.registry import DIRECTED, UNWEIGHTED, ZERO, measure, remembered
from ecosystem.measures.roles import FIVE
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

_HAMILTON = (
    "Hamilton, M., Hileman, J. & Bodin, Ö. (2020). Evaluating heterogeneous brokerage. "
    "doi:10.1016/j.socnet.2019.08.002"
)
_PAIRS = Label("paires d'acteurs, de 0 à (n-1)(n-2)", "pairs of actors, 0 to (n-1)(n-2)")

CLASSES: dict[str, Label] = {
    "powerhouse": Label("relie beaucoup, souvent seul", "connects many, often alone"),
    "connector": Label("relie beaucoup, rarement seul", "connects many, seldom alone"),
    "linchpin": Label("relie peu, mais souvent seul", "connects few, but often alone"),
    "sideliner": Label("relie peu, rarement seul", "connects few, seldom alone"),
}
"""The four classes of brokers, and what they say."""


@measure(
    label=Label("activité d'intermédiaire", "brokerage activity"),
    reading=Label(
        "paires d'acteurs de deux groupes différents qu'il relie",
        "pairs of actors of two different groups that it connects",
    ),
    formula="|{(i, k) : i → j → k, i ↛ k, g_i ≠ g_k}|",
    direction=DIRECTED, weight=UNWEIGHTED, isolates=ZERO, unit=_PAIRS, reference=_HAMILTON,
)  # fmt: skip
def activity(network: Network, *, partition: str = "sector") -> pd.Series[Any]:
    """Open two-paths through the actor between two groups. Isolates: 0."""
    return activity_and_exclusivity(network, partition)["activity"]


@measure(
    label=Label("exclusivité d'intermédiaire", "brokerage exclusivity"),
    reading=Label(
        "paires d'acteurs de deux groupes différents qu'il est seul à relier",
        "pairs of actors of two different groups that nobody else connects",
    ),
    formula="|{(i, k) : i → j → k, i ↛ k, g_i ≠ g_k, no other j}|",
    direction=DIRECTED, weight=UNWEIGHTED, isolates=ZERO, unit=_PAIRS, reference=_HAMILTON,
)  # fmt: skip
def exclusivity(network: Network, *, partition: str = "sector") -> pd.Series[Any]:
    """Open two-paths between two groups of which the actor is the only broker. Isolates: 0."""
    return activity_and_exclusivity(network, partition)["exclusivity"]


@measure(
    label=Label("classe d'intermédiaire", "class of broker"),
    reading=Label(
        "powerhouse : relie beaucoup, souvent seul ; connector : beaucoup, rarement seul ; linchpin : "
        "peu, mais souvent seul ; sideliner : peu, rarement seul",
        "powerhouse: connects many, often alone; connector: many, seldom alone; linchpin: few, but "
        "often alone; sideliner: few, seldom alone",
    ),
    formula="activity and exclusivity, each above its mean over the actors or not",
    direction=DIRECTED, weight=UNWEIGHTED, isolates=Label("sideliner", "sideliner"),
    unit=Label("une de quatre classes", "one of four classes"), nominal=True, reference=_HAMILTON,
)  # fmt: skip
def broker_class(network: Network, *, partition: str = "sector") -> pd.Series[Any]:
    """Powerhouse, connector, linchpin or sideliner. Isolates: sideliner."""
    return activity_and_exclusivity(network, partition)["broker_class"]


@measure(
    label=Label("intermédiation partagée", "partial brokerage"),
    reading=Label(
        "paires d'acteurs qu'il relie, chacune comptée 1 / nombre de ceux qui la relient",
        "pairs of actors it connects, each counted 1 / the number of those who connect it",
    ),
    formula="Σ_(i, k) 1 / |{j' : i → j' → k}| over i → j → k, i ↛ k, i ≠ k",
    direction=DIRECTED, weight=UNWEIGHTED, isolates=ZERO, unit=_PAIRS,
    reference="Gould, R. V. & Fernandez, R. M. (1989). Structures of mediation. doi:10.2307/270949",
    columns={
        f"{role}_partial": Label("la part de ce rôle : {r}", "the part of this role: {r}").format(
            r=role
        )
        for role in FIVE
    },
)  # fmt: skip
def brokerage_partial(network: Network, *, partition: str = "sector") -> pd.DataFrame:
    """Brokerage in which rival brokers of a pair share its credit, in all and by role. Isolates: 0."""
    codes, _ = group_codes(network, partition)
    n = network.n
    roles = np.zeros((n, len(FIVE)))
    for paths in open_paths(network.edges["source"], network.edges["target"], n):
        roles += tally(paths, codes, n, 1 / paths.rivals(n))
    found = {"brokerage_partial": roles.sum(axis=1)}
    found |= {f"{role}_partial": roles[:, i] for i, role in enumerate(FIVE)}
    return pd.DataFrame(found, index=network.ids)


@remembered
def activity_and_exclusivity(network: Network, partition: str = "sector") -> pd.DataFrame:
    """Both counts and the class of every actor.

    Parameters
    ----------
    partition
        Only pairs of two different groups count: the heterogeneous brokerage of the source.

    Returns
    -------
    DataFrame
        By actor: `activity`, `exclusivity`, `broker_class`. A class is told from the means over
        all actors; where there is no brokerage at all, everyone is a sideliner.
    """
    codes, _ = group_codes(network, partition)
    n = network.n
    active, alone = np.zeros(n, np.int64), np.zeros(n, np.int64)
    for paths in open_paths(network.edges["source"], network.edges["target"], n):
        across = codes[paths.first] != codes[paths.last]
        sole = across & (paths.rivals(n) == 1)
        active += np.bincount(paths.broker[across], minlength=n)
        alone += np.bincount(paths.broker[sole], minlength=n)
    much = active > (active.mean() if n else 0)
    often = alone > (alone.mean() if n else 0)
    names = list(CLASSES)
    classes = np.array(names)[(2 * ~much + ~often).astype(int)]
    return pd.DataFrame(
        {"activity": active, "exclusivity": alone, "broker_class": classes}, index=network.ids
    )
