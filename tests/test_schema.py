"""The data dictionary and its code lists: what every declaration promises."""

from __future__ import annotations

import copy
import csv
import dataclasses
import pickle
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecosystem import schema, vocabulary
from ecosystem.errors import DataError, EcosystemError, StoreError, UnknownName
from ecosystem.schema import KINDS, TABLES, Field, Reference, Table, edges
from ecosystem.tables.problems import CATALOGUE
from ecosystem.vocabulary import (
    CODE_LISTS,
    FINDING_LISTS,
    LANGUAGES,
    NOT_STATED,
    Code,
    CodeList,
    Label,
    Language,
)

FIELDS = [
    pytest.param(table, field, id=f"{table.name}.{field.name}")
    for table in TABLES.values()
    for field in table.fields
]
EACH_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
EACH_FIELD = pytest.mark.parametrize(("table", "field"), FIELDS)
EACH_LIST = pytest.mark.parametrize("codes", CODE_LISTS, ids=lambda codes: codes.name)

# The model as it was designed: a flow has three ends and facts of its own, so it is a node.
MODEL = {
    ("Actor", "PROVIDES", "Flow"),
    ("Flow", "TO", "Actor"),
    ("Flow", "OF", "Dataset"),
    ("Actor", "HOLDS", "Dataset"),
    ("Actor", "EXPRESSES", "Need"),
    ("Need", "FOR", "Dataset"),
    ("Actor", "OPERATES", "Service"),
    ("Service", "USES", "Dataset"),
    ("Actor", "TIED_TO", "Actor"),
    ("Actor", "PART_OF", "Actor"),
    ("Actor", "IN", "Territory"),
    ("Dataset", "IN", "Territory"),
    ("Service", "IN", "Territory"),
    ("Assessment", "ASSESSES", "Territory"),
}
# "Any of them": every node but the source itself says where it was read.
CITING = {
    "Territory",
    "Actor",
    "Dataset",
    "Flow",
    "Need",
    "Service",
    "Assessment",
    "Recommendation",
    "Lesson",
}

# https://op.europa.eu/en/web/eu-vocabularies/dataset/-/resource?uri=http://publications.europa.eu/resource/dataset/data-theme
EU_THEMES = {
    *("AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL"),
    *("INTR", "JUST", "OP_DATP", "REGI", "SOCI", "TECH", "TRAN"),
}
EU = "http://publications.europa.eu/resource/authority/"


def written(label: Label) -> bool:
    """Whether both languages say something, without stray spaces."""
    return all(words == words.strip() != "" and "  " not in words for words in (label.fr, label.en))


@EACH_TABLE
def test_a_table_names_and_explains_itself_in_both_languages(table: Table) -> None:
    assert written(table.label), table.label
    assert written(table.meaning), table.meaning
    assert TABLES[table.name] is table
    assert table.file == f"{table.name}.csv"


@EACH_TABLE
def test_a_table_is_a_node_or_a_relationship(table: Table) -> None:
    assert (table.node is None) != (table.relationship is None)
    if table.node:
        assert re.fullmatch(r"([A-Z][a-z]+)+", table.node)
    else:
        assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", table.relationship or "")
        assert {"from", "to"} <= set(table.columns)


@EACH_TABLE
def test_the_columns_of_a_table_have_names_of_their_own(table: Table) -> None:
    assert max(Counter(table.columns).values()) == 1
    for name in table.columns:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name), name
        assert table.field(name).name == name


@EACH_TABLE
def test_the_key_of_a_table_is_made_of_required_columns(table: Table) -> None:
    assert table.key
    for name in table.key:
        assert table.field(name).required, f"{table.name}.{name} is a key and may be empty"
    if table.numbers_rows:
        assert table.key == ("id",)


@EACH_TABLE
def test_every_row_says_who_may_see_it(table: Table) -> None:
    assert table.field("visibility").codes is vocabulary.VISIBILITIES
    assert table.field("visibility").default is None


@EACH_TABLE
def test_properties_are_the_columns_that_do_not_become_relationships(table: Table) -> None:
    properties = [field.name for field in table.properties]
    if table.relationship:
        assert properties == [name for name in table.columns if name not in ("from", "to")]
    else:
        assert sorted([*properties, *(f.name for f in table.references)]) == sorted(table.columns)


@EACH_FIELD
def test_a_column_names_and_explains_itself_in_both_languages(table: Table, field: Field) -> None:
    assert written(field.label), field.label
    assert written(field.meaning), field.meaning
    assert field.kind in KINDS


@EACH_FIELD
def test_a_coded_column_has_a_list_of_the_dictionary(table: Table, field: Field) -> None:
    if field.kind == "code":
        assert field.codes is not None, "a column of codes without a code list"
    if field.codes is not None:
        assert any(field.codes is known for known in CODE_LISTS)
        assert field.kind in ("code", "integer")
    if field.kind == "integer" and field.codes is not None:
        assert [str(int(code)) for code in field.codes] == list(field.codes)


@EACH_FIELD
def test_a_default_is_a_known_code(table: Table, field: Field) -> None:
    if field.default is not None:
        assert field.codes is not None
        assert field.default in field.codes


