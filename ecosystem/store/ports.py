"""What answers at an address where no Bolt could be spoken: asked in plain bytes, within seconds."""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

Kind = Literal[
    "unknown", "closed", "silent", "HTTP", "HTTPS", "other",
    "encrypted", "plain", "untrusted", "routing", "Bolt",
]  # fmt: skip

_PATIENCE = 3.0  # seconds to be let in
_MOMENT = 1.0  # seconds for an answer: some protocols wait for the end of a line
_GREETING = bytes.fromhex("6060b017 00000005 00000404 00000004 00000003")
"""How Bolt begins: four bytes that are its own, then four versions, the best first."""


@dataclass(frozen=True)
class Port:
    """What was found at an address; `said` is what it said of itself, if anything that can be shown."""

    kind: Kind
    host: str
    said: str = ""


def asked(uri: str) -> Port:
    """What answers at a Bolt address."""
    parts = urlsplit(uri)
    host, port = parts.hostname or "", parts.port or 7687
    secure = "+" in parts.scheme
    try:
        plain = _answer(host, port, None)
    except socket.gaierror:
        return Port("unknown", host)
    except TimeoutError:
        return Port("silent", host)
    except OSError:
        return Port("closed", host)
    if (found := _known(plain, host)) is not None:
        return found
    if _is_bolt(plain):
        if secure:
            return Port("plain", host)
        return Port("routing" if parts.scheme == "neo4j" else "Bolt", host)
    # Nothing, or a complaint that it is not encrypted.
    try:
        within = _answer(host, port, _any_certificate())
    except OSError:
        return Port("silent", host) if not plain else Port("other", host, _shown(plain))
    if within.startswith(b"HTTP/"):
        return Port("HTTPS", host)
    if not _is_bolt(within):
        return Port("other", host, _shown(within) or "TLS")
    if not secure:
        return Port("encrypted", host)
    try:
        _answer(host, port, ssl.create_default_context())
    except ssl.SSLCertVerificationError as error:
        return Port("untrusted", host, error.verify_message)
    except OSError:
        pass
    return Port("Bolt", host)


def _answer(host: str, port: int, context: ssl.SSLContext | None) -> bytes:
    """The first bytes that come back for Bolt's greeting, or for the end of a line after it."""
    with socket.create_connection((host, port), _PATIENCE) as raw:
        raw.settimeout(_MOMENT)
        talk = raw if context is None else context.wrap_socket(raw, server_hostname=host)
        with talk:
            said = b""
            for words in (_GREETING, b"\r\n\r\n"):
                try:
                    talk.sendall(words)
                    said = talk.recv(256)
                except TimeoutError:
                    continue
                except ssl.SSLError:
                    raise
                except OSError:  # it closed
                    break
                if said:
                    break
            return said


def _is_bolt(said: bytes) -> bool:
    return len(said) == 4 and said[0] == 0 and said[3] in (*range(3, 10), 0xFF)


def _known(said: bytes, host: str) -> Port | None:
    """A protocol that tells itself."""
    if re.match(rb"HTTP/|\s*<(?:!doctype|html)", said, re.I):
        # A web server that expects encryption says so in clear.
        return Port("HTTPS" if b"HTTPS" in said.upper() else "HTTP", host)
    if re.match(rb"SSH-", said):
        return Port("other", host, "SSH")
    if re.match(rb"-(?:ERR|DENIED|NOAUTH)|\+OK", said):
        return Port("other", host, "Redis")
    return None


def _any_certificate() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _shown(said: bytes) -> str:
    """The first line of what was said, if it is one that can be read."""
    line = said.split(b"\n")[0].strip()
    if line.isascii() and line.decode("ascii").isprintable() and line:
        return line.decode("ascii")[:60]
    return said[:8].hex(" ")
