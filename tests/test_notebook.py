"""The notebook: shipped without outputs, and it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from ecosystem.networks import share_network
from ecosystem.tables import Tables

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "01-first-look.ipynb"


def read() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


def test_it_is_valid_and_shipped_without_outputs() -> None:
    notebook = read()
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


def test_it_uses_public_names_only() -> None:
    import ecosystem

    code = "\n".join(cell.source for cell in read().cells if cell.cell_type == "code")
    used = {part.split("(")[0].split("[")[0] for part in code.split("ecosystem.")[1:]}
    assert used
    assert used <= set(ecosystem.__all__)
    assert "from ecosystem" not in code


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """The outputs of every cell by its id, and the folder it ran in."""
    folder = tmp_path_factory.mktemp("notebook")
    notebook = read()
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    return {cell.id: cell.get("outputs", []) for cell in notebook.cells}, folder


def shown(outputs: list[Any], kind: str) -> str:
    return "\n".join("".join(o.data.get(kind, "")) for o in outputs if "data" in o)


def test_it_runs_without_errors_or_warnings(executed: tuple[dict[str, Any], Path]) -> None:
    for cell, outputs in executed[0].items():
        for output in outputs:
            assert output.output_type != "error", cell
            assert output.get("name") != "stderr", (cell, output.get("text"))


def test_the_first_broker_is_the_one_networkx_finds(
    executed: tuple[dict[str, Any], Path], shipped_tables: Tables
) -> None:
    import networkx as nx

    G = share_network(shipped_tables, "la-rochelle").networkx
    between = nx.betweenness_centrality(G, weight="distance", normalized=False)
    first = max(between, key=lambda actor: between[actor])
    name = G.nodes[first]["name"]
    rows = shown(executed[0]["brokers"], "text/plain").splitlines()
    assert name[:20] in rows[1]


def test_the_map_shows_itself_and_is_saved(executed: tuple[dict[str, Any], Path]) -> None:
    outputs, folder = executed
    assert "<iframe" in shown(outputs["map"], "text/html")
    page = (folder / "la-rochelle.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
