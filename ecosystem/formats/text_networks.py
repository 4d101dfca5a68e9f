"""Networks in text: Pajek .net, UCINET DL, edge lists of igraph and NetworkX separated by blanks."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from typing import Any

from ecosystem.errors import DataError
from ecosystem.formats import networks
from ecosystem.formats.material import Material
from ecosystem.formats.opening import Entry, refused
from ecosystem.formats.text import decoded
from ecosystem.labels import Label
from ecosystem.tables.repairs import Place

Edges = list[dict[str, Any]]


def is_pajek(entry: Entry) -> bool:
    """Whether a file is of Pajek."""
    return entry.start[:200].lower().startswith((b"*vertices", b"*network"))


def read_pajek(entry: Entry) -> Material:
    """Vertices, arcs and edges of a .net file; an edge goes both ways.

    Raises
    ------
    DataError
        If a line is not what its section says.
    """
    text, _ = decoded(entry)
    names: dict[str, str] = {}
    edges: Edges = []
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("%"):
            continue
        if line.lstrip().startswith("*"):
            section = line.split()[0].lower().lstrip("*")
            continue
        parts = _words(entry, line, number)
        if section == "vertices":
            names[parts[0]] = parts[1] if len(parts) > 1 else parts[0]
        elif section in ("arcs", "edges") and len(parts) > 1:
            edge = {
                "source": parts[0],
                "target": parts[1],
                "direction": "directed" if section == "arcs" else "undirected",
            }
            if len(parts) > 2 and _number(parts[2]):
                edge["weight"] = parts[2]
            edges.append(edge)
        elif section in ("arcslist", "edgeslist"):
            way = "directed" if section == "arcslist" else "undirected"
            edges += [{"source": parts[0], "target": end, "direction": way} for end in parts[1:]]
        elif section not in ("network", "partition", "vector"):
            raise _wrong(entry, number)
    for edge in edges:
        for end in ("source", "target"):
            edge[end] = names.get(edge[end], edge[end])
    nodes = [{"id": name} for name in dict.fromkeys(names.values())]
    return networks.material(Label("Pajek", "Pajek"), Place(entry.name), nodes, edges)


def is_dl(entry: Entry) -> bool:
    """Whether a file is of UCINET."""
    return (
        re.match(rb"dl\b", entry.start[:20].lower()) is not None
        and b"data" in entry.data[:100_000].lower()
    )


def read_dl(entry: Entry) -> Material:
    """A DL file: full matrix, edge list or node list, with labels given or embedded.

    Raises
    ------
    DataError
        If it is of another DL form, or its data do not fit its size.
    """
    text, _ = decoded(entry)
    at = re.search(r"(?im)^\s*data\s*:?\s*$|\bdata\s*:", text)
    if at is None:
        raise _wrong(entry, 1)
    head, body = text[: at.start()], text[at.end() :]
    first = text[: at.end()].count("\n") + 1
    form = (re.search(r"(?i)format\s*=\s*(\w+)", head) or ["", "fullmatrix"])[1].lower()
    size = int((re.search(r"(?i)\bnr?\s*=\s*(\d+)", head) or ["", "0"])[1])
    embedded = (
        re.search(r"(?i)labels\s+embedded|(row|col\w*)\s+labels\s+embedded", head) is not None
    )
    labels = _labels(head, "") or _labels(head, "row ")
    across = _labels(head, r"col\w* ") or labels
    if form in ("edgelist1", "el1", "edgelist"):
        nodes, edges = _edge_list(entry, body, first, labels, embedded)
    elif form in ("nodelist1", "nl1"):
        nodes, edges = _node_list(entry, body, first, labels, embedded)
    elif form in ("fullmatrix", "fm"):
        nodes, edges = _matrix(entry, body, first, (labels, across), embedded, size)
    else:
        raise refused(
            entry.name, f"le format DL « {form} » n'est pas lu", f"the DL format '{form}' is not read",
            Label("dans UCINET, exportez en edgelist1 ou fullmatrix", "in UCINET, export as edgelist1 or fullmatrix"),
        )  # fmt: skip
    if not labels and not embedded and size:
        nodes = [{"id": str(i)} for i in range(1, size + 1)]
    return networks.material(
        Label(f"UCINET DL ({form})", f"UCINET DL ({form})"), Place(entry.name), nodes, edges
    )


def _labels(head: str, whose: str) -> list[str]:
    """The labels that a DL header lists, of rows, of columns or of both."""
    found = re.search(rf"(?is)(?:^|\n)\s*{whose}labels\s*:\s*(.+?)(?=\n\s*[\w ]+\s*[:=]|$)", head)
    if found is None:
        return []
    parts = re.split(r"[,\s]+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", found[1].strip())
    return [part.strip('"') for part in parts if part]


def _lines(body: str, first: int) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(body.splitlines(), first):
        if line.strip():
            yield number, line


def _edge_list(
    entry: Entry, body: str, first: int, labels: list[str], embedded: bool
) -> tuple[list[dict[str, Any]], Edges]:
    edges: Edges = []
    names: dict[str, None] = dict.fromkeys(labels)
    for number, line in _lines(body, first):
        parts = _words(entry, line, number)
        if len(parts) < 2 or (len(parts) > 2 and not _number(parts[2])):
            raise _wrong(entry, number)
        start, end = (part if embedded else _label(part, labels) for part in parts[:2])
        names |= dict.fromkeys((start, end))
        edges.append(
            {"source": start, "target": end, **({"weight": parts[2]} if len(parts) > 2 else {})}
        )
    return [{"id": name} for name in names], edges


def _node_list(
    entry: Entry, body: str, first: int, labels: list[str], embedded: bool
) -> tuple[list[dict[str, Any]], Edges]:
    edges: Edges = []
    names: dict[str, None] = dict.fromkeys(labels)
    for number, line in _lines(body, first):
        parts = [part if embedded else _label(part, labels) for part in _words(entry, line, number)]
        names |= dict.fromkeys(parts)
        edges += [{"source": parts[0], "target": end} for end in parts[1:]]
    return [{"id": name} for name in names], edges


def _matrix(
    entry: Entry,
    body: str,
    first: int,
    labels: tuple[list[str], list[str]],
    embedded: bool,
    size: int,
) -> tuple[list[dict[str, Any]], Edges]:
    down, across = labels
    rows = [(number, _words(entry, line, number)) for number, line in _lines(body, first)]
    if embedded and rows:
        across = rows[0][1]
        down = [parts[0] for _, parts in rows[1:]]
        rows = [(number, parts[1:]) for number, parts in rows[1:]]
    values = [(number, part) for number, parts in rows for part in parts]
    down = down or [str(i) for i in range(1, size + 1)]
    across = across or down
    if len(down) * len(across) != len(values):
        raise refused(
            entry.name, f"{len(values)} valeurs pour une matrice de {len(down)} × {len(across)}",
            f"{len(values)} values for a matrix of {len(down)} × {len(across)}",
            Label("vérifiez n et les étiquettes", "check n and the labels"),
        )  # fmt: skip
    edges: Edges = []
    for place, (number, value) in enumerate(values):
        if not _number(value):
            raise _wrong(entry, number)
        row, column = divmod(place, len(across))
        if float(value):
            edges.append({"source": down[row], "target": across[column], "weight": value})
    return [{"id": name} for name in dict.fromkeys((*down, *across))], edges


def _label(part: str, labels: list[str]) -> str:
    """The label of a number; DL data count from one."""
    if part.isdigit() and labels and 0 < int(part) <= len(labels):
        return labels[int(part) - 1]
    return part


def is_edge_list(entry: Entry) -> bool:
    """Whether a file is an edge list separated by blanks, as igraph (.ncol) and NetworkX write it."""
    if entry.ending not in (".ncol", ".edgelist", ".edges", ".el"):
        return False
    lines = [line for line in entry.data[:4000].splitlines()[:-1] or [entry.data] if line.strip()]
    return bool(lines) and not any(sign in lines[0] for sign in (b",", b";", b"\t"))


def read_edge_list(entry: Entry) -> Material:
    """Two ends a line, then a weight or the attributes that NetworkX writes.

    Raises
    ------
    DataError
        If a line is no edge.
    """
    text, _ = decoded(entry)
    edges: Edges = []
    for number, line in enumerate(text.splitlines(), 1):
        bare, _, held = line.partition("{")
        if not bare.strip() or bare.lstrip().startswith(("#", "%")):
            continue
        parts = _words(entry, bare, number)
        if len(parts) not in (2, 3):
            raise _wrong(entry, number)
        edge: dict[str, Any] = {"source": parts[0], "target": parts[1]}
        if len(parts) == 3:
            edge["weight"] = parts[2]
        if held:
            edge |= _attributes(entry, "{" + held, number)
        edges.append(edge)
    return networks.material(Label("liste de liens", "edge list"), Place(entry.name), [], edges)


def _attributes(entry: Entry, text: str, number: int) -> dict[str, Any]:
    try:
        held = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise _wrong(entry, number) from error
    return {str(k): v for k, v in held.items()} if isinstance(held, dict) else {}


def _words(entry: Entry, line: str, number: int) -> list[str]:
    """The words of a line; those in quotes are one."""
    if '"' not in line:
        return (
            line.replace(",", " ").split()
            if "," in line and " " not in line.strip()
            else line.split()
        )
    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split, lexer.quotes, lexer.commenters, lexer.escape = True, '"', "", ""
    try:
        return list(lexer)
    except ValueError as error:
        raise _wrong(entry, number) from error


def _number(text: str) -> bool:
    try:
        return abs(float(text)) != float("inf")
    except ValueError:
        return False


def _wrong(entry: Entry, number: int) -> DataError:
    return refused(
        entry.name,
        f"la ligne {number} n'est pas ce que dit sa section",
        f"line {number} is not what its section says",
        Label(
            "exportez le réseau à nouveau de son programme",
            "export the network from its program again",
        ),
    )
