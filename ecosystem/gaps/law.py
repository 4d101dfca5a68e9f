"""What European and French law asks to be open: always "to examine", never a verdict."""

from __future__ import annotations

from collections.abc import Iterator

from ecosystem.gaps.known import Known, Row
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.registry import Finding, detector
from ecosystem.gaps.titles import words_of
from ecosystem.vocabulary import HIGH_VALUE, THEMES, Label

EU = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
)
"""Countries of the European Union, ISO 3166-1."""

INHABITANTS = 3500
"""Local authorities with more inhabitants than this publish by default (French CRPA, L312-1-1)."""

# Titles that call to mind the lists of the annex, by stems of words (see `likeness.words_of`). A
# dataset is in a category if a stem begins one of its words, and it is in one of the themes.
_ANNEX: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "geospatial": (
        ("REGI", "AGRI", "GOVE", "TECH"),
        ("adresse", "address", "cadastr", "parcel", "batiment", "building", "toponym", "decoupage",
         "administrative", "limite", "boundar"),
    ),
    "environment": (
        ("ENVI", "REGI", "AGRI", "ENER"),
        ("air", "atmospher", "emission", "bruit", "noise", "eau", "water", "hydro", "inond", "flood",
         "sol", "soil", "geolog", "foret", "forest", "occupation", "artificialis", "land", "biodivers",
         "dechet", "waste", "orthophoto", "lidar", "altitude", "elevation", "espece", "specie"),
    ),
    "meteorological": (
        ("ENVI", "REGI"),
        ("meteo", "precipitation", "pluie", "rain", "weather"),
    ),
    "statistics": (
        ("SOCI", "ECON", "GOVE", "REGI"),
        ("statisti", "population", "demograph", "chomage", "unemploy", "emploi", "employ", "tourism"),
    ),
    "companies": (
        ("ECON",),
        ("registre", "register", "sirene", "siren", "etablissement", "establishment"),
    ),
    "mobility": (
        ("TRAN",),
        ("reseau", "network", "voirie", "ferroviaire", "rail", "navigable",
         "waterway", "fluvial"),
    ),
}  # fmt: skip

_ACCESS = {
    "closed": Label("le jeu est fermé", "the dataset is closed"),
    "shared": Label(
        "le jeu n'est partagé qu'avec certains", "the dataset is shared with some only"
    ),
    "not-documented": Label("l'accès n'est pas documenté", "access is not documented"),
}


def category(row: Row) -> str | None:
    """The high-value category that a dataset calls to mind, by its theme and the words of its title."""
    words = words_of(row["title"])
    for name, begins, whole in _STEMS.get(row["theme"], ()):
        if not whole.isdisjoint(words) or any(word.startswith(begins) for word in words):
            return name
    return None


_STEMS = {
    theme: [
        (
            name,
            tuple(stem for stem in stems if len(stem) > 3),
            frozenset(stem for stem in stems if len(stem) <= 3),
        )
        for name, (themes, stems) in _ANNEX.items()
        if theme in themes
    ]
    for theme in THEMES
}
"""For each theme, the categories with stems that begin a word, and short ones that are one."""


@detector(
    "high-value-not-open",
    label=Label(
        "jeu d'une catégorie de forte valeur, non ouvert",
        "dataset of a high-value category, not open",
    ),
    definition=Label(
        "Le thème et les mots du titre font penser à une catégorie du règlement d'exécution (UE) 2023/138 "
        "({names}), un acteur public d'un pays de l'Union détient le jeu, il n'est pas dit ouvert et pas dit "
        "contenir des données personnelles. L'annexe décide : c'est un point à examiner, pas une infraction.",
        "The theme and the words of the title call to mind a category of Implementing Regulation (EU) 2023/138 "
        "({names}), a public actor of a country of the Union holds the dataset, it is not said to be open, and "
        "not said to hold personal data. The annex decides: this is a point to examine, not a breach.",
    ).format(
        names=Label(*(", ".join(c.label.to(x) for c in HIGH_VALUE.values()) for x in ("fr", "en")))
    ),
    population=Label("jeux publics de ces catégories", "public datasets of these categories"),
    reasons=_ACCESS,
    severity=Label(
        "Moyenne si le jeu est dit fermé ou partagé, faible si son accès n'est pas documenté.",
        "Medium if the dataset is said to be closed or shared, low if its access is not documented.",
    ),
)
def high_value_not_open(lookups: Lookups) -> Iterator[Finding]:
    """Public datasets that the European list of high-value datasets may cover, and that are not open."""
    known = lookups.known
    place = known.country
    public = {actor for actor, row in known.actor_row.items() if row["sector"] == "public"}
    found = []
    for row in lookups.datasets:
        if row["holder"] not in public or row["personal_data"] == "yes":
            continue
        holder = known.actor_row[row["holder"]]
        country = place.get(holder["territory"] or "") or place.get(row["territory"] or "")
        if country in EU and (name := category(row)):
            found.append((row, name))
    for row, name in found:
        if row["access"] == "open":
            continue
        reason = row["access"] if row["access"] in ("closed", "shared") else "not-documented"
        words = {
            "title": known.quoted(row["id"]),
            "holder": known.actor(row["holder"]),
            "category": HIGH_VALUE[name].label,
            "why": _ACCESS[reason],
        }
        yield Finding(
            id=f"high-value-not-open:{row['id']}",
            detector="high-value-not-open",
            reason=reason,
            actors=(row["holder"],),
            datasets=(row["id"],),
            sentence=Label(
                "{title}, détenu par {holder}, relève peut-être de la catégorie « {category} » du règlement "
                "(UE) 2023/138 : {why}.",
                "{title}, held by {holder}, may belong to the category '{category}' of Regulation "
                "(EU) 2023/138: {why}.",
            ).filled(words),
            next_step=Label(
                "Examiner avec {holder} si l'annexe du règlement couvre ce jeu, et ce que demanderait son ouverture.",
                "Examine with {holder} whether the annex of the regulation covers this dataset, and what opening it would take.",
            ).filled(words),
            evidence=(("datasets", row["id"]),),
            population=len(found),
            severity="low" if reason == "not-documented" else "medium",
        )


