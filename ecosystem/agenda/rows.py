"""The rows and sources behind a conversation, in words."""

from __future__ import annotations

from collections.abc import Iterable

from ecosystem.agenda.conversations import Part
from ecosystem.agenda.sight import Sight
from ecosystem.schema import TABLES
from ecosystem.vocabulary import Label


def rows_part(sight: Sight, evidence: Iterable[tuple[str, str]]) -> Part:
    """Which rows, table by table, then each source once with its date."""
    by_table: dict[str, list[str]] = {}
    cited: dict[str, None] = {}
    for table, key in evidence:
        by_table.setdefault(table, []).append(key)
        if source := sight.source_of(table, key):
            cited[source] = None
    rows = {table: ", ".join(sorted(of)) for table, of in sorted(by_table.items())}
    french = " ; ".join(f"{TABLES[table].label.fr.lower()} {of}" for table, of in rows.items())
    english = "; ".join(f"{TABLES[table].label.en.lower()} {of}" for table, of in rows.items())
    lines = [Label(french, english)] if rows else []
    for name in sorted(cited):
        row = sight.source.get(name, {})
        said = ", ".join(str(row[c]) for c in ("title", "publisher", "date") if row.get(c))
        text = f"{name}: {said}" if said else name
        lines.append(Label(text.replace(": ", " : ", 1), text))
    return Part("rows", tuple(lines))


def ordered(evidence: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Rows each once, table by table and by id."""
    return tuple(sorted(set(evidence)))
