"""The queries: their headers, what they promise, and their answers on both stores."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ecosystem
from ecosystem.errors import EcosystemError, UnknownName
from ecosystem.schema import PUBLIC_PREFIX, TABLES, edges
from ecosystem.store.bolt import Store
from ecosystem.store.queries import Query, parse, queries, query
from ecosystem.store.stores import temporary_store
from ecosystem.tables.frames import Tables
from ecosystem.tables.reading import read_tables

QUERIES = queries()
EACH = pytest.mark.parametrize("name", QUERIES)
TERRITORIES = (
    "",
    "antony",
    "pompey",
    "poitiers",
    "la-rochelle",
    "geneve",
    "national",
    "supranational",
)
PER_TERRITORY = pytest.mark.parametrize("territory", TERRITORIES)
STORES = [
    pytest.param("embedded_store", marks=[pytest.mark.embedded, pytest.mark.xdist_group("stores")]),
    pytest.param("neo4j_store", marks=[pytest.mark.neo4j, pytest.mark.xdist_group("stores")]),
]

HEADER = """\
// title.fr: Qui détient quoi
// title.en: Who holds what
// question.fr: Que détient un acteur ?
// question.en: What does an actor hold?
"""
PARAM = "// param: actor string   an actor | un acteur\n"
RETURNS = "// returns: n integer   datasets, number | jeux, nombre\n"
STATEMENT = "\nMATCH (a:Actor {id: $actor}) RETURN count(a) AS n ORDER BY n\n"


# --- reading a file -----------------------------------------------------------------------


def written(folder: Path, text: str, name: str = "one.cypher") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_header_is_read(tmp_path: Path) -> None:
    text = (
        HEADER
        + "// note.fr: une\n// note.en: one\n// note.fr: deux\n// note.en: two\n//\n"
        + PARAM
        + '// example: actor = "sitg"\n'
        + '// param: status string = "= |"   a status | un état\n'
        + "// param: least number = 2   at least | au moins\n"
        + "// param: all boolean=false a | b\n"
        + RETURNS
        + "// returns: kinds list   kinds | natures\n"
        + STATEMENT
    )
    written(tmp_path, text, "actors/one.cypher")
    found = query("one", tmp_path)
    assert (found.name, found.group, found.text) == ("one", "actors", text)
    assert (found.title.fr, found.title.en) == ("Qui détient quoi", "Who holds what")
    assert found.question.en == "What does an actor hold?"
    assert found.note is not None and found.note.fr == "une deux"
    actor, status, least, everything = found.params
    assert actor.required and actor.default is None and actor.example == "sitg"
    assert actor.meaning.fr == "un acteur"
    assert not status.required and status.default == "= |" and status.meaning.en == "a status"
    assert (least.type, least.default) == ("number", 2.0) and isinstance(least.default, float)
    assert everything.default is False
    assert [(c.name, c.type) for c in found.columns] == [("n", "integer"), ("kinds", "list")]
    assert found.examples == {"actor": "sitg"}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("MATCH (n) RETURN n", 1, "title.fr"),
        (
            HEADER.replace("// title.en: Who holds what\n", "") + RETURNS + STATEMENT,
            6,
            "title.en missing",
        ),
        (HEADER + STATEMENT, 6, "returns missing"),
        (HEADER + "// note.fr: seule\n" + RETURNS + STATEMENT, 8, "note.en missing"),
        (HEADER + RETURNS, 6, "no statement"),
        ("", 1, "no statement"),
        (HEADER + "// a remark\n" + RETURNS + STATEMENT, 5, "key: value"),
        (HEADER + "// author: me\n" + RETURNS + STATEMENT, 5, "key: value"),
        (HEADER + "// title.fr: encore\n" + RETURNS + STATEMENT, 5, "said twice"),
        (
            HEADER + "// param: actor text   an actor | un acteur\n" + RETURNS + STATEMENT,
            5,
            "integer",
        ),
        (
            HEADER + "// param: actor list   an actor | un acteur\n" + RETURNS + STATEMENT,
            5,
            "boolean",
        ),
        (HEADER + "// param: actor string\n" + RETURNS + STATEMENT, 5, "English | French"),
        (
            HEADER + "// param: actor string   an actor\n" + RETURNS + STATEMENT,
            5,
            "English | French",
        ),
        (HEADER + "// param: actor string = sitg  a | b\n" + RETURNS + STATEMENT, 5, "JSON"),
        (HEADER + "// param: n integer = 1.5  a | b\n" + RETURNS + STATEMENT, 5, "whole number"),
        (HEADER + '// param: n integer = "1"  a | b\n' + RETURNS + STATEMENT, 5, "whole number"),
        (HEADER + "// param: n string = null  a | b\n" + RETURNS + STATEMENT, 5, "takes text"),
        (HEADER + PARAM + PARAM + RETURNS + STATEMENT, 6, "said twice"),
        (HEADER + RETURNS + RETURNS + STATEMENT, 6, "said twice"),
        (HEADER + "// returns: n node   a | b\n" + STATEMENT, 5, "name type"),
        (HEADER + PARAM + '// example: actr = "x"\n' + RETURNS + STATEMENT, 6, "actor"),
        (HEADER + PARAM + "// example: actor = x\n" + RETURNS + STATEMENT, 6, "JSON"),
        (HEADER + PARAM + '// example: actor = "x" y\n' + RETURNS + STATEMENT, 6, "JSON"),
        (HEADER + PARAM + "// example: actor = 3\n" + RETURNS + STATEMENT, 6, "takes text"),
    ],
)
def test_a_malformed_header_names_file_and_line(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(EcosystemError) as caught:
        parse(path)
    assert f"{path}, line {line}: " in caught.value.to("en")
    assert says in caught.value.to("en")
    assert f"{path}, ligne {line}\u00a0: " in caught.value.to("fr")


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "latin.cypher").write_bytes("// title.fr: détenu".encode("cp1252"))
    with pytest.raises(EcosystemError, match="UTF-8"):
        queries(tmp_path)
    with pytest.raises(EcosystemError, match="cannot be read"):
        parse(tmp_path / "none.cypher")
    with pytest.raises(EcosystemError, match="no folder"):
        queries(tmp_path / "none")


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    for folder in "ab":
        written(tmp_path, HEADER + RETURNS + STATEMENT, f"{folder}/one.cypher")
    with pytest.raises(EcosystemError, match="same name"):
        queries(tmp_path)


def test_an_unknown_name_says_which_is_near() -> None:
    with pytest.raises(UnknownName, match="needs-without-flow"):
        query("need-without-flow")


# --- parameters ---------------------------------------------------------------------------


@pytest.fixture
def typed_query(tmp_path: Path) -> Query:
    params = "".join(
        f"// param: {name} {kind}{default}   a | b\n"
        for name, kind, default in (
            ("text", "string", ""),
            ("whole", "integer", " = 3"),
            ("real", "number", " = 0.5"),
            ("flag", "boolean", " = true"),
        )
    )
    return parse(written(tmp_path, HEADER + params + RETURNS + STATEMENT))


def test_values_are_converted(typed_query: Query) -> None:
    assert typed_query.bind({"text": ""}) == {"text": "", "whole": 3, "real": 0.5, "flag": True}
    given = {"text": "12", "whole": " -12 ", "real": "2", "flag": "False"}
    bound = typed_query.bind(given)
    assert bound == {"text": "12", "whole": -12, "real": 2.0, "flag": False}
    assert isinstance(bound["real"], float)
    assert typed_query.bind({"text": "a", "real": 2, "flag": False})["real"] == 2.0
    assert given["whole"] == " -12 "


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, "'text' is missing"),
        ({"text": 3}, "'text' takes text, not 3"),
        ({"text": None}, "'text' takes text, not None"),
        ({"text": "a", "whole": "1.5"}, "'whole' takes whole number, not '1.5'"),
        ({"text": "a", "whole": 1.5}, "'whole'"),
        ({"text": "a", "whole": True}, "'whole'"),
        ({"text": "a", "whole": "true"}, "'whole'"),
        ({"text": "a", "whole": "9" * 20}, "'whole'"),
        ({"text": "a", "real": "much"}, "'real'"),
        ({"text": "a", "real": "NaN"}, "'real'"),
        ({"text": "a", "real": float("inf")}, "'real'"),
        ({"text": "a", "flag": "1"}, "'flag'"),
        ({"text": "a", "flag": 1}, "'flag'"),
        ({"text": "a", "txt": "b"}, "there is no 'txt'"),
    ],
)
def test_wrong_parameters_say_which_exist(
    typed_query: Query, values: dict[str, Any], says: str
) -> None:
    with pytest.raises(EcosystemError) as caught:
        typed_query.bind(values)
    assert says in caught.value.to("en")
    for language in ("fr", "en"):
        for name in ("text", "whole", "real", "flag"):
            assert name in caught.value.to(language)
    assert "text (text, required); whole (whole number, default 3)" in caught.value.to("en")
    assert "text (texte, obligatoire)" in caught.value.to("fr")


def test_all_that_is_wrong_is_said_at_once(typed_query: Query) -> None:
    with pytest.raises(EcosystemError, match=r"'text' is missing; 'whole' .*; there is no 'x'"):
        typed_query.bind({"whole": "a", "x": 1})


def test_a_query_without_parameters_says_so(tmp_path: Path) -> None:
    plain = parse(written(tmp_path, HEADER + RETURNS + "MATCH (a) RETURN 1 AS n ORDER BY n"))
    assert plain.bind() == {}
    with pytest.raises(EcosystemError, match="parameters: none"):
        plain.bind({"territory": "geneve"})


# --- what every file promises -------------------------------------------------------------


def bare(text: str) -> str:
    """The statement without its comments and without what is inside its strings."""
    return re.sub(
        r"//[^\n]*|/\*.*?\*/|\"[^\"]*\"|'[^']*'",
        lambda m: '""' if m[0][0] in "\"'" else "",
        text,
        flags=re.S,
    )


NODES = {table.node: table for table in TABLES.values() if table.node}
TYPES = {kind for _, kind, _ in edges()}
WRITING = r"\b(CREATE|MERGE|DELETE|DETACH|SET|REMOVE|DROP|ALTER|GRANT|REVOKE|FOREACH|LOAD|START|STOP|INSERT)\b"
# The embedded engine filters a shortest path after it has found it: use quantified patterns.
NOT_EVERYWHERE = r"\b(apoc|gds|db|dbms)\s*\.|\bSHORTEST\b|\bCALL\s+\w|\bfulltext\b|\ballShortestPaths\b|\bshortestPath\b"


def test_there_are_queries_in_every_folder() -> None:
    groups = Counter(q.group for q in QUERIES.values())
    assert set(groups) == {
        "actors",
        "datasets",
        "flows",
        "needs",
        "gaps",
        "brokers",
        "services",
        "territories",
    }
    assert groups.total() >= 22


@EACH
def test_it_speaks_both_languages(name: str) -> None:
    q = QUERIES[name]
    labels = [q.title, q.question, *(p.meaning for p in q.params), *(c.meaning for c in q.columns)]
    labels += [q.note] if q.note else []
    for label in labels:
        assert label.fr.strip() and label.en.strip()
    for label in (q.title, q.question, *([q.note] if q.note else [])):
        assert label.fr != label.en
    assert q.question.fr.endswith("\u00a0?") and q.question.en.endswith("?")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)


@EACH
def test_its_parameters_are_those_it_uses(name: str) -> None:
    q = QUERIES[name]
    text = bare(q.text)
    assert set(re.findall(r"\$(\w+)", text)) == {p.name for p in q.params}
    assert text.count("$") == len(re.findall(r"\$\w+", text)), "no templating"
    for p in q.params:
        assert p.required == (p.example is not None), (
            f"{p.name}: an example where there is no default"
        )


@EACH
def test_it_is_one_statement_that_reads(name: str) -> None:
    text = bare(QUERIES[name].text)
    assert ";" not in text
    assert not re.search(WRITING, text, re.IGNORECASE)
    assert not re.search(NOT_EVERYWHERE, text, re.IGNORECASE)
    assert "{{" not in text and "%" not in text


@EACH
def test_its_order_leaves_no_tie_to_chance(name: str) -> None:
    text = bare(QUERIES[name].text)
    tail = text[text.rindex("RETURN") :]
    assert re.search(r"\bORDER BY\b", tail)
    for collect in re.finditer(r"\bcollect\(", text):
        before = text[: collect.start()]
        assert "ORDER BY" in before[max(0, before.rfind("MATCH")) :], "order before collect()"


@EACH
def test_it_names_what_the_schema_declares(name: str) -> None:
    text = bare(QUERIES[name].text)
    variables: dict[str, set[str]] = defaultdict(set)
    for variable, labels in re.findall(r"\(\s*(\w*)\s*:\s*(\w+(?:\s*\|\s*\w+)*)", text):
        for label in re.split(r"\s*\|\s*", labels):
            assert label in NODES, f"{label} is no label"
            variables[variable].add(label)
    for variable, kinds in re.findall(r"\[\s*(\w*)\s*:\s*(\w+(?:\s*\|\s*\w+)*)", text):
        for kind in re.split(r"\s*\|\s*", kinds):
            assert kind in TYPES, f"{kind} is no relationship type"
        if variable:
            variables[variable].add(kinds)
    for label in re.findall(r"\b\w+:(\w+)\b", text):
        assert label in NODES or label in TYPES
    everything = {f.name for table in TABLES.values() for f in table.properties}
    for variable, name_ in re.findall(r"\b([a-z]\w*)\.(\w+)", text):
        if name_ == "_source":
            continue
        assert not name_.startswith("_"), "the store's own"
        known = {
            f.name
            for label in variables.get(variable, ())
            for f in (NODES.get(label) or TABLES["ties"]).properties
        }
        assert name_ in (known or everything), f"{variable}.{name_}"
    for label, body in re.findall(r":(\w+)\s*\{([^}]*)\}", text):
        for name_ in re.findall(r"(\w+)\s*:", body):
            assert name_ in {f.name for f in NODES[label].properties}


def missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def rows(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The rows of an answer: missing values are None, lists are tuples, floats are rounded."""

    def plain(value: Any) -> Any:
        if missing(value):
            return None
        if isinstance(value, list):
            return tuple(value)
        return round(value, 9) if isinstance(value, float) else value

    return [tuple(plain(v) for v in row) for row in frame.astype(object).itertuples(index=False)]


