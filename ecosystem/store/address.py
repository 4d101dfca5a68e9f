"""Where a store is and how to enter it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from ecosystem.errors import StoreError, redacted
from ecosystem.labels import Label


@dataclass(frozen=True)
class Address:
    """Where a store is and how to enter it; the password never shows.

    `source`: which of the sources that it holds side by side is meant.
    """

    uri: str
    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str | None = None
    source: str | None = None

    @classmethod
    def parse(cls, uri: str, password: str | None = None) -> Address:
        """An address from a URI, with user, password and database from the environment.

        `NEO4J_USER` (default neo4j), `NEO4J_PASSWORD`, `NEO4J_DATABASE`; a user written
        in the URI (`bolt://me@host:7687`) comes first. User and password are percent-decoded.
        What follows `#` is the name of a source.
        """
        try:
            parts = urlsplit(uri)
            good = parts.scheme.split("+")[0] in ("bolt", "neo4j") and parts.hostname
            _ = parts.port
        except ValueError:  # a port that is not a number, a bracket that is not closed
            good = False
        if not good:
            raise StoreError(
                Label(f"« {redacted(uri)} » n'est pas une adresse Bolt",
                      f"'{redacted(uri)}' is not a Bolt address"),
                Label("par exemple bolt://127.0.0.1:7687", "for example bolt://127.0.0.1:7687"),
            )  # fmt: skip
        user = (
            unquote(parts.username or "")
            or os.environ.get("NEO4J_USER")
            or os.environ.get("NEO4J_USERNAME")
        )
        if password is None:
            password = unquote(parts.password or "") or os.environ.get("NEO4J_PASSWORD", "")
        host = parts.netloc.rpartition("@")[2]
        return cls(
            f"{parts.scheme}://{host}",
            user or "neo4j",
            password,
            os.environ.get("NEO4J_DATABASE") or parts.path.strip("/") or None,
            unquote(parts.fragment) or None,
        )
