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
    also: str = ""
    """What people write for it, in French and English, separated by ` / `."""
    perhaps: str = ""
    """What may mean it: proposed to a person, never taken alone."""

    @property
    def synonyms(self) -> list[str]:
        """What people write for it."""
        return [name for name in self.also.split(" / ") if name]


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


def _code(
    code: str, fr: str, en: str, uri: str | None = None, *, also: str = "", perhaps: str = ""
) -> Code:
    return Code(code, Label(fr, en), _EU + uri if uri else None, also, perhaps)


TERRITORY_KINDS = CodeList(
    "territory_kinds",
    _code("commune", "commune", "municipality", also="ville / city / town / village / municipalité / com"),
    _code("communauté de communes", "communauté de communes", "community of municipalities", also="cc / comcom / intercommunalité"),
    _code("communauté urbaine", "communauté urbaine", "urban community", also="cu"),
    _code("communauté d'agglomération", "communauté d'agglomération", "agglomeration community", also="ca / agglomération / agglo"),
    _code("métropole", "métropole", "metropolis", also="metro / metropolitan area"),
    _code("département", "département", "département", also="department / dept"),
    _code("région", "région", "region", also="regional"),
    _code("canton", "canton", "canton", also="canton suisse"),
    _code("national", "échelle nationale ou interrégionale", "national or interregional scale", also="pays / country / état / nation"),
    _code("supranational", "échelle fédérale, européenne ou transfrontalière",
          "federal, European or cross-border scale", also="europe / européen / fédéral / federal"),
)  # fmt: skip

ACTOR_TYPES = CodeList(
    "actor_types",
    _code(
        "authority",
        "collectivité ou autorité",
        "public authority",
        also="collectivité / collectivité territoriale / collectivités territoriales / collectivité locale / autorité / autorité publique / local authority / authority / commune / ville / mairie / municipalité / municipality / city / intercommunalité / epci / communauté de communes / communauté d'agglomération / communauté urbaine / métropole / agglomération / département / région / canton / syndicat mixte / conseil départemental / conseil régional",
    ),
    _code(
        "administration",
        "administration ou service",
        "administration or department",
        also="service / direction / service de l'état / services de l'état / administration publique / department / agence de l'état / état / ministère / ministry / établissement public / public agency / direction ou service / service municipal",
        perhaps="organisme consulaire / chambre consulaire / agence / office / agency",
    ),
    _code(
        "operator",
        "opérateur",
        "operator",
        also="opérateur / délégataire / exploitant / gestionnaire de réseau / distributeur / régie / sem / spl / network operator / utility / concessionnaire / opérateur de réseau / transporteur",
        perhaps="bailleur / bailleur social / gestionnaire / social landlord / syndicat",
    ),
    _code(
        "company",
        "entreprise",
        "company",
        also="entreprise / société / privé / business / firm / startup / start up / pme / industriel / bureau d'études / commerce / private company / éditeur / prestataire",
    ),
    _code(
        "association",
        "association",
        "association",
        also="asso / ong / ngo / collectif / fondation / foundation / non profit / nonprofit / syndicat professionnel / association loi 1901 / fédération / club",
    ),
    _code(
        "research",
        "recherche",
        "research",
        also="université / university / laboratoire / laboratory / labo / école / centre de recherche / enseignement supérieur / academic / institut de recherche / chercheur / recherche et enseignement / academia",
    ),
    _code(
        "citizens",
        "habitants ou usagers",
        "citizens or users",
        also="habitant / usager / citoyen / citizen / user / public / grand public / population / riverain / particulier / resident / ménage / general public",
    ),
    _code(
        "network",
        "réseau ou plateforme",
        "network or platform",
        also="réseau / plateforme / plate forme / platform / portail / consortium / groupement / alliance / portal",
    ),
)

SECTORS = CodeList(
    "sectors",
    _code(
        "public",
        "public",
        "public",
        also="publique / secteur public / public sector / étatique / état / collectivité / government / parapublic",
    ),
    _code(
        "private",
        "privé",
        "private",
        also="secteur privé / private sector / entreprise / commercial / business / marchand / for profit",
    ),
    _code(
        "mixed",
        "mixte",
        "mixed",
        also="public privé / public private / parapublic mixte / sem / semi public / économie mixte / partenariat public privé / ppp / mixed economy",
    ),
    _code(
        "civil_society",
        "société civile",
        "civil society",
        also="civile / associatif / association / associations / tiers secteur / third sector / ong / ngo / citoyen / citoyens / non profit / société civil / ess / économie sociale et solidaire / community",
    ),
    _code(
        "research",
        "recherche",
        "research",
        also="académique / academic / université / universitaire / enseignement supérieur / academia / recherche et enseignement / higher education / science",
    ),
)

