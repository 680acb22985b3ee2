"""The catalogue of open data in DCAT-AP-NL 3: every data set and every file, for portals that harvest.

References
----------
Geonovum, DCAT-AP-NL 3.0 (the Dutch profile of DCAT-AP 3.0); its lists of words are those of the Publications Office.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eenthuis.connect.dataset_files import LICENCE
from eenthuis.terms.datasets import Dataset, Edition, Worded

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

FORMS: Mapping[str, tuple[str, str, str]] = {
    "ttl": ("turtle", "text/turtle; charset=utf-8", "Turtle"),
    "jsonld": ("json-ld", "application/ld+json", "JSON-LD"),
    "rdf": ("pretty-xml", "application/rdf+xml", "RDF/XML"),
}
"""The endings of a catalogue file, with what the writer calls each, its media type and its name."""
FILES: Mapping[str, tuple[str, str]] = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "parquet": ("PARQUET", "application/vnd.apache.parquet"),
}
"""The endings of data files, with their names in the lists of the EU and of IANA."""
AUTHORITY = "http://publications.europa.eu/resource/authority"
THEMES = ("GOVE", "SOCI")
PROFILE = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
COUNTRY_OF = f"{AUTHORITY}/country/NLD"
LICENCE_KNOWN_AS = f"{AUTHORITY}/licence/CC_BY_4_0"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, as an address that names it, and where questions go; ``address`` is of a page or of mail."""

    name: str
    uri: str
    address: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A data set with its editions."""

    dataset: Dataset
    editions: tuple[Edition, ...]


def catalogue(
    *,
    site: str,
    publisher: Publisher,
    title: Worded,
    description: Worded,
    listed: Iterable[Listed],
    form: str,
) -> bytes:
    """Return the catalogue as ``ttl``, ``jsonld`` or ``rdf``.

    ``site`` is the address of the site without a slash at the end. Each data set has one distribution for each edition
    and kind of file, and the typed programming interface is told of as a service.
    """
    graph = _graph(site, publisher, title, description, tuple(listed))
    return graph.serialize(format=FORMS[form][0], encoding="utf-8")


class _Words:
    """The vocabularies of the profile."""

    def __init__(self) -> None:
        from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, Namespace

        self.dcat, self.dct, self.foaf, self.rdf, self.skos, self.xsd = DCAT, DCTERMS, FOAF, RDF, SKOS, XSD
        self.vcard = Namespace("http://www.w3.org/2006/vcard/ns#")


def _graph(
    site: str, publisher: Publisher, title: Worded, description: Worded, listed: tuple[Listed, ...]
) -> Graph:
    from rdflib import Graph, URIRef

    words, graph = _Words(), Graph()
    for prefix, space in (
        ("dcat", words.dcat), ("dct", words.dct), ("foaf", words.foaf), ("vcard", words.vcard),
        ("skos", words.skos),
    ):  # fmt: skip
        graph.bind(prefix, space)
    made = _Catalogue(graph, words, site, URIRef(publisher.uri), URIRef(f"{site}/open-data/#contact"))
    made.add_publisher(publisher)
    made.add_catalogue(title, description)
    made.add_service()
    for one in listed:
        made.add_dataset(one)
    return graph


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """A graph that is being filled; who publishes and where questions go are the same everywhere in it."""

    graph: Graph
    words: _Words
    site: str
    publisher: URIRef
    contact: URIRef

    def _node(self, address: str) -> URIRef:
        from rdflib import URIRef

        return URIRef(address)

    def _say(self, about: URIRef, what: URIRef, said: Worded) -> None:
        from rdflib import Literal

        self.graph.add((about, what, Literal(said.nl, lang="nl")))
        self.graph.add((about, what, Literal(said.en, lang="en")))

    def _link(self, about: URIRef, what: URIRef, address: str, kind: URIRef | None = None) -> None:
        node = self._node(address)
        self.graph.add((about, what, node))
        if kind is not None:
            self.graph.add((node, self.words.rdf.type, kind))

    def add_publisher(self, publisher: Publisher) -> None:
        """Tell who publishes and where questions go."""
        from rdflib import Literal

        words, graph = self.words, self.graph
        graph.add((self.publisher, words.rdf.type, words.foaf.Agent))
        graph.add((self.publisher, words.foaf.name, Literal(publisher.name, lang="nl")))
        graph.add((self.contact, words.rdf.type, words.vcard.Kind))
        graph.add((self.contact, words.vcard.fn, Literal(publisher.name, lang="nl")))
        what = words.vcard.hasEmail if publisher.address.startswith("mailto:") else words.vcard.hasURL
        graph.add((self.contact, what, self._node(publisher.address)))

    def _tell_all_have(self, about: URIRef) -> None:
        """Tell what every catalogue, data set and service of the profile has."""
        words = self.words
        self.graph.add((about, words.dct.publisher, self.publisher))
        self.graph.add((about, words.dct.creator, self.publisher))
        self.graph.add((about, words.dcat.contactPoint, self.contact))
        for theme in THEMES:
            self._link(about, words.dcat.theme, f"{AUTHORITY}/data-theme/{theme}", words.skos.Concept)
        for language in ("NLD", "ENG"):
            self._link(
                about, words.dct.language, f"{AUTHORITY}/language/{language}", words.dct.LinguisticSystem
            )

    def _licence(self, about: URIRef) -> None:
        words = self.words
        self._link(about, words.dct.license, LICENCE, words.dct.LicenseDocument)
        self._link(self._node(LICENCE), words.skos.exactMatch, LICENCE_KNOWN_AS)

    def add_catalogue(self, title: Worded, description: Worded) -> None:
        """Tell of the catalogue itself."""
        words, here = self.words, self._node(f"{self.site}/open-data/")
        self.graph.add((here, words.rdf.type, words.dcat.Catalog))
        self._say(here, words.dct.title, title)
        self._say(here, words.dct.description, description)
        self._tell_all_have(here)
        self._licence(here)
        self._link(here, words.foaf.homepage, f"{self.site}/open-data/", words.foaf.Document)
        self._link(here, words.dct.conformsTo, PROFILE, words.dct.Standard)
        self._link(here, words.dct.spatial, COUNTRY_OF, words.dct.Location)
        self._link(here, words.dcat.themeTaxonomy, f"{AUTHORITY}/data-theme", words.skos.ConceptScheme)

    def add_service(self) -> None:
        """Tell of the typed programming interface that gives the same figures."""
        from rdflib import Literal

        words, here = self.words, self._node(f"{self.site}/api/v1/")
        self._link(self._node(f"{self.site}/open-data/"), words.dcat.service, str(here))
        self.graph.add((here, words.rdf.type, words.dcat.DataService))
        self._say(here, words.dct.title, Worded("API van Eenthuis", "API of Eenthuis"))
        self._say(
            here,
            words.dct.description,
            Worded(
                "Dezelfde cijfers, gevraagd met een programma.",
                "The same figures, asked for by a program.",
            ),
        )
        self.graph.add((here, words.dct.identifier, Literal(str(here))))
        self.graph.add((here, words.dcat.endpointURL, here))
        self._link(here, words.dcat.endpointDescription, f"{self.site}/api/v1/openapi.json")
        self._public(here)
        self._tell_all_have(here)
        self._licence(here)

    def _public(self, about: URIRef) -> None:
        self._link(
            about,
            self.words.dct.accessRights,
            f"{AUTHORITY}/access-right/PUBLIC",
            self.words.dct.RightsStatement,
        )

    def add_dataset(self, listed: Listed) -> None:
        """Tell of a data set and of each of its files."""
        from rdflib import Literal

        words, dataset = self.words, listed.dataset
        here = self._node(f"{self.site}/open-data/{dataset.code}/")
        self._link(self._node(f"{self.site}/open-data/"), words.dcat.dataset, str(here), words.dcat.Dataset)
        self._say(here, words.dct.title, dataset.title)
        self._say(here, words.dct.description, dataset.description)
        for keyword in dataset.keywords:
            self._say(here, words.dcat.keyword, keyword)
        self.graph.add((here, words.dct.identifier, Literal(str(here))))
        self._public(here)
        self._tell_all_have(here)
        self._link(here, words.dcat.landingPage, str(here), words.foaf.Document)
        self._link(here, words.dct.spatial, COUNTRY_OF, words.dct.Location)
        self._link(
            here,
            words.dct.accrualPeriodicity,
            f"{AUTHORITY}/frequency/{dataset.frequency.value}",
            words.dct.Frequency,
        )
        self._covers(here, listed.editions)
        for edition in listed.editions:
            for ending in FILES:
                self._add_file(here, dataset, edition, ending)

    def _covers(self, about: URIRef, editions: tuple[Edition, ...]) -> None:
        from rdflib import BNode, Literal

        words = self.words
        first = min((one.first_day for one in editions if one.first_day), default=None)
        last = max((one.last_day for one in editions if one.last_day), default=None)
        if first is None or last is None:
            return
        span = BNode()
        self.graph.add((about, words.dct.temporal, span))
        self.graph.add((span, words.rdf.type, words.dct.PeriodOfTime))
        self.graph.add((span, words.dcat.startDate, Literal(first.isoformat(), datatype=words.xsd.date)))
        self.graph.add((span, words.dcat.endDate, Literal(last.isoformat(), datatype=words.xsd.date)))

    def _add_file(self, about: URIRef, dataset: Dataset, edition: Edition, ending: str) -> None:
        words = self.words
        here = self._node(f"{self.site}/open-data/{dataset.code}/{edition.name}.{ending}")
        name, media = FILES[ending]
        self._link(about, words.dcat.distribution, str(here), words.dcat.Distribution)
        self._say(
            here,
            words.dct.title,
            Worded(
                f"{dataset.title.nl}, {edition.name} ({name})",
                f"{dataset.title.en}, {edition.name} ({name})",
            ),
        )
        self._link(here, words.dcat.accessURL, str(about))
        self._link(here, words.dcat.downloadURL, str(here))
        self._link(here, words.dct["format"], f"{AUTHORITY}/file-type/{name}", words.dct.MediaTypeOrExtent)
        self._link(
            here,
            words.dcat.mediaType,
            f"http://www.iana.org/assignments/media-types/{media}",
            words.dct.MediaType,
        )
        self._licence(here)
        self._link(
            here,
            self._node("http://data.europa.eu/r5r/availability"),
            f"{AUTHORITY}/planned-availability/AVAILABLE",
            words.skos.Concept,
        )
