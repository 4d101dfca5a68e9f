"""What an address on the network answers: one file, or all the pages of a portal's catalogue."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from ecosystem.errors import DataError, redacted
from ecosystem.formats.opening import LARGEST, Entry, refused
from ecosystem.labels import Label, printed

TIMEOUT = 60
"""Seconds without an answer after which one is no longer waited for."""

PAGES = 2_000
"""Pages of a catalogue that are asked for."""

ROWS = 1_000
"""Datasets a page that CKAN is asked for; 100 is all that Opendatasoft gives."""

_ACCEPT = "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8, application/json;q=0.7, text/csv;q=0.7, */*;q=0.5"
_NEXT = re.compile(
    rb"hydra:next(?:Page)?[\"\s>:]*(?:\{\s*\"@id\"\s*:\s*)?[<\"]?(https?://[^\s<>\"]+)"
)
_ENDINGS = {
    "text/turtle": ".ttl", "application/rdf+xml": ".rdf", "application/ld+json": ".jsonld", "application/json": ".json",
    "text/csv": ".csv", "application/n-triples": ".nt", "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip


def is_address(source: str) -> bool:
    """Whether a source is an address on the network."""
    return source.lower().startswith(("http://", "https://"))


def fetched(address: str, say: Callable[[Label], None] | None = None) -> list[Entry]:
    """What an address answers, with the pages that follow; those of a JSON catalogue as one file.

    Parameters
    ----------
    say
        Is told of each page that is waited for.

    Raises
    ------
    DataError
        If nothing answers, it answers with an error or a web page, or sends too much.
    """
    first = _get(_first(address))
    held = first.json
    if isinstance(held, Mapping) and (pages := _pager(address, held)) is not None:
        records, read = pages
        found = list(records)
        for number in range(PAGES):
            following = read(found, held)
            if following is None:
                break
            if say is not None:
                say(
                    Label(
                        f"page {number + 2} : {redacted(following)}",
                        f"page {number + 2}: {redacted(following)}",
                    )
                )
            held = _get(following).json
            more = _list_of(held)
            if not more:
                break
            found += more
        return [Entry(first.name, json.dumps(_with(first.json, found)).encode())]
    entries, seen = [first], {address}
    while (match := _NEXT.search(entries[-1].data)) is not None and len(entries) < PAGES:
        following = match[1].decode("ascii", "replace")
        if following in seen:
            break
        seen.add(following)
        entries.append(_get(following))
    return entries


def _first(address: str) -> str:
    """The address of the first page: with as many datasets a page as the portal gives."""
    if "package_search" in address and "rows=" not in address:
        return _asking(address, rows=str(ROWS), start="0")
    if "/catalog/datasets" in address and "limit=" not in address:
        return _asking(address, limit="100", offset="0")
    return address


def _asking(address: str, **more: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode({**dict(parse_qsl(parts.query)), **more})))


Following = Callable[[list[Any], Any], str | None]


def _pager(address: str, held: Mapping[str, Any]) -> tuple[list[Any], Following] | None:
    """The records of a first page and what gives the address of the next; None if there are no pages."""
    found = _list_of(held)
    if not found:
        return None
    result = held.get("result")
    if isinstance(result, Mapping) and isinstance(result.get("count"), int):
        total = result["count"]
        return (
            found,
            lambda got, _: (
                _asking(_first(address), start=str(len(got))) if len(got) < total else None
            ),
        )
    if "next_page" in held:
        return (
            found,
            lambda _, page: (
                urljoin(address, page["next_page"])
                if isinstance(page, Mapping) and page.get("next_page")
                else None
            ),
        )
    if isinstance(held.get("total_count"), int):
        total = held["total_count"]
        return (
            found,
            lambda got, _: (
                _asking(_first(address), offset=str(len(got))) if len(got) < total else None
            ),
        )
    return None


def _list_of(held: Any) -> list[Any]:
    if not isinstance(held, Mapping):
        return []
    result = held.get("result")
    for value in (
        result.get("results") if isinstance(result, Mapping) else None,
        held.get("data"),
        held.get("results"),
        held.get("datasets"),
    ):
        if isinstance(value, list):
            return value
    return []


def _with(held: Mapping[str, Any], found: list[Any]) -> dict[str, Any]:
    """A first page with the records of all."""
    result = held.get("result")
    if isinstance(result, Mapping):
        return {**held, "result": {**result, "results": found}}
    name = next(n for n in ("data", "results", "datasets") if isinstance(held.get(n), list))
    return {**held, name: found}


def _get(address: str) -> Entry:
    parts = urlsplit(address)
    name = printed(f"{parts.hostname}{parts.path}")
    request = urllib.request.Request(
        address, headers={"Accept": _ACCEPT, "User-Agent": "ecosystem"}
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            data = answer.read(LARGEST + 1)
            kind = answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        raise _no_answer(address, f"{error.code} {error.reason}") from error
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise _no_answer(address, str(getattr(error, "reason", error))) from error
    if len(data) > LARGEST:
        raise refused(name, "la réponse dépasse 1 000 Mo", "the answer is larger than 1 000 MB",
                      Label("téléchargez-la et n'en gardez que l'utile", "download it and keep what is needed"))  # fmt: skip
    if kind == "text/html" or data[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise refused(
            name, "une page web, pas un catalogue", "a web page, not a catalogue",
            Label("donnez l'adresse de l'API : …/api/3/action/package_search (CKAN), …/api/1/datasets/ (udata), "
                  "…/api/explore/v2.1/catalog/datasets (Opendatasoft), …/catalog.ttl (DCAT)",
                  "give the address of the API: …/api/3/action/package_search (CKAN), …/api/1/datasets/ (udata), "
                  "…/api/explore/v2.1/catalog/datasets (Opendatasoft), …/catalog.ttl (DCAT)"),
        )  # fmt: skip
    if "." not in parts.path.rsplit("/", 1)[-1]:
        name += _ENDINGS.get(kind, "")
    return Entry(name, data)


def _no_answer(address: str, why: str) -> DataError:
    shown = printed(redacted(address))
    return DataError(
        Label(f"{shown} ne répond pas ({why})", f"{shown} does not answer ({why})"),
        Label("ouvrez l'adresse dans un navigateur, ou téléchargez le fichier et donnez-le",
              "open the address in a browser, or download the file and give that"),
    )  # fmt: skip