THEMES = CodeList(
    "themes",
    _code("AGRI", "agriculture, pêche, sylviculture et alimentation",
          "agriculture, fisheries, forestry and food", "data-theme/AGRI", also="agriculture / alimentation / food / pêche / forêt / sylviculture / fisheries / agriculture et alimentation / agriculture alimentation"),
    _code("ECON", "économie et finances", "economy and finance", "data-theme/ECON", also="économie / economy / finance / finances / emploi / entreprises / budget / commerce / business / économie et emploi / économie emploi / fiscalité / tourisme et économie", perhaps="commerce et artisanat / marchés publics"),
    _code("EDUC", "éducation, culture et sport", "education, culture and sport",
          "data-theme/EDUC", also="éducation / education / culture / sport / sports / enseignement / école / scolaire / culture et sport / culture patrimoine / patrimoine / formation / tourisme / loisirs", perhaps="tourisme / jeunesse / enfance / tourism"),
    _code("ENER", "énergie", "energy", "data-theme/ENER", also="énergie / energy / énergies / électricité / gaz / chaleur"),
    _code("ENVI", "environnement", "environment", "data-theme/ENVI", also="environnement / environment / eau / water / déchets / biodiversité / air / climat / climate / écologie / nature / espaces verts / qualité de l'air / waste", perhaps="propreté / cadre de vie / risques / foncier"),
    _code("GOVE", "gouvernement et secteur public", "government and public sector",
          "data-theme/GOVE", also="gouvernement / government / citoyenneté / démocratie / élections / vie publique / vie municipale / gouvernance / public sector / secteur public", perhaps="administration / administration publique / collectivité / institutions / services publics / finances publiques"),
    _code("HEAL", "santé", "health", "data-theme/HEAL", also="santé / health / médical / hôpital / soins"),
    _code("INTR", "questions internationales", "international issues", "data-theme/INTR", also="international / coopération internationale"),
    _code("JUST", "justice et sécurité publique", "justice, legal system and public safety",
          "data-theme/JUST", also="justice / sécurité / police / sécurité publique / safety / security / droit"),
    _code("OP_DATP", "données provisoires", "provisional data", "data-theme/OP_DATP"),
    _code("REGI", "régions et villes", "regions and cities", "data-theme/REGI", also="région / régions / ville / villes / territoire / territoires / cities / regions / aménagement", perhaps="urbanisme / planification / cadastre / habitat et urbanisme / urban planning / planning / cartographie / géographie / référentiels / geography"),
    _code("SOCI", "population et société", "population and society", "data-theme/SOCI", also="société / society / population / social / démographie / logement / habitat / solidarité / solidarités / housing / demography / population et conditions sociales", perhaps="citoyens / social et santé / vie sociale / insertion / emploi et social"),
    _code("TECH", "science et technologie", "science and technology", "data-theme/TECH", also="science / sciences / technologie / technology / numérique / digital / recherche / innovation", perhaps="innovation / télécommunications"),
    _code("TRAN", "transports", "transport", "data-theme/TRAN", also="transport / mobilité / mobility / mobilités / déplacements / voirie / circulation / stationnement / transports et mobilité / transport mobilité / vélo", perhaps="accessibilité / stationnement"),
)  # fmt: skip

ACCESS = CodeList(
    "access",
    _code(
        "open",
        "ouvert à tous",
        "open to all",
        "access-right/PUBLIC",
        also="ouvert / ouverte / open data / libre / public / publique / publié / published / en ligne / oui / yes / accessible à tous / données ouvertes / ouvert au public / open access",
    ),
    _code(
        "shared",
        "partagé avec certains",
        "shared with some",
        "access-right/RESTRICTED",
        also="partagé / restreint / restricted / accès restreint / sur demande / on request / limité / partenaires / partners / partagé avec des partenaires / sous conditions / sous convention",
        perhaps="payant / paid / sur abonnement / subscription / licence payante",
    ),
    _code(
        "closed",
        "fermé",
        "closed",
        "access-right/NON_PUBLIC",
        also="fermé / privé / private / interne / internal / confidentiel / confidential / non public / non publié / non diffusé / not open / secret",
        perhaps="non / no / non ouvert / not open",
    ),
    _code(
        "unknown",
        "non documenté",
        "not documented",
        also="inconnu / unknown / ne sait pas / nsp / non renseigné / not known / ?",
    ),
)