@detector(
    "open-data-duty",
    label=Label("ouverture par défaut à examiner", "publication by default to examine"),
    definition=Label(
        "Article L312-1-1 du code des relations entre le public et l'administration (loi pour une République "
        f"numérique, 2016) : les collectivités de plus de {INHABITANTS} habitants et d'au moins 50 agents publient "
        "leurs bases de données. Une autorité publique d'un territoire français de cette taille (ou de taille "
        "non documentée, comme celle d'une autre autorité que la principale) détient des jeux dits sans données personnelles qui ne sont pas dits ouverts. Le nombre d'agents "
        "n'est pas dans les tables, et d'autres secrets protégés peuvent s'y opposer : c'est à examiner.",
        "Article L312-1-1 of the French code of relations between the public and the administration (Digital "
        f"Republic Act, 2016): local authorities with more than {INHABITANTS} inhabitants and at least 50 staff "
        "publish their databases. A public authority of a French territory of that size (or of a size not "
        "documented, as that of an authority other than the main one) holds datasets said to be without personal data that are not said to be open. The number of staff is "
        "not in the tables, and other protected secrets may stand against it: this is to examine.",
    ),
    population=Label(
        "autorités locales françaises qui détiennent des jeux sans données personnelles",
        "French local authorities that hold datasets without personal data",
    ),
    reasons={
        "not-open": Label("des jeux ne sont pas dits ouverts", "datasets are not said to be open"),
        "size-not-documented": Label(
            "des jeux ne sont pas dits ouverts, population non documentée",
            "datasets are not said to be open, population not documented",
        ),
    },
    severity=Label(
        "Moyenne si un besoin ou un flux souhaité, prévu ou bloqué demande un de ces jeux, sinon faible.",
        "Medium if a need or a flow wished for, planned or blocked asks for one of these datasets, else low.",
    ),
)
def open_data_duty(lookups: Lookups) -> Iterator[Finding]:
    """French local authorities with datasets that the duty to publish may cover."""
    known = lookups.known
    people = _inhabitants(known)
    leads = {part.lead for part in lookups.parts}
    held: dict[str, list[Row]] = {}
    for row in lookups.datasets:
        head = known.authority.get(row["holder"] or "", "")
        actor = known.actor_row.get(head, {})
        if (
            actor.get("type") == "authority"
            and actor.get("sector") == "public"
            and actor.get("territory") in people
            and row["personal_data"] == "no"
        ):
            held.setdefault(head, []).append(row)
    holders = {head: {head, *(row["holder"] for row in rows)} for head, rows in held.items()}
    for head, rows in held.items():
        closed = [row for row in rows if row["access"] != "open"]
        if not closed:
            continue
        datasets = tuple(row["id"] for row in closed)
        size = people[known.actor_row[head]["territory"]] if head in leads else None
        asked = any(d in known.needs_by_dataset for d in datasets) or any(
            f["status"] in ("wished", "planned", "blocked")
            for d in datasets
            for f in known.flows_by_dataset.get(d, ())
        )
        words = {
            "head": known.actor(head),
            "count": len(closed),
            "every": len(rows),
            "titles": known.titles(datasets),
            "house": Label(" et ses services", " and its departments")
            if len(holders[head]) > 1
            else "",
        }
        yield Finding(
            id=f"open-data-duty:{head}",
            detector="open-data-duty",
            reason="size-not-documented" if size is None else "not-open",
            actors=tuple(dict.fromkeys([head, *(row["holder"] for row in closed)])),
            datasets=datasets,
            sentence=Label(
                "{head}{house} : jeux sans données personnelles qui ne sont pas dits ouverts, {count} sur "
                "{every} : {titles}.",
                "{head}{house}: datasets without personal data that are not said to be open, {count} "
                "of {every}: {titles}.",
            ).filled(words),
            next_step=_DUTY[len(closed) > 1].filled(words),
            evidence=tuple(("datasets", d) for d in datasets),
            population=len(held),
            severity="medium" if asked else "low",
        )


_DUTY = {
    False: Label(
        "Examiner avec {head} si l'article L312-1-1 du CRPA demande de le publier, ou si un secret le protège.",
        "Examine with {head} whether article L312-1-1 CRPA asks to publish it, or a secret protects it.",
    ),
    True: Label(
        "Examiner avec {head} lesquels l'article L312-1-1 du CRPA demande de publier, et lesquels un secret protège.",
        "Examine with {head} which of them article L312-1-1 CRPA asks to publish, and which a secret protects.",
    ),
}
"""The next step by whether there are several datasets."""


def _inhabitants(known: Known) -> dict[str, int | None]:
    """Population of each French local territory that is large enough, None where it is unknown."""
    found: dict[str, int | None] = {}
    for row in known.territories:
        if row["country"] == "FR" and row["kind"] not in ("national", "supranational"):
            size = row["population"]
            if size is None or size > INHABITANTS:
                found[row["id"]] = size
    return found