def is_of(value: Any, kind: str) -> bool:
    """A column of whole numbers of which some are missing is one of floats in pandas."""
    if missing(value):
        return True
    if kind == "integer":
        return not isinstance(value, bool) and (isinstance(value, int) or float(value).is_integer())
    if kind == "list":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, {"string": str, "number": float, "boolean": bool}[kind])


def asked(store: Store, name: str, **values: Any) -> pd.DataFrame:
    q = QUERIES[name]
    frame = store.run(q.text, q.bind({**q.examples, **values}))
    # An empty answer of the embedded store has no columns.
    return frame if len(frame) else pd.DataFrame(columns=[c.name for c in q.columns])


@EACH
@pytest.mark.parametrize("fixture", STORES)
def test_it_returns_what_it_declares(
    name: str, fixture: str, request: pytest.FixtureRequest
) -> None:
    q = QUERIES[name]
    frame = asked(request.getfixturevalue(fixture), name)
    assert len(frame) > 0
    assert list(frame.columns) == [c.name for c in q.columns]
    for column in q.columns:
        values = frame[column.name].astype(object)
        for value in values.where(values.notna(), None):
            assert is_of(value, column.type), f"{column.name}: {value!r} is no {column.type}"
    assert len(set(rows(frame))) == len(frame), "rows differ"


