"""Stores that are not there, and passwords that are not shown."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from ecosystem.store.bolt import Store
from ecosystem.vocabulary import LANGUAGES
from tests.cli.running import (
    everything,
    refused,
    run,
    sound,
)


def test_a_neo4j_that_is_down(closed_port: int, tmp_path: Path) -> None:
    uri = f"bolt://127.0.0.1:{closed_port}"
    source = sound(tmp_path / "source")
    secret = "s3cret-of-mine"
    started = time.monotonic()
    runs = [
        run("load", source, NEO4J_URI=uri, NEO4J_PASSWORD=secret),
        run("brokers", uri, "-o", tmp_path / "brokers.csv", NEO4J_PASSWORD=secret),
        run("run", uri, "-o", tmp_path / "results", NEO4J_PASSWORD=secret),
    ]
    for ran in runs:
        refused(ran, f"no Neo4j answers at {uri}", "hint: start it")
        assert secret not in ran.err
    ran = run("query", "run", "who-holds-what", uri, "--lang", "fr", NEO4J_PASSWORD=secret)
    refused(ran, f"aucun Neo4j ne répond à {uri}", "conseil : démarrez-le", language="fr")
    assert time.monotonic() - started < 90, "nobody waits for a port that is closed"
    assert list(everything(tmp_path)) == ["source", "source/actors.csv", "source/flows.csv"]


def test_a_server_that_speaks_something_else(tmp_path: Path) -> None:
    """An address of the right form where no Bolt is spoken: the connection is closed at once."""
    script = (
        "import socket\ns = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()\n"
        "print(s.getsockname()[1], flush=True)\n"
        "while True:\n c, _ = s.accept(); c.sendall(b'HTTP/1.1 400 Bad Request\\r\\n\\r\\n'); c.close()"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            uri = f"bolt://127.0.0.1:{int(server.stdout.readline())}"
            refused(run("brokers", uri), uri)
        finally:
            server.kill()


NONSENSE = (
    "bolt://",
    "bolt://127.0.0.1:port",
    "bolt://127.0.0.1:999999",
    "bolt://[::1",
    "neo4j+nonsense://127.0.0.1",
)


@pytest.mark.parametrize("uri", NONSENSE)
def test_a_nonsense_address(uri: str, tmp_path: Path) -> None:
    refused(run("brokers", uri, "-o", tmp_path / "brokers.csv"), uri)
    assert everything(tmp_path) == {}


def test_an_address_that_is_not_bolt_is_no_folder_and_no_store(tmp_path: Path) -> None:
    refused(
        run("brokers", "http://127.0.0.1:1/a"), "http://127.0.0.1:1/a does not answer", "browser"
    )
    refused(run("brokers", "ftp://127.0.0.1:1/a"), "no folder", "bolt://")
    refused(run("load", sound(tmp_path), NEO4J_URI="127.0.0.1:7687"), "is not a Bolt address")


@pytest.mark.parametrize(
    ("command", "uri"),
    [
        ("check", "bolt://neo4j:SECRET@127.0.0.1:notaport"),
        ("brokers", "http://neo4j:SECRET@127.0.0.1:7474"),
        ("brokers", "bolt://neo4j:SECRET@127.0.0.1:1"),
        ("run", "bolt://neo4j:SECRET@127.0.0.1:1"),
    ],
)
def test_a_password_in_an_address_is_not_shown(command: str, uri: str, tmp_path: Path) -> None:
    for language in LANGUAGES:
        ran = run(command, uri, "-o", tmp_path / "out", "--lang", language)
        assert ran.code == 1
        assert "SECRET" not in ran.out + ran.err
        assert "127.0.0.1" in ran.err
    assert everything(tmp_path) == {}


@pytest.mark.embedded
@pytest.mark.xdist_group("stores")
def test_a_dry_run_says_what_a_load_would_do(
    embedded_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = sound(tmp_path / "source")
    nowhere = run("load", source, "--dry-run")
    assert nowhere.code == 0
    assert [line.split() for line in nowhere.out.splitlines()[2:]] == [
        ["actors", "2", "0", "0", "0"],
        ["flows", "1", "0", "0", "0"],
    ]
    assert "nothing was written" in nowhere.err
    address = embedded_store.address
    there = {
        "NEO4J_URI": address.uri,
        "NEO4J_USER": address.user,
        "NEO4J_PASSWORD": address.password,
    }
    ran = run("load", source, "--dry-run", "--lang", "fr", **there)
    lines = {line.split()[0]: line.split()[1:] for line in ran.out.splitlines()}
    assert lines["table"] == ["ajoutées", "changées", "retirées", "inchangées"]
    assert lines["actors"] == ["2", "0", "190", "0"]  # README of the data: 190 actors
    assert embedded_store.run("MATCH (a:Actor) RETURN count(a) AS n")["n"].tolist() == [190]
