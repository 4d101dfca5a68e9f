"""What portals answer: CKAN, udata (data.gouv.fr), Opendatasoft in JSON, and their exports in CSV with SCDL's."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ecosystem.formats.catalogues import Catalogue, Dataset, formats_of, is_open
from ecosystem.formats.material import Material
from ecosystem.formats.opening import Entry
from ecosystem.formats.text import decoded, separator
from ecosystem.labels import Label
from ecosystem.tables.cells import plain
from ecosystem.tables.repairs import Place

_CONTACTS = Label(
    "les personnes à contacter ne sont pas reprises", "contact points are not carried over"
)
_MORE = Label("un seul thème est gardé par jeu", "one theme a dataset is kept")


def _records(held: Any, *path: str) -> list[Mapping[str, Any]] | None:
    for name in path:
        held = held.get(name) if isinstance(held, Mapping) else None
    if isinstance(held, list) and held and all(isinstance(one, Mapping) for one in held):
        return held
    return None


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if value not in (None, "") else ""


# ---------------------------------------------------------------- CKAN


def is_ckan(entry: Entry) -> bool:
    """Whether a file is an answer of CKAN: `package_search`, `package_show` or a list of packages."""
    return any(
        "resources" in one and ("license_id" in one or "owner_org" in one)
        for one in _ckan(entry.json)[:3]
    )


def _ckan(held: Any) -> list[Mapping[str, Any]]:
    found = (
        _records(held, "result", "results") or _records(held, "results") or _records(held, "result")
    )
    if found is None and isinstance(held, list):
        found = [one for one in held if isinstance(one, Mapping)]
    if found is None and isinstance(held, Mapping):
        one = held.get("result", held)
        found = [one] if isinstance(one, Mapping) else []
    return found or []


def read_ckan(entry: Entry) -> Material:
    """The packages of a CKAN portal."""
    packages = _ckan(entry.json)
    made = Catalogue(Place(entry.name), Label("réponse de CKAN", "answer of CKAN"))
    result = entry.json.get("result") if isinstance(entry.json, Mapping) else None
    if isinstance(result, Mapping) and isinstance(result.get("count"), int):
        made.total = result["count"]
    several = contacts = False
    for one in packages:
        if one.get("state", "active") != "active":
            continue
        organization = one.get("organization") or {}
        holder = made.hold(_text(organization.get("title") or organization.get("name")))
        groups = [
            _text(g.get("display_name") or g.get("title") or g.get("name"))
            for g in one.get("groups") or []
            if isinstance(g, Mapping)
        ]
        several |= len(groups) > 1
        contacts |= bool(one.get("author") or one.get("maintainer"))
        extras = {
            e.get("key"): e.get("value") for e in one.get("extras") or [] if isinstance(e, Mapping)
        }
        title = one.get("title")
        licence = _text(one.get("license_title") or one.get("license_id"))
        resources = [r for r in one.get("resources") or [] if isinstance(r, Mapping)]
        open_one = one.get("isopen") is True or is_open(
            f"{licence} {one.get('license_id') or ''} {one.get('license_url') or ''}"
        )
        made.datasets.append(Dataset(
            id=_text(one.get("name") or one.get("id")), title=_text(title) or _text(one.get("name")), holder=holder,
            theme=groups[0] if groups else "",
            access="closed" if one.get("private") else "open" if open_one else "",
            format=formats_of([_text(r.get("format")) for r in resources]),
            licence="" if one.get("license_id") == "notspecified" else licence,
            frequency=_text(extras.get("frequency") or one.get("frequency") or extras.get("accrual_periodicity")),
            url=_text(one.get("url")),
        ))  # fmt: skip
    _told(made, several, contacts)
    return made.material()


def _told(made: Catalogue, several: bool, contacts: bool) -> None:
    if several:
        made.left("groups, themes", _MORE)
    if contacts:
        made.left("contacts", _CONTACTS)
    made.left(
        "description, tags, resources",
        Label(
            "les textes et les fichiers ne sont pas repris", "texts and files are not carried over"
        ),
    )


# ---------------------------------------------------------------- udata


def is_udata(entry: Entry) -> bool:
    """Whether a file is an answer of udata: pages of datasets, each with its organization."""
    found = _udata(entry.json)
    return any(
        "title" in one and "organization" in one and ("license" in one or "frequency" in one)
        for one in found[:3]
    )


def _udata(held: Any) -> list[Mapping[str, Any]]:
    found = _records(held, "data")
    if found is None and isinstance(held, list):
        found = [one for one in held if isinstance(one, Mapping)]
    if found is None and isinstance(held, Mapping):
        found = [held]
    return found or []


def read_udata(entry: Entry) -> Material:
    """The datasets of a udata portal, as data.gouv.fr and data.public.lu are."""
    made = Catalogue(Place(entry.name), Label("réponse de udata", "answer of udata"))
    if isinstance(entry.json, Mapping) and isinstance(entry.json.get("total"), int):
        made.total = entry.json["total"]
    for one in _udata(entry.json):
        if one.get("archived") or one.get("deleted"):
            continue
        body = one.get("organization") or {}
        owner = one.get("owner") or {}
        name = body.get("name") or " ".join(
            _text(owner.get(n)) for n in ("first_name", "last_name")
        )
        holder = made.hold(_text(name), _text(body.get("business_number_id")))
        licence = _text(one.get("license"))
        resources = one.get("resources")
        found = resources if isinstance(resources, list) else []
        access = _text(one.get("access_type"))
        made.datasets.append(Dataset(
            id=_text(one.get("slug") or one.get("id")), title=_text(one.get("title")), holder=holder,
            access=_UDATA_ACCESS.get(access) or ("closed" if one.get("private") else "open" if is_open(licence) else ""),
            format=formats_of([_text(r.get("format")) for r in found if isinstance(r, Mapping)]),
            licence="" if licence == "notspecified" else licence, frequency=_text(one.get("frequency")),
            url=_text(one.get("page") or one.get("url")),
        ))  # fmt: skip
    _told(made, False, any(one.get("contact_points") for one in _udata(entry.json)))
    return made.material()


_UDATA_ACCESS = {"open": "open", "open_with_account": "shared", "restricted": "shared"}


# ---------------------------------------------------------------- Opendatasoft


def is_opendatasoft(entry: Entry) -> bool:
    """Whether a file is an answer of Opendatasoft: datasets with metas."""
    found = _ods(entry.json)
    return any("metas" in one and ("dataset_id" in one or "datasetid" in one) for one in found[:3])


def _ods(held: Any) -> list[Mapping[str, Any]]:
    found = _records(held, "results") or _records(held, "datasets")
    if found is None and isinstance(held, list):
        found = [one for one in held if isinstance(one, Mapping)]
    return [
        one["dataset"] if isinstance(one.get("dataset"), Mapping) else one for one in found or []
    ]


def read_opendatasoft(entry: Entry) -> Material:
    """The datasets of an Opendatasoft portal, by its API 1 or 2."""
    made = Catalogue(Place(entry.name), Label("réponse d'Opendatasoft", "answer of Opendatasoft"))
    if isinstance(entry.json, Mapping):
        total = entry.json.get("total_count", entry.json.get("nhits"))
        made.total = total if isinstance(total, int) else None
    several = False
    for one in _ods(entry.json):
        metas = one.get("metas") or {}
        nested = metas.get("default")
        default: Mapping[str, Any] = nested if isinstance(nested, Mapping) else metas
        themes = default.get("theme")
        themes = themes if isinstance(themes, list) else [themes]
        several |= len(themes) > 1
        licence = _text(default.get("license") or default.get("license_url"))
        restricted = bool(one.get("is_restricted") or default.get("is_restricted"))
        custom = metas.get("dcat") if isinstance(metas.get("dcat"), Mapping) else {}
        made.datasets.append(Dataset(
            id=_text(one.get("dataset_id") or one.get("datasetid")), title=_text(default.get("title")),
            holder=made.hold(_text(default.get("publisher") or (custom or {}).get("creator"))),
            theme=_text(themes[0]) if themes else "",
            access="shared" if restricted else "open" if is_open(licence) or licence else "",
            licence=licence, frequency=_text((custom or {}).get("accrualperiodicity") or default.get("update_frequency")),
            url=_text(default.get("references")) if _text(default.get("references")).startswith("http") else "",
        ))  # fmt: skip
    _told(made, several, False)
    return made.material()


# ---------------------------------------------------------------- exports in CSV

_COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "SCDL": {
        "title": ("titre",), "id": ("id",), "holder": ("producteur nom", "coll nom"), "number": ("producteur siret", "coll siret"),
        "theme": ("theme", "themes"), "licence": ("licence",), "frequency": ("freq maj", "frequence maj"),
        "format": ("format ressources", "formats ressources", "format ressource"), "url": ("url", "url jdd"),
    },
    "Etalab": {
        "title": ("titre",), "id": ("id",), "holder": ("nom orga",), "number": ("siret orga",), "theme": ("theme",),
        "licence": ("licence",), "frequency": ("freq maj",), "format": ("format",), "url": ("url",),
    },
    "udata": {
        "title": ("title",), "id": ("slug", "id"), "holder": ("organization", "owner"), "number": (), "theme": (),
        "licence": ("license",), "frequency": ("frequency",), "format": ("resources formats",), "url": ("url",),
    },
    "Opendatasoft": {
        "title": ("title", "default title", "titre"), "id": ("datasetid", "dataset identifier", "identifiant du jeu de donnees"),
        "holder": ("publisher", "default publisher", "producteur"), "number": (), "theme": ("theme", "default theme", "themes"),
        "licence": ("license", "default license", "licence"), "frequency": ("frequency", "dcat accrualperiodicity"),
        "format": (), "url": ("permalink", "explore url", "url"),
    },
}  # fmt: skip
_SIGNS = {
    "SCDL": {"coll nom", "coll siret", "titre"},
    "Etalab": {"nom orga", "siret orga", "titre"},
    "udata": {"slug", "organization id", "license"},
    "Opendatasoft": {"datasetid", "publisher"},
}
_ODS_SIGNS = {"dataset identifier", "publisher"}


def _header(entry: Entry) -> tuple[str, list[str]] | None:
    """Which portal an export in CSV is of, and its header; None if it is none."""
    if entry.start[:1] in (b"{", b"[", b"<", b"") or b"\0" in entry.data[:100] or entry.members:
        return None
    first = entry.data[:8000].decode("utf-8-sig", "replace").splitlines()[:1]
    sign = max(";,\t", key=first[0].count) if first else ","
    names = [plain(name) for name in next(csv.reader(first, delimiter=sign), [])]
    for portal, signs in _SIGNS.items():
        if signs <= set(names) or (portal == "Opendatasoft" and set(names) >= _ODS_SIGNS):
            return portal, names
    return None


def is_export(entry: Entry) -> bool:
    """Whether a file is the catalogue of a portal in CSV."""
    return _header(entry) is not None


def read_export(entry: Entry) -> Material:
    """The catalogue that a portal exports in CSV: SCDL, Etalab's schema, udata, Opendatasoft."""
    found = _header(entry)
    assert found is not None
    portal, header = found
    text, encoding = decoded(entry)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    next(rows, None)
    made = Catalogue(
        Place(entry.name),
        Label(f"catalogue {portal} en CSV ({encoding})", f"{portal} catalogue in CSV ({encoding})"),
    )
    at = {name: _where(header, names) for name, names in _COLUMNS[portal].items()}
    several = False
    for row in _whole(rows, len(header)):
        cell = _cell_of(row, at)
        if not cell("title"):
            continue
        themes = (
            [part.strip() for part in cell("theme").replace(",", ";").split(";") if part.strip()]
            if portal == "Opendatasoft"
            else [cell("theme")]
        )
        several |= len(themes) > 1
        licence = cell("licence")
        open_one = is_open(licence) or (portal == "SCDL" and not licence)
        made.datasets.append(Dataset(
            id=cell("id") or cell("title"), title=cell("title"), holder=made.hold(cell("holder"), cell("number")),
            theme=themes[0] if themes else "", access="open" if open_one else "",
            format=formats_of(cell("format").replace(",", ";").split(";")), licence="" if licence == "notspecified" else licence,
            frequency=cell("frequency"), url=cell("url") if cell("url").startswith("http") else "",
        ))  # fmt: skip
    _told(made, several, False)
    return made.material()


def _where(header: Sequence[str], names: Sequence[str]) -> list[int]:
    return [header.index(name) for name in names if name in header]


def _whole(rows: Iterator[list[str]], width: int) -> Iterator[list[str]]:
    for row in rows:
        if any(row):
            yield (row + [""] * width)[:width]


def _cell_of(row: Sequence[str], at: Mapping[str, list[int]]) -> Callable[[str], str]:
    def cell(name: str) -> str:
        for i in at[name]:
            if text := " ".join(row[i].split()):
                return text
        return ""

    return cell