PERSONAL_DATA = CodeList(
    "personal_data",
    _code("yes", "oui", "yes", also="oui / o / y / vrai / true / 1 / x"),
    _code("no", "non", "no", also="non / n / faux / false / 0 / aucune"),
    _code(
        "unknown",
        "non documenté",
        "not documented",
        also="inconnu / unknown / ne sait pas / nsp / non renseigné / peut être / ?",
    ),
)

STATUSES = CodeList(
    "statuses",
    _code(
        "active",
        "actif",
        "active",
        also="actif / active / en cours / effectif / en place / existant / existing / opérationnel / operational / réel / current / ongoing / oui / yes / live / en service / en production / fonctionne / régulier / established",
    ),
    _code(
        "planned",
        "prévu",
        "planned",
        also="prévu / planifié / programmé / projet / en projet / à venir / planned / upcoming / in project / en préparation / envisagé / in preparation / futur",
    ),
    _code(
        "wished",
        "souhaité",
        "wished",
        also="souhaité / voulu / désiré / attendu / demandé / requested / wanted / wish / desired / besoin / idéal / à créer / souhait / expected",
    ),
    _code(
        "blocked",
        "bloqué",
        "blocked",
        also="bloqué / refusé / refused / refus / impossible / empêché / stalled / en panne / interdit / denied / rejeté / blocage",
    ),
    _code(
        "ended",
        "terminé",
        "ended",
        also="terminé / fini / abandonné / abandoned / arrêté / stopped / clos / closed / interrompu / ancien / past / achevé / suspendu / finished / former / inactif / inactive",
    ),
)

MODES = CodeList(
    "modes",
    _code(
        "open_licence",
        "licence ouverte",
        "open licence",
        also="licence ouverte / open data / open license / odbl / lo / libre / etalab / licence libre / données ouvertes",
    ),
    _code(
        "agreement",
        "convention",
        "agreement",
        also="convention / accord / convention de partenariat / conventionné / partenariat / mou / protocole / charte / memorandum / convention d'échange",
    ),
    _code(
        "contract",
        "contrat",
        "contract",
        also="contrat / marché / marché public / dsp / délégation / délégation de service public / payant / achat / cgu / procurement / prestation / concession",
    ),
    _code(
        "legal_obligation",
        "obligation légale",
        "legal obligation",
        also="obligation légale / légal / loi / law / obligatoire / réglementaire / legal / statutory / règlement / obligation réglementaire",
    ),
    _code(
        "informal",
        "informel",
        "informal",
        also="informel / email / mail / courriel / oral / bouche à oreille / de gré à gré / à la demande / ad hoc / sans cadre / échange informel / sans convention / sans contrat / aucun cadre / aucune convention / no agreement / no contract / without agreement / without contract / informal exchange / entente / bonne entente",
    ),
    _code(
        "unknown",
        "non documenté",
        "not documented",
        also="inconnu / unknown / ne sait pas / nsp / non renseigné / ?",
    ),
)

BARRIERS = CodeList(
    "barriers",
    _code(
        "legal",
        "juridique",
        "legal",
        also="juridique / légal / réglementaire / rgpd / gdpr / droit / secret / secret statistique / confidentialité / law / privacy / secret des affaires",
    ),
    _code(
        "technical",
        "technique",
        "technical",
        also="technique / interopérabilité / format / informatique / outil / outils / it / systèmes / qualité / interoperability",
    ),
    _code(
        "organisational",
        "organisationnel",
        "organisational",
        also="organisationnel / organisation / organizational / temps / moyens humains / gouvernance / manque de temps / time / portage / mandat / no time / silos",
    ),
    _code(
        "economic",
        "économique",
        "economic",
        also="économique / coût / coûts / financier / financement / budget / argent / cost / money / funding / concurrence / modèle économique / price / prix",
        perhaps="manque de moyens / moyens / manque de ressources / ressources / lack of means / lack of resources / resources",
    ),
    _code(
        "cultural",
        "culturel",
        "cultural",
        also="culturel / culture / habitudes / résistance / résistance au changement / mentalités / habits",
    ),
    _code(
        "trust",
        "de confiance",
        "trust",
        also="confiance / manque de confiance / méfiance / défiance / peur / crainte / mistrust / fear",
    ),
    _code(
        "skills",
        "de compétences",
        "skills",
        also="compétence / compétences / manque de compétences / formation / savoir faire / expertise / training / knowledge",
    ),
)

