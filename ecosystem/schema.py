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
    """Without an `id` column the rows are numbered: `flow-1`, `flow-2` (nothing refers to them)."""

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
    )


_CITES = Reference("sources", "CITES")
_SOURCE = Field(
    "source",
    "id",
    Label("source", "source"),
    Label("d'où vient la ligne", "where the row comes from"),
    reference=_CITES,
)
_URL = Field("url", "url", Label("adresse", "address"), Label("page publique", "public page"))
_VISIBILITY = Field(
    "visibility",
    "code",
    Label("visibilité", "visibility"),
    Label(
        "à qui la ligne peut être montrée ; vide : public",
        "who may be shown the row; empty: public",
    ),
    codes=v.VISIBILITIES,
)
_THEME = Field(
    "theme",
    "code",
    Label("thème", "theme"),
    Label("thème européen de données (DCAT-AP)", "EU data theme (DCAT-AP)"),
    codes=v.THEMES,
)
_IN = Field(
    "territory",
    "id",
    Label("territoire", "territory"),
    Label("territoire de rattachement", "the territory it belongs to"),
    reference=Reference("territories", "IN"),
)


def _text(
    name: str, fr: str, en: str, meaning_fr: str, meaning_en: str, *, required: bool = False
) -> Field:
    meaning = Label(meaning_fr, meaning_en)
    return Field(name, "text", Label(fr, en), meaning, required=required)


TERRITORIES = Table(
    "territories",
    Label("Territoires", "Territories"),
    Label("les territoires étudiés et les échelles au-dessus", "the territories studied and the levels above them"),
    (
        _id(Label("le territoire", "the territory")),
        _text("name", "nom", "name", "nom d'usage", "usual name"),
        Field("kind", "code", Label("nature", "kind"), Label("statut du territoire", "what kind of territory"), codes=v.TERRITORY_KINDS),
        _text("country", "pays", "country", "code ISO 3166-1 à deux lettres", "two-letter ISO 3166-1 code"),
        Field("official_code", "id", Label("code officiel", "official code"), Label("code INSEE (commune) ou SIREN (intercommunalité)", "INSEE code (municipality) or SIREN (grouping)")),
        Field("population", "integer", Label("population", "population"), Label("nombre d'habitants", "number of inhabitants"), unit="inhabitants", between=(0, 10_000_000_000)),
        Field("population_year", "integer", Label("année de la population", "population year"), Label("année du décompte", "year of the count"), unit="year", between=YEARS),
        _URL,
        _text("description", "description", "description", "en une phrase", "in one sentence"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("id",),
    node="Territory",
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
        _text("name", "nom", "name", "nom d'usage ; absent : l'identifiant", "usual name; absent: the identifier"),
        _IN,
        Field("type", "code", Label("type", "type"), Label("sorte d'acteur", "what kind of actor"), codes=v.ACTOR_TYPES),
        Field("sector", "code", Label("secteur", "sector"), Label("secteur institutionnel", "institutional sector"), codes=v.SECTORS),
        _text("description", "description", "description", "en une phrase", "in one sentence"),
        _URL,
        _SOURCE,
        Field("parent", "id", Label("fait partie de", "part of"), Label("l'autorité dont l'acteur est un service", "the authority the actor is a department of"), reference=Reference("actors", "PART_OF")),
        Field("identifier", "id", Label("numéro officiel", "official number"), Label("SIREN, SIRET ou UID", "SIREN, SIRET or UID")),
        _VISIBILITY,
    ),
    ("id",),
    node="Actor",
    required=True,
)  # fmt: skip

DATASETS = Table(
    "datasets",
    Label("Jeux de données", "Datasets"),
    Label("les données détenues, attendues ou demandées", "data that are held, expected or asked for"),
    (
        _id(Label("le jeu", "the dataset")),
        _text("title", "titre", "title", "titre du jeu", "title of the dataset"),
        _IN,
        Field("holder", "id", Label("détenteur", "holder"), Label("l'acteur qui détient le jeu", "the actor that holds the dataset"), reference=Reference("actors", "HOLDS", inward=True)),
        _THEME,
        Field("access", "code", Label("accès", "access"), Label("qui peut l'atteindre", "who can reach it"), codes=v.ACCESS),
        Field("personal_data", "code", Label("données personnelles", "personal data"), Label("contient des données personnelles", "holds personal data"), codes=v.PERSONAL_DATA),
        _text("format", "format", "format", "formats de diffusion", "distribution formats"),
        _text("licence", "licence", "licence", "licence de réutilisation", "licence for re-use"),
        _text("frequency", "fréquence", "frequency", "rythme de mise à jour", "how often it is updated"),
        _URL,
        _SOURCE,
        _VISIBILITY,
    ),
    ("id",),
    node="Dataset",
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
        Field("dataset", "id", Label("jeu de données", "dataset"), Label("ce qui passe ; vide si inconnu", "what is passed; empty if not known"), reference=Reference("datasets", "OF")),
        Field("provider", "id", Label("fournisseur", "provider"), Label("l'acteur qui donne", "the actor that gives"), required=True, reference=Reference("actors", "PROVIDES", inward=True)),
        Field("recipient", "id", Label("destinataire", "recipient"), Label("l'acteur qui reçoit", "the actor that receives"), required=True, reference=Reference("actors", "TO")),
        Field("status", "code", Label("état", "status"), Label("où en est le flux ; colonne absente : actif", "how far the flow has come; column absent: active"), required=True, codes=v.STATUSES, default="active"),
        Field("mode", "code", Label("instrument", "instrument"), Label("ce qui encadre le partage", "what the sharing rests on"), codes=v.MODES),
        Field("barrier", "code", Label("obstacle", "barrier"), Label("ce qui freine ou bloque", "what slows or stops it"), codes=v.BARRIERS),
        _text("note", "note", "note", "ce que dit la source", "what the source says"),
        _SOURCE,
        Field("declared_by", "code", Label("déclaré par", "declared by"), Label("qui a déclaré le flux", "who reported the flow"), codes=v.DECLARED_BY),
        Field("since", "date", Label("depuis", "since"), Label("début du flux", "when the flow began")),
        _VISIBILITY,
    ),
    ("id",),
    node="Flow",
    required=True,
    numbers_rows=True,
)  # fmt: skip

