"""Examples that standards publish go in; what they hold was counted by reading them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecosystem.errors import DataError
from ecosystem.intake.answers import Answers
from ecosystem.intake.importing import import_files

PUBLISHED = Path(__file__).resolve().parents[1] / "data" / "published"
BEES = ("The population of bees", "MS Environmental Agency")
SEEN = {
    "dcat-ap-2.1.1-example1.nt": [("visitors to the Open Swimming Pool", "Publisher")],
    "dcat-ap-3.0.0-hvd-ms_catalogue.ttl": [BEES],
    "dcat-ap-3.0.0-hvd-ms_catalogue.jsonld": [BEES],
    "etalab-catalogue.csv": [
        (
            "Arbres vivants inventoriés en forêt.",
            "Institut national de l'information géographique et forestière",
        )
    ],
}


@pytest.mark.parametrize("name", SEEN)
def test_datasets_and_holders_of_a_published_example(name: str) -> None:
    found = import_files([PUBLISHED / name])
    assert found.open == []
    who = found.tables["actors"].set_index("id")["name"]
    datasets = found.tables["datasets"]
    assert list(zip(datasets["title"], datasets["holder"].map(who), strict=True)) == SEEN[name]


@pytest.mark.parametrize(
    "name", [path.name for path in PUBLISHED.iterdir() if path.suffix != ".md"]
)
def test_the_same_file_gives_the_same_twice(name: str) -> None:
    """Nodes without an address have another number each time they are read."""
    first, second = (import_files([PUBLISHED / name]) for _ in "ab")
    assert first.tables.equals(second.tables)
    assert first.questions == second.questions
    assert first.repairs == second.repairs


def test_open_licences_of_published_examples_are_flows_to_all() -> None:
    for name, flows in (("dcat-ap-2.1.1-example1.nt", 1), ("etalab-catalogue.csv", 1),
                        ("dcat-ap-3.0.0-hvd-ms_catalogue.ttl", 0)):  # fmt: skip
        assert len(import_files([PUBLISHED / name]).tables["flows"]) == flows


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("dcat-ap-ch-minimal.ttl", ["Dataset"]),
        (
            "dcat-ap-3.0.0-hvd-restrict_licenses.ttl",
            ["The population of bees", "The population of wasps"],
        ),
    ],
)
def test_who_holds_is_asked_where_no_dataset_says_it(name: str, titles: list[str]) -> None:
    (question,) = import_files([PUBLISHED / name]).open
    assert question.words.en == (
        f"who holds the dataset{'s' * (len(titles) > 1)} of {name} ({len(titles)})? No row says it"
    )
    found = import_files([PUBLISHED / name], Answers({question.key: "MS Agency"}))
    assert found.open == []
    assert found.tables["actors"]["name"].tolist() == ["MS Agency"]
    assert found.tables["datasets"]["title"].tolist() == titles
    assert set(found.tables["datasets"]["holder"]) == {"ms-agency"}


CATALOGUE = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://e.ch/d/1> a dcat:Dataset ; dct:title "Stops" ; dct:publisher [ rdfs:label "Tiefbauamt" ] ;
  dcat:theme <http://dcat-ap.ch/vocabulary/themes/mobility> ; dcat:distribution [ dct:license %s ] .
"""
EU = "http://publications.europa.eu/resource/authority/licence"


@pytest.mark.parametrize(
    ("licence", "opened"),
    [
        (f"<{EU}/CC_BY_4_0>", True),
        (f"<{EU}/COM_REUSE>", True),
        ("<https://www.govdata.de/dl-de/by-2-0>", True),
        ('"NonCommercialAllowed-CommercialAllowed-ReferenceNotRequired"', True),
        ('"NonCommercialAllowed-CommercialWithPermission-ReferenceRequired"', False),
        ("<https://developers.google.com/terms>", False),
        ("<https://creativecommons.org/licenses/by-nc/4.0/>", False),
        ("<http://www.nationalarchives.gov.uk/doc/open-government-licence/OGL>", True),
    ],
)
def test_swiss_and_european_catalogues(licence: str, opened: bool, tmp_path: Path) -> None:
    """Publishers by their label, themes by their name, licences by their codes."""
    (tmp_path / "c.ttl").write_text(CATALOGUE % licence, encoding="utf-8")
    found = import_files([tmp_path / "c.ttl"])
    assert found.open == []
    (dataset,) = found.tables["datasets"].to_dict("records")
    assert dataset["theme"] == "TRAN"
    assert found.tables["actors"]["name"].iloc[0] == "Tiefbauamt"
    assert (len(found.tables["flows"]) == 1) is opened


def test_a_context_on_the_web_is_not_asked_for(tmp_path: Path) -> None:
    text = (
        '{"@context": "https://example.org/c.jsonld", "@type": "http://www.w3.org/ns/dcat#Dataset"}'
    )
    (tmp_path / "c.jsonld").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"at an address \(https://example.org/c.jsonld\)"):
        import_files([tmp_path / "c.jsonld"])


@pytest.mark.parametrize(
    "address",
    ["http://www.gexf.net/1.3", "http://www.gephi.org/gexf/1.1draft", "http://gexf.net/1.2"],
)
def test_gexf_is_read_whatever_its_address(address: str, tmp_path: Path) -> None:
    (tmp_path / "g.gexf").write_text(
        f'<?xml version="1.0"?><gexf xmlns="{address}" xmlns:viz="{address}/viz" version="1.3">'
        '<graph defaultedgetype="directed"><nodes><node id="a" label="A"><viz:size value="3"/></node>'
        '<node id="b" label="B"/></nodes><edges><edge id="0" source="a" target="b" weight="2"/></edges>'
        "</graph></gexf>",
        encoding="utf-8",
    )
    flows = import_files([tmp_path / "g.gexf"]).tables["flows"]
    assert flows[["provider", "recipient", "weight"]].to_numpy().tolist() == [["a", "b", 2.0]]


def test_what_a_graph_declares_of_all_its_edges_counts(tmp_path: Path) -> None:
    (tmp_path / "g.graphml").write_text(
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="w" for="edge" attr.name="weight" '
        'attr.type="double"><default>3.0</default></key><key id="s" for="node" attr.name="sector" '
        'attr.type="string"><default>public</default></key><graph edgedefault="directed"><node id="a"/>'
        '<node id="b"><data key="s">private</data></node><edge source="a" target="b"/>'
        '<edge source="b" target="a"><data key="w">2</data></edge></graph></graphml>',
        encoding="utf-8",
    )
    found = import_files([tmp_path / "g.graphml"])
    assert sorted(found.tables["flows"]["weight"].tolist()) == [2.0, 3.0]
    assert found.tables["actors"]["sector"].tolist() == ["public", "private"]
