"""How hard a conversation is: what stands against it and what helps, as facts that are counted and shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ecosystem.agenda.gathering import Group
from ecosystem.agenda.names import joined, sentence
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
        Ids of those of its datasets that are personal.
    datasets
        How many datasets it is about.
    pairs
        How many pairs of houses it joins; none where all of it is up to one house. Pairs with persons, whom
        nobody can meet, count only where there are no others.
    sharing, tied
        Between how many of these pairs data pass already, or a tie is recorded.
    precedent
        Whether the like was done.
    """

    barriers: tuple[str, ...]
    personal: tuple[str, ...]
    datasets: int
    pairs: int
    sharing: int
    tied: int
    precedent: bool

    @property
    def hurdles(self) -> int:
        """How many things stand against it."""
        apart = (self.sharing < self.pairs) + (self.tied < self.pairs) + (not self.precedent)
        return len(self.barriers) + bool(self.personal) + (apart if self.pairs else 0)

    def against(self, sight: Sight) -> Iterator[Label]:
        """What stands against it, in words."""
        if self.barriers:
            words = joined(BARRIERS.label(code) for code in self.barriers)
            yield _BARRIER.format(n=len(self.barriers), barriers=words)
        if self.personal:
            titles = sight.known.titles(sorted(self.personal, key=sight.titled))
            every = len(self.personal) == self.datasets
            yield _PERSONAL if every else _SOME_PERSONAL.format(titles=titles)
        if not self.pairs:
            return
        if self.sharing < self.pairs:
            yield _SOME_SHARING if self.sharing else _NOT_SHARING
        if self.tied < self.pairs:
            yield _SOME_TIED if self.tied else _NOT_TIED
        if not self.precedent:
            yield _NOT_DONE

    def helping(self) -> Iterator[Label]:
        """What helps, in words."""
        if not self.pairs:
            yield _INSIDE
            return
        if self.sharing == self.pairs:
            yield _SHARING
        if self.tied == self.pairs:
            yield _TIED
        if self.precedent:
            yield _DONE


def one_line(lines: Iterator[Label]) -> tuple[Label, ...]:
    """Facts as one sentence, or none."""
    told = list(lines)
    if not told:
        return ()
    words = ("; ".join(x.en for x in told) + ".", " ; ".join(x.fr for x in told) + ".")
    return (sentence(Label(words[1], words[0])),)


_BARRIER = Label(
    "{n:obstacle noté|obstacles notés} : {barriers}", "{n:barrier|barriers} noted: {barriers}"
)
_PERSONAL = Label("ce sont des données personnelles", "these are personal data")
_SOME_PERSONAL = Label("données personnelles : {titles}", "personal data: {titles}")
_INSIDE = Label(
    "c'est à décider au sein d'une seule organisation", "one organisation alone can decide it"
)
_SHARING = Label("ils s'échangent déjà des données", "they exchange data already")
_SOME_SHARING = Label(
    "seule une partie d'entre eux s'échange déjà des données",
    "only some of them exchange data already",
)
_NOT_SHARING = Label(
    "aucun échange entre eux n'est noté aujourd'hui", "no exchange between them is recorded today"
)
_TIED = Label("un lien entre eux est noté", "a tie between them is recorded")
_SOME_TIED = Label(
    "un lien n'est noté qu'entre une partie d'entre eux",
    "a tie is recorded between some of them only",
)
_NOT_TIED = Label("aucun lien entre eux n'est noté", "no tie between them is recorded")
_DONE = Label("il y a un précédent", "there is a precedent")
_NOT_DONE = Label("aucun précédent n'est connu", "no precedent is known")


def ease(sight: Sight, group: Group, precedent: Precedent | None) -> Ease:
    """How hard a conversation is."""
    ends = [(m.giver, m.taker) for m in group.matters]
    met = [pair for pair in ends if not any(map(sight.is_people, pair))]
    given = [pair for pair in ends if not sight.is_people(pair[1])]
    pairs = {frozenset(map(sight.house, pair)) for pair in met or given}
    pairs = {pair for pair in pairs if len(pair) > 1}
    barriers = {sight.flow[f]["barrier"] for f in group.flows} - {None}
    return Ease(
        barriers=tuple(code for code in BARRIERS if code in barriers),
        personal=tuple(d for d in group.datasets if sight.dataset(d)["personal_data"] == "yes"),
        datasets=len(group.datasets),
        pairs=len(pairs),
        sharing=len(pairs & sight.exchanging),
        tied=len(pairs & sight.tied),
        precedent=precedent is not None,
    )
