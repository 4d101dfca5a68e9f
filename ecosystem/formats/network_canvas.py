"""Interviews of Network Canvas, as it exports them in CSV: alters, their ties, the person asked."""

from __future__ import annotations

from ecosystem.formats.material import Material, Sheet
from ecosystem.formats.opening import Entry
from ecosystem.formats.text import read_text
from ecosystem.labels import Label
from ecosystem.tables.repairs import Repair

_SIGN = b"networkCanvas"
_UUID = "networkCanvasUUID"


def is_network_canvas(entry: Entry) -> bool:
    """Whether a file is a list of an interview."""
    first = entry.data[:4000].split(b"\n", 1)[0]
    return _SIGN in first and not entry.start.startswith((b"<", b"{"))


def read_network_canvas(entry: Entry) -> Material:
    """The alters as actors, the ties between them as flows without direction; who was asked stays behind."""
    made = read_text(entry)
    grid = made.grids[0]
    header, rows = grid.rows[0], [row for row in grid.rows[1:] if any(row)]
    columns = [[row[at] if at < len(row) else "" for row in rows] for at in range(len(header))]
    lines = [line for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True) if any(row)]
    ends = {"networkCanvasSourceUUID": "provider", "networkCanvasTargetUUID": "recipient"}
    ours = [
        name for name in header if name.startswith("networkCanvas") or name in ("nodeID", "edgeID")
    ]
    known = dict.fromkeys(ours, "")
    why = Label(
        "les identifiants de l'entretien ne sont pas repris",
        "the identifiers of the interview are not carried over",
    )
    if set(ends) <= set(header):
        known |= {**ends, "from": "", "to": ""}
        sheet = Sheet(made.place, header, columns, lines, "flows", known, directed=False)
    elif _UUID in header:
        known |= {_UUID: "id"}
        sheet = Sheet(made.place, header, columns, lines, "actors", known)
    else:
        left = Label(
            "la personne interrogée : ses liens ne sont pas dans l'export",
            "the person asked: her ties are not in the export",
        )
        return Material(
            Label("Network Canvas", "Network Canvas"),
            made.place,
            repairs=[Repair("file", made.place, words={"why": left})],
        )
    shown = [name for name in ours if known.get(name) == ""]
    told = [
        *made.repairs,
        Repair("attribute", made.place, before=", ".join(shown), words={"why": why}),
    ]
    how = Label(f"Network Canvas, {made.how.fr}", f"Network Canvas, {made.how.en}")
    return Material(how, made.place, sheets=[sheet], repairs=told)
