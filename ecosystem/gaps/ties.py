"""Partners who do not share, and sharing between actors that nothing else links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import partial
from itertools import chain

from ecosystem.gaps.known import UNWRITTEN, Known, Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.needs import why_unmet
from ecosystem.gaps.registry import Finding, detector
from ecosystem.tables.territories import is_public
from ecosystem.vocabulary import TIE_KINDS, Label

CALLING = ("partnership", "contract", "membership", "governance")
"""Kinds of tie between actors that one would expect to exchange data."""

BOUND = ("agreement", "contract", *UNWRITTEN)
"""Modes of a flow that two actors settle between them: neither open to all nor ordered by law."""

Pair = tuple[str, str]


@detector(
    "tie-without-flow",
    label=Label("partenaires sans échange de données", "partners that exchange no data"),
    definition=Label(
        "L'acteur est lié à d'autres ({kinds}) sans qu'aucun flux, de quelque état que ce soit, ne soit décrit "
        "entre eux. Une paire est comptée chez celui qui a le plus de tels liens ; un service compte comme son "
        "autorité ; le grand public, les financements et la régulation ne comptent pas.",
        "The actor is tied to others ({kinds}) with no flow, of whatever status, recorded between them. A pair "
        "counts for the one with most such ties; departments count as their authority; the general public, funding "
        "and regulation do not count.",
    ).format(
        kinds=Label(*(", ".join(TIE_KINDS[k].label.to(x) for k in CALLING) for x in ("fr", "en")))
    ),
    population=Label("acteurs qui ont de tels liens", "actors that have such ties"),
    reasons={
        "wanted": Label(
            "l'un a besoin de données que l'autre détient", "one needs data that the other holds"
        ),
        "no-flow": Label(
            "aucun flux n'est documenté entre eux", "no flow between them is documented"
        ),
    },
    severity=Label(
        "Moyenne si l'un a besoin d'un jeu que l'autre détient, sinon faible.",
        "Medium if one needs a dataset that the other holds, else low.",
    ),
)
def tie_without_flow(lookups: Lookups) -> Iterator[Finding]:
    """Actors tied to others with which no data pass, whatever the status."""
    known = lookups.known
    ties = _tied(lookups)
    authority = known.authority
    silent = dict(ties)
    for flow in known.flows:
        giver: str = flow["provider"]
        taker: str = flow["recipient"]
        a, b = authority.get(giver, giver), authority.get(taker, taker)
        if a != b:  # else they are one
            silent.pop((a, b) if a < b else (b, a), None)
    yield from _by_hub(known, "tie-without-flow", silent, _actors(ties), _wants(lookups, silent))


def _tied(lookups: Lookups) -> dict[Pair, list[tuple[str, str]]]:
    """Pairs of actors with a tie that calls for data, and the rows that say so."""
    known = lookups.known
    ties: dict[Pair, list[tuple[str, str]]] = {}
    for tie in lookups.ties:
        a, b = tie["from"], tie["to"]
        if (
            tie["kind"] in CALLING
            and known.authority.get(a, a) != known.authority.get(b, b)
            and not is_public(a)
            and not is_public(b)
        ):
            ties.setdefault(_pair(known, a, b), []).append(("ties", tie["id"]))
    return ties


def _wants(lookups: Lookups, pairs: Container[Pair]) -> dict[Pair, list[Row]]:
    """Unmet needs that name a dataset, by the pair of who needs it and who holds it: one of these."""
    known = lookups.known
    wants: dict[Pair, list[Row]] = {}
    for need in known.needs:
        holder = known.holder(need["dataset"])
        if holder is None or holder == need["actor"]:
            continue
        pair = _pair(known, need["actor"], holder)
        if pair in pairs and why_unmet(lookups.known, need):
            wants.setdefault(pair, []).append(need)
    return wants


@detector(
    "flow-without-tie",
    label=Label("échange de données sans lien connu", "data exchange without a known tie"),
    definition=Label(
        "Des données passent entre deux acteurs par convention, contrat, de façon informelle ou non documentée, "
        "et aucun lien n'est décrit entre eux. Une paire est comptée chez celui qui en a le plus ; un service compte "
        "comme son autorité ; les habitants et le grand public ne comptent pas, et rien n'est dit si la table des liens est vide.",
        "Data pass between two actors by agreement, by contract, informally or in a way not documented, and no "
        "tie is recorded between them. A pair counts for the one that has most; departments count as their authority; "
        "citizens and the general public do not count, and nothing is said if the table of ties is empty.",
    ),
    population=Label("acteurs qui échangent de telles données", "actors that exchange such data"),
    reasons={
        "no-tie": Label("aucun lien n'est documenté entre eux", "no tie between them is documented")
    },
    severity=Label(
        "Faible : un lien est peut-être seulement à noter.", "Low: a tie may only need to be noted."
    ),
)
def flow_without_tie(lookups: Lookups) -> Iterator[Finding]:
    """Actors that exchange data with others to which no tie is recorded."""
    known = lookups.known
    if lookups.tables["ties"].empty:
        return
    tied = {
        _pair(known, *ends)
        for ends in lookups.tables["ties"][["from", "to"]].itertuples(index=False)
    }
    authority = known.authority
    flows: dict[Pair, list[tuple[str, str]]] = {}
    frame = lookups.tables["flows"][["id", "note"]].dropna()
    named = {row for row, note in frame.itertuples(index=False) if _NAMES_TIE.search(note)}
    for flow in lookups.active:
        if flow["mode"] not in BOUND or flow["id"] in named:
            continue
        giver: str = flow["provider"]
        taker: str = flow["recipient"]
        a, b = authority.get(giver, giver), authority.get(taker, taker)
        if a != b and not known.is_people(giver) and not known.is_people(taker):
            flows.setdefault((a, b) if a < b else (b, a), []).append(("flows", flow["id"]))
    loose = {pair: rows for pair, rows in flows.items() if pair not in tied}
    yield from _by_hub(known, "flow-without-tie", loose, _actors(flows), {})


_NAMES_TIE = re.compile(
    r"\b(convention|accord|contrat|partenaire|partenariat|adhésion|adhérent|membre|délégation|marché public"
    r"|agreement|contract|partner|partnership|member|membership|memorandum)s?\b", re.IGNORECASE,
)  # fmt: skip
"""Words of a note that name the tie by which a flow passes."""


def _pair(known: Known, a: str, b: str) -> Pair:
    """The authorities of two actors, so that what a department does counts for the whole."""
    ends = (known.authority.get(a, a), known.authority.get(b, b))
    return ends if ends[0] <= ends[1] else ends[::-1]


def _actors(pairs: dict[Pair, list[tuple[str, str]]]) -> int:
    """How many actors are in some pair."""
    return len({*chain.from_iterable(pairs)})


_WORDS = {
    "tie-without-flow": (
        Label("{hub} : liens avec {others}, sans qu'aucun échange de données soit décrit{wanted}.",
              "{hub}: ties with {others}, with no exchange of data recorded{wanted}."),
        Label("Demander à {hub} lesquels de ces partenaires ont des données utiles, et à qui.",
              "Ask {hub} which of these partners have data of use, and to whom."),
    ),
    "flow-without-tie": (
        Label("{hub} : données échangées avec {others}, sans qu'aucun lien soit décrit{wanted}.",
              "{hub}: data exchanged with {others}, with no tie recorded{wanted}."),
        Label("Demander à {hub} quel lien porte ces échanges, et le noter dans la table des liens.",
              "Ask {hub} which tie carries these exchanges, and note it in the table of ties."),
    ),
}  # fmt: skip

_WANTED = Label("Voir d'abord avec {hub} et {first} comment transmettre {titles}.",
                "See first with {hub} and {first} how to pass on {titles}.")  # fmt: skip
_ALONE = Label("Demander à {hub} et {first} si l'un a des données utiles à l'autre.",
               "Ask {hub} and {first} whether one has data of use to the other.")  # fmt: skip


def _by_hub(
    known: Known,
    kind: str,
    pairs: dict[Pair, list[tuple[str, str]]],
    population: int,
    wants: dict[Pair, list[Row]],
) -> Iterator[Finding]:
    """One finding for each actor, with the pairs that count for it."""
    degree = Counter(chain.from_iterable(pairs))
    hubs: dict[str, list[Pair]] = {}
    for pair in pairs:  # of two that have as many, the first by name is the hub: ids change nothing
        hubs.setdefault(min(pair, key=lambda a: (-degree[a], known.actor(a), a)), []).append(pair)
    for hub in sorted(hubs, key=lambda actor: (-len(hubs[actor]), actor)):
        own = sorted(hubs[hub], key=lambda pair: (pair not in wants, pair))  # what is wanted first
        others = [a for pair in own for a in pair if a != hub]
        needs = [need for pair in own for need in wants.get(pair, ())]
        datasets = tuple(dict.fromkeys(need["dataset"] for need in needs))
        sentence, step = _WORDS[kind]
        if kind == "tie-without-flow" and (needs or len(others) == 1):
            step = _WANTED if needs else _ALONE
        words = partial(_words, known, hub, others, datasets)
        yield Finding(
            id=f"{kind}:{hub}",
            detector=kind,
            reason="no-tie" if kind == "flow-without-tie" else "wanted" if needs else "no-flow",
            actors=(hub, *others),
            datasets=datasets,
            sentence=sentence.filled(words),
            next_step=step.filled(words),
            evidence=(
                *(row for pair in own for row in pairs[pair]),
                *dict.fromkeys(("needs", need["id"]) for need in needs),
            ),
            population=population,
            severity="medium" if needs else "low",
        )


def _words(
    known: Known, hub: str, others: list[str], datasets: tuple[str, ...]
) -> dict[str, object]:
    """The words for an actor, those it is paired with and what is needed between them."""
    titles = known.titles(datasets)
    wanted = Label(" ; entre eux, besoin de : {titles}", "; needed between them: {titles}")
    return {
        "first": known.actor(others[0]),
        "titles": titles,
        "hub": known.actor(hub),
        "others": known.listed(others),
        "wanted": wanted.filled({"titles": titles}) if datasets else "",
    }
