"""Actor to actor: `SHARES`, what flows say in one relationship, for GDS, Bloom and one's own Cypher.

`(:Actor)-[:SHARES {status, flows, weight, distance}]->(:Actor)`, one for each pair of provider and
recipient and each status: how many flows, the sum of their weights (an empty one is 1) and 1 / that
sum, as the share network counts. No loops, and not to the general public. They stand beside the
flows, are no row of any table, and are made anew by each load of their source.
"""

from __future__ import annotations

from ecosystem.schema import PUBLIC_PREFIX
from ecosystem.store import cypher
from ecosystem.store.holding import Transaction

TYPE = "SHARES"


def make(transaction: Transaction, source: str, *, wanted: bool) -> None:
    """Replace those of a source by those of its flows, or by none."""
    transaction.run(
        f"MATCH (a:Actor)-[r:{TYPE} {{_loaded: true}}]->(:Actor) "
        f"WHERE {cypher.of_source('a')} DELETE r",
        source=source,
    ).consume()
    if wanted:
        transaction.run(
            "MATCH (a:Actor)-[:PROVIDES {_loaded: true}]->(f:Flow)-[:TO {_loaded: true}]->(b:Actor) "
            f"WHERE {cypher.of_source('a')} AND a <> b "
            f"AND NOT a.id STARTS WITH '{PUBLIC_PREFIX}' AND NOT b.id STARTS WITH '{PUBLIC_PREFIX}' "
            "WITH a, b, f.status AS status, count(f) AS flows, "
            "sum(toFloat(coalesce(f.weight, 1))) AS weight "
            f"CREATE (a)-[:{TYPE} {{_loaded: true, status: status, flows: flows, weight: weight, "
            "distance: 1.0 / weight}]->(b)",
            source=source,
        ).consume()