ARTICLES = CodeList(
    "articles",
    _code("le", "le (masculin)", "le (masculine)"),
    _code("la", "la (féminin)", "la (feminine)"),
    _code("les", "les (pluriel)", "les (plural)"),
    _code("l'", "l' (devant une voyelle)", "l' (before a vowel)", also="l’"),
)

SERVICE_STATUSES = CodeList(
    "service_statuses",
    _code(
        "idea",
        "idée",
        "idea",
        also="idée / projet / envisagé / concept / planned / à l'étude / souhaité",
    ),
    _code(
        "prototype",
        "prototype",
        "prototype",
        also="pilote / pilot / test / expérimentation / en développement / beta / in development / poc / maquette",
    ),
    _code(
        "live",
        "en service",
        "live",
        also="en service / en production / actif / active / opérationnel / operational / en ligne / in service / existant / lancé",
    ),
)

TIE_KINDS = CodeList(
    "tie_kinds",
    _code(
        "partnership",
        "partenariat",
        "partnership",
        also="partenariat / partenaire / partner / coopération / cooperation / collaboration / convention / travaille avec / works with",
    ),
    _code(
        "contract",
        "contrat",
        "contract",
        also="contrat / marché / prestation / dsp / concession / délégation / délégation de service public / client / fournisseur / supplier",
    ),
    _code(
        "funding",
        "financement",
        "funding",
        also="financement / finance / finances / subvention / grant / financeur / funds / funder",
    ),
    _code(
        "membership",
        "adhésion",
        "membership",
        also="adhésion / adhérent / membre / member / membre de / member of / cotisation",
    ),
    _code(
        "governance",
        "gouvernance",
        "governance",
        also="gouvernance / siège / conseil d'administration / board / tutelle / administrateur / actionnaire",
    ),
    _code(
        "regulation",
        "régulation",
        "regulation",
        also="régulation / contrôle / réglementation / autorité de contrôle / regulator / oversight",
    ),
)

DIMENSIONS = CodeList(
    "dimensions",
    _code("strategy", "stratégie", "strategy", also="stratégie / pilotage"),
    _code("governance", "gouvernance", "governance", also="gouvernance"),
    _code("skills", "compétences", "skills", also="compétences / formation"),
    _code(
        "infrastructure",
        "infrastructure",
        "infrastructure",
        also="infrastructures / outils / technique",
    ),
    _code("openness", "ouverture", "openness", also="ouverture / open data"),
    _code("sharing", "partage", "sharing", also="partage / échanges"),
    _code("uses", "usages", "uses", also="usages / usage / services"),
    _code("inclusion", "inclusion", "inclusion", also="inclusion numérique"),
    _code("ecology", "écologie", "ecology", also="écologie / environnement / sobriété"),
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
    _code(
        "provider",
        "le fournisseur",
        "the provider",
        also="fournisseur / donneur / émetteur / source / giver",
    ),
    _code(
        "recipient",
        "le destinataire",
        "the recipient",
        also="destinataire / receveur / récepteur / target / receiver",
    ),
    _code(
        "both",
        "les deux",
        "both",
        also="les deux / tous les deux / both ends / fournisseur et destinataire",
    ),
    _code(
        "third_party",
        "un tiers",
        "a third party",
        also="tiers / third party / autre / other / document",
    ),
)

VISIBILITIES = CodeList(
    "visibilities",
    _code(
        "public",
        "public",
        "public",
        also="publique / tous / tout public / everyone / all / ouvert / open / diffusable",
    ),
    _code(
        "partners",
        "partenaires",
        "partners",
        also="partenaires / partenaire / partner / restreint / restricted / limité",
    ),
    _code(
        "internal",
        "interne",
        "internal",
        also="interne / internal / confidentiel / confidential / privé / private / non diffusable",
    ),
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
    ARTICLES,
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
