"""DCAT catalogues (DCAT-AP 2 and 3, DCAT-AP CH) in Turtle, RDF/XML, JSON-LD or N-Triples, read by rdflib."""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from typing import Any

from ecosystem.formats.catalogues import Catalogue, Dataset, formats_of, is_open, preferred
from ecosystem.formats.material import Material
from ecosystem.formats.opening import Entry, refused
from ecosystem.labels import Label
from ecosystem.tables.repairs import Place, Repair

_BY_ENDING = {
    ".ttl": "turtle",
    ".n3": "n3",
    ".nt": "nt",
    ".nq": "nquads",
    ".trig": "trig",
    ".rdf": "xml",
    ".jsonld": "json-ld",
}
_DCAT = b"www.w3.org/ns/dcat#"


def is_dcat(entry: Entry) -> bool:
    """Whether a file is a catalogue in RDF."""
    return _syntax(entry) is not None


def _syntax(entry: Entry) -> str | None:
    """The syntax of a file in RDF that speaks of datasets; None if it is none."""
    start = entry.data[:200_000]
    if _DCAT not in start and _DCAT not in entry.data:
        return None
    if entry.ending in _BY_ENDING:
        return _BY_ENDING[entry.ending]
    if entry.start[:1] in (b"{", b"["):
        return "json-ld" if b"@" in start else None
    if entry.start[:1] == b"<":
        return (
            "xml"
            if b"rdf:RDF" in start or b"RDF" in start[:2000]
            else "nt"
            if b"<http" in start[:20]
            else None
        )
    if b"@prefix" in start.lower() or b"prefix " in start.lower()[:2000]:
        return "turtle"
    return None


def read_dcat(entry: Entry) -> Material:
    """The datasets of a catalogue: publisher, theme, access rights, licence, formats.

    Raises
    ------
    DataError
        If it is not well formed.
    """
    import rdflib
    from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

    syntax = _syntax(entry)
    if b"<!ENTITY" in entry.data and syntax == "xml" and entry.data.count(b"<!ENTITY") > 40:
        raise _wrong(entry, "XML entities")
    if syntax == "json-ld":
        _refuse_remote(entry)
    graph = rdflib.Graph()
    # What a date or an address of a catalogue lacks is not for the screen.
    logging.getLogger("rdflib").setLevel(logging.CRITICAL + 1)
    try:
        graph.parse(data=entry.data, format=syntax)
    except Exception as error:  # parsers raise whatever they stumble on
        line = re.search(r"line:? \d+", str(error))
        raise _wrong(entry, line[0] if line else type(error).__name__) from error
    made = Catalogue(
        Place(entry.name), Label(f"catalogue DCAT ({syntax})", f"DCAT catalogue ({syntax})")
    )
    reader = _Reader(graph, made, DCAT, DCTERMS, FOAF)
    nodes = sorted(set(graph.subjects(RDF.type, DCAT.Dataset)), key=reader.place)
    tails = Counter(map(_tail, nodes))
    for node in nodes:
        short = tails[_tail(node)] == 1 and len(_tail(node)) > 2
        key = reader.said(node) or (_tail(node) if short else str(node))
        made.datasets.append(reader.dataset(node, key))
    _told(graph, reader, made, DCAT)
    return made.material()


def _refuse_remote(entry: Entry) -> None:
    """Refuse JSON-LD whose context is on the web: reading a file asks nobody for anything."""

    def remote(held: Any) -> str | None:
        if isinstance(held, dict):
            context = held.get("@context")
            for one in context if isinstance(context, list) else [context]:
                if isinstance(one, str):
                    return one
            return next(filter(None, map(remote, held.values())), None)
        return next(filter(None, map(remote, held)), None) if isinstance(held, list) else None

    try:
        found = remote(json.loads(entry.data))
    except (ValueError, RecursionError):
        return  # the reader says what is wrong with it
    if found is not None:
        raise refused(
            entry.name, f"son contexte JSON-LD est à une adresse ({found}), qui n'est pas demandée",
            f"its JSON-LD context is at an address ({found}), which is not asked for",
            Label("mettez le contexte dans le fichier, ou donnez le catalogue en Turtle ou en RDF/XML",
                  "put the context into the file, or give the catalogue as Turtle or RDF/XML"),
        )  # fmt: skip