NEEDS = Table(
    "needs",
    Label("Besoins", "Needs"),
    Label("qui a besoin de quelle donnée, et pour quoi", "who needs which data, and what for"),
    (
        _id(Label("le besoin", "the need")),
        Field("actor", "id", Label("acteur", "actor"), Label("l'acteur qui l'exprime", "the actor that expresses it"), required=True, reference=Reference("actors", "EXPRESSES", inward=True)),
        _THEME,
        Field("dataset", "id", Label("jeu de données", "dataset"), Label("le jeu demandé ; vide si aucun n'est nommé", "the dataset asked for; empty if none is named"), reference=Reference("datasets", "FOR")),
        _text("purpose", "but", "purpose", "pour quoi faire", "what it is for"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("id",),
    node="Need",
    numbers_rows=True,
)  # fmt: skip

SERVICES = Table(
    "services",
    Label("Services", "Services"),
    Label("les services qui reposent sur des données", "services that rest on data"),
    (
        _id(Label("le service", "the service")),
        _text("name", "nom", "name", "nom d'usage", "usual name"),
        _IN,
        Field("operator", "id", Label("porteur", "operator"), Label("l'acteur qui le fait vivre", "the actor that runs it"), reference=Reference("actors", "OPERATES", inward=True)),
        Field("datasets", "list", Label("jeux de données", "datasets"), Label("les jeux utilisés ou requis", "the datasets it uses or requires"), reference=Reference("datasets", "USES")),
        _THEME,
        Field("status", "code", Label("état", "status"), Label("où en est le service", "how far the service has come"), codes=v.SERVICE_STATUSES),
        _text("description", "description", "description", "en une phrase", "in one sentence"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("id",),
    node="Service",
)  # fmt: skip

TIES = Table(
    "ties",
    Label("Liens", "Ties"),
    Label("les liens entre acteurs qui ne sont pas des données", "links between actors that are not data"),
    (
        _id(Label("le lien", "the tie")),
        Field("from", "id", Label("de", "from"), Label("premier acteur", "first actor"), required=True, reference=Reference("actors", "TIED_TO", inward=True)),
        Field("to", "id", Label("à", "to"), Label("second acteur", "second actor"), required=True, reference=Reference("actors", "TIED_TO")),
        Field("kind", "code", Label("nature", "kind"), Label("sorte de lien", "what kind of tie"), codes=v.TIE_KINDS),
        _text("description", "description", "description", "en une phrase", "in one sentence"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("id",),
    relationship="TIED_TO",
    numbers_rows=True,
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
        Field("dimension", "code", Label("dimension", "dimension"), Label("ce qui est lu", "what is read"), required=True, codes=v.DIMENSIONS),
        Field("level", "integer", Label("niveau", "level"), Label("de 0 à 4 ; vide sans lecture claire", "0 to 4; empty without a clear reading"), codes=v.LEVELS, unit="level"),
        _text("evidence", "indice", "evidence", "sur quoi repose la lecture", "what the reading rests on"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("territory", "dimension"),
    node="Assessment",
)  # fmt: skip

PRECONISATIONS = Table(
    "preconisations",
    Label("Préconisations", "Recommendations"),
    Label("recommandations du rapport final de DataCités 2", "recommendations of the final report of DataCités 2"),
    (
        Field("number", "integer", Label("numéro", "number"), Label("rang dans le rapport", "place in the report"), required=True, between=(0, 100_000)),
        _text("title", "titre", "title", "la recommandation", "the recommendation"),
        _text("theme", "sujet", "subject", "ce dont elle parle", "what it is about"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("number",),
    node="Recommendation",
)  # fmt: skip

ENSEIGNEMENTS = Table(
    "enseignements",
    Label("Enseignements", "Lessons"),
    Label("leçons de DataCités 1 et 2", "lessons of DataCités 1 and 2"),
    (
        _text("edition", "édition", "edition", "recherche et document", "research and document", required=True),
        Field("number", "integer", Label("numéro", "number"), Label("rang dans le document", "place in the document"), between=(0, 100_000)),
        _text("title", "titre", "title", "la leçon", "the lesson", required=True),
        _text("theme", "sujet", "subject", "ce dont elle parle", "what it is about"),
        _SOURCE,
        _VISIBILITY,
    ),
    ("edition", "title"),
    node="Lesson",
)  # fmt: skip

SOURCES = Table(
    "sources",
    Label("Sources", "Sources"),
    Label("les pages et documents lus", "the pages and documents that were read"),
    (
        _id(Label("la source", "the source")),
        _text("title", "titre", "title", "titre du document", "title of the document"),
        _text("publisher", "éditeur", "publisher", "qui l'a publié", "who published it"),
        _URL,
        Field("date", "date", Label("date", "date"), Label("date du document", "date of the document")),
        _text("supports", "appuie", "supports", "ce que le document atteste", "what the document attests"),
        _VISIBILITY,
    ),
    ("id",),
    node="Source",
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
