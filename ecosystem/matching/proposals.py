"""Proposals: who could meet a need, how, and in what order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ecosystem.errors import UnknownName, spoken
from ecosystem.gaps.known import Known, Row
from ecosystem.gaps.lookups import Lookups, Seen, lookups_of
from ecosystem.gaps.needs import WORDS_SHARED, why_unmet
from ecosystem.gaps.phrases import because, first_barrier
from ecosystem.gaps.titles import words_of, written
from ecosystem.matching.instruments import Usual
from ecosystem.matching.routes import OBSTACLES, allocation, has, obstacles, route
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import MODES, Label, Language

LEVELS = {
    "dataset": Label("le jeu demandé", "the dataset asked for"),
    "title": Label("même thème, mots en commun : {words}", "same theme, words in common: {words}"),
    "elsewhere": Label(
        "même thème, mots en commun, dans un autre territoire : {words}",
        "same theme, words in common, in another territory: {words}",
    ),
}
"""How near a dataset is to a need, the nearest first."""

RULES = (
    Label(
        "Sont candidats le jeu que le besoin nomme ; puis les jeux détenus du même thème qui partagent des mots avec "
        "le but du besoin et le titre du jeu nommé (accents et pluriels repliés ; deux mots, ou un si aucun jeu "
        "n'est nommé). Un jeu semblable d'un autre territoire étudié ou d'un autre pays (deux mots) ne dit rien d'ici : il montre à qui "
        "demander comment faire de même. Un thème commun ne suffit pas.",
        "Candidates are the dataset that the need names; then held datasets of its theme that share words with the "
        "purpose of the need and the title of the named dataset (accents and plural marks folded; two words, or one "
        "if no dataset is named). A like dataset of another studied territory or country (two words) says nothing of this one: it "
        "shows whom to ask how to do the same. A theme alone is not enough.",
    ),
    Label(
        "Une voie part du détenteur et suit les flux actifs du jeu. Elle ne continue par qui l'a reçu que si le "
        "repartage est permis : le jeu est ouvert, il est venu sous licence ouverte, ou qui l'a reçu est de "
        "l'autorité du besoin, où rien n'est repartagé. Elle finit par un acteur qui transmet déjà des données à "
        "celui qui a le besoin ; sinon elle va droit du détenteur à lui.",
        "A route starts at the holder and follows active flows of the dataset. It goes on from who received it only "
        "if passing on is allowed: the dataset is open, it came under an open licence, or who received it is of the "
        "authority in need, where nothing is shared again. It ends with an actor that already passes data to the one "
        "in need; else it is straight from the holder.",
    ),
    Label(
        "L'instrument est celui par lequel les deux mêmes acteurs échangent déjà ce jeu, sinon d'autres données ; sinon "
        "celui par lequel le jeu passe déjà à d'autres ; sinon celui sur lequel reposent le plus souvent des flux "
        "semblables (deux au moins) : de même thème, même accès et mêmes secteurs aux deux bouts ; sinon de même thème et mêmes secteurs ; sinon des mêmes "
        "secteurs. Jamais une licence ouverte pour des données personnelles, fermées ou partagées avec certains (sauf si de tels "
        "flux, de même accès, en ont une), ni d'instrument à l'intérieur "
        "d'une autorité.",
        "The instrument is the one by which the same two actors exchange this dataset already, else other data; else "
        "the one by which the dataset passes to others already; else the one on which like flows rest most often (two "
        "at least): of the same theme, access and "
        "sectors at both ends; else of the same theme and sectors; else of the same sectors. Never an open licence "
        "for personal, closed or shared data (unless like flows of shared data have one), and no instrument inside one authority.",
    ),
    Label(
        "Ordre : la première règle, puis le moins d'obstacles, l'accès le plus large, le même territoire, les mots "
        "partagés, la voie la plus courte. Seuls les ex æquo sont départagés par l'indice d'allocation de ressources "
        "(Zhou et al. 2009) du détenteur et de l'acteur sur le réseau de partage non orienté, puis par le nom.",
        "Order: the first rule, then fewest obstacles, widest access, same territory, words shared, shortest route. "
        "Only what is still equal is ordered by the resource allocation index (Zhou et al. 2009) of the holder and "
        "the actor on the undirected share network, then by name.",
    ),
)
"""How proposals are made, in order."""

MOST = 3
"""Proposals for one need, unless asked otherwise."""

_WIDEST = ("open", "shared", "unknown", "closed")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who could pass which data to whom, how, and why.

    Attributes
    ----------
    rank
        Place among the proposals for the same need, from 1.
    level
        How near the dataset is to the need: a key of `LEVELS`.
    route
        Actors from the holder to the one in need.
    obstacles
        Keys of `OBSTACLES`.
    mode, like, out_of
        The instrument of like flows, how many of them rest on it, of how many; None, 0, 0
        where there are none.
    """

    need: str
    rank: int
    holder: str
    actor: str
    dataset: str
    level: str
    route: tuple[str, ...]
    obstacles: tuple[str, ...]
    mode: str | None
    like: int
    out_of: int
    sentence: Label
    why: Label

    def record(self, language: Language) -> dict[str, Any]:
        """The proposal as a row of a table."""
        spoken(language)
        return {
            "need": self.need,
            "rank": self.rank,
            "proposal": self.sentence.to(language),
            "why": self.why.to(language),
            "in_the_way": tuple(OBSTACLES[o].to(language) for o in self.obstacles),
            "holder": self.holder,
            "actor": self.actor,
            "dataset": self.dataset,
            "level": self.level,
            "route": self.route,
            "obstacles": self.obstacles,
            "mode": self.mode,
            "like": self.like,
            "out_of": self.out_of,
        }


