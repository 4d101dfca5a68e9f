"""How tables, networks and findings show themselves in a notebook: small tables, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

MOST = 20
"""Rows that are shown before the rest is counted."""


def small_table(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in HTML: a caption, a header, the first rows and how many more there are."""
    every = list(rows)
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in every[:MOST]
    )
    more = f"<p>… {len(every) - MOST} more</p>" if len(every) > MOST else ""
    return (
        f"<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>{more}"
    )
