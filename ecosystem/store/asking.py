"""A question of a user's own, and values that name what a store does not hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecosystem.errors import EcosystemError, UnknownName
from ecosystem.labels import Label
from ecosystem.schema import TABLES
from ecosystem.store import cypher, queries
from ecosystem.store.statements import looked_up, parameters

if TYPE_CHECKING:
    from ecosystem.store.bolt import Store


def question(name: str, values: Mapping[str, Any]) -> tuple[str, dict[str, Any], list[str]]:
    """The statement, the values of its parameters and its columns, if they are declared.

    Parameters
    ----------
    name
        The name of a query that travels with the package, or a `.cypher` file: with a header as
        those have, or without one; then a value that is JSON is what it says, any other is text.

    Raises
    ------
    EcosystemError
        If there is none, its header is malformed, or values are missing, unknown or of another type.
    """
    if not name.endswith(".cypher"):
        found = queries.query(name)
    elif (text := _without_header(Path(name))) is not None:
        return text, _own(Path(name), parameters(text), values), []
    else:
        found = queries.parse(Path(name))
    return found.text, found.bind(values), [column.name for column in found.columns]


def _without_header(path: Path) -> str | None:
    """The text of a file that holds a statement and declares nothing before it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None  # as what it is to be read then, which says what hinders it
    statement = False
    for line in text.splitlines():
        if line.strip() and not line.startswith("//"):
            statement = True
            break
        found = queries.DECLARATION.fullmatch(line.removeprefix("//").strip())
        if found and found[1] in queries.KEYS:
            return None
    return text if statement else None


def _own(path: Path, names: list[str], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values for a file that declares nothing."""
    wrong = [
        *(
            Label(f"« {n} » manque", f"'{n}' is missing")
            for n in names
            if n not in values and n != "source"  # the store says it
        ),
        *(Label(f"« {n} » n'existe pas", f"there is no '{n}'") for n in values if n not in names),
    ]
    if wrong:
        known = ", ".join(names)
        raise EcosystemError(
            Label(f"{path} : {' ; '.join(w.fr for w in wrong)}",
                  f"{path}: {'; '.join(w.en for w in wrong)}"),
            Label(f"paramètres : {known or 'aucun'} ; -P NOM=VALEUR les donne",
                  f"parameters: {known or 'none'}; -P NAME=VALUE gives them"),
        )  # fmt: skip
    return {name: _meant(value) for name, value in values.items()}


def _meant(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def scoped(
    store: Store, statement: str, values: Mapping[str, Any], say: Callable[[Label], None]
) -> dict[str, Any]:
    """The values, with the source that the question is asked of where it takes one.

    Raises
    ------
    UnknownName, StoreError
        If the store holds no such source, or several of which none is named.
    """
    if values.get("source"):
        return dict(values)
    if "source" in parameters(statement):
        return {**values, "source": store.scope()}
    if len(held := [each["source"] for each in store.sources()]) > 1:
        say(
            Label(f"la requête lit ensemble les {len(held)} sources de la base ({', '.join(held)}) : "
                  "n._source = $source en garde une",
                  f"the query reads all {len(held)} sources of the store together ({', '.join(held)}): "
                  "n._source = $source keeps one")
        )  # fmt: skip
    return dict(values)


def refuse_unknown(store: Store, statement: str, values: Mapping[str, Any]) -> None:
    """See that what is looked up by its id is in the store, and what by a code is one.

    Raises
    ------
    UnknownName
        If a value is no id there, or no code; the nearest ones are named.
    """
    tables = {table.node: table for table in TABLES.values() if table.node}
    for name, (label, key) in looked_up(statement).items():
        value, table = values.get(name), tables.get(label)
        if not isinstance(value, str) or not value or table is None:
            continue
        codes = next((field.codes for field in table.fields if field.name == key), None)
        if codes is not None and value not in codes:
            raise UnknownName(
                Label(f"valeur de {key} (-P {name})", f"value of {key} (-P {name})"), value, codes
            )
        if key != cypher.key(table):
            continue
        of = {"source": values.get("source", "")}
        ids = (
            f"MATCH (n:{label}) WHERE $source = '' OR n._source = $source "
            f"RETURN n.{cypher.quoted(key)} AS id"
        )
        known = set(store.run(ids, of, columns=["id"])["id"])
        if value not in known:
            raise UnknownName(
                Label(
                    f"identifiant dans {table.name}.csv (-P {name})",
                    f"id in {table.name}.csv (-P {name})",
                ),
                value,
                known,
            )
