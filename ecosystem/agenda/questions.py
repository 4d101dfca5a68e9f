"""The questions of one interview: what is not known, asked of the person who could say."""

from __future__ import annotations

from ecosystem.agenda.names import noted, sentence
from ecosystem.agenda.sight import Sight
from ecosystem.gaps.known import Row
from ecosystem.gaps.phrases import quote
from ecosystem.gaps.registry import Finding
from ecosystem.gaps.titles import words_of
from ecosystem.vocabulary import THEMES, Label

_AIM = "{whose}« {purpose} »{dated} : "
_AIM_EN = "{whose}'{purpose}'{dated}: "

QUESTIONS: dict[str, Label] = {
    "no-dataset": Label(
        _AIM + "des données y aideraient-elles ? Si oui, lesquelles, et qui les a ?",
        _AIM_EN + "would data help? If so, which, and who has them?",
    ),
    "elsewhere": Label(
        _AIM + "ailleurs, il y a {like}, chez {holder}{place} ; des données semblables aideraient-elles, et qui pourrait les produire ici ?",
        _AIM_EN + "elsewhere there is {like}, held by {holder}{place}; would the like help, and who could produce them here?",
    ),
    "no-holder": Label(
        _AIM + "qui produit {title}, ou qui pourrait le produire ?",
        _AIM_EN + "who produces {title}, or who could?",
    ),
    "not-documented": Label(
        "{title} peut-il être partagé avec {actor}, et à quelles conditions ? Le besoin : « {purpose} »{dated}.",
        "Can {title} be shared with {actor}, and on what conditions? The need: '{purpose}'{dated}.",
    ),
    "service-source": Label(
        "D'où viennent les données de {service} : {titles} ?",
        "Where do the data of {service} come from: {titles}?",
    ),
    "service-data": Label(
        "{service} utilise-t-il des données, et lesquelles ?", "Does {service} use data, and which?"
    ),
    "became": Label(
        "{title}, annoncé {of_provider} {to_recipient}{dated} : qu'est devenue cette annonce ?",
        "{title}, announced from {provider} to {recipient}{dated}: what became of it?",
    ),
    "ended": Label(
        "{title}, {of_provider} {to_recipient}, a pris fin{note}{source} : comme prévu, ou manque-t-il encore ?",
        "{title}, from {provider} to {recipient}, has ended{note}{source}: as planned, or is it still missed?",
    ),
    "closed": Label(
        "{title} est fermé : un accès encadré (convention, agrégation) est-il possible ?",
        "{title} is closed: is access possible on conditions (agreement, aggregation)?",
    ),
    "shared": Label(
        "{title} est-il partagé, avec qui, et peut-il l'être ?",
        "Is {title} shared, with whom, and can it be?",
    ),
    "partners": Label(
        "Parmi vos partenaires ({others}), lesquels ont des données utiles, et à qui ?",
        "Of your partners ({others}), which have data of use, and to whom?",
    ),
    "useful": Label(
        "Quelles données vous seraient utiles, et qui les a ?",
        "Which data would be of use to you, and who has them?",
    ),
    "start": Label(
        "Qu'est-ce qui permettrait d'ouvrir les échanges annoncés ?",
        "What would let the exchanges that were announced begin?",
    ),
    "return": Label(
        "Quelles données vous seraient utiles en retour de celles que vous donnez ?",
        "Which data would be of use to you in return for those you give?",
    ),
    "disputed": Label(
        "{sentence} Qu'en est-il ?", "{sentence} Which is it?"
    ),
    "basis": Label(
        "Sur quelle base légale et quel accord repose le passage de {title} (données personnelles) {to_recipient} ?",
        "On what legal basis and agreement does the passing of {title} (personal data) to {recipient} rest?",
    ),
    "told": Label(
        "{title} (données personnelles) : que dit-on de leur usage aux personnes qui les donnent, et sur quelle base légale ?",
        "{title} (personal data): what are the persons who give them told of their use, and on what legal basis?",
    ),
    "instrument": Label(
        "Sur quoi repose le passage de {title} {to_recipient} ?",
        "What does the passing of {title} to {recipient} rest on?",
    ),
    "annex": Label(
        "L'annexe du règlement (UE) 2023/138 couvre-t-elle {title}, et que demanderait son ouverture ?",
        "Does the annex of Regulation (EU) 2023/138 cover {title}, and what would opening it take?",
    ),
    "duty": Label(
        "Lesquels de ces jeux l'article L312-1-1 du CRPA demande-t-il de publier, et lesquels un secret protège-t-il : {titles} ?",
        "Which of these datasets does article L312-1-1 CRPA ask to publish, and which does a secret protect: {titles}?",
    ),
    "duty-one": Label(
        "L'article L312-1-1 du CRPA demande-t-il de publier {title}, ou un secret le protège-t-il ?",
        "Does article L312-1-1 CRPA ask to publish {title}, or does a secret protect it?",
    ),
    "peers": Label(
        "Comment {last} a-t-il pu être partagé chez vous ? Ici, rien n'est partagé sur le thème « {theme} ».",
        "How did {last} come to be shared with you? Here, nothing is shared on the theme '{theme}'.",
    ),
    "level": Label(
        "{sentence} Le niveau est-il à revoir, ou des lignes manquent-elles ?",
        "{sentence} Is the level to be revised, or are rows missing?",
    ),
    "reusers": Label(
        "Qui télécharge ces jeux ouverts, et que manque-t-il à ceux qui pourraient s'en servir : {titles} ?",
        "Who downloads these open datasets, and what do those lack who could use them: {titles}?",
    ),
}  # fmt: skip
"""Every question, by a short name."""