def variants(q: Query) -> list[dict[str, Any]]:
    """Its defaults, every territory, other statuses, each switch."""
    names = {p.name for p in q.params}
    found: list[dict[str, Any]] = [{}]
    found += [{"territory": t} for t in (*TERRITORIES[1:], "nowhere") if "territory" in names]
    found += [{"status": s} for s in ("", "planned", "blocked") if "status" in names]
    found += [{p.name: not p.default} for p in q.params if p.type == "boolean"]
    found += [{"actor": a} for a in ("sitg", "cc-bassin-pompey") if "actor" in names]
    found += [{"authority": a} for a in ("canton-geneve", "grand-poitiers") if "authority" in names]
    if {"from", "to"} <= names:
        found += [
            {"from": "ge-oct", "to": "reutilisateurs-geneve"},  # the direct flow is blocked
            {"from": "ge-proprietaires", "to": "sitg-partenaires"},
            {"from": "sitg", "to": "sitg"},
        ]
    return found


@pytest.mark.embedded
@pytest.mark.neo4j
@pytest.mark.xdist_group("stores")
@EACH
def test_both_stores_answer_alike(name: str, embedded_store: Store, neo4j_store: Store) -> None:
    for values in variants(QUERIES[name]):
        embedded, neo4j = (rows(asked(s, name, **values)) for s in (embedded_store, neo4j_store))
        assert embedded == neo4j, values