@EACH_FIELD
def test_a_reference_leads_to_the_key_of_a_table(table: Table, field: Field) -> None:
    if field.reference is None:
        return
    target = TABLES[field.reference.table]
    assert target.key == ("id",), "only a row with one identifier can be named"
    assert target.node, "a relationship cannot be an end of another"
    assert field.kind in ("id", "list")
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", field.reference.relationship)


def test_what_a_source_must_have_is_actors() -> None:
    assert [name for name, table in TABLES.items() if table.required] == ["actors"]
    # An edge list is enough: an actor needs an id, a flow its two ends.
    required = {
        name: {
            field.name
            for field in TABLES[name].fields
            if field.required
            and field.default is None
            and not (field.name == "id" and TABLES[name].numbers_rows)
        }
        for name in ("actors", "flows")
    }
    assert required == {"actors": {"id"}, "flows": {"provider", "recipient"}}


def test_optional_columns_of_the_design_are_declared() -> None:
    assert {"parent", "identifier"} <= set(TABLES["actors"].columns)
    assert {"declared_by", "since"} <= set(TABLES["flows"].columns)
    assert TABLES["flows"].field("since").kind == "date"
    assert TABLES["actors"].field("identifier").kind == "id"  # SIREN codes begin with zeros
    assert list(vocabulary.DECLARED_BY) == ["provider", "recipient", "both", "third_party"]
    assert list(vocabulary.VISIBILITIES) == ["public", "partners", "internal"]


def test_table_node_and_relationship_names_are_unique() -> None:
    for what in ("name", "node", "relationship"):
        names = [getattr(t, what) for t in TABLES.values() if getattr(t, what)]
        assert len(names) == len(set(names)), what
    for language in LANGUAGES:
        labels = [table.label.to(language) for table in TABLES.values()]
        assert len(labels) == len(set(labels)), language


def test_the_graph_is_the_one_that_was_designed() -> None:
    found = list(edges())
    assert len(found) == len(set(found))
    assert set(found) == MODEL | {(node, "CITES", "Source") for node in CITING}
    assert {table.node for table in TABLES.values() if table.node} == CITING | {"Source"}


def _drawn(drawing: str) -> Iterator[tuple[str, str, str]]:
    """Relationships of chains like `(:A)-[:R]->(:B)<-[:S]-(:C)`."""
    for chain in re.findall(r"\(:\w\S*", drawing):
        ends = re.findall(r"\(:([\w|]+)\)", chain)
        arrows = re.findall(r"(<?)-\[:([A-Z_]+)\]-(>?)", chain)
        assert len(ends) == len(arrows) + 1, chain
        for (back, kind, on), left, right in zip(arrows, ends[:-1], ends[1:], strict=True):
            assert bool(back) != bool(on), chain
            for a in left.split("|"):
                for b in right.split("|"):
                    yield (b, kind, a) if back else (a, kind, b)


def test_the_drawing_in_the_documentation_is_the_graph() -> None:
    model, cites, _ = (schema.__doc__ or "").partition("any of them -[:CITES]->(:Source)")
    assert cites
    assert set(_drawn(model)) == MODEL


def test_a_relationship_that_is_not_inward_starts_at_the_row_that_names() -> None:
    flows = TABLES["flows"]
    assert flows.field("provider").reference == Reference("actors", "PROVIDES", inward=True)
    assert flows.field("recipient").reference == Reference("actors", "TO")
    assert TABLES["services"].field("datasets").kind == "list"


@EACH_LIST
def test_every_code_is_worded_in_both_languages(codes: CodeList) -> None:
    assert len(codes) > 1
    for name, code in codes.items():
        assert code.code == name
        assert written(code.label), code
    for language in LANGUAGES:
        words = [code.label.to(language) for code in codes.values()]
        assert len(words) == len(set(words)), f"two codes read the same in {language}"


@EACH_LIST
def test_every_code_list_is_used(codes: CodeList) -> None:
    used = [f for t in TABLES.values() for f in t.fields if f.codes is codes]
    assert used, f"no column has codes of {codes.name}"


def test_code_lists_have_names_of_their_own_and_none_is_forgotten() -> None:
    every = (*CODE_LISTS, *FINDING_LISTS)
    names = [codes.name for codes in every]
    assert len(names) == len(set(names))
    declared = [value for value in vars(vocabulary).values() if isinstance(value, CodeList)]
    assert {id(codes) for codes in declared} == {id(codes) for codes in every}


@pytest.mark.parametrize("codes", FINDING_LISTS, ids=lambda codes: codes.name)
def test_codes_of_findings_are_no_codes_of_columns(codes: CodeList) -> None:
    assert not [f for t in TABLES.values() for f in t.fields if f.codes is codes]
    assert all(written(code.label) for code in codes.values())


def test_a_code_written_twice_would_be_seen() -> None:
    """`CodeList` keeps one of two equal codes: the source must not write one twice."""
    source = Path(vocabulary.__file__).read_text(encoding="utf-8")
    for block in re.findall(r"CodeList\(\n(.*?)\n\)", source, flags=re.DOTALL):
        written_codes = re.findall(r'_code\(\s*"([^"]+)"', block)
        assert len(written_codes) == len(set(written_codes)), written_codes


