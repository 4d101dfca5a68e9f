"""One call for one answer: what a study says of a source, without making the study oneself."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ecosystem.agenda import Agenda
from ecosystem.gaps import Findings
from ecosystem.labels import Label
from ecosystem.ranking.explanation import Story
from ecosystem.study import given


def brokers(source: Any, territory: str | None = None, **options: Any) -> pd.DataFrame:
    """Every actor of a territory, brokers first, with how far its place can be trusted.

    Parameters
    ----------
    territory
        None for all territories together.
    **options
        Those of `Options` (`layer`, `partition`, `draws`, `permutations`, `drop`, `share`, `top`,
        `seed`), `workers` and `progress`; see `Study`.

    Returns
    -------
    DataFrame
        `rank`, `id`, `name`, `territory`, `sector`, `type`, `outside`, `role` (the role it
        plays most, None if it stands between nobody), then every measure of actors under its
        name; each role also with `_expected` and `_z`; then `group` and what hangs on the
        actor (see `ecosystem.ranking.dependence`). Ranked by betweenness, then brokerage;
        equal actors share a rank; actors that stand between nobody have none. Then:

        for each role `_null_expected`, `_p` and `_p_adjusted` (against groups dealt out at random), and
        `role_count`, `role_expected`, `role_p` of the role it plays most (p adjusted for
        all actors and roles); `brokerage_same_degrees`, `brokerage_p`, `brokerage_p_adjusted`
        (against networks where everyone has as many partners);
        `rank_low`, `rank_high`, `top_share`, `verdict` of its betweenness.

        `attrs["stability"]` says how ranks were drawn; `attrs["left_out"]` what the size of the
        network left out: `draws`, `same-degrees`, `exact-betweenness`.

    Raises
    ------
    UnknownName
        If the territory, the partition, the layer or what to drop does not exist.
    """
    return given(source, territory, **options).brokers


def find_gaps(source: Any, territory: str | None = None) -> Findings:
    """Every gap of a territory: the heaviest first, then by id.

    Raises
    ------
    UnknownName
        If the territory does not exist.
    """
    return given(source, territory).findings


def explain(
    source: Any,
    actor: str,
    ranked: pd.DataFrame | None = None,
    *,
    territory: str | None = None,
    drop: Label | None = None,
    **options: Any,
) -> Story:
    """The story of an actor: which pairs it connects, by which flows, and what hangs on it.

    Parameters
    ----------
    actor, ranked, drop
        See `Study.explain`.
    **options
        `partition`, `layer` and the others of `Options`.

    Raises
    ------
    UnknownName
        If no actor of the network has that id or name.
    """
    return given(source, territory, **options).explain(actor, ranked, drop=drop)


def conversations(source: Any, territory: str | None = None) -> Agenda:
    """The agenda of a territory: what to bring about, what to find out, what to watch.

    Returns
    -------
    Agenda
        A list of conversations, in order; `.of("bring-about")` gives one list of the three,
        `.frame()` a table, `.why_not(finding)` why a finding is on no list.

    Raises
    ------
    UnknownName
        If the territory does not exist.

    Examples
    --------
    >>> import ecosystem
    >>> ecosystem.conversations(ecosystem.read(), "pompey")[0].agenda
    'bring-about'
    """
    return given(source, territory).agenda
