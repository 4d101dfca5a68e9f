"""The data dictionary: every table and column, declared once.

Reading, checking, constraints, loading, queries, documentation and templates are
renderings of these declarations. To add a column, add one `Field` here.

The graph they describe::

    (:Actor)-[:PROVIDES]->(:Flow)-[:TO]->(:Actor)        (:Flow)-[:OF]->(:Dataset)<-[:HOLDS]-(:Actor)
    (:Actor)-[:EXPRESSES]->(:Need)-[:FOR]->(:Dataset)    (:Actor)-[:OPERATES]->(:Service)-[:USES]->(:Dataset)
    (:Actor)-[:TIED_TO]->(:Actor)                        (:Actor)-[:PART_OF]->(:Actor)
    (:Actor|Dataset|Service)-[:IN]->(:Territory)<-[:ASSESSES]-(:Assessment)
    any of them -[:CITES]->(:Source)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ecosystem import vocabulary as v
from ecosystem.vocabulary import CodeList, Label

Kind = Literal["id", "text", "code", "integer", "number", "boolean", "date", "url", "list"]

KINDS: dict[Kind, Label] = {
    "id": Label("identifiant (texte)", "identifier (text)"),
    "text": Label("texte", "text"),
    "code": Label("code d'une liste", "code from a list"),
    "integer": Label("nombre entier", "whole number"),
    "number": Label("nombre", "number"),
    "boolean": Label("booléen (true ou false)", "boolean (true or false)"),
    "date": Label(
        "date ISO 8601 : AAAA, AAAA-MM, AAAA-MM-JJ, ou deux séparées par /",
        "ISO 8601 date: YYYY, YYYY-MM, YYYY-MM-DD, or two with / between",
    ),
    "url": Label("adresse http ou https", "http or https address"),
    "list": Label("liste séparée par ;", "list separated by ;"),
}

PUBLIC_PREFIX = "reutilisateurs"
"""An actor whose id begins so stands for the general public as re-user of open data."""


@dataclass(frozen=True)
class Reference:
    """A column that names a row of another table, and the relationship it becomes.

    `inward` relationships point from the named row to the row that names it:
    a dataset names its holder, and the graph says `(holder)-[:HOLDS]->(dataset)`.
    """

    table: str
    relationship: str
    inward: bool = False


YEARS = (1000, 2200)
"""The years that data may be of."""


@dataclass(frozen=True)
class Field:
    """One column: how it is read, what it may hold, what it means."""

    name: str
    kind: Kind
    label: Label
    meaning: Label
    required: bool = False
    codes: CodeList | None = None
    reference: Reference | None = None
    default: str | None = None
    """The value of every row when the whole column is absent (never for an empty cell)."""
    unit: str | None = None
    between: tuple[int, int] | None = None
    """The least and the greatest value that is possible."""
    also: str = ""
    """What people call the column elsewhere, in French and English, separated by ` / `."""

    @property
    def synonyms(self) -> list[str]:
        """What people call the column elsewhere."""
        return [name for name in self.also.split(" / ") if name]


@dataclass(frozen=True)
class Table:
    """One table: a CSV file, a DataFrame, and a node label (or a relationship type)."""

    name: str
    label: Label
    meaning: Label
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    node: str | None = None
    relationship: str | None = None
    required: bool = False
    numbers_rows: bool = False
    """Without an `id` column the rows are named by what they say (nothing refers to them)."""
    also: str = ""
    """What people call the table, as a sheet or a file, separated by ` / `."""

    @property
    def synonyms(self) -> list[str]:
        """What people call the table."""
        return [name for name in self.also.split(" / ") if name]

    @property
    def file(self) -> str:
        """The name of its CSV file."""
        return f"{self.name}.csv"

    @property
    def columns(self) -> list[str]:
        """The declared columns, in order."""
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(field for field in self.fields if field.name == name)

    @property
    def references(self) -> list[Field]:
        """The fields that name rows of other tables."""
        return [field for field in self.fields if field.reference]

    @property
    def properties(self) -> list[Field]:
        """The fields that are stored as properties: all but those that become relationships."""
        if self.relationship:
            return [field for field in self.fields if field.name not in ("from", "to")]
        return [field for field in self.fields if not field.reference]


def _id(of: Label) -> Field:
    return Field(
        "id",
        "id",
        Label("identifiant", "identifier"),
        Label(f"identifie {of.fr}, unique dans la table", f"names {of.en}, unique in the table"),
        required=True,
        also="clé / key / code / référence / reference / uuid / num / numéro",
    )


_CITES = Reference("sources", "CITES")
_SOURCE = Field(
    "source",
    "id",
    Label("source", "source"),
    Label("d'où vient la ligne", "where the row comes from"),
    reference=_CITES,
    also="provenance / entretien / interview / référence de la source / citation / sourced from",
)
_URL = Field(
    "url",
    "url",
    Label("adresse", "address"),
    Label("page publique", "public page"),
    also="url / lien / link / site / site web / site internet / website / web / page / page web / homepage / adresse web / landing page",
)
_VISIBILITY = Field(
    "visibility",
    "code",
    Label("visibilité", "visibility"),
    Label(
        "à qui la ligne peut être montrée ; vide : public",
        "who may be shown the row; empty: public",
    ),
    codes=v.VISIBILITIES,
    also="diffusion / confidentialité / confidentiality / confidentiel / publication / qui peut voir / who may see / audience",
)
_THEME = Field(
    "theme",
    "code",
    Label("thème", "theme"),
    Label("thème européen de données (DCAT-AP)", "EU data theme (DCAT-AP)"),
    codes=v.THEMES,
    also="thématique / thématiques / thèmes / themes / domaine / domaines / sujet / topic / subject / category / catégorie / thème européen / theme européen / data theme",
)
_IN = Field(
    "territory",
    "id",
    Label("territoire", "territory"),
    Label("territoire de rattachement", "the territory it belongs to"),
    reference=Reference("territories", "IN"),
    also="commune / ville / collectivité / terrain / lieu / localisation / location / place / area / zone / périmètre",
)


def _text(
    name: str, fr: str, en: str, meaning_fr: str, meaning_en: str, *, required: bool = False,
    also: str = "",
) -> Field:  # fmt: skip
    meaning = Label(meaning_fr, meaning_en)
    return Field(name, "text", Label(fr, en), meaning, required=required, also=also)


TERRITORIES = Table(
    "territories",
    Label("Territoires", "Territories"),
    Label("les territoires étudiés et les échelles au-dessus", "the territories studied and the levels above them"),
    (
        _id(Label("le territoire", "the territory")),
        _text("name", "nom", "name", "nom d'usage", "usual name", also="nom du territoire / libellé / intitulé / title / titre / label / territory"),
        Field("kind", "code", Label("nature", "kind"), Label("statut du territoire", "what kind of territory"), codes=v.TERRITORY_KINDS, also="type / statut / sorte / échelle / level / scale"),
        _text("country", "pays", "country", "code ISO 3166-1 à deux lettres", "two-letter ISO 3166-1 code", also="country code / code pays"),
        Field("official_code", "id", Label("code officiel", "official code"), Label("code INSEE (commune) ou SIREN (intercommunalité)", "INSEE code (municipality) or SIREN (grouping)"), also="code insee / insee / insee code / siren / code siren / code commune / bfs / ofs / numéro ofs / code geo / geo code"),
        Field("population", "integer", Label("population", "population"), Label("nombre d'habitants", "number of inhabitants"), unit="inhabitants", between=(0, 10_000_000_000), also="habitants / nombre d'habitants / inhabitants / pop"),
        Field("population_year", "integer", Label("année de la population", "population year"), Label("année du décompte", "year of the count"), unit="year", between=YEARS, also="année population / year of population / millésime"),
        _URL,
        _text("description", "description", "description", "en une phrase", "in one sentence", also="commentaire / commentaires / comment / comments / remarque / remarques / notes / note"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("id",),
    node="Territory",
    also="territoire / périmètres / communes / terrains / places / areas / zones",
)  # fmt: skip

ACTORS = Table(
    "actors",
    Label("Acteurs", "Actors"),
    Label(
        "organismes, services, groupes de personnes qui détiennent, passent ou demandent des données",
        "bodies, departments and groups of people that hold, pass on or need data",
    ),
    (
        _id(Label("l'acteur", "the actor")),
        _text("name", "nom", "name", "nom d'usage ; absent : l'identifiant", "usual name; absent: the identifier", also="nom de l'acteur / nom acteur / acteur / actor / actor name / label / libellé / intitulé / dénomination / raison sociale / organisation / organization / organisme / structure / nom de la structure / nom de l'organisme / nom de l'organisation / nom complet / full name / nom usuel / title / titre / entité / entity / node / nœud / élément / element / institution / partenaire / partner / qui / who / nom du service / service / direction / département / department / unité"),
        _IN,
        Field("type", "code", Label("type", "type"), Label("sorte d'acteur", "what kind of actor"), codes=v.ACTOR_TYPES, also="type d'acteur / type acteur / nature / nature de l'acteur / catégorie / category / sorte / kind / type de structure / type d'organisme / type d'organisation / organisation type / organization type / actor type / node type / statut / quel type d'acteur / classe"),
        Field("sector", "code", Label("secteur", "sector"), Label("secteur institutionnel", "institutional sector"), codes=v.SECTORS, also="secteur institutionnel / secteur d'activité / secteur public ou privé / public ou privé / public privé / institutional sector / public or private / statut juridique / legal status / domaine juridique"),
        _text("description", "description", "description", "en une phrase", "in one sentence", also="commentaire / commentaires / comment / comments / remarque / remarques / remarks / notes / note / mission / missions / rôle / observations / descriptif / about"),
        _URL,
        _SOURCE,
        Field("parent", "id", Label("fait partie de", "part of"), Label("l'autorité dont l'acteur est un service", "the authority the actor is a department of"), reference=Reference("actors", "PART_OF"), also="rattachement / rattaché à / service de / direction de / autorité de rattachement / structure de rattachement / organisation mère / parent organisation / parent organization / belongs to / department of / appartient à / dépend de"),
        Field("identifier", "id", Label("numéro officiel", "official number"), Label("SIREN, SIRET ou UID", "SIREN, SIRET or UID"), also="siren / siret / n° siret / n° siren / numéro siret / numéro siren / code siret / code siren / uid / ide / numéro officiel / official number / registration number / identifiant officiel / insee / code insee / numéro ofs / ofs / bfs / bfs number"),
        Field("article", "code", Label("article", "article"), Label("l'article français du nom, pour des phrases qui se lisent bien ; vide : aucun", "the French article of the name, for sentences that read well; empty: none"), codes=v.ARTICLES),
        _VISIBILITY,
    ),
    ("id",),
    node="Actor",
    required=True,
    also="acteur / organisations / organisation / organization / organizations / organismes / organisme / structures / structure / partenaires / partners / entités / entities / nodes / node / nœuds / noeuds / sommets / vertices / elements / éléments / agents / institutions / stakeholders / parties prenantes / producteurs / publishers / services et partenaires / nodelist / node list / alters / personnes / people / bodies",
)  # fmt: skip

DATASETS = Table(
    "datasets",
    Label("Jeux de données", "Datasets"),
    Label("les données détenues, attendues ou demandées", "data that are held, expected or asked for"),
    (
        _id(Label("le jeu", "the dataset")),
        _text("title", "titre", "title", "titre du jeu", "title of the dataset", also="nom / name / nom du jeu / nom du jeu de données / titre du jeu / intitulé / libellé / label / jeu de données / jeu / donnée / données / dataset / dataset name / dataset title / data / base de données / nom de la donnée / quelle donnée / quelles données"),
        _IN,
        Field("holder", "id", Label("détenteur", "holder"), Label("l'acteur qui détient le jeu", "the actor that holds the dataset"), reference=Reference("actors", "HOLDS", inward=True), also="détenteur / détenu par / producteur / productrice / producer / publisher / éditeur / organisation / organization / organisme / propriétaire / owner / responsable / held by / qui détient / qui a la donnée / who holds / who holds it / gestionnaire / fournisseur / provider / source / acteur / actor / service producteur / administrateur / nom producteur / producteur nom / diffuseur"),
        _THEME,
        Field("access", "code", Label("accès", "access"), Label("qui peut l'atteindre", "who can reach it"), codes=v.ACCESS, also="ouverture / ouvert / open / niveau d'accès / access level / access rights / droits d'accès / accessibilité / statut d'accès / disponibilité / availability / conditions d'accès"),
        Field("personal_data", "code", Label("données personnelles", "personal data"), Label("contient des données personnelles", "holds personal data"), codes=v.PERSONAL_DATA, also="données à caractère personnel / rgpd / gdpr / dcp / données perso / personal / personnelles / contains personal data / contient des données personnelles"),
        _text("format", "format", "format", "formats de diffusion", "distribution formats", also="formats / format de fichier / file format / type de fichier / formats disponibles"),
        _text("licence", "licence", "licence", "licence de réutilisation", "licence for re-use", also="license / licence de réutilisation / conditions de réutilisation / rights / droits"),
        _text("frequency", "fréquence", "frequency", "rythme de mise à jour", "how often it is updated", also="fréquence de mise à jour / mise à jour / périodicité / update frequency / rythme / accrual periodicity / actualisation / updated"),
        _URL,
        _SOURCE,
        _VISIBILITY,
    ),
    ("id",),
    node="Dataset",
    also="jeu de données / jeux / jeu / données / data / dataset / inventaire / inventaire des données / inventory / catalogue / catalog / catalogue de données / data catalogue / ressources / resources / bases de données / databases",
)  # fmt: skip

FLOWS = Table(
    "flows",
    Label("Flux", "Flows"),
    Label(
        "qui passe quelle donnée à qui : un souhait, un refus, un abandon sont des flux aussi",
        "who passes which data to whom: a wish, a refusal, an abandoned flow are flows too",
    ),
    (
        _id(Label("le flux", "the flow")),
        Field("dataset", "id", Label("jeu de données", "dataset"), Label("ce qui passe ; vide si inconnu", "what is passed; empty if not known"), reference=Reference("datasets", "OF"), also="jeu / jeux de données / donnée / données / données échangées / donnée échangée / données transmises / donnée transmise / data / datasets / quelle donnée / quelles données / which data / what data / objet / contenu / content / jeu transmis / flux / what is shared / type de données / nom du jeu / titre du jeu / data shared / quoi / what / jeu concerné / données concernées / nature des données / information / informations / informations échangées"),
        Field("provider", "id", Label("fournisseur", "provider"), Label("l'acteur qui donne", "the actor that gives"), required=True, reference=Reference("actors", "PROVIDES", inward=True), also="de / from / source / src / start / origine / origin / émetteur / emetteur / sender / donneur / donne / qui donne / qui fournit / qui envoie / who gives / who provides / fournit / fourni par / provided by / given by / fournisseur de données / data provider / détenteur / holder / acteur source / acteur 1 / acteur a / source actor / actor 1 / actor a / noeud source / source node / de qui / from whom / ego / tail / sender name / emettrice / producteur / node1 / node 1 / v1 / i / from id / source id / fournisseur id"),
        Field("recipient", "id", Label("destinataire", "recipient"), Label("l'acteur qui reçoit", "the actor that receives"), required=True, reference=Reference("actors", "TO"), also="à / vers / to / target / destination / dst / end / cible / receveur / récepteur / réceptionnaire / receiver / reçoit / qui reçoit / à qui / a qui / pour qui / who receives / to whom / received by / reçu par / bénéficiaire / beneficiary / utilisateur / user / acteur cible / acteur 2 / acteur b / target actor / actor 2 / actor b / noeud cible / target node / alter / head / consommateur / réutilisateur / node2 / node 2 / v2 / j / to id / target id / destinataire id"),
        Field("status", "code", Label("état", "status"), Label("où en est le flux ; colonne absente : actif", "how far the flow has come; column absent: active"), required=True, codes=v.STATUSES, default="active", also="statut / statut du flux / état du flux / état d'avancement / avancement / state / situation / où en est on / actif ou non / étape / stage"),
        Field("mode", "code", Label("instrument", "instrument"), Label("ce qui encadre le partage", "what the sharing rests on"), codes=v.MODES, also="mode / modalité / modalités / cadre / cadre juridique / base juridique / legal basis / type d'accord / agreement / accord / encadrement / support juridique / instrument juridique / instrument of sharing / sous quel cadre / conventionnement"),
        Field("barrier", "code", Label("obstacle", "barrier"), Label("ce qui freine ou bloque", "what slows or stops it"), codes=v.BARRIERS, also="frein / freins / blocage / blocages / obstacles / difficulté / difficultés / barriers / obstacle rencontré / difficulty / what blocks / ce qui bloque / problème / issue"),
        Field("weight", "number", Label("poids", "weight"), Label("force ou fréquence de l'échange ; vide : compte pour 1", "how strong or frequent the exchange is; empty: counts 1"), between=(0, 1_000_000_000), also="poids du lien / force / intensité / strength / intensity / value / valeur / fréquence / frequency / fréquence des échanges / fréquence d'échange / frequency of exchange / nombre / nombre d'échanges / count / n / volume / weights / tie strength / fois par an / importance / weighted"),
        _text("note", "note", "note", "ce que dit la source", "what the source says", also="notes / commentaire / commentaires / comment / comments / remarque / remarques / remarks / observation / observations / description / précisions / détails / details"),
        _SOURCE,
        Field("declared_by", "code", Label("déclaré par", "declared by"), Label("qui a déclaré le flux", "who reported the flow"), codes=v.DECLARED_BY, also="déclaré par / déclarant / declared by / reported by / répondant / respondent / rapporté par / qui le dit"),
        Field("since", "date", Label("depuis", "since"), Label("début du flux", "when the flow began"), also="depuis quand / date de début / début / start date / since when / depuis le / année / year / from date / begin / start year"),
        _VISIBILITY,
    ),
    ("id",),
    node="Flow",
    numbers_rows=True,
    also="flux de données / flow / data flows / échanges / echange / exchanges / partages / partage / sharing / transferts / transfers / edges / edge / arêtes / arcs / connections / connexions / links / link / edge list / edgelist / liens de données / circulation / transmissions / relations / relationships / edges of ego",
)  # fmt: skip

NEEDS = Table(
    "needs",
    Label("Besoins", "Needs"),
    Label("qui a besoin de quelle donnée, et pour quoi", "who needs which data, and what for"),
    (
        _id(Label("le besoin", "the need")),
        Field("actor", "id", Label("acteur", "actor"), Label("l'acteur qui l'exprime", "the actor that expresses it"), required=True, reference=Reference("actors", "EXPRESSES", inward=True), also="demandeur / qui / who / qui a besoin / who needs / exprimé par / expressed by / organisation / organization / organisme / structure / nom / name / acteur demandeur / requester / requested by / service / service demandeur"),
        _THEME,
        Field("dataset", "id", Label("jeu de données", "dataset"), Label("le jeu demandé ; vide si aucun n'est nommé", "the dataset asked for; empty if none is named"), reference=Reference("datasets", "FOR"), also="jeu / donnée / données / donnée demandée / données demandées / donnée attendue / donnée manquante / jeu demandé / data / data needed / which data / quelle donnée / quelles données / dataset needed / requested dataset / jeu attendu"),
        _text("purpose", "but", "purpose", "pour quoi faire", "what it is for", also="objectif / finalité / usage / pour quoi / pour quoi faire / pourquoi / use / use case / why / what for / goal / cas d'usage / description / besoin / need / note / commentaire / commentaires / comment"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("id",),
    node="Need",
    numbers_rows=True,
    also="besoin / need / demandes / demande / requests / attentes / manques / données manquantes / missing data / besoins de données / data needs / souhaits",
)  # fmt: skip

SERVICES = Table(
    "services",
    Label("Services", "Services"),
    Label("les services qui reposent sur des données", "services that rest on data"),
    (
        _id(Label("le service", "the service")),
        _text("name", "nom", "name", "nom d'usage", "usual name", also="service / nom du service / service name / intitulé / titre / title / label / libellé / application / projet / project / cas d'usage / use case"),
        _IN,
        Field("operator", "id", Label("porteur", "operator"), Label("l'acteur qui le fait vivre", "the actor that runs it"), reference=Reference("actors", "OPERATES", inward=True), also="opérateur / porté par / run by / operated by / exploitant / responsable / acteur / actor / organisation / organization / qui le porte / pilote / fournisseur"),
        Field("datasets", "list", Label("jeux de données", "datasets"), Label("les jeux utilisés ou requis", "the datasets it uses or requires"), reference=Reference("datasets", "USES"), also="données / données utilisées / jeux utilisés / jeux / data / data used / datasets used / dataset / jeu de données / jeux de données utilisés / requiert / uses"),
        _THEME,
        Field("status", "code", Label("état", "status"), Label("où en est le service", "how far the service has come"), codes=v.SERVICE_STATUSES, also="statut / état d'avancement / avancement / state / stage / maturité / phase"),
        _text("description", "description", "description", "en une phrase", "in one sentence", also="commentaire / commentaires / comment / comments / remarque / notes / note / descriptif"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("id",),
    node="Service",
    also="service / services numériques / cas d'usage / use cases / applications / projets / projects / usages / produits / products",
)  # fmt: skip

TIES = Table(
    "ties",
    Label("Liens", "Ties"),
    Label("les liens entre acteurs qui ne sont pas des données", "links between actors that are not data"),
    (
        _id(Label("le lien", "the tie")),
        Field("from", "id", Label("de", "from"), Label("premier acteur", "first actor"), required=True, reference=Reference("actors", "TIED_TO", inward=True), also="source / acteur 1 / acteur a / actor 1 / actor a / premier acteur / first actor / qui / who / start / origine / origin / from id / source id"),
        Field("to", "id", Label("à", "to"), Label("second acteur", "second actor"), required=True, reference=Reference("actors", "TIED_TO"), also="vers / target / avec / with / avec qui / with whom / acteur 2 / acteur b / actor 2 / actor b / second acteur / second actor / destination / cible / end / to id / target id"),
        Field("kind", "code", Label("nature", "kind"), Label("sorte de lien", "what kind of tie"), codes=v.TIE_KINDS, also="type / type de lien / nature du lien / tie type / kind of tie / sorte / relation / relationship / catégorie / category / lien"),
        Field("weight", "number", Label("poids", "weight"), Label("force ou fréquence du lien ; vide : compte pour 1", "how strong or frequent the tie is; empty: counts 1"), between=(0, 1_000_000_000), also="poids du lien / force / intensité / strength / intensity / value / valeur / fréquence / frequency / fréquence des échanges / fréquence d'échange / frequency of exchange / nombre / nombre d'échanges / count / n / volume / weights / tie strength / fois par an / importance / weighted"),
        _text("description", "description", "description", "en une phrase", "in one sentence", also="note / notes / commentaire / commentaires / comment / comments / remarque / objet / intitulé / label"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("id",),
    relationship="TIED_TO",
    numbers_rows=True,
    also="lien / liens entre acteurs / liens institutionnels / tie / partenariats / partnerships / relations entre acteurs / conventions / adhésions / memberships / gouvernance / contrats / actor ties",
)  # fmt: skip

MATURITY = Table(
    "maturity",
    Label("Maturité", "Maturity"),
    Label(
        "lecture de la maturité par dimension : un outil de dialogue, jamais un classement",
        "a reading of maturity by dimension: a tool of dialogue, never a league table",
    ),
    (
        Field("territory", "id", Label("territoire", "territory"), Label("territoire lu", "the territory that is read"), required=True, reference=Reference("territories", "ASSESSES")),
        Field("dimension", "code", Label("dimension", "dimension"), Label("ce qui est lu", "what is read"), required=True, codes=v.DIMENSIONS, also="axe / axis / domaine / thème / theme / critère / criterion"),
        Field("level", "integer", Label("niveau", "level"), Label("de 0 à 4 ; vide sans lecture claire", "0 to 4; empty without a clear reading"), codes=v.LEVELS, unit="level", also="note / score / niveau de maturité / maturity level / degré / grade / valeur / value"),
        _text("evidence", "indice", "evidence", "sur quoi repose la lecture", "what the reading rests on", also="preuve / justification / commentaire / commentaires / comment / comments / indices / éléments / observation"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("territory", "dimension"),
    node="Assessment",
    also="maturité numérique / maturité / digital maturity / évaluation / assessment / diagnostic / auto évaluation / questionnaire",
)  # fmt: skip

PRECONISATIONS = Table(
    "preconisations",
    Label("Préconisations", "Recommendations"),
    Label("recommandations du rapport final de DataCités 2", "recommendations of the final report of DataCités 2"),
    (
        Field("number", "integer", Label("numéro", "number"), Label("rang dans le rapport", "place in the report"), required=True, between=(0, 100_000), also="num / numéro / numéro de préconisation / rang / rank / id"),
        _text("title", "titre", "title", "la recommandation", "the recommendation", also="préconisation / recommandation / recommendation / intitulé / libellé / texte / text"),
        _text("theme", "sujet", "subject", "ce dont elle parle", "what it is about", also="thème / thématique / topic"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("number",),
    node="Recommendation",
    also="préconisation / recommandations / recommendations / recommandation / recommendation",
)  # fmt: skip

ENSEIGNEMENTS = Table(
    "enseignements",
    Label("Enseignements", "Lessons"),
    Label("leçons de DataCités 1 et 2", "lessons of DataCités 1 and 2"),
    (
        _text("edition", "édition", "edition", "recherche et document", "research and document", required=True, also="édition / document / recherche / research"),
        Field("number", "integer", Label("numéro", "number"), Label("rang dans le document", "place in the document"), between=(0, 100_000), also="num / numéro / rang / rank / id"),
        _text("title", "titre", "title", "la leçon", "the lesson", required=True, also="enseignement / leçon / lesson / intitulé / libellé / texte / text"),
        _text("theme", "sujet", "subject", "ce dont elle parle", "what it is about", also="thème / thématique / topic"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("edition", "title"),
    node="Lesson",
    also="enseignement / leçons / lessons / lesson / leçon",
)  # fmt: skip

SOURCES = Table(
    "sources",
    Label("Sources", "Sources"),
    Label("les pages et documents lus", "the pages and documents that were read"),
    (
        _id(Label("la source", "the source")),
        _text("title", "titre", "title", "titre du document", "title of the document", also="nom / name / intitulé / libellé / document / entretien / interview / label / source"),
        _text("publisher", "éditeur", "publisher", "qui l'a publié", "who published it", also="auteur / author / publié par / published by / organisme / organisation / organization / editor"),
        _URL,
        Field("date", "date", Label("date", "date"), Label("date du document", "date of the document"), also="date de publication / publication date / publié le / published / année / year / date du document"),
        _text("supports", "appuie", "supports", "ce que le document atteste", "what the document attests", also="atteste / appuie / ce que dit la source / attests / what it supports / contenu / note / notes / commentaire"),
        _VISIBILITY,
    ),
    ("id",),
    node="Source",
    also="source / références / references / bibliographie / bibliography / documents / entretiens / interviews / provenance",
)  # fmt: skip

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        TERRITORIES,
        ACTORS,
        DATASETS,
        FLOWS,
        NEEDS,
        SERVICES,
        TIES,
        MATURITY,
        PRECONISATIONS,
        ENSEIGNEMENTS,
        SOURCES,
    )
}
"""Every table, by name, in the order of the data dictionary."""


def edges() -> Iterator[tuple[str, str, str]]:
    """Every relationship of the graph as (label of its start, type, label of its end)."""
    for table in TABLES.values():
        if table.relationship:
            yield ("Actor", table.relationship, "Actor")
            continue
        assert table.node is not None
        for field in table.references:
            reference = field.reference
            assert reference is not None
            other = TABLES[reference.table].node
            assert other is not None
            ends = (other, table.node) if reference.inward else (table.node, other)
            yield (ends[0], reference.relationship, ends[1])