@pytest.mark.embedded
@pytest.mark.xdist_group("stores")
def test_an_edge_list_is_enough(tmp_path: Path) -> None:
    """Actors and flows only, with hardly a column: every query runs, and none invents."""
    written(tmp_path, "id\na\nb\nc\nreutilisateurs-x\n", "actors.csv")
    flows = "provider,recipient\na,b\nb,c\nb,reutilisateurs-x\na,a\n"
    written(tmp_path, flows, "flows.csv")
    with temporary_store(read_tables(tmp_path)) as store:
        answers = {name: rows(asked(store, name)) for name in QUERIES}
        chain = rows(asked(store, "who-connects", **{"from": "a", "to": "c"}))
        given = rows(asked(store, "gives-and-receives", actor="b"))
    steps = [(row[2], row[3], row[5], row[8]) for row in chain]
    assert steps == [(1, "a", "b", None), (2, "b", "c", None)]
    assert all(row[7].startswith("flow-") for row in chain)
    assert [(row[0], row[1], row[3]) for row in given] == [
        ("gives", "c", None),
        ("gives", "reutilisateurs-x", None),
        ("receives", "a", None),
    ]
    alone = [(row[0], row[3], row[5], row[6]) for row in answers["one-provider-only"]]
    assert alone == [("b", "a", 1, ()), ("c", "b", 1, ())]
    untied = [(row[0], row[2], row[4]) for row in answers["flows-without-ties"]]
    assert untied == [("a", "b", 1), ("b", "c", 1)]
    assert len(answers["flows-without-instrument"]) == 4
    assert [row[:1] + row[3:8] for row in answers["published-to-all"]] == [("b", 1, 0, 0, 0, 0)]
    for name, answer in answers.items():
        if QUERIES[name].group in {"datasets", "needs", "services", "territories"}:
            assert not answer or name == "published-to-all"


