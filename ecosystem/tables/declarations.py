"""Who reported a flow: what both ends say, what one end only says, where they differ.

`declared_by` says who reported a flow. The union counts every flow, whoever reported it;
mutual assent counts those that both ends report: by `both` on one row, or by a row of the
provider and a row of the recipient that agree on the dataset and the status. Silence means
something only from an actor that was asked: one that declares at least one flow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

import pandas as pd

from ecosystem.errors import UnknownName
from ecosystem.tables.frames import Tables, records
from ecosystem.tables.territories import flows_of
from ecosystem.vocabulary import Label

_SAME = ["provider", "recipient", "dataset"]
_READ = ["id", *_SAME, "status", "declared_by"]

BY_AN_END = ("provider", "recipient", "both")
"""Values of `declared_by` that say which end of a flow reports it."""

_BY_PROVIDER = ("provider", "both")
_BY_RECIPIENT = ("recipient", "both")

COLUMNS = ["provider", "recipient", "dataset", "disagreement", "statuses", "flows"]
"""The columns of the list of disagreements."""


Row = Mapping[str, Any]

Declared = Literal["any", "mutual"]
"""Whose report makes a flow count: anybody's, or that of both ends."""


def mutual(flows: pd.DataFrame) -> pd.Series[bool]:
    """Whether both ends report each flow, with the same dataset and the same status."""
    said = _said(flows)
    both = said.groupby([*_SAME, "status"], dropna=False)[["gave", "took"]].transform("any")
    result: pd.Series[bool] = both["gave"] & both["took"]
    return result


def reported(flows: pd.DataFrame, declared: Declared) -> pd.DataFrame:
    """The flows that count: all, or one row for each that both ends agree on."""
    if declared not in (known := get_args(Declared)):
        raise UnknownName(Label("sorte de déclaration", "kind of declaration"), declared, known)
    if declared == "any":
        return flows
    kept = flows[mutual(flows)]
    return kept[~kept.duplicated([*_SAME, "status"])]


def mutual_only(tables: Tables) -> Tables:
    """The tables with only the flows that both ends report."""
    return tables.replace(flows=reported(tables["flows"], "mutual").reset_index(drop=True))


def disagreements(tables: Tables, territory: str | None = None) -> pd.DataFrame:
    """Flows on which the two ends do not agree, one row for each provider, recipient and dataset.

    Returns
    -------
    DataFrame
        `disagreement` is `recipient-silent` (only the provider reports it), `provider-silent`
        (only the recipient does) or `statuses-differ`; `statuses` and `flows` are tuples. The
        silence of an actor that declares no flow at all says nothing and is not listed.

    Raises
    ------
    UnknownName
        If the territory does not exist.
    """
    every, here = (
        records(flows[_READ]) for flows in (tables["flows"], flows_of(tables, territory))
    )
    found = [
        (*told, tuple(flow["status"] for flow in rows), tuple(flow["id"] for flow in rows))
        for *told, rows in disagreed(here, every)
    ]
    return pd.DataFrame(found, columns=COLUMNS)


def disagreed(
    flows: Iterable[Row], every: Sequence[Row]
) -> Iterator[tuple[str, str, str | None, str, list[Row]]]:
    """The rows of `disagreements`, with the flows themselves; None for a dataset that is not named.

    Parameters
    ----------
    flows
        Those of the territory.
    every
        All, to know which actors declare some.
    """
    asked = {flow["provider"] for flow in every if flow["declared_by"] in _BY_PROVIDER}
    asked |= {flow["recipient"] for flow in every if flow["declared_by"] in _BY_RECIPIENT}
    groups: dict[tuple[str, str, str | None], list[Row]] = defaultdict(list)
    for flow in flows:
        if flow["declared_by"] in BY_AN_END:
            groups[flow["provider"], flow["recipient"], flow["dataset"]].append(flow)
    for (provider, recipient, dataset), group in groups.items():
        kind = _SILENT.get(group[0]["declared_by"]) if len(group) == 1 else _disagreement(group)
        silent = {"recipient-silent": recipient, "provider-silent": provider}.get(kind or "")
        if kind is not None and (silent is None or silent in asked):
            yield provider, recipient, dataset, kind, group


_SILENT = {"provider": "recipient-silent", "recipient": "provider-silent"}
"""Which end is silent on a flow that only the other declares."""


def _disagreement(group: list[Row]) -> str | None:
    """On what the two ends of several flows of one dataset disagree, if they do."""
    given = {flow["status"] for flow in group if flow["declared_by"] in _BY_PROVIDER}
    taken = {flow["status"] for flow in group if flow["declared_by"] in _BY_RECIPIENT}
    if given == taken:
        return None
    if given and taken:
        return "statuses-differ"
    return "recipient-silent" if given else "provider-silent"


def _said(flows: pd.DataFrame) -> pd.DataFrame:
    """Flows with whether their provider, and whether their recipient, reports them."""
    return flows[["id", *_SAME, "status"]].assign(
        gave=flows["declared_by"].isin(_BY_PROVIDER),
        took=flows["declared_by"].isin(_BY_RECIPIENT),
    )
