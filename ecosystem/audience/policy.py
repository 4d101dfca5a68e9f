"""The policy file: what a copy for partners or for the public leaves out, beyond `visibility`.

A TOML file with one section an audience. What partners may not see, the public may not either::

    minimum_group = 5                              # smaller groups are not shown

    [partners]
    drop = ["flows.note"]                          # columns to empty

    [[public.pseudonymise]]                        # actors that keep a place and lose their name
    name = "Firm"                                  # Firm 1, Firm 2 …
    where = { sector = ["private"] }               # every condition holds

    [[public.aggregate]]                           # actors that become one, a territory each
    name = "Residents' groups"
    where = { type = ["citizens"] }
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ecosystem.errors import DataError
from ecosystem.schema import TABLES
from ecosystem.tables.frames import Tables
from ecosystem.tables.problems import nearest
from ecosystem.vocabulary import Label

AUDIENCES = ("internal", "partners", "public")
"""Who a copy is for, from who may see all to who may see least."""
MINIMUM_GROUP = 5
"""How many actors a group must have to be shown, unless the policy says otherwise."""
CONDITIONS = ("id", "territory", "type", "sector", "parent")
"""The columns of actors that a condition may look at."""


@dataclass(frozen=True)
class Disguise:
    """Actors that match every condition of `where`, and the name they get instead of theirs."""

    name: str
    where: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Rules:
    """What a policy asks for one audience: columns to drop, actors to pseudonymise or aggregate."""

    drop: tuple[tuple[str, str], ...] = ()
    pseudonymise: tuple[Disguise, ...] = ()
    aggregate: tuple[Disguise, ...] = ()


@dataclass(frozen=True)
class Policy:
    """A policy file, read and checked; without a file, `visibility` alone decides."""

    partners: Rules = field(default_factory=Rules)
    public: Rules = field(default_factory=Rules)
    minimum_group: int = MINIMUM_GROUP

    def rules(self, audience: str) -> Rules:
        """The rules of an audience: the public's are those of partners and its own."""
        if audience == "internal":
            return Rules()
        if audience == "partners":
            return self.partners
        return Rules(
            tuple(dict.fromkeys(self.partners.drop + self.public.drop)),
            self.partners.pseudonymise + self.public.pseudonymise,
            self.partners.aggregate + self.public.aggregate,
        )


def read_policy(path: str | Path, tables: Tables) -> Policy:
    """Read a policy and check it against the tables it is for.

    Raises
    ------
    DataError
        If it cannot be read, or asks for what does not exist; every mistake at once, each with
        its key and what there is instead.
    """
    path = Path(path)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(
            Label(f"{path} ne peut pas être lu ({reason})", f"{path} cannot be read ({reason})"),
            Label(
                "donnez comme règles un fichier TOML qui peut être lu",
                "give as policy a TOML file that can be read",
            ),
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            Label(f"{path} n'est pas du TOML : {error}", f"{path} is not TOML: {error}"),
            Label("docs/fr/audiences.md en montre un", "docs/en/audiences.md shows one"),
        ) from error
    reader = _Reader(path, tables)
    policy = reader.policy(content)
    if reader.mistakes:
        raise DataError(
            Label(
                "\n".join(m.fr for m in reader.mistakes), "\n".join(m.en for m in reader.mistakes)
            ),
            Label("rien n'a été écrit", "nothing was written"),
        )
    return policy


