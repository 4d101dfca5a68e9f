"""The notebooks: shipped without outputs, and they run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from ecosystem.networks.network import share_network
from ecosystem.tables.frames import Tables

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
Outputs = dict[str, list[Any]]


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


@EACH
def test_it_is_valid_and_shipped_without_outputs(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


@EACH
def test_it_uses_public_names_only(path: Path) -> None:
    import ecosystem

    code = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "code")
    used = {part.split("(")[0].split("[")[0] for part in code.split("ecosystem.")[1:]}
    assert used
    assert used <= set(ecosystem.__all__)
    assert "from ecosystem" not in code


@pytest.fixture(scope="module")
def executed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Outputs, Path]:
    """The outputs of every cell by its id, and the folder it ran in."""
    folder = tmp_path_factory.mktemp("notebook")
    notebook = read(request.param)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    return {cell.id: cell.get("outputs", []) for cell in notebook.cells}, folder


# The tests that look at one notebook stay in one process, where it is run once.
RUNS = [
    pytest.param(path, marks=pytest.mark.xdist_group(f"notebook-{path.stem}"), id=path.stem)
    for path in NOTEBOOKS
]
EXECUTED = pytest.mark.parametrize("executed", RUNS, indirect=True)
FIRST_LOOK, BROKERS = (
    pytest.mark.parametrize("executed", [each], indirect=True) for each in RUNS[:2]
)


def shown(outputs: list[Any], kind: str) -> str:
    return "\n".join("".join(o.data.get(kind, "")) for o in outputs if "data" in o)


@EXECUTED
def test_it_runs_without_errors_or_warnings(executed: tuple[Outputs, Path]) -> None:
    for cell, outputs in executed[0].items():
        for output in outputs:
            assert output.output_type != "error", cell
            assert output.get("name") != "stderr", (cell, output.get("text"))


@FIRST_LOOK
def test_the_first_broker_is_the_one_networkx_finds(
    executed: tuple[Outputs, Path], shipped_tables: Tables
) -> None:
    import networkx as nx

    G = share_network(shipped_tables, "la-rochelle").networkx
    between = nx.betweenness_centrality(G, weight="distance", normalized=False)
    first = max(between, key=lambda actor: between[actor])
    name = G.nodes[first]["name"]
    rows = shown(executed[0]["brokers"], "text/plain").splitlines()
    assert name[:20] in rows[1]


@FIRST_LOOK
def test_the_map_shows_itself_and_is_saved(executed: tuple[Outputs, Path]) -> None:
    outputs, folder = executed
    assert "<iframe" in shown(outputs["map"], "text/html")
    page = (folder / "la-rochelle.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")


@BROKERS
def test_brokers_come_with_their_trust_and_their_story(executed: tuple[Outputs, Path]) -> None:
    outputs, _ = executed
    table = shown(outputs["table"], "text/html")
    assert "robust" in table and "cannot-say" in table
    story = "".join(o.get("text", "") for o in outputs["story"])
    assert story.startswith("SITG") and "The pairs it connects (18)" in story
    stays = shown(outputs["stability"], "text/plain")
    assert "ca-la-rochelle" in stays.splitlines()[1]
