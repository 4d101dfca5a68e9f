"""Every format of the registry, and the way out and back in."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import ecosystem
from ecosystem.errors import DataError
from ecosystem.formats.opening import Entry
from ecosystem.formats.registry import FORMATS, format_of
from ecosystem.intake.importing import import_files
from ecosystem.maps.network_files import WRITERS, export_network, network_graph
from ecosystem.networks.network import share_network
from ecosystem.study import Study

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT.parent / "docs" / "examples"
EXAMPLE_OF = {
    "workbook": "broken/sheets-any-order.xlsx", "graphml": "broken/undirected.graphml", "gexf": "broken/gephi.gexf",
    "kumu": "broken/kumu.json", "cytoscape": "broken/cytoscape.cyjs", "node-link": "broken/node-link.json",
    "pajek": "broken/pajek.net", "dl": "broken/ucinet-edges.dl", "edge-list": "broken/igraph.ncol",
    "catalogue-csv": "broken/catalogue-scdl.csv", "text": "broken/utf8-bom.csv",
}  # fmt: skip


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_format_is_declared_in_both_languages_and_recognised_by_what_it_holds(name: str) -> None:
    one = FORMATS[name]
    for words in (one.label, one.carries, one.leaves):
        assert words.fr and words.en
    assert all(ending.startswith(".") for ending in one.endings)
    if name in EXAMPLE_OF:
        path = ROOT / EXAMPLE_OF[name]
        assert format_of(Entry(path.name, path.read_bytes())).name == name


def test_what_portals_answer_is_told_apart() -> None:
    udata = {"data": [{"id": "1", "slug": "arbres", "title": "Arbres", "license": "lov2", "frequency": "annual",
                       "organization": {"name": "Ville", "business_number_id": "21170300400013"},
                       "resources": [{"format": "csv"}], "page": "https://www.example.org/arbres"}],
             "next_page": None, "page": 1, "total": 1}  # fmt: skip
    ods = {"total_count": 3, "results": [{"dataset_id": "arbres", "metas": {"default": {
        "title": "Arbres", "publisher": "Ville", "theme": ["Environnement", "Ville"], "license": "Licence Ouverte v2.0"}}}]}  # fmt: skip
    for name, held in (("udata", udata), ("opendatasoft", ods)):
        entry = Entry("answer.json", json.dumps(held).encode())
        assert format_of(entry).name == name
        made = format_of(entry).read(entry)
        rows = {
            sheet.table: dict(zip(sheet.header, sheet.columns, strict=True))
            for sheet in made.sheets
        }
        assert rows["datasets"]["title"] == ["Arbres"]
        assert rows["datasets"]["access"] == ["open"]
        assert rows["flows"]["provider"] == ["Ville"]
    assert rows["datasets"]["theme"] == ["Environnement"]
    assert "1 of the portal's 3 datasets" in "".join(r.why.en for r in made.repairs)


def test_interviews_of_network_canvas(tmp_path: Path) -> None:
    ego = "networkCanvasEgoUUID,networkCanvasSessionID\ne1,s1\n"
    nodes = ("nodeID,networkCanvasEgoUUID,networkCanvasUUID,name,type\n"
             "1,e1,u1,Ville,Collectivité\n2,e1,u2,Régie,Opérateur\n")  # fmt: skip
    edges = ("edgeID,from,to,networkCanvasEgoUUID,networkCanvasUUID,networkCanvasSourceUUID,networkCanvasTargetUUID,strength\n"
             "1,1,2,e1,x1,u1,u2,3\n")  # fmt: skip
    for name, text in (("ego", ego), ("attributeList_Body", nodes), ("edgeList_Data", edges)):
        (tmp_path / f"case_{name}.csv").write_text(text)
    found = import_files([tmp_path])
    assert found.questions == []
    assert found.tables["actors"][["id", "name", "type"]].to_numpy().tolist() == [
        ["u1", "Ville", "authority"], ["u2", "Régie", "operator"],
    ]  # fmt: skip
    flows = found.tables["flows"]
    assert sorted(zip(flows["provider"], flows["recipient"], strict=True)) == [
        ("u1", "u2"),
        ("u2", "u1"),
    ]
    assert flows["weight"].tolist() == [3, 3]
    assert any("the person asked" in repair.why.en for repair in found.repairs)


@pytest.mark.parametrize("syntax", ["xml", "json-ld", "nt"])
def test_a_catalogue_is_the_same_in_every_syntax(syntax: str, tmp_path: Path) -> None:
    import rdflib

    graph = rdflib.Graph().parse(EXAMPLES / "catalog.ttl")
    path = tmp_path / f"catalog.{ {'xml': 'rdf', 'json-ld': 'jsonld', 'nt': 'nt'}[syntax] }"
    path.write_bytes(graph.serialize(format=syntax, encoding="utf-8"))
    there, here = import_files([EXAMPLES / "catalog.ttl"]), import_files([path])
    for name in ("actors", "datasets", "flows"):
        columns = [c for c in there.tables[name].columns if c != "id"]
        rows = [set(map(str, t.tables[name][columns].to_numpy().tolist())) for t in (there, here)]
        assert rows[0] == rows[1], name


# ---------------------------------------------------------------- out and back in

NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=12).map(
    lambda text: " ".join(unicodedata.normalize("NFC", text).split())
).filter(lambda text: any(sign.isalnum() for sign in text) and not text.startswith("="))  # fmt: skip


@st.composite
def networks(draw: st.DrawFn) -> nx.DiGraph[Any]:
    names = draw(
        st.lists(
            st.integers(0, 10**6).map(lambda n: f"Body {n}"), min_size=2, max_size=7, unique=True
        )
    )
    names = [f"{name} {draw(NAMES)}" for name in names]
    pairs = draw(
        st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), min_size=1, max_size=10)
    )
    G: nx.DiGraph[Any] = nx.DiGraph()
    for a, b in pairs:
        if a != b:
            G.add_edge(a, b, weight=draw(st.sampled_from([1.0, 2.0, 0.5, 12.25])))
    return G


def seen(G: nx.Graph[Any]) -> set[tuple[Any, ...]]:
    return {(a, b, round(float(d["weight"]), 6)) for a, b, d in G.edges(data=True)}


@pytest.mark.parametrize("ending", [e for e in WRITERS if e not in (".zip", ".xlsx")])
@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(G=networks())
@example(G=nx.DiGraph([("Ville d'Évrigny & <Cie>", 'La "Régie"', {"weight": 2.5})]))
def test_a_network_goes_out_and_comes_back(ending: str, G: nx.DiGraph[Any], tmp_path: Path) -> None:
    if not G.number_of_edges():
        return
    study = Study(G, draws=0, permutations=0)
    path = export_network(study, tmp_path / f"network{ending}")
    found = import_files([path])
    assert found.open == []
    back = share_network(found.tables).networkx
    names = {
        key: " ".join(str(data.get("name", key)).split()) for key, data in back.nodes(data=True)
    }
    there = {tuple(" ".join(str(n).replace('"', "'").split()) if ending in (".net", ".dl") else " ".join(n.split())
                   for n in edge[:2]) + edge[2:] for edge in seen(G)}  # fmt: skip
    assert {(names[a], names[b], w) for a, b, w in seen(back)} == there


def test_other_programs_read_what_is_written(tmp_path: Path) -> None:
    study = Study(ecosystem.read(), "antony", draws=0, permutations=0)
    G = network_graph(study)
    for ending, read in ((".gexf", nx.read_gexf), (".graphml", nx.read_graphml)):
        back = read(export_network(study, tmp_path / f"n{ending}"))
        assert seen(back) == seen(G)
        for node, data in G.nodes(data=True):
            for name, value in data.items():
                other = back.nodes[node][name]
                same = (
                    str(other) == str(value)
                    if isinstance(value, bool)
                    else other == pytest.approx(value)
                )
                assert same, name  # networkx reads what is true in GEXF as a text
    held = json.loads(export_network(study, tmp_path / "n.json").read_text())
    assert seen(nx.node_link_graph(held, edges="links")) == seen(G)
    pajek = nx.parse_pajek((tmp_path / "n.net").read_text("utf-8-sig").replace("\r", "")
                           if export_network(study, tmp_path / "n.net") else "")  # fmt: skip
    assert pajek.number_of_edges() == G.number_of_edges()
    for node, data in G.nodes(data=True):
        assert {"label", "x", "y", "betweenness", "community", "in_degree"} <= set(data), node
    roles = {data["role"] for _, data in G.nodes(data=True) if "role" in data}
    assert roles
    for ending in WRITERS:
        first = export_network(study, tmp_path / f"a{ending}").read_bytes()
        assert first == export_network(study, tmp_path / f"b{ending}").read_bytes(), ending


def test_the_documented_graph_can_be_written(tmp_path: Path) -> None:
    study = Study(ecosystem.read(), "antony", draws=0, permutations=0)
    nx.write_gexf(study.network.networkx, tmp_path / "a.gexf")
    nx.write_graphml(study.network.networkx, tmp_path / "a.graphml")
    assert nx.read_graphml(tmp_path / "a.graphml").number_of_edges() == len(study.network.edges)
    assert study.network.igraph.vs["name"] == list(study.network.ids)


def test_a_workbook_of_the_network_has_numbers_and_no_formulas(tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    G = nx.DiGraph([("=1+1", "@home", {"weight": 2})])
    study = Study(G, draws=0, permutations=0)
    path = export_network(study, tmp_path / "n.xlsx")
    nodes = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("nodes").to_python()
    assert sorted(row[nodes[0].index("label")] for row in nodes[1:]) == ["=1+1", "@home"]
    assert b"<f>" not in path.read_bytes()


def test_a_data_package_holds_all_tables_and_comes_back(tmp_path: Path) -> None:
    import zipfile

    tables = ecosystem.read()
    path = export_network(Study(tables, draws=0, permutations=0), tmp_path / "package.zip")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "out")
        held = json.loads(archive.read("datapackage.json"))
    assert {r["name"] for r in held["resources"]} == {n for n, t in tables.items() if len(t)}
    flows = next(r for r in held["resources"] if r["name"] == "flows")
    assert {"fields": "provider", "reference": {"resource": "actors", "fields": "id"}} in flows[
        "schema"
    ]["foreignKeys"]
    back = import_files([path])
    assert back.open == []
    assert back.tables.equals(ecosystem.read_tables(tmp_path / "out"))
    assert import_files([tmp_path / "out" / "datapackage.json"]).tables.equals(back.tables)


def test_an_ending_that_is_not_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ecosystem.EcosystemError, match=r"these are written: \.gexf, \.graphml"):
        export_network(Study(nx.DiGraph([("A", "B")])), tmp_path / "n.doc")


def test_an_archive_that_swells_is_refused(tmp_path: Path) -> None:
    import zipfile

    for name, members in (
        ("bomb.zip", {"a.csv": 120}),
        (
            "bomb.xlsx",
            {"[Content_Types].xml": 0, "xl/workbook.xml": 0, "xl/worksheets/sheet1.xml": 1100},
        ),
    ):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, size in members.items():
                with archive.open(member, "w", force_zip64=True) as stream:
                    for _ in range(size):
                        stream.write(b"0" * 1_000_000)
        with pytest.raises(DataError, match="more than is read"):
            import_files([tmp_path / name])


def test_a_sheet_that_spans_more_than_memory_holds_is_refused(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "far.xlsx"))
    sheet = book.add_worksheet("Flux")
    sheet.write_row(0, 0, ["De", "Vers"])
    sheet.write_row(1, 0, ["Ville", "Régie"])
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(DataError, match="a sheet spans 1048576 rows and 16384 columns"):
        import_files([tmp_path / "far.xlsx"])
