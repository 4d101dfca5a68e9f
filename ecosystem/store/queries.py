"""The questions that travel with the package: one Cypher statement a file.

A file can be pasted in Neo4j Browser as it is. What it asks, takes and gives back is
said in the comments it begins with, and read from there::

    // title.fr: Qui détient quoi
    // title.en: Who holds what
    // question.fr: Quels jeux de données chaque acteur détient-il ?
    // question.en: Which datasets does each actor hold?
    // note.fr: ce qui compte et ce qui ne compte pas (facultatif, peut se répéter)
    // note.en: what counts and what does not (optional, may be repeated)
    // param: territory string = ""   a territory; empty: all | un territoire ; vide : tous
    // param: actor string   an actor | un acteur
    // example: actor = "ca-la-rochelle"
    // returns: dataset string   identifier of the dataset | identifiant du jeu

A parameter with a default (in JSON, after `=`) may be left out; one without must be given.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from ecosystem.errors import EcosystemError, UnknownName
from ecosystem.files import shipped
from ecosystem.vocabulary import LANGUAGES, Label

ParamType = Literal["string", "integer", "number", "boolean"]
ColumnType = Literal["string", "integer", "number", "boolean", "list"]
"""`list` is a list of strings; any value may be missing."""

Value = str | int | float | bool

TYPES: dict[str, Label] = {
    "string": Label("texte", "text"),
    "integer": Label("nombre entier", "whole number"),
    "number": Label("nombre", "number"),
    "boolean": Label("true ou false", "true or false"),
}

DECLARATION = re.compile(r"([a-z]+(?:\.[a-z]+)?):\s*(.+)")
_DECLARED = re.compile(r"([A-Za-z]\w*)\s+(\w+)\s*(.*)")
_EXAMPLE = re.compile(r"([A-Za-z]\w*)\s*=\s*(.+)")
_WORDS = tuple(f"{key}.{lang}" for key in ("title", "question", "note") for lang in LANGUAGES)
KEYS = (*_WORDS, "param", "example", "returns")


@dataclass(frozen=True)
class Param:
    """A value that a query takes."""

    name: str
    type: ParamType
    meaning: Label
    required: bool = True
    default: Value | None = None
    example: Value | None = None

    def convert(self, value: Any) -> Value | None:
        """Turn a value, or text that says it, into the parameter's type; None if it cannot be."""
        if self.type == "string":
            return value if isinstance(value, str) else None
        if isinstance(value, str):
            try:
                value = json.loads(value.strip().lower())
            except ValueError:
                return None
        if isinstance(value, bool) or self.type == "boolean":
            return value if isinstance(value, bool) and self.type == "boolean" else None
        if isinstance(value, int) and abs(value) < 2**63:
            return value if self.type == "integer" else float(value)
        finite = isinstance(value, float) and math.isfinite(value) and self.type == "number"
        return value if finite else None


@dataclass(frozen=True)
class Column:
    """A column that a query gives back."""

    name: str
    type: ColumnType
    meaning: Label


