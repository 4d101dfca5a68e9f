"""Names of actors as a sentence says them: with their article in French, and joined.

The table of actors may give each its article (`le`, `la`, `les`, `l'`); without one a name stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from ecosystem.gaps.known import Known
from ecosystem.vocabulary import Label

_JOINED = {"": ("", "de ", "à "), "la": ("la ", "de la ", "à la "), "le": ("le ", "du ", "au "),
           "les": ("les ", "des ", "aux "), "l'": ("l'", "de l'", "à l'")}  # fmt: skip
"""For each article, how a name begins: alone, after *de*, after *à*."""

_OF = Label("de {name}", "{name}")  # elided where the name begins with a vowel

Words = dict[str, object]


class Names:
    """How actors are named."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def words(self, **actors: str | None) -> Words:
        """For each `key`: `key` is the name, `of_key` after *de*, `to_key` after *à* (in English: alone)."""
        found: Words = {}
        for key, actor in actors.items():
            alone, of, to = self._forms(actor or "")
            found |= {key: alone, f"of_{key}": of, f"to_{key}": to}
        return found

    def listed(self, actors: Iterable[str], most: int = 6) -> Label:
        """Several names: commas, and a word before the last."""
        return joined([self._forms(actor)[0] for actor in actors], most)

    def _forms(self, actor: str) -> tuple[Label, Label, Label]:
        name = self._known.actor(actor)
        article = str(self._known.actor_row.get(actor, {}).get("article") or "").replace(
            "\u2019", "'"
        )
        if article == "les" and name[1:2].islower():
            name = name[:1].lower() + name[1:]
        starts = _JOINED.get(article, _JOINED[""])
        told = self._known.actor(actor)
        alone, of, to = (Label(start + name, told) for start in starts)
        return (
            alone,
            of if article in _JOINED and article else _OF.format(name=Label(name, told)),
            to,
        )


def joined(words: Iterable[Label], most: int = 6) -> Label:
    """Words in a row: commas, and *et* or *and* before the last; how many more after the first few."""
    every = list(words)
    shown = every[:most]
    more = len(every) - len(shown)
    if more:
        shown.append(Label(f"{more} de plus", f"{more} more"))
    if len(shown) < 2:
        return shown[0] if shown else Label("", "")
    *first, last = shown
    return Label(
        ", ".join(w.fr for w in first) + f" et {last.fr}",
        ", ".join(w.en for w in first) + f" and {last.en}",
    )


def sentence(words: Label) -> Label:
    """Words that begin with a capital."""
    return Label(*(text[:1].upper() + text[1:] for text in (words.fr, words.en)))


def noted(note: str | None) -> Label:
    """A note after what it is about, quoted; nothing where there is none."""
    return Label(f" : « {bare(note)} »", f": '{bare(note)}'") if note else Label("", "")


def bare(text: str) -> str:
    """A text of the data in one line, without the full stop at its end."""
    return " ".join(text.split()).rstrip(".")
