"""How hard a conversation is: what stands against it, as facts that are counted and shown."""

from __future__ import annotations

from dataclasses import dataclass

from ecosystem.agenda.gathering import Group
from ecosystem.agenda.names import joined
from ecosystem.agenda.precedents import Precedent
from ecosystem.agenda.sight import Sight
from ecosystem.vocabulary import BARRIERS, Label


@dataclass(frozen=True)
class Ease:
    """What makes a conversation hard or easy.

    Attributes
    ----------
    barriers
        Codes of the barriers noted on its flows.
    personal
        Whether its data are personal.
    inside
        Whether all of it is within one house, or up to one house alone.
    sharing
        Whether its houses pass data already.
    tied
        Whether a tie between its houses is recorded.
    precedent
        Whether the like was done.
    """

    barriers: tuple[str, ...]
    personal: bool
    inside: bool
    sharing: bool
    tied: bool
    precedent: bool

    @property
    def hurdles(self) -> int:
        """How many things stand against it."""
        apart = 0 if self.inside else (not self.sharing) + (not self.tied) + (not self.precedent)
        return len(self.barriers) + self.personal + apart

    def told(self) -> list[Label]:
        """The facts in words, what stands against it first."""
        words = joined(BARRIERS.label(code) for code in self.barriers)
        lines = [_BARRIER.format(n=len(self.barriers), barriers=words)] if self.barriers else []
        if self.personal:
            lines.append(_PERSONAL)
        if self.inside:
            return [*lines, _INSIDE]
        lines.append(_SHARING if self.sharing else _NOT_SHARING)
        lines.append(_TIED if self.tied else _NOT_TIED)
        return [*lines, _DONE if self.precedent else _NOT_DONE]


_BARRIER = Label(
    "{n:obstacle noté|obstacles notés} : {barriers}", "{n:barrier|barriers} noted: {barriers}"
)
_PERSONAL = Label("ce sont des données personnelles", "these are personal data")
_INSIDE = Label("une seule maison en décide", "one house alone decides")
_SHARING = Label("ils s'échangent déjà des données", "they exchange data already")
_NOT_SHARING = Label("aucun échange entre eux n'est noté", "no exchange between them is recorded")
_TIED = Label("un lien entre eux est noté", "a tie between them is recorded")
_NOT_TIED = Label("aucun lien entre eux n'est noté", "no tie between them is recorded")
_DONE = Label("il y a un précédent", "there is a precedent")
_NOT_DONE = Label("aucun précédent n'est connu", "no precedent is known")


def ease(sight: Sight, group: Group, precedent: Precedent | None) -> Ease:
    """How hard a conversation is."""
    pairs = {
        frozenset((sight.house(m.giver), sight.house(m.taker)))
        for m in group.matters
        if not sight.is_people(m.taker)
    }
    pairs = {pair for pair in pairs if len(pair) > 1}
    barriers = {sight.flow[f]["barrier"] for f in group.flows} - {None}
    return Ease(
        barriers=tuple(code for code in BARRIERS if code in barriers),
        personal=any(sight.dataset(d)["personal_data"] == "yes" for d in group.datasets),
        inside=not pairs,
        sharing=not pairs.isdisjoint(sight.exchanging),
        tied=not pairs.isdisjoint(sight.tied),
        precedent=precedent is not None,
    )
