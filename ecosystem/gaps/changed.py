"""What is known once a few flows and datasets are changed: the rest is looked up as before."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping

from ecosystem.gaps.known import Known, Row

_SHARED = ("actor_row", "authority", "people", "holders", "gets_from", "held_titles", "needs_by_dataset",
           "services_by_dataset", "dataset", "flows_by_dataset", "transfers", "deliveries", "getters")  # fmt: skip
"""Look-ups that must be there before: they are those of the rows as they are."""


class Changed(Known):
    """Look-ups by which it can be said whether needs are met, of rows of which a few are changed.

    Parameters
    ----------
    known
        What is known of the rows as they are; it stays as it is.
    flows
        Rows of flows as they become, by id; an id that is not known is a new flow.
    datasets
        Rows of datasets as they become.
    """

    def __init__(
        self, known: Known, flows: Mapping[str, Row], datasets: Iterable[Row] = ()
    ) -> None:
        for name in _SHARED:
            getattr(known, name)
        vars(self).update(vars(known))
        self.answers = {}
        became = {row["id"]: row for row in datasets}
        every: dict[str, list[Row]] = {}
        for dataset in dict.fromkeys(row["dataset"] for row in flows.values() if row["dataset"]):
            kept = [f for f in known.flows_by_dataset.get(dataset, ()) if f["id"] not in flows]
            every[dataset] = kept + [f for f in flows.values() if f["dataset"] == dataset]
        between = {
            d: [f for f in rows if f["provider"] != f["recipient"]] for d, rows in every.items()
        }
        active = {d: [f for f in rows if f["status"] == "active"] for d, rows in between.items()}
        over = {
            "dataset": became,
            "flows_by_dataset": every,
            "transfers": between,
            "deliveries": active,
        }
        for name, rows in over.items():
            vars(self)[name] = ChainMap(rows, getattr(known, name))  # type: ignore[arg-type]
