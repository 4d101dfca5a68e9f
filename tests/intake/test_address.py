"""Catalogues by their address, against a server of our own that answers as portals do."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from ecosystem.errors import DataError
from ecosystem.intake.importing import import_files
from tests.cli.running import run

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
TITLES = [f"Jeu {number:03d}" for number in range(230)]


def ckan(start: int, rows: int) -> object:
    found = [{"name": t.lower().replace(" ", "-"), "title": t, "isopen": True, "license_id": "lov2", "license_title": "Licence Ouverte",
              "organization": {"title": f"Corps {TITLES.index(t) % 3}"}, "resources": [{"format": "CSV"}]}
             for t in TITLES[start : start + min(rows, 100)]]  # fmt: skip
    return {"success": True, "result": {"count": len(TITLES), "results": found}}


def udata(page: int, base: str) -> object:
    found = [{"slug": t.lower().replace(" ", "-"), "title": t, "license": "lov2", "frequency": "annual",
              "organization": {"name": "Ville"}, "resources": []} for t in TITLES[(page - 1) * 100 : page * 100]]  # fmt: skip
    following = f"{base}/api/1/datasets/?page={page + 1}" if page * 100 < len(TITLES) else None
    return {"data": found, "page": page, "total": len(TITLES), "next_page": following}


def opendatasoft(offset: int, limit: int) -> object:
    found = [{"dataset_id": t.lower().replace(" ", "-"), "metas": {"default": {"title": t, "publisher": "Ville", "license": "Licence Ouverte"}}}
             for t in TITLES[offset : offset + limit]]  # fmt: skip
    return {"total_count": len(TITLES), "results": found}


def turtle(page: int, base: str) -> str:
    text = ("@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> ."
            "@prefix hydra: <http://www.w3.org/ns/hydra/core#> .\n")  # fmt: skip
    for title in TITLES[(page - 1) * 100 : page * 100]:
        key = title.replace(" ", "-")
        text += f'<https://example.org/{key}> a dcat:Dataset ; dct:title "{title}" ; dct:publisher [ foaf:name "Ville" ] .\n'
    if page * 100 < len(TITLES):
        text += f"<{base}/catalog.ttl?page={page}> a hydra:PagedCollection ; hydra:next <{base}/catalog.ttl?page={page + 1}> .\n"
    return text


class Portal(BaseHTTPRequestHandler):
    """Answers as four portals do, and wrongly where it is asked to."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        kind, body = "application/json", b""
        if parts.path == "/api/3/action/package_search":
            body = json.dumps(ckan(int(asked["start"]), int(asked["rows"]))).encode()
        elif parts.path == "/api/1/datasets/":
            body = json.dumps(udata(int(asked.get("page", "1")), base)).encode()
        elif parts.path == "/api/explore/v2.1/catalog/datasets":
            body = json.dumps(opendatasoft(int(asked["offset"]), int(asked["limit"]))).encode()
        elif parts.path == "/catalog.ttl":
            kind, body = "text/turtle", turtle(int(asked.get("page", "1")), base).encode()
        elif parts.path == "/edges":
            kind, body = "text/csv", b"De;Vers\nVille;R\xc3\xa9gie\n"
        elif parts.path == "/book.xlsx":
            kind, body = "application/octet-stream", (EXAMPLES / "enquete.xlsx").read_bytes()
        elif parts.path == "/":
            kind, body = "text/html", b"<!DOCTYPE html><p>portail</p>"
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def portal() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.mark.parametrize(
    ("path", "actors", "flows"),
    [
        ("/api/3/action/package_search", 4, 230),
        ("/api/1/datasets/", 2, 230),
        ("/api/explore/v2.1/catalog/datasets", 2, 230),
        ("/catalog.ttl", 1, 0),
    ],
)
def test_every_page_of_a_catalogue_is_read(portal: str, path: str, actors: int, flows: int) -> None:
    found = import_files([portal + path])
    assert found.open == []
    assert sorted(found.tables["datasets"]["title"]) == TITLES
    assert (len(found.tables["actors"]), len(found.tables["flows"])) == (actors, flows)
    assert not [r for r in found.repairs if r.code == "one-page"]


def test_a_file_is_read_by_its_address(portal: str) -> None:
    assert len(import_files([f"{portal}/edges"]).tables["flows"]) == 1
    assert len(import_files([f"{portal}/book.xlsx"]).tables["flows"]) == 60
    ran = run("gaps", f"{portal}/catalog.ttl")
    assert ran.code == 0, ran.err


def test_what_is_no_catalogue_is_told_with_what_to_ask_for(portal: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="a web page, not a catalogue") as error:
        import_files([f"{portal}/"])
    assert "package_search (CKAN)" in str(error.value)
    with pytest.raises(DataError, match="does not answer \\(404 Not Found\\)"):
        import_files([f"{portal}/nothing"])
    ran = run("import", "http://me:SECRET@127.0.0.1:1/a", "-o", tmp_path / "a")
    assert ran.code == 1 and "does not answer" in ran.err and "SECRET" not in ran.err + ran.out
    assert not (tmp_path / "a").exists()