# --- the same answers, computed from the tables ------------------------------------------------


class Facts:
    """The shipped tables as plain sets, and nothing of what the queries are written in."""

    def __init__(self, tables: Tables) -> None:
        def records(name: str) -> list[dict[str, Any]]:
            frame = tables[name]
            plain = frame.astype(object).where(frame.notna(), None)
            return [dict(zip(frame.columns, row, strict=True)) for row in plain.to_numpy().tolist()]

        self.actors = {row["id"]: row for row in records("actors")}
        self.datasets = {row["id"]: row for row in records("datasets")}
        self.flows, self.needs = records("flows"), records("needs")
        self.ties, self.services = records("ties"), records("services")
        self.active = [f for f in self.flows if f["status"] == "active"]

    def there(self, territory: str, *places: dict[str, Any] | None) -> bool:
        return not territory or any(place and place["territory"] == territory for place in places)

    def touches(self, territory: str, flow: dict[str, Any]) -> bool:
        ends = (self.actors[flow["provider"]], self.actors[flow["recipient"]])
        return self.there(territory, *ends, self.datasets.get(flow["dataset"]))

    def has(self, actor: str, dataset: str) -> bool:
        """Holds it, receives it, or may take it because it is open."""
        row = self.datasets[dataset]
        received = {(f["recipient"], f["dataset"]) for f in self.active}
        return row["access"] == "open" or row["holder"] == actor or (actor, dataset) in received

    def top(self, actor: str) -> str:
        while parent := self.actors[actor]["parent"]:
            actor = parent
        return actor


@pytest.fixture(scope="session")
def facts(shipped_tables: Tables) -> Facts:
    return Facts(shipped_tables)


@pytest.fixture
def ask(embedded_store: Store) -> Any:
    """The answer of the embedded store; that the other answers alike is tested above."""

    def answer(name: str, *columns: str, **values: Any) -> list[tuple[Any, ...]]:
        return rows(asked(embedded_store, name, **values)[list(columns)])

    return answer


COMPUTED = [pytest.mark.embedded, pytest.mark.xdist_group("stores")]


def on_tables(test: Any) -> Any:
    for mark in (*COMPUTED, PER_TERRITORY):
        test = mark(test)
    return test


