"""What a Cypher statement would do beyond reading the graph, told from its text.

Neo4j refuses writes in a reading transaction; the embedded engine runs them, and keeps what no
rollback undoes: a schema is not part of a transaction, and a subquery in transactions of its own
commits each of them. And either may read a file or an address, or run a procedure that does
anything. So what is not known to read the graph alone is refused, before it is sent.
"""

from __future__ import annotations

import re

from ecosystem.labels import Label

WOULD_CHANGE = Label(
    "la requête modifierait la base ; rien n'a été gardé",
    "the query would change the store; nothing was kept",
)
ONLY_READING = Label(
    "seules les lectures sont permises ; chargez avec « ecosystem load »",
    "only reading is allowed; load with 'ecosystem load'",
)
BEYOND = Label(
    "la requête ne lirait pas que le graphe : {what} est refusé ; rien n'a été fait",
    "the query would read more than the graph: {what} is refused; nothing was done",
)
ONLY_GRAPH = Label(
    "une requête ne lit ni fichier, ni adresse, ni autre base, et n'appelle que ce qui décrit le graphe "
    "(db.labels, db.schema.visualization…) ; le reste se fait dans Neo4j Browser",
    "a query reads no file, no address and no other database, and calls only what describes the graph "
    "(db.labels, db.schema.visualization…); anything else is for Neo4j Browser",
)

PROCEDURES = (
    *("db.labels", "db.relationshipTypes", "db.propertyKeys", "db.schema.visualization"),
    *("db.schema.nodeTypeProperties", "db.schema.relTypeProperties", "db.info"),
    *("db.index.fulltext.queryNodes", "db.index.fulltext.queryRelationships"),
    *("db.index.vector.queryNodes", "db.index.vector.queryRelationships"),
    *("dbms.components", "apoc.meta.schema", "apoc.meta.stats"),
)
"""What may be called."""

_FAMILIES = (
    *("date", "time", "datetime", "localtime", "localdatetime", "duration", "point", "vector"),
    *("db.nameFromElementId", "graph", "apoc.agg", "apoc.coll", "apoc.convert", "apoc.date"),
    *("apoc.map", "apoc.math", "apoc.number", "apoc.temporal", "apoc.text"),
)
"""The functions with a dot in their name that may be used, by how they begin."""

_UNREAD = re.compile(
    r"//[^\n\r]*|/\*.*?\*/"
    r"|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\""
    r"|`(?:``|[^`])*`",
    re.DOTALL,
)
"""Comments, strings and quoted names, where a keyword is none."""

_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")
"""A character by its number, which a server reads before anything else, wherever it stands."""

_BEFORE = re.compile(
    r"\s*(?:EXPLAIN|PROFILE|CYPHER(?:\s+\d[\w.]*)?(?:\s+\w+\s*=\s*\w+)*)\b\s*", re.I
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
_LOAD = re.compile(r"\bLOAD\s+CSV\b", re.I)
_USE = re.compile(r"\s*USE\s+(?=[\w`_])", re.I)
_USE_WITHIN = re.compile(r"(?:\{|\bUNION(?:\s+(?:ALL|DISTINCT))?\s)\s*USE\s+\w", re.I)
_NAME = r"\w+(?:\s*\.\s*\w+)*"
_CALL = re.compile(
    rf"(?<![\w.$:])CALL\s+({_NAME})(?=\s*[.(]|\s*\bYIELD\b|\s*;|\s*$|\s+[A-Z]+\b)", re.I
)
_CALLED = re.compile(rf"(?<![\w.$])({_NAME})\s*\(")


def outlives_rollback(statement: str) -> bool:
    """Whether a statement commits by itself, or is about something that is not data."""
    return any(_outlives_rollback(text) for text in _readings(statement))


def beyond_graph(statement: str) -> str | None:
    """What of a statement would reach something else than the graph: a word to show, or None."""
    for text in _readings(statement):
        if (found := _beyond(text)) is not None:
            return found
    return None


def looked_up(statement: str) -> dict[str, tuple[str, str]]:
    """The parameters that a statement looks a node up by: label and property of each, by name."""
    text = _readings(statement)[0]
    labels = dict(re.findall(r"[(\s](\w+)\s*:\s*(\w+)", text))
    found = {
        name: (label, key)
        for label, key, name in re.findall(r":(\w+)\s*\{\s*(\w+)\s*:\s*\$(\w+)\s*\}", text)
    }
    for variable, key, name in re.findall(r"\b(\w+)\.(\w+)\s*=\s*\$(\w+)", text):
        if variable in labels:
            found.setdefault(name, (labels[variable], key))
    return found


def parameters(statement: str) -> list[str]:
    """The names of the parameters of a statement, in order."""
    return list(dict.fromkeys(re.findall(r"\$(\w+)", _readings(statement)[0])))


def _readings(statement: str) -> list[str]:
    """A statement without its comments, strings and quoted names; also as its escapes spell it."""
    spelt = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), statement)
    texts = [statement] if spelt == statement else [statement, spelt]
    return [_UNREAD.sub(lambda found: " " if found[0][0] == "/" else "_", text) for text in texts]


def _parts(text: str) -> list[str]:
    """The statements of a text, without what may stand before their first words."""
    parts = []
    for part in text.split(";"):
        start = 0
        while before := _BEFORE.match(part, start):
            start = before.end()
        parts.append(part[start:])
    return parts


def _outlives_rollback(text: str) -> bool:
    return bool(_IN_TRANSACTIONS.search(text)) or any(map(_KEPT.match, _parts(text)))


def _beyond(text: str) -> str | None:
    if _LOAD.search(text):
        return "LOAD CSV"
    if any(map(_USE.match, _parts(text))) or _USE_WITHIN.search(text):
        return "USE"
    for found in _CALL.finditer(text):
        name = re.sub(r"\s", "", found[1])
        # In `CALL x RETURN` without a dot, `call` may be a name; a procedure has a family.
        called = "." in name or re.match(r"\s*(?:\(|YIELD\b|;|$)", text[found.end() :], re.I)
        if called and name.casefold() not in _KNOWN:
            return f"CALL {name}"
    for found in _CALLED.finditer(text):
        name = re.sub(r"\s", "", found[1])
        if "." in name and name.casefold() not in _KNOWN and not _harmless(name.casefold()):
            return f"{name}()"
    return None


_KNOWN = {name.casefold() for name in PROCEDURES}


def _harmless(name: str) -> bool:
    return any(name == one.casefold() or name.startswith(f"{one.casefold()}.") for one in _FAMILIES)