def match_needs(
    tables: Tables | Lookups | Seen,
    territory: str | None = None,
    *,
    need: str | None = None,
    actor: str | None = None,
    most: int = MOST,
) -> list[Proposal]:
    """Proposals for the unmet needs of a territory, need by need, the best first.

    Parameters
    ----------
    tables
        The tables, look-ups that are made already, or what holds them: a study.
    need, actor
        Only this need; only the needs of this actor.
    most
        How many proposals for one need.

    Raises
    ------
    UnknownName
        If the territory, the need or the actor does not exist.
    """
    lookups = lookups_of(tables, territory)
    for what, name, known in (
        (Label("besoin", "need"), need, lookups.tables["needs"]["id"]),
        (Label("acteur", "actor"), actor, lookups.tables["actors"]["id"]),
    ):
        if name is not None and name not in set(known):
            raise UnknownName(what, name, known)
    usual = Usual(lookups.known)
    return [
        proposal
        for row in lookups.needs
        if need in (None, row["id"])
        and actor in (None, row["actor"])
        and why_unmet(lookups.known, row)
        for proposal in _proposals(lookups.known, row, usual, most)
    ]


def proposals_frame(proposals: Iterable[Proposal], language: Language = "en") -> pd.DataFrame:
    """Proposals as a table, one row each."""
    columns = ["need", "rank", "proposal", "why", "in_the_way", "holder", "actor", "dataset", "level",
               "route", "obstacles", "mode", "like", "out_of"]  # fmt: skip
    return pd.DataFrame([p.record(language) for p in proposals], columns=columns)


def _proposals(known: Known, need: Row, usual: Usual, most: int) -> list[Proposal]:
    ranked = []
    for level, dataset, shared in _candidates(known, need):
        holder = known.holder(dataset)
        if holder is None or holder == need["actor"]:
            continue
        if level != "dataset" and has(known, dataset, need["actor"]):
            continue
        row = known.dataset[dataset]
        way: tuple[str, ...] = (holder, need["actor"])
        stands: tuple[str, ...] = ()
        if level != "elsewhere":
            way = route(known, dataset, holder, need["actor"])
            stands = obstacles(known, row, way)
        here = known.actor_row.get(need["actor"], {}).get("territory")
        key = (
            [*LEVELS].index(level),
            len(stands),
            _WIDEST.index(row["access"] or "unknown"),
            row["territory"] != here,
            -len(shared),
            len(way),
            -allocation(known, holder, need["actor"]),
            dataset,
        )
        ranked.append((key, level, dataset, shared, way, stands))
    ranked.sort(key=lambda found: found[0])
    return [
        _proposal(known, need, n, usual, *found[1:])
        for n, found in enumerate(ranked[:most], start=1)
    ]