@on_tables
def test_needs_without_flow(ask: Any, facts: Facts, territory: str) -> None:
    unmet = {
        (need["id"], need["actor"], need["dataset"])
        for need in facts.needs
        if need["dataset"]
        and not facts.has(need["actor"], need["dataset"])
        and facts.there(territory, facts.actors[need["actor"]])
    }
    found = ask("needs-without-flow", "need", "actor", "dataset", territory=territory)
    assert len(found) == len(unmet) and set(found) == unmet
    same = {
        (n, facts.top(a) == facts.top(holder))
        for n, a, d in unmet
        if (holder := facts.datasets[d]["holder"])
    }
    assert set(ask("needs-without-flow", "need", "same_authority", territory=territory)) == same


@on_tables
def test_needs_by_theme(ask: Any, facts: Facts, territory: str) -> None:
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for need in facts.needs:
        if facts.there(territory, facts.actors[need["actor"]]):
            kind = (
                3 if not need["dataset"] else 1 if facts.has(need["actor"], need["dataset"]) else 2
            )
            counted[need["theme"]][0] += 1
            counted[need["theme"]][kind] += 1
    found = ask(
        "needs-by-theme", "theme", "needs", "met", "unmet", "no_dataset", territory=territory
    )
    assert {theme: counts for theme, *counts in found} == counted
    assert len(ask("needs-without-dataset", "need", territory=territory)) == sum(
        counts[3] for counts in counted.values()
    )


@on_tables
@pytest.mark.parametrize("with_open", [False, True])
def test_datasets_not_shared(ask: Any, facts: Facts, territory: str, with_open: bool) -> None:
    shared = {f["dataset"] for f in facts.active}
    expected = {
        (key, tuple(sorted({f["status"] for f in facts.flows if f["dataset"] == key})))
        for key, row in facts.datasets.items()
        if key not in shared
        and facts.there(territory, row)
        and (with_open or row["access"] != "open")
    }
    found = ask(
        "datasets-not-shared", "dataset", "statuses", territory=territory, with_open=with_open
    )
    assert len(found) == len(expected) and set(found) == expected


@on_tables
def test_datasets_with_a_single_recipient(ask: Any, facts: Facts, territory: str) -> None:
    recipients: dict[str, set[str]] = defaultdict(set)
    for f in facts.active:
        if f["recipient"] != facts.datasets[f["dataset"]]["holder"]:
            recipients[f["dataset"]].add(f["recipient"])
    expected = {
        (key, only)
        for key, (only, *more) in recipients.items()
        if not more
        and not only.startswith(PUBLIC_PREFIX)
        and facts.datasets[key]["access"] != "open"
        and facts.there(territory, facts.datasets[key])
    }
    found = ask("datasets-single-recipient", "dataset", "recipient", territory=territory)
    assert len(found) == len(expected) and set(found) == expected


@on_tables
def test_ties_without_flows_and_flows_without_ties(ask: Any, facts: Facts, territory: str) -> None:
    def pair(one: str, other: str) -> tuple[str, str]:
        return (one, other) if one < other else (other, one)

    ties = {pair(t["from"], t["to"]) for t in facts.ties}
    members = {pair(a, row["parent"]) for a, row in facts.actors.items() if row["parent"]}
    flows = Counter(pair(f["provider"], f["recipient"]) for f in facts.active)

    def here(of: set[tuple[str, str]]) -> set[tuple[str, str]]:
        return {p for p in of if facts.there(territory, *(facts.actors[end] for end in p))}

    found = ask("ties-without-flows", "first", "second", territory=territory)
    assert len(found) == len(set(found)) and set(found) == here(ties - set(flows))
    named = {p for p in flows if not any(end.startswith(PUBLIC_PREFIX) for end in p)}
    found = ask("flows-without-ties", "first", "second", "flows", territory=territory)
    assert set(found) == {(*p, flows[p]) for p in here(named - ties - members)}


