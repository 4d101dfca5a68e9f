"""How things show themselves in a notebook: small HTML tables in which no name is markup."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence


def html_table(caption: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with a line above it; numbers stand to the right, texts to the left."""
    head = "".join(f'<th style="text-align:left">{html.escape(name)}</th>' for name in header)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return (
        f"<div><p>{html.escape(caption)}</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(value: object) -> str:
    side = "right" if isinstance(value, int) else "left"
    told = ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
    return f'<td style="text-align:{side}">{html.escape(told)}</td>'
