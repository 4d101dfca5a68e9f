"""What a Cypher statement would do that no rollback undoes, told from its text.

Neo4j refuses such statements in a reading transaction. The embedded engine runs them, and
keeps what they did: a schema is not part of a transaction, and a subquery in transactions
of its own commits each of them.
"""

from __future__ import annotations

import re

_UNREAD = re.compile(
    r"//[^\n]*|/\*.*?\*/"
    r"|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\""
    r"|`(?:``|[^`])*`",
    re.DOTALL,
)
"""Comments, strings and quoted names, where a keyword is none."""

_BEFORE = re.compile(
    r"\s*(?:EXPLAIN|PROFILE|CYPHER(?:\s+\d[\w.]*)?(?:\s+\w+\s*=\s*\w+)*|USE\s+\S+)\b\s*", re.I
)
"""What may stand before the first word of a statement."""

_KEPT = re.compile(
    r"\s*(CREATE|DROP|ALTER|RENAME|GRANT|DENY|REVOKE|START|STOP|ENABLE|DEALLOCATE|REALLOCATE"
    r"|DRYRUN|TERMINATE|USING)\b",
    re.I,
)
"""First words of statements about schema, users, databases; of data too, which are no reading."""

_IN_TRANSACTIONS = re.compile(
    r"\}\s*IN\s+(?:.{0,80}?\bCONCURRENT\s+)?TRANSACTIONS\b", re.I | re.DOTALL
)


def outlives_rollback(statement: str) -> bool:
    """Whether a statement commits by itself, or is about something that is not data."""
    text = _UNREAD.sub(lambda found: " " if found[0][0] == "/" else "_", statement)
    if _IN_TRANSACTIONS.search(text):
        return True
    for part in text.split(";"):
        start = 0
        while before := _BEFORE.match(part, start):
            start = before.end()
        if _KEPT.match(part, start):
            return True
    return False