class _Reader:
    """Datasets of a graph; values that many share are read once."""

    def __init__(self, graph: Any, made: Catalogue, dcat: Any, dcterms: Any, foaf: Any) -> None:
        self.graph, self.made, self.dcat, self.dcterms, self.foaf = graph, made, dcat, dcterms, foaf
        self.languages: set[str] = set()
        self.several_themes = False
        self._agents: dict[Any, str] = {}

    def said(self, node: Any) -> str:
        """What a node without an address is called: its number in a file is another each time it is read."""
        from rdflib import BNode

        if not isinstance(node, BNode):
            return ""
        number = self._literal(node, self.dcterms.identifier)
        return number or self._literal(node, self.dcterms.title) or "?"

    def place(self, node: Any) -> tuple[str, str, str]:
        """What to sort nodes by: the same however a file numbers those without an address."""
        said = self.said(node)
        whole = sorted(
            f"{p} {o}" for p, o in self.graph.predicate_objects(node) if said and _plain(o)
        )
        name = self._literal(node, self.foaf.name)
        return (said or str(node), name, "\n".join(whole))

    def dataset(self, node: Any, key: str) -> Dataset:
        """A dataset as its columns."""
        graph, dcat, dcterms = self.graph, self.dcat, self.dcterms
        distributions = list(graph.objects(node, dcat.distribution))
        licences = [self._name(x) for d in distributions for x in graph.objects(d, dcterms.license)]
        licences += [self._name(x) for x in graph.objects(node, dcterms.license)]
        licences += (
            [self._name(x) for d in distributions for x in graph.objects(d, dcterms.rights)]
            if not licences
            else []
        )
        licences = sorted(filter(None, set(licences)))
        formats = sorted(
            {
                _tail(x)
                for d in distributions
                for x in (*self._all(d, dcterms["format"]), *self._all(d, dcat.mediaType))
            }
        )
        themes = self._all(node, dcat.theme)
        self.several_themes |= len(themes) > 1
        european = [t for t in themes if "data-theme/" in t]
        landing = next(iter(self._all(node, dcat.landingPage)), "")
        rights = next(iter(self._all(node, dcterms.accessRights)), "")
        licence = licences[0] if licences else ""
        access = rights.rsplit("/", 1)[-1] if "access-right" in rights else ""
        return Dataset(
            id=key, title=self._literal(node, dcterms.title) or key, holder=self._holder(node),
            theme=(european or themes or [""])[0], access=_ACCESS.get(access) or ("open" if is_open(licence) else ""),
            format=formats_of(formats), licence=licence,
            frequency=_tail(next(iter(self._all(node, dcterms.accrualPeriodicity)), "")).lower(), url=landing,
        )  # fmt: skip

    def _all(self, node: Any, predicate: Any) -> list[str]:
        """What a property says, in order: addresses and texts, of a node without an address its label."""
        from rdflib.namespace import SKOS

        said = (
            str(x) if _plain(x) else self._literal(x, SKOS.prefLabel)
            for x in self.graph.objects(node, predicate)
        )
        return sorted(filter(None, said))

    def _literal(self, node: Any, predicate: Any) -> str:
        texts: dict[str, str] = {}
        for value in sorted(self.graph.objects(node, predicate), key=str):
            texts.setdefault(getattr(value, "language", None) or "", " ".join(str(value).split()))
        self.languages |= {code for code in texts if code} if len(texts) > 1 else set()
        return preferred(texts)

    def _holder(self, node: Any) -> str:
        for predicate in (self.dcterms.publisher, self.dcterms.creator, self.dcterms.rightsHolder):
            for agent in sorted(self.graph.objects(node, predicate), key=self.place):
                if agent not in self._agents:
                    self._agents[agent] = self._agent(agent)
                if self._agents[agent]:
                    return self._agents[agent]
        return ""

    def _agent(self, agent: Any) -> str:
        from rdflib import Literal, URIRef
        from rdflib.namespace import RDFS, SKOS

        if isinstance(agent, Literal):
            return self.made.hold(str(agent))
        vcard = URIRef("http://www.w3.org/2006/vcard/ns#fn")
        names = (self.foaf.name, vcard, RDFS.label, SKOS.prefLabel, self.dcterms.title)
        name = next(filter(None, (self._literal(agent, each) for each in names)), "")
        number = next((str(x) for x in self.graph.objects(agent, self.dcterms.identifier)), "")
        if not name and isinstance(agent, URIRef):
            name = _tail(agent)
        return self.made.hold(name, number)

    def _name(self, node: Any) -> str:
        """A licence: its address, or what it is called."""
        from rdflib import BNode

        if isinstance(node, BNode):
            return self._literal(node, self.dcterms.title)
        return str(node)


_ACCESS = {
    "PUBLIC": "open",
    "RESTRICTED": "shared",
    "NON_PUBLIC": "closed",
    "CONFIDENTIAL": "closed",
    "SENSITIVE": "closed",
}


def _plain(node: Any) -> bool:
    """Whether a node says the same each time a file is read."""
    from rdflib import BNode

    return not isinstance(node, BNode)


def _tail(node: Any) -> str:
    """The end of an address."""
    text = str(node)
    return (
        text.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        if "/" in text and "://" in text
        else text
    )


def _told(graph: Any, reader: _Reader, made: Catalogue, dcat: Any) -> None:
    if len(reader.languages) > 1:
        kept = next(
            (code for code in ("fr", "en", "de", "it") if code in reader.languages),
            sorted(reader.languages)[0],
        )
        languages = ", ".join(sorted(reader.languages))
        made.said.append(
            Repair(
                "languages",
                made.place,
                before=languages,
                after=kept,
                words={"n": len(reader.languages)},
            )
        )
    if (None, dcat.contactPoint, None) in graph:
        made.left(
            "dcat:contactPoint",
            Label(
                "les personnes à contacter ne sont pas reprises",
                "contact points are not carried over",
            ),
        )
    if reader.several_themes:
        made.left(
            "dcat:theme", Label("un seul thème est gardé par jeu", "one theme a dataset is kept")
        )
    made.left(
        "dct:description, dcat:keyword, dcat:distribution",
        Label(
            "les textes et les fichiers ne sont pas repris", "texts and files are not carried over"
        ),
    )


def _wrong(entry: Entry, what: str) -> Exception:
    return refused(
        entry.name, f"le RDF n'est pas bien formé ({what})", f"the RDF is not well formed ({what})",
        Label("demandez le catalogue au portail à nouveau, ou dans une autre syntaxe (Turtle, JSON-LD)",
              "ask the portal for the catalogue again, or in another syntax (Turtle, JSON-LD)"),
    )  # fmt: skip
