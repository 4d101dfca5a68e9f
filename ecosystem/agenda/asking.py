"""What to ask in a conversation: what blocks, what is still wanted, what to check before publishing."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.agenda.gathering import Group
from ecosystem.agenda.sight import Sight
from ecosystem.vocabulary import Label


def asked(sight: Sight, group: Group) -> Iterator[Label]:
    """Questions: what blocks, what is still wanted of what was announced, what to check before publishing."""
    rows = [sight.flow[f] for f in group.flows]
    if any(r["status"] == "blocked" and not r["barrier"] for r in rows):
        yield Label("Quel obstacle bloque le partage ?", "Which barrier blocks the sharing?")
    waiting = [r for r in rows if r["status"] in ("planned", "wished")]
    old = [r["id"] for r in waiting if sight.old("flows", r["id"])]
    if old:
        year = max(filter(None, (sight.year("flows", flow) for flow in old)))
        titles = sorted({d for f in old if (d := sight.flow[f]["dataset"])}, key=sight.titled)
        every = len(old) == len(rows)
        yield (_STILL if every else _STILL_THESE).format(
            year=year, titles=sight.known.titles(titles, 6)
        )
    recent = {r["status"] for r in waiting if r["id"] not in old}
    if "planned" in recent:
        yield Label(
            "Pour quand est-ce prévu, et qui s'en charge ?",
            "For when is it planned, and who sees to it?",
        )
    elif recent:
        yield Label(
            "Est-ce toujours voulu, et qui peut l'accorder ?",
            "Is it still wanted, and who can grant it?",
        )
    told = [
        m for m in group.matters if sight.is_people(m.taker) and m.dataset in sight.known.dataset
    ]
    published = sorted({str(m.dataset) for m in told}, key=sight.titled)
    for words, column, values in (
        (_CHECKED, "personal_data", ("unknown", None)),
        (_CLOSED, "access", ("closed",)),
    ):
        if of := [d for d in published if sight.dataset(d)[column] in values]:
            yield words.format(titles=sight.known.titles(of, 6))


_CHECKED = Label(
    "Y a-t-il des données personnelles dans {titles} ? À vérifier avant de rien publier.",
    "Are there personal data in {titles}? To check before anything is published.",
)
_CLOSED = Label(
    "Pourquoi l'accès est-il fermé aujourd'hui : {titles} ?",
    "Why is access closed today: {titles}?",
)
_STILL_THESE = Label(
    "{titles} : la source la plus récente date de {year} ; où en est-on, et est-ce toujours voulu ?",
    "{titles}: the latest source is of {year}; how far has it come, and is it still wanted?",
)
_STILL = Label("La source la plus récente date de {year} : où en est-on, et est-ce toujours voulu ?",
               "The latest source is of {year}: how far has it come, and is it still wanted?")  # fmt: skip
