"""Current-flow betweenness: who stands between others when data may take every way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from ecosystem.errors import EcosystemError
from ecosystem.measures.registry import UNDIRECTED, ZERO, measure
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

LARGEST = 5_000
"""Largest component that is computed: the inverse of its Laplacian is held in full (200 MB)."""
_CELLS = 2**22
"""How many currents are sorted at once."""


@measure(
    label=Label("intermédiarité de courant", "current-flow betweenness"),
    reading=Label(
        "ce qui passe par lui entre deux autres acteurs, toutes les voies comptant, les détours aussi",
        "what runs through it between two other actors, every way counting, detours too",
    ),
    formula="Σ_{s < t} ½ Σ_j z_ij |v_i(s, t) − v_j(s, t)|, v the potentials of a unit current, i ∉ {s, t}",
    direction=UNDIRECTED,
    weight=Label("une conductance, les flux dans les deux sens", "a conductance, flows both ways"),
    isolates=ZERO, unit=Label("paires, de 0 à (n-1)(n-2)/2", "pairs, 0 to (n-1)(n-2)/2"),
    reference="Newman, M. E. J. (2005). A measure of betweenness centrality based on random walks. doi:10.1016/j.socnet.2004.11.009",
    heavy_above=2_000,
)  # fmt: skip
def current_flow_betweenness(network: Network) -> pd.Series[Any]:
    """Current through an actor, summed over the pairs of others it is connected to. Isolates: 0.

    Raises
    ------
    EcosystemError
        If a component has more than 5,000 actors.
    """
    from scipy.sparse import csgraph  # slow to import

    z = sparse.csr_array(network.matrix + network.matrix.T)
    values = np.zeros(network.n)
    count, member = csgraph.connected_components(z, directed=False) if network.n else (0, None)
    for component in range(count):
        inside = np.flatnonzero(member == component)
        if len(inside) > LARGEST:
            raise EcosystemError(
                Label(f"l'intermédiarité de courant se calcule jusqu'à {LARGEST} acteurs liés ; "
                      f"il y en a {len(inside)}",
                      f"current-flow betweenness is computed up to {LARGEST} connected actors; "
                      f"there are {len(inside)}"),
                Label("choisissez un territoire avec --territory, ou prenez betweenness_sampled",
                      "choose a territory with --territory, or take betweenness_sampled"),
            )  # fmt: skip
        if len(inside) > 2:
            values[inside] = _through(z[inside][:, inside])
    return network.series(np.where(np.abs(values) < 1e-9, 0.0, values), "current_flow_betweenness")


def _through(z: sparse.csr_array[Any]) -> NDArray[np.float64]:
    """Current through each actor of one component.

    The current on an edge e = (a, b) for the pair (s, t) is r_s − r_t, with r the row
    z_ab (L⁺_a − L⁺_b). Summed over all pairs, |r_s − r_t| needs r in order only.
    """
    n = z.shape[0]
    laplacian = np.diag(np.asarray(z.sum(axis=1)).ravel()) - z.toarray()
    # L + 1/n has the inverse of L on all that adds up to zero, which is all that is used.
    inverse = np.linalg.inv(laplacian + 1.0 / n)
    upper = sparse.triu(z, k=1).tocoo()
    ends, weights = upper.coords, upper.data
    factors = 2.0 * np.arange(n) - n + 1
    through = np.zeros(n)
    step = max(1, _CELLS // n)
    for start in range(0, len(weights), step):
        part = slice(start, start + step)
        a, b = ends[0][part], ends[1][part]
        rows = np.sort(weights[part, None] * (inverse[a] - inverse[b]), axis=1)
        carried = rows @ factors
        np.add.at(through, a, carried)
        np.add.at(through, b, carried)
    return through / 2 - (n - 1) / 2