class _Reader:
    """Turns the content of a file into a policy and gathers what is wrong with it."""

    def __init__(self, path: Path, tables: Tables) -> None:
        self.path = path
        self.tables = tables
        self.mistakes: list[Label] = []

    def policy(self, content: Mapping[str, Any]) -> Policy:
        self._keys("", content, ("minimum_group", "partners", "public"))
        least = content.get("minimum_group", MINIMUM_GROUP)
        if isinstance(least, bool) or not isinstance(least, int) or least < 2:
            self._wrong("minimum_group", Label("un nombre entier, 2 ou plus, est attendu",
                                               "a whole number, 2 or more, is expected"))  # fmt: skip
            least = MINIMUM_GROUP
        partners, public = (self._rules(name, content.get(name, {})) for name in AUDIENCES[1:])
        return Policy(partners, public, least)

    def _rules(self, name: str, section: Any) -> Rules:
        if not isinstance(section, dict):
            self._wrong(name, Label("une section [ ] est attendue", "a section [ ] is expected"))
            return Rules()
        self._keys(f"{name}.", section, ("drop", "pseudonymise", "aggregate"))
        drop = [
            self._column(f"{name}.drop", text)
            for text in self._list(f"{name}.drop", section.get("drop", []), str)
        ]
        found: dict[str, tuple[Disguise, ...]] = {}
        for kind in ("pseudonymise", "aggregate"):
            entries = self._list(f"{name}.{kind}", section.get(kind, []), dict)
            made = [self._disguise(f"{name}.{kind}[{i}]", e) for i, e in enumerate(entries, 1)]
            found[kind] = tuple(each for each in made if each)
        return Rules(tuple(c for c in drop if c), found["pseudonymise"], found["aggregate"])

    def _column(self, key: str, text: str) -> tuple[str, str] | None:
        table, _, column = text.partition(".")
        if table not in TABLES:
            self._unknown(key, text, (f"{name}.…" for name in TABLES), table, TABLES)
            return None
        known = TABLES[table].columns
        if column not in known:
            names = [f"{table}.{each}" for each in known]
            self._unknown(key, text, names, text, names)
            return None
        declared = TABLES[table].field(column)
        if declared.required or column in (*TABLES[table].key, "visibility"):
            self._wrong(key, Label(f"« {text} » est indispensable et ne peut pas être vidée",
                                   f"'{text}' is needed and cannot be emptied"))  # fmt: skip
            return None
        return table, column

    def _disguise(self, key: str, entry: Mapping[str, Any]) -> Disguise | None:
        self._keys(f"{key}.", entry, ("name", "where"))
        name, where = entry.get("name"), entry.get("where")
        if not isinstance(name, str) or not name.strip():
            self._wrong(f"{key}.name", Label("un texte est attendu", "a text is expected"))
            return None
        if not isinstance(where, dict) or not where:
            self._wrong(f"{key}.where", Label("une condition est attendue : " + ", ".join(CONDITIONS),
                                              "a condition is expected: " + ", ".join(CONDITIONS)))  # fmt: skip
            return None
        conditions = []
        for column, wanted in where.items():
            at = f"{key}.where.{column}"
            if column not in CONDITIONS:
                self._unknown(f"{key}.where", column, CONDITIONS, column, CONDITIONS)
                continue
            values = self._list(at, wanted, str)
            known = self._known(column)
            for value in values:
                if value not in known:
                    self._unknown(at, value, sorted(known), value, known)
            conditions.append((column, tuple(values)))
        return Disguise(name.strip(), tuple(conditions))

    def _known(self, column: str) -> list[str]:
        codes = TABLES["actors"].field(column).codes
        if codes is not None:
            return list(codes)
        table = {"territory": "territories"}.get(column, "actors")
        used = self.tables["actors"][column].dropna().tolist()
        return list(dict.fromkeys([*self.tables[table]["id"].dropna(), *used]))

    def _keys(self, prefix: str, section: Mapping[str, Any], known: Iterable[str]) -> None:
        for key in section:
            if key not in known:
                self._unknown(f"{prefix}{key}", key, known, key, known)

    def _list(self, key: str, value: Any, kind: Callable[..., Any] | type) -> list[Any]:
        if isinstance(value, list) and all(isinstance(v, kind) for v in value):  # type: ignore[arg-type]
            return value
        self._wrong(key, Label("une liste [ ] est attendue", "a list [ ] is expected"))
        return []

    def _unknown(
        self, key: str, text: str, shown: Iterable[str], name: str, known: Iterable[str]
    ) -> None:
        there = list(shown)
        listed = ", ".join(there[:20]) + (" …" if len(there) > 20 else "")
        near = nearest(name, known)
        self._wrong(key, Label(f"« {text} » n'existe pas ; existent : {listed}{near.fr}",
                               f"'{text}' does not exist; there are: {listed}{near.en}"))  # fmt: skip

    def _wrong(self, key: str, what: Label) -> None:
        place = f"{self.path}: {key}"
        self.mistakes.append(Label(f"{place} : {what.fr}", f"{place}: {what.en}"))