def elsewhere(known: Known, here: str | None) -> set[str]:
    """Territories whose data say nothing of this one: the other ones studied, those of other countries."""
    own = known.country.get(here or "")
    abroad = {t for t, code in known.country.items() if None not in (code, own) and code != own}
    return {*known.studied, *abroad} - {here}


def _candidates(known: Known, need: Row) -> list[tuple[str, str, frozenset[str]]]:
    """Datasets that might meet a need: how near each is, and the words it shares."""
    named = need["dataset"]
    found = [("dataset", named, frozenset[str]())] if known.holder(named) else []
    words = words_of(need["purpose"]) | words_of(known.title(named) if named else None)
    here = known.actor_row.get(need["actor"], {}).get("territory")
    others = elsewhere(known, here)
    for dataset, count in known.held_titles.like(need["theme"], words).items():
        level = "elsewhere" if known.dataset[dataset]["territory"] in others else "title"
        least = WORDS_SHARED if named or level == "elsewhere" else 1
        if count >= least and dataset != named:
            found.append((level, dataset, words & words_of(known.title(dataset))))
    return found


_PASS = Label("{title} pourrait être transmis par {holder} à {actor}{via}{rests}.",
              "{holder} could pass {title} to {actor}{via}{rests}.")  # fmt: skip
_AGAIN = Label("{title} passe déjà de {giver} à {actor}, avec un obstacle{because} : chercher ce qui le lèverait.",
               "{giver} already passes {title} to {actor}, with an obstacle{because}: find what would lift it.")  # fmt: skip
_SAYS = {
    "elsewhere": Label(
        "Demander à {holder}{place} comment {title} est produit, et qui pourrait faire de même pour {actor}.",
        "Ask {holder}{place} how {title} is produced, and who could do the same for {actor}.",
    ),
}


def _proposal(
    known: Known,
    need: Row,
    rank: int,
    usual: Usual,
    level: str,
    dataset: str,
    shared: frozenset[str],
    way: tuple[str, ...],
    stands: tuple[str, ...],
) -> Proposal:
    holder, row = way[0], known.dataset[dataset]
    mode, like, total, how = None, 0, 0, None
    if level in ("dataset", "title"):
        mode, like, total, how = usual.mode(row, way[-2], way[-1])
    between = ", ".join(known.actor(a) for a in way[1:-1])
    words = {
        "holder": known.actor(holder),
        "actor": known.actor(need["actor"]),
        "title": known.quoted(dataset),
        "via": Label(f", en passant par {between}", f", through {between}") if between else "",
        "mode": MODES.label(mode),
        "like": like,
        "total": total,
        "place": known.within(holder, row["territory"]),
    }
    passing = [f for f in known.deliveries.get(dataset, ()) if f["recipient"] == need["actor"]]
    if passing:
        barrier = first_barrier(passing)
        words |= {"giver": known.actor(passing[0]["provider"]), "because": because(barrier)}
        mode, like, total = None, 0, 0
    rests = (
        Label(" (instrument : {mode}, {how})", " (instrument: {mode}, {how})").format(how=how.format(**words), **words)
        if mode and how
        else ""
    )  # fmt: skip
    return Proposal(
        need["id"], rank, holder, need["actor"], dataset, level, way, stands, mode, like, total,
        (_AGAIN if passing else _SAYS.get(level, _PASS)).format(rests=rests, **words),
        LEVELS[level].format(words=written(known.title(dataset), shared)),
    )  # fmt: skip