_OF: dict[tuple[str, str] | str, str] = {
    ("unmet-need", "no-holder"): "no-holder",
    ("unmet-need", "not-documented"): "not-documented",
    ("unmet-need", "elsewhere"): "elsewhere",
    ("no-dataset-named", "elsewhere"): "elsewhere",
    "no-dataset-named": "no-dataset",
    ("service-lacks-data", "no-dataset"): "service-data",
    "service-lacks-data": "service-source",
    ("stalled-flow", "ended"): "ended",
    ("held-not-passed-on", "ended"): "ended",
    "stalled-flow": "became",
    "held-not-passed-on": "became",
    ("never-shared", "closed"): "closed",
    ("never-shared", "not-documented"): "shared",
    "never-shared": "became",
    "tie-without-flow": "partners",
    "asks-gets-nothing": "useful",
    "isolated": "start",
    "one-sided": "return",
    "disputed-flow": "disputed",
    "personal-without-instrument": "basis",
    "no-instrument": "instrument",
    "high-value-not-open": "annex",
    "open-data-duty": "duty",
    "theme-in-peers": "peers",
    "maturity-contradicted": "level",
    "never-reused": "reusers",
}
"""The question of each kind of gap, or of one of its reasons."""


def question(
    sight: Sight, finding: Finding, *, need: Row | None = None, service: Row | None = None
) -> Label:
    """The question by which a finding becomes known, put into words when it is read."""
    name = _OF.get((finding.detector, finding.reason)) or _OF[finding.detector]
    flows = [row for table, row in finding.evidence if table == "flows"]
    if name == "duty" and len(finding.datasets) == 1:
        name = "duty-one"
    if name == "basis" and flows and sight.known.is_people(sight.flow[flows[0]]["provider"]):
        name = "told"
    return QUESTIONS[name].filled(lambda: _words(sight, finding, flows, need, service))


def announced(sight: Sight, flow: str) -> Label:
    """The question what became of a flow that was announced."""
    return QUESTIONS["became"].filled(lambda: _of_flow(sight, flow))


def _of_flow(sight: Sight, flow: str) -> dict[str, object]:
    row = sight.flow[flow]
    return {
        **sight.names.words(provider=row["provider"], recipient=row["recipient"]),
        "title": sight.known.quoted(row["dataset"]),
        "dated": sight.dated("flows", flow),
        "note": noted(sight.note.get(flow)),
        "source": _SOURCE.format(year=year) if (year := sight.year("flows", flow)) else "",
    }


_SOURCE = Label(" (source de {year})", " (source of {year})")


def _words(
    sight: Sight, finding: Finding, flows: list[str], need: Row | None, service: Row | None
) -> dict[str, object]:
    known, named = sight.known, finding.datasets
    words: dict[str, object] = {
        "title": known.quoted(named[0]) if named else "",
        "titles": known.titles(sorted(named, key=sight.titled), 6),
        "theme": THEMES.label(finding.id.rpartition(":")[2]),
        "others": known.listed(sorted(finding.actors[1:], key=sight.called)),
        "sentence": finding.sentence,
        "dated": "",
    }
    if flows:
        words |= _of_flow(sight, flows[0])
    if finding.detector == "theme-in-peers":
        words["last"] = known.quoted(alike(sight, finding))
    if service is not None:
        words["service"] = quote(str(service["name"] or service["id"]))
    if need is not None:
        like = named[-1] if finding.reason == "elsewhere" and named else None
        holder = known.holder(like) or ""
        words |= {
            "purpose": str(need["purpose"] or need["id"]).rstrip("."),
            "dated": sight.dated("needs", need["id"]),
            "whose": _whose(sight, need["actor"]),
            "like": known.quoted(like) if like else "",
            "place": known.within(holder, known.dataset[like]["territory"]) if like else "",
            **sight.names.words(actor=need["actor"], holder=holder),
        }
    return words


def alike(sight: Sight, finding: Finding) -> str | None:
    """Of the datasets of elsewhere that a finding names, the one most like what is needed here.

    By the words that it shares with the aims of the needs; None if it shares none.
    """
    known = sight.known
    here = known.actor_row.get(finding.actors[0], {}).get("territory")
    needs = [sight.need[row] for table, row in finding.evidence if table == "needs"]
    words = frozenset[str]().union(*(words_of(need["purpose"]) for need in needs))
    away = [d for d in finding.datasets if known.dataset[d]["territory"] != here]
    shared = {d: len(words & words_of(known.title(d))) for d in away}
    best = min(shared, key=lambda d: (-shared[d], sight.titled(d)), default=None)
    return best if best is not None and shared[best] else None


def _whose(sight: Sight, actor: str) -> Label:
    """Whose aim it is, where it is asked of another: persons cannot be asked all together."""
    if not sight.is_people(actor):
        return Label("", "")
    return sentence(Label("{actor}, ", "{actor}, ").format(**sight.names.words(actor=actor)))