def test_themes_are_those_of_the_european_union() -> None:
    assert set(vocabulary.THEMES) == EU_THEMES
    for name, theme in vocabulary.THEMES.items():
        assert theme.uri == f"{EU}data-theme/{name}"


def test_access_has_the_authority_codes_where_there_is_one() -> None:
    # http://publications.europa.eu/resource/authority/access-right; no code says "not known".
    assert {name: code.uri for name, code in vocabulary.ACCESS.items()} == {
        "open": f"{EU}access-right/PUBLIC",
        "shared": f"{EU}access-right/RESTRICTED",
        "closed": f"{EU}access-right/NON_PUBLIC",
        "unknown": None,
    }


def test_a_code_list_reads_like_a_dictionary_and_labels_what_it_does_not_know() -> None:
    codes = CodeList("sizes", Code("s", Label("petit", "small")), Code("l", Label("grand", "big")))
    assert list(codes) == ["s", "l"]
    assert len(codes) == 2
    assert codes.label("s") == Label("petit", "small")
    assert codes.label("xl") == Label("xl", "xl")
    assert codes.label(None) is NOT_STATED
    assert codes.label(float("nan")) is NOT_STATED


def test_a_label_fills_both_languages() -> None:
    label = Label("{n} de {what}", "{n} of {what}").format(n=2, what=Label("trois", "three"))
    spoken: dict[Language, str] = {"fr": "2 de trois", "en": "2 of three"}
    assert {language: label.to(language) for language in LANGUAGES} == spoken
    assert str(label) == "2 of three"


def test_a_label_filled_late_is_the_label_filled_at_once() -> None:
    template, what = Label("{n} % : {what}", "{n}%: {what}"), Label("« a »", "'a'")
    at_once = template.format(n=2, what=what)

    def late() -> Label:
        return template.filled({"n": 2, "what": template.filled({"n": 1, "what": what})})

    nested = template.format(n=2, what=template.format(n=1, what=what))
    assert template.filled({"n": 2, "what": what}) == at_once
    assert at_once == template.filled({"n": 2, "what": what})
    assert hash(late()) == hash(nested)
    assert repr(late()) == repr(nested)
    assert pickle.loads(pickle.dumps(late())) == nested == copy.deepcopy(late())
    assert dataclasses.replace(late(), en="x") == Label(nested.fr, "x")
    assert dataclasses.asdict(late()) == {"fr": nested.fr, "en": nested.en}
    with pytest.raises(AttributeError, match="no attribute 'de'"):
        getattr(late(), "de")  # noqa: B009
    with pytest.raises(dataclasses.FrozenInstanceError):
        late().en = "x"  # type: ignore[misc]


def test_a_label_is_filled_when_it_is_first_read_and_only_once() -> None:
    class Counted:
        shown = 0

        def __str__(self) -> str:
            self.shown += 1
            return "x"

    counted = Counted()
    label = Label("{it}", "{it}").filled({"it": counted})
    assert counted.shown == 0
    assert (label.fr, label.en, label.to("fr")) == ("x", "x", "x")
    assert counted.shown == 2  # once for each language


def test_french_marks_keep_to_their_word() -> None:
    label = Label("« oui » : non ; 5 % ?", "'yes' : no ; 5 % ?")
    assert label.fr == "«\u00a0oui\u00a0»\u00a0: non\u00a0; 5\u00a0%\u00a0?"
    assert label.en == "'yes' : no ; 5 % ?"
    assert Label("{n} %", "{n}%").format(n="« 5 »").fr == "«\u00a05\u00a0»\u00a0%"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_column_is_explained(kind: schema.Kind) -> None:
    assert written(KINDS[kind])


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_problem_is_told_in_both_languages(code: str) -> None:
    kind = CATALOGUE[code]
    assert kind.code == code
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    for label in (kind.message, kind.hint):
        assert written(label)
        names = [set(re.findall(r"{(\w+)}", words)) for words in (label.fr, label.en)]
        assert names[0] == names[1], "one language says what the other does not"


def test_the_shipped_tables_are_those_of_the_dictionary(shipped_folder: Path) -> None:
    files = {file.stem: file for file in shipped_folder.glob("*.csv")}
    assert set(files) == set(TABLES)
    for name, file in files.items():
        with file.open(encoding="utf-8", newline="") as rows:
            header = next(csv.reader(rows))
        assert set(header) <= set(TABLES[name].columns), name
        # The order of the dictionary, so that a column added by hand lands where it is read.
        assert header == [column for column in TABLES[name].columns if column in header], name


@pytest.mark.parametrize("kind", [EcosystemError, DataError, StoreError])
def test_errors_come_whole_from_other_processes(kind: type[EcosystemError]) -> None:
    error = kind(Label("un", "one"), Label("deux", "two"))
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind and again.to("fr") == error.to("fr") and str(again) == str(error)
    unknown = UnknownName(Label("acteur", "actor"), "x", ["a", "b"])
    assert pickle.loads(pickle.dumps(unknown)).to("en") == unknown.to("en")
