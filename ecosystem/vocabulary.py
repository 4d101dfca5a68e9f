"""Every word that a user sees in a cell, in French and English, declared once.

A code list is the set of values a column may hold. Where the European Union
publishes an authority list for the same thing, each code carries its URI, so
that an export can speak DCAT-AP without a second table.

Examples
--------
>>> SECTORS["civil_society"].label.en
'civil society'
>>> sorted(STATUSES)
['active', 'blocked', 'ended', 'planned', 'wished']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ecosystem.labels import LANGUAGES as LANGUAGES
from ecosystem.labels import Label as Label
from ecosystem.labels import Language as Language

_EU = "http://publications.europa.eu/resource/authority/"


@dataclass(frozen=True)
class Code:
    """One value that a coded column may hold."""

    code: str
    label: Label
    uri: str | None = None


class CodeList(Mapping[str, Code]):
    """An ordered, closed list of codes; reads like a dictionary from code to `Code`."""

    def __init__(self, name: str, *codes: Code) -> None:
        self.name = name
        self._codes = {code.code: code for code in codes}

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def label(self, code: object) -> Label:
        """The label of a code; a value outside the list, or none, labels itself."""
        if isinstance(code, str) and code in self._codes:
            return self._codes[code].label
        return NOT_STATED if not isinstance(code, str) else Label(code, code)


NOT_STATED = Label("non renseigné", "not stated")


def _code(code: str, fr: str, en: str, uri: str | None = None) -> Code:
    return Code(code, Label(fr, en), _EU + uri if uri else None)


TERRITORY_KINDS = CodeList(
    "territory_kinds",
    _code("commune", "commune", "municipality"),
    _code("communauté de communes", "communauté de communes", "community of municipalities"),
    _code("communauté urbaine", "communauté urbaine", "urban community"),
    _code("communauté d'agglomération", "communauté d'agglomération", "agglomeration community"),
    _code("métropole", "métropole", "metropolis"),
    _code("département", "département", "département"),
    _code("région", "région", "region"),
    _code("canton", "canton", "canton"),
    _code("national", "échelle nationale ou interrégionale", "national or interregional scale"),
    _code("supranational", "échelle fédérale, européenne ou transfrontalière",
          "federal, European or cross-border scale"),
)  # fmt: skip

ACTOR_TYPES = CodeList(
    "actor_types",
    _code("authority", "collectivité ou autorité", "public authority"),
    _code("administration", "administration ou service", "administration or department"),
    _code("operator", "opérateur", "operator"),
    _code("company", "entreprise", "company"),
    _code("association", "association", "association"),
    _code("research", "recherche", "research"),
    _code("citizens", "habitants ou usagers", "citizens or users"),
    _code("network", "réseau ou plateforme", "network or platform"),
)

SECTORS = CodeList(
    "sectors",
    _code("public", "public", "public"),
    _code("private", "privé", "private"),
    _code("mixed", "mixte", "mixed"),
    _code("civil_society", "société civile", "civil society"),
    _code("research", "recherche", "research"),
)

THEMES = CodeList(
    "themes",
    _code("AGRI", "agriculture, pêche, sylviculture et alimentation",
          "agriculture, fisheries, forestry and food", "data-theme/AGRI"),
    _code("ECON", "économie et finances", "economy and finance", "data-theme/ECON"),
    _code("EDUC", "éducation, culture et sport", "education, culture and sport",
          "data-theme/EDUC"),
    _code("ENER", "énergie", "energy", "data-theme/ENER"),
    _code("ENVI", "environnement", "environment", "data-theme/ENVI"),
    _code("GOVE", "gouvernement et secteur public", "government and public sector",
          "data-theme/GOVE"),
    _code("HEAL", "santé", "health", "data-theme/HEAL"),
    _code("INTR", "questions internationales", "international issues", "data-theme/INTR"),
    _code("JUST", "justice et sécurité publique", "justice, legal system and public safety",
          "data-theme/JUST"),
    _code("OP_DATP", "données provisoires", "provisional data", "data-theme/OP_DATP"),
    _code("REGI", "régions et villes", "regions and cities", "data-theme/REGI"),
    _code("SOCI", "population et société", "population and society", "data-theme/SOCI"),
    _code("TECH", "science et technologie", "science and technology", "data-theme/TECH"),
    _code("TRAN", "transports", "transport", "data-theme/TRAN"),
)  # fmt: skip

ACCESS = CodeList(
    "access",
    _code("open", "ouvert à tous", "open to all", "access-right/PUBLIC"),
    _code("shared", "partagé avec certains", "shared with some", "access-right/RESTRICTED"),
    _code("closed", "fermé", "closed", "access-right/NON_PUBLIC"),
    _code("unknown", "non documenté", "not documented"),
)

PERSONAL_DATA = CodeList(
    "personal_data",
    _code("yes", "oui", "yes"),
    _code("no", "non", "no"),
    _code("unknown", "non documenté", "not documented"),
)

STATUSES = CodeList(
    "statuses",
    _code("active", "actif", "active"),
    _code("planned", "prévu", "planned"),
    _code("wished", "souhaité", "wished"),
    _code("blocked", "bloqué", "blocked"),
    _code("ended", "terminé", "ended"),
)

MODES = CodeList(
    "modes",
    _code("open_licence", "licence ouverte", "open licence"),
    _code("agreement", "convention", "agreement"),
    _code("contract", "contrat", "contract"),
    _code("legal_obligation", "obligation légale", "legal obligation"),
    _code("informal", "informel", "informal"),
    _code("unknown", "non documenté", "not documented"),
)

BARRIERS = CodeList(
    "barriers",
    _code("legal", "juridique", "legal"),
    _code("technical", "technique", "technical"),
    _code("organisational", "organisationnel", "organisational"),
    _code("economic", "économique", "economic"),
    _code("cultural", "culturel", "cultural"),
    _code("trust", "de confiance", "trust"),
    _code("skills", "de compétences", "skills"),
)

SERVICE_STATUSES = CodeList(
    "service_statuses",
    _code("idea", "idée", "idea"),
    _code("prototype", "prototype", "prototype"),
    _code("live", "en service", "live"),
)

TIE_KINDS = CodeList(
    "tie_kinds",
    _code("partnership", "partenariat", "partnership"),
    _code("contract", "contrat", "contract"),
    _code("funding", "financement", "funding"),
    _code("membership", "adhésion", "membership"),
    _code("governance", "gouvernance", "governance"),
    _code("regulation", "régulation", "regulation"),
)

DIMENSIONS = CodeList(
    "dimensions",
    _code("strategy", "stratégie", "strategy"),
    _code("governance", "gouvernance", "governance"),
    _code("skills", "compétences", "skills"),
    _code("infrastructure", "infrastructure", "infrastructure"),
    _code("openness", "ouverture", "openness"),
    _code("sharing", "partage", "sharing"),
    _code("uses", "usages", "uses"),
    _code("inclusion", "inclusion", "inclusion"),
    _code("ecology", "écologie", "ecology"),
)

LEVELS = CodeList(
    "levels",
    _code("0", "non engagé", "not started"),
    _code("1", "prise de conscience", "awareness"),
    _code("2", "premiers projets", "first projects"),
    _code("3", "établi", "established"),
    _code("4", "exemplaire ou institutionnalisé", "leading or institutionalised"),
)

DECLARED_BY = CodeList(
    "declared_by",
    _code("provider", "le fournisseur", "the provider"),
    _code("recipient", "le destinataire", "the recipient"),
    _code("both", "les deux", "both"),
    _code("third_party", "un tiers", "a third party"),
)

VISIBILITIES = CodeList(
    "visibilities",
    _code("public", "public", "public"),
    _code("partners", "partenaires", "partners"),
    _code("internal", "interne", "internal"),
)

CODE_LISTS: tuple[CodeList, ...] = (
    TERRITORY_KINDS,
    ACTOR_TYPES,
    SECTORS,
    THEMES,
    ACCESS,
    PERSONAL_DATA,
    STATUSES,
    MODES,
    BARRIERS,
    SERVICE_STATUSES,
    TIE_KINDS,
    DIMENSIONS,
    LEVELS,
    DECLARED_BY,
    VISIBILITIES,
)
"""Every code list, in the order of the data dictionary."""

SEVERITIES = CodeList(
    "severities",
    _code("high", "élevée", "high"),
    _code("medium", "moyenne", "medium"),
    _code("low", "faible", "low"),
)
"""How much a gap weighs, the heaviest first: said of findings, never of a column."""

HIGH_VALUE = CodeList(
    "high_value",
    _code("geospatial", "données géospatiales", "geospatial"),
    _code("environment", "observation de la Terre et environnement", "earth observation and environment"),
    _code("meteorological", "données météorologiques", "meteorological"),
    _code("statistics", "statistiques", "statistics"),
    _code("companies", "entreprises et propriété d'entreprises", "companies and company ownership"),
    _code("mobility", "mobilité", "mobility"),
)  # fmt: skip
"""Categories of high-value datasets, Implementing Regulation (EU) 2023/138."""

FINDING_LISTS: tuple[CodeList, ...] = (SEVERITIES, HIGH_VALUE)
"""The code lists that findings use and no column holds."""
