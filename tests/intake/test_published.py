"""Examples that standards publish go in; what they hold was counted by reading them."""

from __future__ import annotations

from pathlib import Path

import pytest

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
