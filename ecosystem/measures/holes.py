"""Structural holes (Burt 1992): how redundant an actor's contacts are.

All read mutual weights z_ij = w_ij + w_ji: a tie of any direction is a contact, stronger
with more flows. Two models are in use and give other numbers, so each result states its own:
`whole` reads what contacts invest in the whole network (Burt; R igraph, NetworkX), `ego` only
what they invest in the actor and its other contacts (the ego-network model of UCINET).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from ecosystem.errors import UnknownName
from ecosystem.measures.open_paths import blocks
from ecosystem.measures.options import OneOf, Option
from ecosystem.measures.registry import UNDEFINED, UNDIRECTED, measure, remembered
from ecosystem.networks.network import Network
from ecosystem.vocabulary import Label

_BURT = "Burt, R. S. (1992). Structural Holes. Harvard University Press. doi:10.4159/9780674038714"
_MUTUAL = Label("force mutuelle, dans les deux sens", "mutual strength, both ways")

MODELS: dict[str, Label] = {
    "whole": Label("le réseau entier", "the whole network"),
    "ego": Label(
        "le réseau de l'acteur et de ses contacts", "the network of the actor and its contacts"
    ),
}
"""Where the contacts of an actor are seen from."""
_MODEL: dict[str, Option] = {"model": OneOf(Label("modèle", "model"), MODELS)}

Array = NDArray[np.float64]


@measure(
    label=Label("contrainte", "constraint"),
    reading=Label(
        "part de ses contacts prise dans un même cercle : bas, il relie des mondes qui ne se parlent pas",
        "how much its contacts are one circle: low means it connects worlds that do not talk",
    ),
    formula="Σ_j (p_ij + Σ_q p_iq p_qj)², p_ij = z_ij / Σ_k z_ik, z_ij = w_ij + w_ji",
    direction=UNDIRECTED, weight=_MUTUAL, isolates=UNDEFINED,
    unit=Label("sans unité, de 0 à 9/8", "no unit, 0 to 9/8"), reference=_BURT, low_first=True, takes=_MODEL,
)  # fmt: skip
def constraint(network: Network, *, model: str = "whole") -> pd.Series[Any]:
    """Burt's constraint, on the whole network unless told otherwise. Isolates: nan."""
    return network.series(_holes(network, model)[0], "constraint")


@measure(
    label=Label("taille effective", "effective size"),
    reading=Label(
        "nombre de contacts non redondants : haut, il puise à des sources qui ne se recoupent pas",
        "number of contacts that are not redundant: high means its sources do not overlap",
    ),
    formula="Σ_j (1 − Σ_q p_iq m_jq), m_jq = z_jq / max_k z_jk, z_ij = w_ij + w_ji",
    direction=UNDIRECTED, weight=_MUTUAL, isolates=UNDEFINED,
    unit=Label("contacts, de 1 au nombre de contacts", "contacts, 1 to the number of contacts"),
    reference=_BURT, takes=_MODEL,
)  # fmt: skip
def effective_size(network: Network, *, model: str = "whole") -> pd.Series[Any]:
    """Burt's effective size, on the whole network unless told otherwise. Isolates: nan.

    Computed from its definition: NetworkX 3.6 divides by the maximum of the wrong
    actor on directed or weighted graphs.
    """
    return network.series(_holes(network, model)[1], "effective_size")


@measure(
    label=Label("efficacité", "efficiency"),
    reading=Label(
        "part de ses contacts qui ne sont pas redondants : 1, aucun n'apporte ce qu'apporte un autre",
        "share of its contacts that are not redundant: 1 means none brings what another brings",
    ),
    formula="effective size / number of contacts",
    direction=UNDIRECTED, weight=_MUTUAL, isolates=UNDEFINED,
    unit=Label("part, de 0 à 1", "share, 0 to 1"), reference=_BURT,
    takes=_MODEL,
)  # fmt: skip
def efficiency(network: Network, *, model: str = "whole") -> pd.Series[Any]:
    """Effective size over the number of contacts. Isolates: nan."""
    _, size, _ = _holes(network, model)
    return network.series(size / np.diff(_mutual(network)[0].indptr), "efficiency")


