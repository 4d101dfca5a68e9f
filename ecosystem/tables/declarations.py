"""Who reported a flow: what both ends say, what one end only says, where they differ.

`declared_by` says who reported a flow. The union counts every flow, whoever reported it;
mutual assent counts those that both ends report: by `both` on one row, or by a row of the
provider and a row of the recipient that agree on the dataset and the status. Silence means
something only from an actor that was asked: one that declares at least one flow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

import pandas as pd

from ecosystem.errors import UnknownName
from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import flows_of
from ecosystem.vocabulary import Label

_SAME = ["provider", "recipient", "dataset"]

COLUMNS = ["provider", "recipient", "dataset", "disagreement", "statuses", "flows"]
"""The columns of the list of disagreements."""


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
    return pd.DataFrame(list(disagreed(tables, territory)), columns=COLUMNS)


def disagreed(
    tables: Tables, territory: str | None = None
) -> Iterator[tuple[str, str, str | None, str, tuple[str, ...], tuple[str, ...]]]:
    """The rows of `disagreements`, one by one; None for a dataset that is not named."""
    said = _said(tables["flows"])
    asked = set(said.loc[said["gave"], "provider"]) | set(said.loc[said["took"], "recipient"])
    said = said[said["gave"] | said["took"]]
    said = said[said.index.isin(flows_of(tables, territory).index)]
    groups: dict[tuple[str, str, str | None], list[tuple[str, str, bool, bool]]] = {}
    columns = (said[name].tolist() for name in ("id", *_SAME, "status", "gave", "took"))
    for flow, provider, recipient, dataset, *facts in zip(*columns, strict=True):
        named = dataset if isinstance(dataset, str) else None
        groups.setdefault((provider, recipient, named), []).append((flow, *facts))
    for (provider, recipient, named), group in groups.items():
        given = {status for _, status, gave, _ in group if gave}
        taken = {status for _, status, _, took in group if took}
        if given == taken:
            continue
        if given and taken:
            kind = "statuses-differ"
        elif given and recipient in asked:
            kind = "recipient-silent"
        elif taken and provider in asked:
            kind = "provider-silent"
        else:
            continue
        ids, statuses = tuple(f for f, *_ in group), tuple(status for _, status, *_ in group)
        yield provider, recipient, named, kind, statuses, ids


def _said(flows: pd.DataFrame) -> pd.DataFrame:
    """Flows with whether their provider, and whether their recipient, reports them."""
    return flows[["id", *_SAME, "status"]].assign(
        gave=flows["declared_by"].isin(["provider", "both"]),
        took=flows["declared_by"].isin(["recipient", "both"]),
    )
