"""Structural holes (Burt 1992): how redundant an actor's contacts are.

Both measures read the whole network with mutual weights z_ij = w_ij + w_ji: a tie
of any direction is a contact, stronger with more flows.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.measures.registry import UNDEFINED, UNDIRECTED, measure
from ecosystem.networks import Network
from ecosystem.vocabulary import Label

_BURT = "Burt, R. S. (1992). Structural Holes. Harvard University Press. doi:10.4159/9780674038714"
_MUTUAL = Label("force mutuelle, dans les deux sens", "mutual strength, both ways")


@measure(
    label=Label("contrainte", "constraint"),
    reading=Label(
        "part de ses contacts prise dans un même cercle : bas, il relie des mondes qui ne se parlent pas",
        "how much its contacts are one circle: low means it connects worlds that do not talk",
    ),
    formula="Σ_j (p_ij + Σ_q p_iq p_qj)², p_ij = z_ij / Σ_k z_ik, z_ij = w_ij + w_ji",
    direction=UNDIRECTED, weight=_MUTUAL, isolates=UNDEFINED,
    unit=Label("sans unité, de 0 à 9/8", "no unit, 0 to 9/8"), reference=_BURT,
)  # fmt: skip
def constraint(network: Network) -> pd.Series[Any]:
    """Burt's constraint on the whole network. Isolates: nan."""
    z, p, contact = _mutual(network)
    invested = (p + p @ p).multiply(contact)
    values = np.asarray(invested.multiply(invested).sum(axis=1)).ravel()
    return network.series(_undefined_without(z, values), "constraint")


@measure(
    label=Label("taille effective", "effective size"),
    reading=Label(
        "nombre de contacts non redondants : haut, il puise à des sources qui ne se recoupent pas",
        "number of contacts that are not redundant: high means its sources do not overlap",
    ),
    formula="Σ_j (1 − Σ_q p_iq m_jq), m_jq = z_jq / max_k z_jk, z_ij = w_ij + w_ji",
    direction=UNDIRECTED, weight=_MUTUAL, isolates=UNDEFINED,
    unit=Label("contacts, de 1 au nombre de contacts", "contacts, 1 to the number of contacts"),
    reference=_BURT,
)  # fmt: skip
def effective_size(network: Network) -> pd.Series[Any]:
    """Burt's effective size on the whole network. Isolates: nan.

    Computed from its definition: NetworkX 3.6 divides by the maximum of the wrong
    actor on directed or weighted graphs.
    """
    z, p, contact = _mutual(network)
    largest = z.max(axis=1).toarray().ravel() if network.n else np.zeros(0)
    with np.errstate(divide="ignore"):
        m = sparse.diags_array(np.where(largest > 0, 1 / largest, 0.0)) @ z
    redundancy = np.asarray((p @ m.T).multiply(contact).sum(axis=1)).ravel()
    contacts = np.asarray(contact.sum(axis=1)).ravel()
    return network.series(_undefined_without(z, contacts - redundancy), "effective_size")


def _mutual(
    network: Network,
) -> tuple[sparse.csr_array[Any], sparse.csr_array[Any], sparse.csr_array[Any]]:
    """Mutual weights z, their shares p by row, and who is a contact of whom (0 or 1)."""
    z = sparse.csr_array(network.matrix + network.matrix.T)
    total = np.asarray(z.sum(axis=1)).ravel()
    with np.errstate(divide="ignore"):
        p = sparse.csr_array(sparse.diags_array(np.where(total > 0, 1 / total, 0.0)) @ z)
    contact = z.copy()
    contact.data = np.ones_like(contact.data)
    return z, p, contact


def _undefined_without(z: sparse.csr_array[Any], values: Any) -> Any:
    """The values, nan for actors without contacts."""
    return np.where(np.diff(z.indptr) > 0, values, np.nan)