@on_tables
def test_whom_to_bring_together(ask: Any, facts: Facts, territory: str) -> None:
    pending = [f for f in facts.flows if f["status"] in ("planned", "wished", "blocked")]
    of: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for flow in pending:
        giver, taker = facts.top(flow["provider"]), facts.top(flow["recipient"])
        if giver != taker and facts.touches(territory, flow):
            of[min(giver, taker), max(giver, taker)].append(flow)
    expected = set()
    for pair, flows in of.items():
        data = {f["dataset"] for f in flows} - {None}
        needs = {
            n["id"] for n in facts.needs if n["dataset"] in data and facts.top(n["actor"]) in pair
        }
        both = len({facts.top(f["provider"]) for f in flows}) == 2
        passed = sum(
            {facts.top(f["provider"]), facts.top(f["recipient"])} == {*pair} for f in facts.active
        )
        expected.add((*pair, both, tuple(sorted(data)), tuple(sorted({f["status"] for f in flows})),
                      tuple(sorted({f["barrier"] for f in flows} - {None})),
                      tuple(sorted(f["id"] for f in flows)), tuple(sorted(needs)), passed))  # fmt: skip
    columns = (
        "first",
        "second",
        "both_ways",
        "datasets",
        "statuses",
        "barriers",
        "flows",
        "need_ids",
        "exchanges",
    )
    found = ask("whom-to-bring-together", *columns, territory=territory)
    assert {(*row[:6], tuple(sorted(row[6])), *row[7:]) for row in found} == expected
    agenda = ecosystem.conversations(ecosystem.read(), territory or None)
    between = {tuple(sorted(t.id.split(":")[1:])) for t in agenda if t.kind in ("pair", "bargain")
               and any(facts.top(f["provider"]) != facts.top(f["recipient"]) for f in pending if f["id"] in t.flows)}  # fmt: skip
    assert between <= {row[:2] for row in found}


@on_tables
def test_sectors(ask: Any, facts: Facts, territory: str) -> None:
    active: Counter[tuple[str, str]] = Counter()
    waiting: Counter[tuple[str, str]] = Counter()
    for f in facts.flows:
        if facts.touches(territory, f):
            sectors = (
                facts.actors[f["provider"]]["sector"],
                facts.actors[f["recipient"]]["sector"],
            )
            (active if f["status"] == "active" else waiting)[sectors] += 1
    columns = ("provider_sector", "recipient_sector", "active", "not_active")
    assert set(ask("sector-to-sector", *columns, territory=territory)) == {
        (*pair, active[pair], waiting[pair]) for pair in active.keys() | waiting.keys()
    }
    crossing = {("public", "private"), ("private", "public")}
    assert len(ask("public-and-private", "flow", territory=territory)) == sum(
        active[pair] + waiting[pair] for pair in crossing
    )
    whom = ask("who-provides-to-whom", "provider", "recipient", "flows", territory=territory)
    assert sum(row[2] for row in whom) == active.total()
    assert len(ask("flows-not-active", "flow", territory=territory)) == waiting.total()


@on_tables
def test_services_and_the_data_they_lack(ask: Any, facts: Facts, territory: str) -> None:
    expected = {
        (service["id"], dataset)
        for service in facts.services
        for dataset in service["datasets"]
        if service["operator"]
        and not facts.has(service["operator"], dataset)
        and facts.there(territory, service)
    }
    found = ask("services-lacking-data", "service", "dataset", territory=territory)
    assert len(found) == len(expected) and set(found) == expected


@on_tables
def test_intermediaries(ask: Any, facts: Facts, territory: str) -> None:
    given: dict[tuple[str, str], set[str]] = defaultdict(set)
    for f in facts.active:
        given[f["provider"], f["dataset"]].add(f["recipient"])
    chains = {
        (broker, dataset, provider, recipient)
        for (provider, dataset), brokers in given.items()
        for broker in brokers
        for recipient in given.get((broker, dataset), ())
        if len({provider, broker, recipient}) == 3
        and facts.there(territory, facts.actors[broker], facts.datasets[dataset])
    }
    expected = {
        (
            broker,
            dataset,
            tuple(sorted({p for b, d, p, _ in chains if (b, d) == (broker, dataset)})),
            tuple(sorted({r for b, d, _, r in chains if (b, d) == (broker, dataset)})),
        )
        for broker, dataset, _, _ in chains
    }
    columns = ("broker", "dataset", "providers", "recipients")
    found = ask("passing-on", *columns, territory=territory)
    assert len(found) == len(expected) and set(found) == expected


