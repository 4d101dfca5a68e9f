"""What a page is told: the contract between the tables and the page.

The page model is a plain dictionary that JSON can hold. Texts of the product are `Words`
({"fr": …, "en": …}); texts of the data are strings and stay in their language. Actors, datasets
and findings refer to each other by their position in their list.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from ecosystem.vocabulary import Language


class Words(TypedDict):
    """The same words in both languages."""

    fr: str
    en: str


class Measure(TypedDict):
    """What the size of an actor shows."""

    name: str
    label: Words
    reading: Words


class Measured(Measure):
    """A measure that size or colour may show, with the value of each actor."""

    values: list[float | int | None]


class Stability(TypedDict):
    """How far the rank of an actor can be trusted; `verdict` is a code, None where none is given.

    `high` is None where the actor at times connects nobody.
    """

    low: int
    high: int | None
    top_share: float | None
    verdict: str | None


class Assessment(TypedDict):
    """A reading of the maturity of a territory in one dimension."""

    territory: str
    dimension: str
    level: int | None
    evidence: str | None
    source: str | None


class Broker(TypedDict):
    """Why an actor is listed among those who hold the network together; rank 1 is first."""

    rank: int
    text: Words


class Actor(TypedDict):
    """One actor. `size` is the measure scaled to 0..1, `value` the measure itself.

    `public` stands for the general public: its flows are drawn light. `outside` is a partner
    from elsewhere. Labels appear in the order of `label_rank`. `gaps` are positions in `findings`.
    `role` is what it does as a broker, `community` the group of actors it shares most with.
    """

    n: int
    id: str
    name: str
    territory: str | None
    sector: str | None
    type: str | None
    description: str | None
    url: str | None
    parent: int | None
    outside: bool
    public: bool
    x: float
    y: float
    size: float
    value: float | None
    label_rank: int
    broker: Broker | None
    role: Words | None
    community: int
    stability: Stability | None
    gaps: list[int]
    source: str | None


class Dataset(TypedDict):
    """One dataset; `holder` is the position of an actor."""

    n: int
    id: str
    title: str
    holder: int | None
    theme: str | None
    access: str | None
    personal_data: str | None
    format: str | None
    licence: str | None
    url: str | None
    x: float
    y: float
    source: str | None


class Flow(TypedDict):
    """Data passed from `provider` to `recipient`, both positions of actors."""

    id: str
    provider: int
    recipient: int
    dataset: int | None
    status: str
    mode: str | None
    barrier: str | None
    note: str | None
    source: str | None


class Need(TypedDict):
    """What an actor needs; `met` None: cannot be told."""

    id: str
    actor: int
    theme: str | None
    dataset: int | None
    purpose: str | None
    source: str | None
    met: bool | None


class Finding(TypedDict):
    """One gap. Grouped in the panel by `reason`, whose words are in `codes["reason"]`."""

    id: str
    reason: str
    detector: str
    sentence: Words
    next_step: Words
    actors: list[int]
    datasets: list[int]
    flows: list[str]
    severity: str | None


class Conversation(TypedDict):
    """One step to take: `list` and the names of `parts` are codes; `findings` are positions.

    `number` is its place in the list of what is to bring about, which marks the actors to see and the
    flows that would change; None on the other lists.
    """

    id: str
    list: str
    number: int | None
    title: Words
    parts: list[tuple[str, list[Words]]]
    actors: list[int]
    met: list[int]
    """Of its actors, those whom one would see."""
    datasets: list[int]
    flows: list[str]
    findings: list[int]


class Source(TypedDict):
    """Where a row comes from."""

    title: str
    publisher: str | None
    url: str | None
    date: str | None


class PageModel(TypedDict):
    """All that a page shows."""

    language: Language
    title: Words
    reading: Words
    notice: Words | None
    """Who the copy is for, if that must be said."""
    caution: Words | None
    """How counts and what is unknown are to be read in a copy, if something may be left out."""
    date: str | None
    licence: Words
    measure: Measure
    measures: list[Measured]
    colour: str
    """`sector`, or the measure that colour shows at first."""
    compared: list[str]
    """The territories that are shown side by side."""
    maturity: list[Assessment]
    codes: dict[str, dict[str, Words]]
    territories: dict[str, str]
    regions: NotRequired[bool]
    """Draw a captioned block around each territory (its layout was made by groups)."""
    actors: list[Actor]
    datasets: list[Dataset]
    flows: list[Flow]
    needs: list[Need]
    findings: list[Finding]
    conversations: list[Conversation]
    sources: dict[str, Source]
