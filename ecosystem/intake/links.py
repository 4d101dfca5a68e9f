"""Columns of a sheet of actors that say whom they deal with: rows of other tables.

An interview sheet has a row an actor, and in it `Receives from`, `Gives to`, `Data held`, `Needs`.
Each name in such a cell is a flow, a tie, a dataset or a need of that actor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ecosystem.intake.answers import Key, Question
from ecosystem.intake.ledger import Ledger
from ecosystem.intake.piles import Part, Pile
from ecosystem.labels import Label
from ecosystem.schema import TABLES
from ecosystem.tables.cells import plain

_ASIDE = {
    "donnee", "donnees", "data", "vous", "des", "les", "vos", "ses", "leurs", "qui", "que", "quels", "quelles", "sont",
    "whom", "who", "you", "your", "do", "does", "are", "is", "which", "what", "l", "organisme", "organismes", "acteur",
    "acteurs", "organisations", "organisation", "organizations", "the",
}  # fmt: skip
"""Words that say no more in such a header: `De qui recevez-vous des données ?`."""


@dataclass(frozen=True)
class Link:
    """What a column says: rows of `table` whose `own` is the actor of the row, whose `other` is in the cell."""

    table: str
    own: str
    other: str
    headers: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()


LINKS = (
    Link("flows", "recipient", "provider",
         ("recoit de", "recoivent de", "recu de", "recue de", "recues de", "recus de", "de recevez", "recevez de",
          "obtient de", "obtient aupres de", "utilise de", "receives from", "receive from", "received from", "from receive",
          "gets from", "get from", "obtains from"), (("declared_by", "recipient"),)),
    Link("flows", "provider", "recipient",
         ("fournit a", "fournissent a", "donne a", "donnent a", "transmet a", "envoie a", "diffuse a", "communique a",
          "partage avec", "partage a", "a donnez", "a fournissez", "a transmettez", "avec partagez", "fournies a", "transmises a",
          "envoyees a", "partagees avec", "donnees a", "gives to", "give to", "provides to", "provide to", "sends to",
          "shares with", "share with", "sent to", "given to", "provided to", "shared with", "to give", "to send", "with share"),
         (("declared_by", "provider"),)),
    Link("ties", "from", "to", ("partenaires", "partenaire de", "travaille avec", "en lien avec", "works with", "partners",
                                "partner of"), (("kind", "partnership"),)),
    Link("datasets", "holder", "title", ("detient", "detenues", "detenus", "jeux de", "jeux de detenus", "jeux detenus",
                                         "holds", "held", "datasets", "datasets held", "datasets holds")),
    Link("needs", "actor", "purpose", ("besoins", "besoin", "besoins en", "besoins de", "besoin de", "needs", "needed",
                                       "manque", "manquantes", "missing")),
)  # fmt: skip

_SAYS_NOTHING = {"x", "oui", "non", "yes", "no", "o", "n", "aucun", "aucune", "aucuns", "none", "neant", "nsp", "ras", "0", "1"}  # fmt: skip
_BETWEEN = re.compile(r"\s*[|;\n]\s*")
_WITH_COMMAS = re.compile(r"\s*[|;\n,]\s*")


def link_of(header: str, cells: Sequence[str]) -> Link | None:
    """What a column of a sheet of actors says of others; None for any other column."""
    words = " ".join(
        w for w in plain(re.sub(r"[(\[].*?[)\]]", " ", header)).split() if w not in _ASIDE
    )
    found = next((link for link in LINKS if words in link.headers), None)
    if found is None:
        return None
    said = {plain(cell) for cell in set(cells) if cell.strip()}
    nothing = all(cell in _SAYS_NOTHING or not re.search(r"[^\W\d]", cell) for cell in said)
    return None if nothing else found


def linked(part: Part, link: Link, header: str, cells: Sequence[str], ledger: Ledger) -> Part:
    """The rows that a column says, as a part of their own; `part` is the sheet's table of actors."""
    names = part.columns.get("name") or part.columns["id"]
    made = Part(TABLES[link.table], part.place, [], {})
    between = _BETWEEN
    if link.table == "datasets" and any("," in c and not _BETWEEN.search(c.strip()) for c in cells):
        between = _WITH_COMMAS if _ask_commas(part, header, cells, ledger) else _BETWEEN
    columns: dict[str, list[str]] = {link.own: [], link.other: []}
    for name, cell, line in zip(names, cells, part.lines, strict=True):
        for one in between.split(cell.strip()):
            if name and one and plain(one) not in _SAYS_NOTHING:
                columns[link.own].append(name)
                columns[link.other].append(" ".join(one.split()))
                made.lines.append(line)
    made.columns = columns | {field: [code] * len(made.lines) for field, code in link.facts}
    made.headers = {link.other: header}
    ledger.tell(
        "column-rows", part.place, (), None, header, TABLES[link.table].label, count=len(made.lines)
    )
    return made


def _ask_commas(part: Part, header: str, cells: Sequence[str], ledger: Ledger) -> bool:
    """Whether commas in a column stand between several things: asked once for all its cells."""
    rows = [i for i, cell in enumerate(cells) if "," in cell]
    words = Label(
        "« {header} » ({place}) a des virgules dans {n} {n:cellule|cellules} (« {cell} ») : une chose ou plusieurs ?",
        "'{header}' ({place}) has commas in {n} {n:cell|cells} ('{cell}'): one thing or several?",
    ).format(header=header, place=part.place, n=len(rows), cell=cells[rows[0]][:60])  # fmt: skip
    choices = {"several": Label("plusieurs, une ligne pour chacune", "several, a row for each"),
               "one": Label("une seule par cellule", "one in each cell")}  # fmt: skip
    key = Key("commas", "actors", plain(header))
    at = tuple(part.lines[i] for i in rows)
    return ledger.ask(Question(key, words, choices, "several", part.place, at)) != "one"


def reconciled(pile: Pile, ledger: Ledger) -> None:
    """A flow that both ends say and nothing else tells apart is one, which both declare."""
    declared = pile.columns.get("declared_by")
    if declared is None:
        return
    others = [c for c in pile.columns if c not in ("provider", "recipient", "declared_by")]
    first: dict[tuple[str, str], int] = {}
    gone: set[int] = set()
    ends = zip(pile.columns["provider"], pile.columns["recipient"], declared, strict=True)
    for row, (provider, recipient, said) in enumerate(ends):
        if said not in ("provider", "recipient") or any(pile.columns[c][row] for c in others):
            continue
        at = first.setdefault((provider, recipient), row)
        if at == row or declared[at] == "both":
            continue
        if declared[at] != said:
            declared[at] = "both"
            gone.add(row)
            line = pile.lines[row]
            ledger.tell("both-say", pile.places[row], () if line is None else (line,), None,
                        first=pile.lines[at] or "?")  # fmt: skip
    if gone:
        pile.only([row for row in range(len(pile)) if row not in gone])