@dataclass(frozen=True)
class Query:
    """One question and the statement that answers it; `text` is the whole file."""

    name: str
    group: str
    title: Label
    question: Label
    params: tuple[Param, ...]
    columns: tuple[Column, ...]
    text: str = field(repr=False)
    path: Path = field(repr=False)
    note: Label | None = field(default=None, repr=False)

    @property
    def examples(self) -> dict[str, Value]:
        """Values to try the query with: the example of each parameter that has one."""
        return {p.name: p.example for p in self.params if p.example is not None}

    def bind(self, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Check and convert the values given, and add the defaults.

        Raises
        ------
        EcosystemError
            If a parameter is unknown, missing or not of its type; all of them are named.
        """
        given = dict(values or {})
        bound: dict[str, Any] = {p.name: p.default for p in self.params}
        wrong: list[Label] = []
        for p in self.params:
            if p.name not in given:
                if p.required:
                    wrong.append(Label(f"« {p.name} » manque", f"'{p.name}' is missing"))
                continue
            value, kind = given.pop(p.name), TYPES[p.type]
            bound[p.name] = p.convert(value)
            if bound[p.name] is None:
                wrong.append(_takes(p.name, kind, repr(value)))
        wrong += [Label(f"« {n} » n'existe pas", f"there is no '{n}'") for n in given]
        if wrong:
            reasons, known = _joined(wrong), _joined(map(_described, self.params))
            raise EcosystemError(
                Label(f"requête {self.name} : {reasons.fr}", f"query {self.name}: {reasons.en}"),
                Label(f"paramètres : {known.fr or 'aucun'}", f"parameters: {known.en or 'none'}"),
            )
        return bound


def queries(folder: str | Path | None = None) -> dict[str, Query]:
    """Every query of a folder by name, in the order of their files.

    Parameters
    ----------
    folder
        Holds `*.cypher` files, in folders or not; by default the shipped one.

    Raises
    ------
    EcosystemError
        If the folder does not exist, a header is malformed, or two files share a name.
    """
    root = shipped("queries") if folder is None else Path(folder)
    if not root.is_dir():
        raise EcosystemError(
            Label(f"pas de dossier de requêtes {root}", f"there is no folder of queries {root}")
        )
    found: dict[str, Query] = {}
    for path in sorted(root.rglob("*.cypher")):
        parsed = parse(path, path.parent.relative_to(root).as_posix())
        if other := found.get(parsed.name):
            raise _malformed(
                path, 1, _HeaderError(f"même nom que {other.path}", f"same name as {other.path}")
            )
        found[parsed.name] = parsed
    return found


def query(name: str, folder: str | Path | None = None) -> Query:
    """Find a query by its name.

    Raises
    ------
    UnknownName
        If there is none; the nearest names are given.
    """
    found = queries(folder)
    if name not in found:
        raise UnknownName(Label("requête", "query"), name, found)
    return found[name]


def parse(path: Path, group: str = "") -> Query:
    """Read one file.

    Raises
    ------
    EcosystemError
        If it cannot be read or its header is malformed, naming the file and the line.
    """
    number = 1
    try:
        text = _read(path)
        words: dict[str, str] = {}
        params: dict[str, Param] = {}
        columns: dict[str, Column] = {}
        lines = [*text.splitlines(), ""]
        for number, line in enumerate(lines, 1):  # noqa: B007 - an error names it
            if content := line.removeprefix("//").strip():
                if not line.startswith("//"):
                    break
                _declare(content, words, params, columns)
        else:
            raise _HeaderError("aucune instruction sous l'en-tête", "no statement under the header")
        optional = () if any(key.startswith("note.") for key in words) else ("note.fr", "note.en")
        missing = [key for key in _WORDS if key not in words and key not in optional]
        if missing := missing + ["returns"] * (not columns):
            raise _HeaderError(f"il manque {', '.join(missing)}", f"{', '.join(missing)} missing")
    except _HeaderError as bad:
        raise _malformed(path, number, bad) from None
    return Query(
        path.stem,
        group,
        Label(words["title.fr"], words["title.en"]),
        Label(words["question.fr"], words["question.en"]),
        tuple(params.values()),
        tuple(columns.values()),
        text,
        path,
        Label(words["note.fr"], words["note.en"]) if "note.fr" in words else None,
    )


class _HeaderError(Exception):
    """What is wrong with a line of a header."""

    def __init__(self, fr: str, en: str) -> None:
        super().__init__(en)
        self.reason = Label(fr, en)


def _malformed(path: Path, line: int, bad: _HeaderError) -> EcosystemError:
    reason = bad.reason
    return EcosystemError(
        Label(f"{path}, ligne {line} : {reason.fr}", f"{path}, line {line}: {reason.en}")
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise _HeaderError("n'est pas en UTF-8", "is not in UTF-8") from None
    except OSError as error:
        raise _HeaderError(
            f"illisible ({error.strerror})", f"cannot be read ({error.strerror})"
        ) from error


def _declare(
    content: str, words: dict[str, str], params: dict[str, Param], columns: dict[str, Column]
) -> None:
    """Read one line of a header into what was read so far."""
    match = DECLARATION.fullmatch(content)
    if not match or match[1] not in KEYS:
        raise _expected(content, "clé: valeur", "key: value", KEYS)
    key, rest = match.groups()
    if key in words and not key.startswith("note."):
        raise _HeaderError(f"{key} est dit deux fois", f"{key} is said twice")
    if key in _WORDS:
        words[key] = f"{words[key]} {rest}" if key in words else rest
        return
    if key == "example":
        match = _EXAMPLE.fullmatch(rest)
        if not match or match[1] not in params:
            raise _expected(rest, "paramètre = JSON", "parameter = JSON", params)
        value, rest = _json(match[2])
        if rest:
            raise _expected(match[2], "du JSON", "JSON")
        params[match[1]] = replace(params[match[1]], example=_typed(params[match[1]], value))
        return
    kinds = get_args(ParamType if key == "param" else ColumnType)
    match = _DECLARED.fullmatch(rest)
    if not match or match[2] not in kinds:
        raise _expected(
            rest, "nom type   anglais | français", "name type   English | French", kinds
        )
    name, kind, rest = match[1], match[2], match[3]
    if name in (params if key == "param" else columns):
        raise _HeaderError(f"« {name} » est dit deux fois", f"'{name}' is said twice")
    default = None
    if optional := key == "param" and rest.startswith("="):
        default, rest = _json(rest[1:])
    en, _, fr = (part.strip() for part in rest.partition("|"))
    if not (en and fr):
        raise _expected(rest, "anglais | français", "English | French")
    if key == "returns":
        columns[name] = Column(name, kind, Label(fr, en))  # type: ignore[arg-type]
        return
    params[name] = param = Param(name, kind, Label(fr, en), not optional)  # type: ignore[arg-type]
    if optional:
        params[name] = replace(param, default=_typed(param, default))


def _json(text: str) -> tuple[Any, str]:
    """Split a JSON value from what follows it."""
    try:
        value, end = json.JSONDecoder().raw_decode(text.strip())
    except ValueError:
        raise _expected(text.strip(), "du JSON", "JSON") from None
    return value, text.strip()[end:].strip()


def _typed(param: Param, value: Any) -> Value:
    """Check a default or an example, which is of its type as JSON says it."""
    converted = None if isinstance(value, str) != (param.type == "string") else param.convert(value)
    if converted is None:
        reason = _takes(param.name, TYPES[param.type], json.dumps(value))
        raise _HeaderError(reason.fr, reason.en)
    return converted


def _expected(found: str, fr: str, en: str, known: Iterable[str] = ()) -> _HeaderError:
    names = f" ({', '.join(known)})" if known else ""
    return _HeaderError(
        f"« {found} » : attendu « {fr} »{names}", f"'{found}': expected '{en}'{names}"
    )


def _takes(name: str, kind: Label, value: str) -> Label:
    return Label(
        f"« {name} » attend {kind.fr}, pas {value}", f"'{name}' takes {kind.en}, not {value}"
    )


def _described(param: Param) -> Label:
    kind, default = TYPES[param.type], json.dumps(param.default)
    fr, en = (
        ("obligatoire", "required")
        if param.required
        else (f"par défaut {default}", f"default {default}")
    )
    return Label(f"{param.name} ({kind.fr}, {fr})", f"{param.name} ({kind.en}, {en})")


def _joined(labels: Iterable[Label]) -> Label:
    given = list(labels)
    return Label(" ; ".join(x.fr for x in given), "; ".join(x.en for x in given))