@measure(
    label=Label("hiérarchie", "hierarchy"),
    reading=Label(
        "combien sa contrainte vient d'un seul contact : 1 d'un seul, 0 de tous également",
        "how far its constraint comes from one contact: 1 from one alone, 0 from all alike",
    ),
    formula="Σ_j r_j ln r_j / (N ln N), r_j = c_ij / (C_i / N), c_ij = (p_ij + Σ_q p_iq p_qj)², N contacts",
    direction=UNDIRECTED, weight=_MUTUAL,
    isolates=UNDEFINED, unit=Label("sans unité, de 0 à 1 ; non défini avec moins de deux contacts",
                                   "no unit, 0 to 1; not defined with fewer than two contacts"),
    reference=_BURT, takes=_MODEL,
)  # fmt: skip
def hierarchy(network: Network, *, model: str = "whole") -> pd.Series[Any]:
    """Burt's hierarchy (Coleman-Theil). Isolates and actors with one contact: nan."""
    return network.series(_holes(network, model)[2], "hierarchy")


@remembered
def _holes(network: Network, model: str) -> tuple[Array, Array, Array]:
    """Constraint, effective size and hierarchy by actor, nan where not defined."""
    if model not in MODELS:
        raise UnknownName(Label("modèle", "model"), model, MODELS)
    z, p, contact = _mutual(network)
    values = _whole(z, p, contact) if model == "whole" else _egos(z)
    alone = np.diff(z.indptr) == 0
    return tuple(np.where(alone, np.nan, v) for v in values)  # type: ignore[return-value]


def _whole(z: Any, p: Any, contact: Any) -> tuple[Array, Array, Array]:
    """On the whole network, a block of rows of the products at a time."""
    n = z.shape[0]
    largest = z.max(axis=1).toarray().ravel() if n else np.zeros(0)
    with np.errstate(divide="ignore"):
        towards = (sparse.diags_array(np.where(largest > 0, 1 / largest, 0.0)) @ z).T.tocsr()
    constraint, redundancy, told = np.zeros(n), np.zeros(n), np.zeros(n)
    for part in blocks(np.asarray(contact @ np.diff(z.indptr)).ravel() if n else np.zeros(0)):
        own = contact[part]
        dyadic = (p[part] + p[part] @ p).multiply(own).tocsr()
        dyadic.data **= 2
        constraint[part] = np.asarray(dyadic.sum(axis=1)).ravel()
        told[part] = _concentration(dyadic.data, dyadic.indptr, constraint[part])
        redundancy[part] = np.asarray((p[part] @ towards).multiply(own).sum(axis=1)).ravel()
    return constraint, np.diff(z.indptr) - redundancy, told


def _egos(z: Any) -> tuple[Array, Array, Array]:
    """One actor at a time, with the ties among it and its contacts only."""
    n = z.shape[0]
    found = np.full((3, n), np.nan)
    for i in range(n):
        contacts = z.indices[z.indptr[i] : z.indptr[i + 1]]
        if not len(contacts):
            continue
        circle = np.concatenate([[i], contacts])
        ties = z[circle][:, circle].toarray()
        shares = ties / ties.sum(axis=1, keepdims=True)
        dyadic = (shares[0, 1:] + shares[0] @ shares[:, 1:]) ** 2
        strength = ties / ties.max(axis=1, keepdims=True)
        redundancy = shares[0, 1:] @ strength[1:, 1:].T
        total = dyadic.sum()
        found[0, i], found[1, i] = total, len(contacts) - redundancy.sum()
        found[2, i] = _concentration(dyadic, np.array([0, len(dyadic)]), np.array([total]))[0]
    return found[0], found[1], found[2]


def _concentration(dyadic: Array, begin: Any, total: Array) -> Array:
    """Coleman-Theil inequality of the constraint over the contacts of each actor."""
    counts = np.diff(begin)
    row = np.repeat(np.arange(len(counts)), counts)
    relative = dyadic / (total[row] / counts[row])
    summed = np.bincount(row, weights=relative * np.log(relative), minlength=len(counts))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(counts > 1, np.maximum(summed / (counts * np.log(counts)), 0.0), np.nan)


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
