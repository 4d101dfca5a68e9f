"""The three lists, the kinds of conversation, and the parts that each is told in."""

from __future__ import annotations

from dataclasses import dataclass

from ecosystem.errors import Registry
from ecosystem.vocabulary import Label

LISTS: dict[str, Label] = {
    "bring-about": Label("À faire advenir", "To bring about"),
    "find-out": Label("À savoir", "To find out"),
    "watch": Label("À surveiller", "To watch"),
}
"""What a conversation is for."""


@dataclass(frozen=True)
class Kind:
    """A kind of conversation.

    Attributes
    ----------
    agenda
        The list it belongs to: a key of `LISTS`.
    title
        Its title: `{titles}` are the datasets, `{givers}` and `{takers}` the ends, `{house}` the one house.
    gathers
        What is gathered in one of it, in a sentence.
    who
        Whom to see or to bring together.
    """

    name: str
    agenda: str
    label: Label
    title: Label
    gathers: Label
    who: Label


KINDS: Registry[Kind] = Registry(Label("sorte de conversation", "kind of conversation"))
"""Every kind by name."""


def _kind(name: str, agenda: str, label: Label, title: Label, gathers: Label, who: Label) -> None:
    KINDS[name] = Kind(name, agenda, label, title, gathers, who)


_kind(
    "bargain", "bring-about",
    Label("donnant, donnant", "a bargain"),
    Label("{titles} : {one} ↔ {other}", "{titles}: {one} ↔ {other}"),
    Label("deux maisons dont chacune attend des données de l'autre", "two houses of which each waits for data of the other"),
    Label("Réunir {all} : chacun attend des données de l'autre.", "Bring {all} together: each waits for data of the other."),
)  # fmt: skip
_kind(
    "dataset", "bring-about",
    Label("un jeu que plusieurs attendent", "a dataset that several wait for"),
    Label("{titles} : {givers} → {takers}", "{titles}: {givers} → {takers}"),
    Label("un jeu que plusieurs maisons attendent ou doivent donner, chaînes comprises", "a dataset that several houses wait for or are to give, chains included"),
    Label("Réunir {all}.", "Bring together {all}."),
)  # fmt: skip
_kind(
    "pair", "bring-about",
    Label("de l'un à l'autre", "from one to the other"),
    Label("{titles} : {givers} → {takers}", "{titles}: {givers} → {takers}"),
    Label("ce qu'une maison attend d'une autre", "what one house waits for from another"),
    Label("Réunir {all}.", "Bring together {all}."),
)  # fmt: skip
_kind(
    "cause", "bring-about",
    Label("une même cause dans une maison", "one cause in one house"),
    Label("{house} : un même obstacle ({barrier}) devant {titles}", "{house}: the same barrier ({barrier}) before {titles}"),
    Label("plusieurs jeux d'une maison devant le même obstacle, que sa direction peut lever", "several datasets of a house before the same barrier, which its management can lift"),
    Label("Voir avec {management} qui peut lever l'obstacle, avec {all}.", "See with {management} who can lift the barrier, with {all}."),
)  # fmt: skip
_kind(
    "house", "bring-about",
    Label("entre services d'une maison", "between departments of a house"),
    Label("Au sein {of_house} : {titles}", "Inside {house}: {titles}"),
    Label("ce que des services d'une même maison attendent les uns des autres, par thème", "what departments of one house wait for from one another, by theme"),
    Label("Réunir en interne {all}.", "Bring together, inside, {all}."),
)  # fmt: skip
_kind(
    "publish", "bring-about",
    Label("ce qu'une maison publierait", "what a house would publish"),
    Label("{house}, vers {takers} : {titles}", "{house}, for {takers}: {titles}"),
    Label("ce qu'une maison publierait ou dirait aux personnes", "what a house would publish or tell persons"),
    Label("Voir avec {all}, pour {takers}.", "See {all}, for {takers}."),
)  # fmt: skip
_kind(
    "ask", "find-out",
    Label("un entretien", "an interview"),
    Label("À demander {to_house} : {count} {count:question|questions}", "To ask {house}: {count} {count:question|questions}"),
    Label("tout ce qu'une même personne peut dire", "all that one person could tell"),
    Label("Un entretien avec {all}.", "An interview with {all}."),
)  # fmt: skip
_kind(
    "depends", "watch",
    Label("ce qui dépend d'un acteur", "what hangs on one actor"),
    Label("Ce qui dépend {of_house} : {titles}", "What hangs on {house}: {titles}"),
    Label("ce qui ne tient qu'à un même acteur", "what only one actor holds up"),
    Label("Parler de continuité avec {all}.", "Talk about continuity with {all}."),
)  # fmt: skip

OUTWARD = Label(
    "{house}, en interne et vers {takers} : {titles}", "{house}, inside and for {takers}: {titles}"
)
"""The title of a conversation inside a house whose data would then go to persons."""

PARTS: dict[str, Label] = {
    "who": Label("Qui", "Who"),
    "what": Label("Quoi", "What"),
    "why": Label("Pourquoi", "Why"),
    "brings": Label("Ce que cela apporte", "What it brings"),
    "hard": Label("Ce qui s'y oppose", "What stands in the way"),
    "helps": Label("Ce qui aide", "What helps"),
    "propose": Label("À proposer", "To propose"),
    "round": Label("Autres voies", "Ways round"),
    "ask": Label("À demander", "To ask"),
    "also": Label("Voir aussi", "See also"),
    "rows": Label("Lignes et sources", "Rows and sources"),
    "answers": Label("Préconisation à laquelle cela répond", "Recommendation it answers"),
}
"""The parts of a conversation, in the order in which they are told."""
