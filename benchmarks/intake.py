"""Importing large files, beside what a library takes to parse the same file and nothing more.

A workbook of 100,000 rows (calamine), an edge list of 1,000,000 (pandas), a DCAT catalogue of 60,000
datasets in Turtle (rdflib), the same as a CSV export of a portal (pandas), and an interview workbook of
40 actors and 60 flows to a first map, as one command. Each in a process of its own, in turn.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import processes, table

ROWS, EDGES, DATASETS = 100_000, 1_000_000, 60_000
SURVEY = Path(__file__).resolve().parents[1] / "docs" / "examples" / "enquete.xlsx"

_IMPORT = (
    "from ecosystem.intake.importing import import_files; import sys; import_files([sys.argv[1]])"
)
_ALONE = {
    "workbook": "import sys; from python_calamine import CalamineWorkbook as W; W.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()",
    "csv": "import sys, pandas; pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False, sep=None if sys.argv[1].endswith('s.csv') else ',')",
    "turtle": "import sys, rdflib; rdflib.Graph().parse(sys.argv[1])",
}


def workbook(path: Path) -> None:
    import xlsxwriter

    draw = random.Random(1)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Flux")
    sheet.write_row(
        0, 0, ["Fournisseur", "Destinataire", "Jeu de données", "Statut", "Poids", "Note"]
    )
    for row in range(1, ROWS + 1):
        ends = [f"Organisme {draw.randrange(3000)}" for _ in "ab"]
        status = draw.choice(["Actif", "souhaité", "Bloqué"])
        sheet.write_row(
            row,
            0,
            [*ends, f"Jeu {draw.randrange(500)}", status, draw.randrange(1, 9) / 2, "vu le 3 mars"],
        )
    book.close()


def edges(path: Path) -> None:
    draw = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write("from,to,weight\n")
        for _ in range(EDGES):
            file.write(
                f"Organisme {draw.randrange(20000)},Organisme {draw.randrange(20000)},{draw.randrange(1, 6)}\n"
            )


def turtle(path: Path) -> None:
    draw = random.Random(1)
    eu = "http://publications.europa.eu/resource/authority"
    with path.open("w", encoding="utf-8") as file:
        file.write("@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n"
                   "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n")  # fmt: skip
        for number in range(300):
            file.write(
                f'<https://example.org/org/{number}> a foaf:Agent ; foaf:name "Organisme {number}" .\n'
            )
        for number in range(DATASETS):
            file.write(
                f'<https://example.org/jeu/{number}> a dcat:Dataset ; dct:title "Jeu {number}"@fr ; '
                f"dct:publisher <https://example.org/org/{draw.randrange(300)}> ; "
                f"dcat:theme <{eu}/data-theme/{draw.choice(['ENVI', 'TRAN', 'GOVE', 'ECON'])}> ; "
                f"dct:accessRights <{eu}/access-right/PUBLIC> ; "
                f"dcat:distribution <https://example.org/jeu/{number}/csv> .\n"
                f"<https://example.org/jeu/{number}/csv> a dcat:Distribution ; "
                f"dct:license <https://www.etalab.gouv.fr/licence-ouverte-open-licence> ; dct:format <{eu}/file-type/CSV> .\n"
            )


def catalogue(path: Path) -> None:
    draw = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write(
            "id;title;slug;organization;organization_id;license;frequency;resources_formats;url\n"
        )
        for number in range(DATASETS):
            holder = draw.randrange(300)
            file.write(
                f"{number};Jeu {number};jeu-{number};Organisme {holder};{holder};lov2;annual;csv;https://example.org/{number}\n"
            )


MADE: dict[str, tuple[str, str, Callable[[Path], None]]] = {
    "workbook, 100,000 rows": ("book.xlsx", "workbook", workbook),
    "edge list, 1,000,000 rows": ("edge-list.csv", "csv", edges),
    "DCAT in Turtle, 60,000 datasets": ("catalog.ttl", "turtle", turtle),
    "catalogue in CSV, 60,000 datasets": ("datasets.csv", "csv", catalogue),
}


def run(rounds: int = 3) -> None:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, (file, alone, make) in MADE.items():
            path = Path(folder) / file
            make(path)
            costs = processes(
                {
                    "ours": [sys.executable, "-c", _IMPORT, str(path)],
                    "alone": [sys.executable, "-c", _ALONE[alone], str(path)],
                },
                1 if alone == "turtle" else rounds,
            )
            ours, parse = costs["ours"], costs["alone"]
            rows.append(
                (
                    name,
                    ours.seconds,
                    parse.seconds,
                    ours.seconds / parse.seconds,
                    ours.megabytes,
                    parse.megabytes,
                )
            )
            path.unlink()
        command = [
            str(Path(sys.executable).with_name("ecosystem")),
            "map",
            str(SURVEY),
            "-o",
            str(Path(folder) / "map.html"),
        ]
        first = processes({"map": command}, rounds)["map"]
        rows.append(
            (
                "interviews to a first map, one command",
                first.seconds,
                float("nan"),
                float("nan"),
                first.megabytes,
                float("nan"),
            )
        )
    table(["file", "import s", "parse alone s", "ratio", "import MB", "parse alone MB"], rows)
