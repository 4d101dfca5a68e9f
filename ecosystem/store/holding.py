"""What a store holds side by side: sources by the name that `load --as` gave them.

Each one has a node `:Load` that bears its name and is replaced alone. What versions before names
loaded is the main source; a load gives it what the others have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Protocol

from ecosystem.errors import EcosystemError, StoreError, UnknownName
from ecosystem.labels import Label
from ecosystem.store import cypher

_EARLIER = "last"  # what the load of versions before names was called
_NAME = re.compile(r"[^\W_][\w.-]{0,63}")


class Transaction(Protocol):
    """What is asked of a driver's transaction: this module knows no driver."""

    def run(self, query: Any, **parameters: Any) -> Any:
        """Run a statement."""


def named(name: str) -> str:
    """The name, if a source may be called so.

    Raises
    ------
    EcosystemError
        If it may not.
    """
    if _NAME.fullmatch(name) and name != _EARLIER:
        return name
    raise EcosystemError(
        Label(f"« {name} » ne peut pas nommer une source", f"'{name}' cannot name a source"),
        Label("lettres, chiffres, points, tirets et soulignés, en commençant par une lettre ou un "
              "chiffre, 64 au plus, par exemple enquete-2026",
              "letters, digits, dots, hyphens and underscores, the first a letter or a digit, "
              "64 at most, for example survey-2026"),
    )  # fmt: skip


def holding(transaction: Transaction) -> list[dict[str, Any]]:
    """The sources that a store holds, by name: `source`, `origin`, `at`, `direct`."""
    records = transaction.run(
        "MATCH (n:Load) WHERE n.headers IS NOT NULL "
        "RETURN n.id AS source, n.origin AS origin, n.at AS at, coalesce(n.direct, false) AS direct"
    )
    found = [dict(record) for record in records]
    for each in found:
        each["source"] = cypher.MAIN if each["source"] == _EARLIER else each["source"]
    return sorted(found, key=lambda each: str(each["source"]))


def chosen(names: list[str], asked: str | None, uri: str) -> str | None:
    """The source that is meant: the one asked for, else the main one, else the only one.

    None if nothing was loaded and nothing is asked for.

    Raises
    ------
    UnknownName
        If there is none of the name.
    StoreError
        If there are several and none is asked for.
    """
    if asked is not None:
        if asked in names:
            return asked
        raise UnknownName(Label(f"source dans {uri}", f"source in {uri}"), asked, names)
    if cypher.MAIN in names or not names:
        return cypher.MAIN if names else None
    if len(names) == 1:
        return names[0]
    raise StoreError(
        Label(f"{uri} contient plusieurs sources : {', '.join(names)}",
              f"{uri} holds several sources: {', '.join(names)}"),
        Label(f"dites laquelle : --as {names[0]}, ou l'adresse suivie de #{names[0]}",
              f"say which one: --as {names[0]}, or the address followed by #{names[0]}"),
    )  # fmt: skip


def nothing_loaded(uri: str) -> StoreError:
    """The error for a store that no load has filled."""
    return StoreError(
        Label(f"rien n'a été chargé dans {uri}", f"nothing was loaded into {uri}"),
        Label("chargez des tables avec « ecosystem load »", "load tables with 'ecosystem load'"),
    )


def load_of(source: str) -> str:
    """The node of a source, as `n`, to be matched with `$source`: that of a version before too."""
    ids = f"IN [$source, '{_EARLIER}']" if source == cypher.MAIN else "= $source"
    return f"MATCH (n:Load) WHERE n.id {ids}"


def is_of_earlier_version(transaction: Transaction) -> bool:
    """Whether the store was filled before sources had names."""
    return transaction.run(f"MATCH (n:Load {{id: '{_EARLIER}'}}) RETURN n.id").single() is not None


def forgotten_constraints() -> Iterator[str]:
    """Statements that drop what kept identifiers unique among all sources."""
    for table in cypher.nodes():
        assert table.node is not None
        yield f"DROP CONSTRAINT {table.node.lower()}_key IF EXISTS"


def renew(transaction: Transaction) -> None:
    """Give what a version before names loaded the name of the main source."""
    for table in cypher.nodes():
        key = f"n.{cypher.quoted(cypher.key(table))}"
        transaction.run(
            f"MATCH (n:{table.node}) WHERE n._row IS NOT NULL AND n._source IS NULL "
            f"SET n.{cypher.KEY} = '{cypher.stored_key(cypher.MAIN, '')}' + {key}, "
            f"n._source = '{cypher.MAIN}'"
        ).consume()
    transaction.run(f"MATCH (n:Load {{id: '{_EARLIER}'}}) SET n.id = '{cypher.MAIN}'").consume()
