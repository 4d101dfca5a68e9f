"""Each reason why no store can be reached, or why it stops, is a sentence of its own."""

from __future__ import annotations

import errno
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from neo4j import exceptions

from ecosystem.errors import StoreError
from ecosystem.store import embedded
from ecosystem.store.address import Address
from ecosystem.store.bolt import Store
from ecosystem.store.refusals import translated

Talk = Callable[[socket.socket], None]


@contextmanager
def serving(talk: Talk) -> Iterator[int]:
    """A server that talks so with everybody; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                with caller, suppress(OSError):
                    talk(caller)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def at_once(words: bytes) -> Talk:
    return lambda caller: caller.sendall(words)


def after_a_line(words: bytes) -> Talk:
    def talk(caller: socket.socket) -> None:
        said = b""
        while b"\n" not in said:
            said += caller.recv(100) or b"\n"
        caller.sendall(words)

    return talk


HTTP = b"HTTP/1.1 400 Bad Request\r\n\r\n"
PORTS = {
    "HTTP": (at_once(HTTP), "is an HTTP port, not Bolt"),
    "HTTP that waits": (after_a_line(HTTP), "is an HTTP port, not Bolt"),
    "HTTPS": (
        at_once(b"HTTP/1.1 400 Bad Request\r\n\r\nplain HTTP request was sent to HTTPS port"),
        "is an HTTPS port, not Bolt",
    ),
    "SSH": (at_once(b"SSH-2.0-OpenSSH_9.6\r\n"), "is no Neo4j: SSH"),
    "Redis": (after_a_line(b"-ERR unknown command\r\n"), "is no Neo4j: Redis"),
    "mail": (at_once(b"220 mail.example ESMTP\r\n"), "is no Neo4j: 220 mail.example ESMTP"),
    "MySQL": (at_once(b"\x4a\x00\x00\x00\x0a8.0.36\x00"), "is no Neo4j: 4a 00 00 00"),
}


@pytest.mark.parametrize(("talk", "words"), PORTS.values(), ids=PORTS)
def test_another_protocol_is_named_at_once(talk: Talk, words: str) -> None:
    with serving(talk) as port:
        started = time.monotonic()
        with pytest.raises(StoreError, match=words) as caught:
            Store(Address(f"bolt://127.0.0.1:{port}"))
        assert time.monotonic() - started < 5
    assert "for example bolt://127.0.0.1:7687" in str(caught.value)
    assert "par exemple bolt://127.0.0.1:7687" in caught.value.to("fr")


@pytest.fixture
def certificate(tmp_path: Path) -> ssl.SSLContext:
    """A server's side of encryption, with a certificate signed by itself."""
    key, made = tmp_path / "key.pem", tmp_path / "made.pem"
    command = (
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
        *("-nodes", "-keyout", key, "-out", made, "-days", "1", "-subj", "/CN=localhost"),
    )
    try:
        subprocess.run(command, check=True, capture_output=True)
    except OSError:
        pytest.skip("no openssl here")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context


@pytest.mark.parametrize(
    ("scheme", "says", "words", "hint"),
    [
        ("bolt", b"\x00\x00\x04\x05", "asks for an encrypted connection", r"bolt\+ssc://"),
        ("neo4j", b"\x00\x00\x04\x05", "asks for an encrypted connection", r"neo4j\+s://"),
        ("bolt", HTTP, "is an HTTPS port", "give the Bolt address"),
        ("bolt+s", b"\x00\x00\x04\x05", "certificate of 127.0.0.1 is not trusted: self", "ssc://"),
    ],
)
def test_encryption_that_is_not_expected_or_not_trusted(
    certificate: ssl.SSLContext, scheme: str, says: bytes, words: str, hint: str
) -> None:
    def talk(caller: socket.socket) -> None:
        with certificate.wrap_socket(caller, server_side=True) as within:
            within.recv(100)
            within.sendall(says)

    with serving(talk) as port, pytest.raises(StoreError, match=words) as caught:
        Store(Address(f"{scheme}://127.0.0.1:{port}"))
    assert caught.match(hint)


def test_a_name_that_no_machine_has() -> None:
    with pytest.raises(StoreError, match=r"no machine is called 'no-such\.invalid'"):
        Store(Address("bolt://no-such.invalid:7687"))


@pytest.mark.neo4j
def test_a_server_that_does_not_encrypt_and_a_database_that_is_not_there(
    neo4j_address: Address,
) -> None:
    address = replace(neo4j_address)
    secure = Address(address.uri.replace("bolt:", "bolt+s:"), address.user, address.password)
    with pytest.raises(StoreError, match="does not encrypt"):
        Store(secure)
    elsewhere = Address(address.uri, address.user, address.password, "nowhere")
    with Store(elsewhere) as store, pytest.raises(StoreError, match="has no database 'nowhere'"):
        store.sources()


def raised(error: Exception, home: Path | None = None) -> StoreError:
    address = Address("bolt://db.example:7687")
    with pytest.raises(StoreError) as caught, translated(address, home=home):
        raise error
    return caught.value


def test_a_server_that_goes_away_in_the_middle() -> None:
    lost = raised(exceptions.SessionExpired("Failed to read from defunct connection"))
    assert "connection to bolt://db.example:7687 was lost before the end" in str(lost)
    assert "is not kept" in str(lost)
    unsure = raised(exceptions.IncompleteCommit("while committing"))
    assert "kept whole or not at all" in str(unsure)


@pytest.mark.parametrize("words", ["No space left on device", "Aucun espace disponible"])
def test_a_full_disk_of_a_server_and_of_the_embedded_engine(words: str, tmp_path: Path) -> None:
    def refused() -> Exception:
        return exceptions.DatabaseError(f"java.io.IOException: {words}")

    there = raised(refused())
    assert "the disk of the server bolt://db.example:7687 is full" in str(there)
    here = raised(refused(), home=tmp_path)
    assert f"the disk of {tmp_path} is full" in str(here)
    assert "ECOSYSTEM_HOME" in str(here)
    # An engine that ended says it in its log alone.
    (tmp_path / "engine.log").write_text(f"SEVERE {words}\n", encoding="utf-8")
    gone = raised(exceptions.ServiceUnavailable("gone"), home=tmp_path)
    assert f"le disque de {tmp_path} est plein" in gone.to("fr")


def test_a_full_disk_where_the_store_is_to_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    with (
        pytest.raises(StoreError, match=f"the disk of {tmp_path / 'store'} is full"),
        embedded.engine(tmp_path / "store"),
    ):
        pytest.fail("it was made")