@on_tables
def test_dependence_and_silence(ask: Any, facts: Facts, territory: str) -> None:
    providers: dict[str, set[str]] = defaultdict(set)
    for f in facts.active:
        providers[f["recipient"]].add(f["provider"])
    here = {a for a, row in facts.actors.items() if facts.there(territory, row)}
    assert set(ask("one-provider-only", "actor", "provider", territory=territory)) == {
        (actor, only)
        for actor, (only, *more) in providers.items()
        if not more and actor in here and not actor.startswith(PUBLIC_PREFIX)
    }
    needs = Counter(need["actor"] for need in facts.needs)
    assert set(ask("needs-and-no-inflow", "actor", "needs", territory=territory)) == {
        (actor, count) for actor, count in needs.items() if actor in here and actor not in providers
    }


@on_tables
def test_authorities(ask: Any, facts: Facts, territory: str) -> None:
    inside = {
        (facts.top(f["provider"]), f["id"])
        for f in facts.flows
        if facts.top(f["provider"]) == facts.top(f["recipient"])
    }
    here = {key for key, row in facts.actors.items() if facts.there(territory, row)}
    found = ask("inside-an-authority", "authority", "flow", territory=territory)
    assert set(found) == {(top, flow) for top, flow in inside if top in here}
    columns = ("authority", "department", "gives_inside", "gives_outside")
    found = ask("departments", *columns, territory=territory)
    assert set(found) == {
        (
            facts.top(key),
            key,
            sum(
                f["provider"] == key and facts.top(f["recipient"]) == facts.top(key)
                for f in facts.active
            ),
            sum(
                f["provider"] == key and facts.top(f["recipient"]) != facts.top(key)
                for f in facts.active
            ),
        )
        for key, row in facts.actors.items()
        if row["parent"] and facts.top(key) in here
    }


@on_tables
def test_territories(ask: Any, facts: Facts, territory: str) -> None:
    found = ask(
        "territories-overview",
        "territory",
        "actors",
        "flows",
        "active",
        "ties",
        territory=territory,
    )
    assert {row[0] for row in found} == ({territory} if territory else set(TERRITORIES[1:]))
    for name, *counts in found:
        ends = [(facts.actors[t["from"]], facts.actors[t["to"]]) for t in facts.ties]
        assert counts == [
            sum(facts.there(name, row) for row in facts.actors.values()),
            sum(facts.touches(name, f) for f in facts.flows),
            sum(facts.touches(name, f) for f in facts.active),
            sum(facts.there(name, *pair) for pair in ends),
        ]

    def place(actor: str) -> str:
        return str(facts.actors[actor]["territory"])

    assert set(ask("between-territories", "flow", territory=territory)) == {
        (f["id"],)
        for f in facts.active
        if place(f["provider"]) != place(f["recipient"])
        and territory in ("", place(f["provider"]), place(f["recipient"]))
    }


@on_tables
def test_the_general_public(ask: Any, facts: Facts, territory: str) -> None:
    published: dict[str, set[str]] = defaultdict(set)
    for f in facts.flows:
        if (
            f["recipient"].startswith(PUBLIC_PREFIX)
            and f["status"] != "ended"
            and facts.touches(territory, f)
        ):
            published[f["provider"]] |= {f["dataset"]} if f["status"] == "active" else set()
    found = ask("published-to-all", "publisher", "dataset_ids", "held", territory=territory)
    assert set(found) == {
        (
            publisher,
            tuple(sorted(keys)),
            sum(facts.datasets[key]["holder"] == publisher for key in keys),
        )
        for publisher, keys in published.items()
    }


@pytest.mark.embedded
@pytest.mark.xdist_group("stores")
def test_who_connects_follows_active_flows_only(ask: Any, facts: Facts) -> None:
    """Every pair of a sample against a walk level by level from the tables."""
    out: dict[str, set[str]] = defaultdict(set)
    for f in facts.active:
        out[f["provider"]].add(f["recipient"])
    starts = ("sdis-17", "ge-proprietaires", "ge-oct", "karos", "insee")
    for start in starts:
        level, seen, length = {start}, {start}, 0
        distance: dict[str, int] = {}
        while level:
            length += 1
            level = {other for actor in level for other in out[actor]} - seen
            seen |= level
            distance |= dict.fromkeys(level, length)
        for end in sorted(facts.actors)[::7] + sorted(distance):
            found = ask("who-connects", "length", **{"from": start, "to": end})
            expected = distance.get(end, 9)
            assert {row[0] for row in found} == ({expected} if expected <= 4 else set()), (
                start,
                end,
            )
