"""Reading family composition: published to everyone, exact to those who may see the households behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from eenthuis.law import law_book
from eenthuis.rules.composition import CATEGORIES, tallied, told
from eenthuis.rules.months import months_after
from eenthuis.services.access import may, place_of, require
from eenthuis.services.composing import geography_on, groups_of, month_of, place_names, published_as
from eenthuis.services.read_models import SizeCount
from eenthuis.store import composition as stored
from eenthuis.terms.access import Actor, Place
from eenthuis.terms.composition import Cell, Characteristic, Publication, Stage
from eenthuis.terms.errors import AccessError, ReferenceFactError
from eenthuis.terms.law import Citation
from eenthuis.terms.places import COUNTRY, MunicipalityCode


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category of a table: a count per stage; None where it is hidden or is not told."""

    category: str
    waiting: int | None
    linked: int | None


@dataclass(frozen=True, slots=True)
class CompositionTable:
    """One characteristic of a place; ``has_waiting`` is False where only links are told of."""

    characteristic: Characteristic
    lines: tuple[CategoryLine, ...]
    has_waiting: bool


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place within another, with its households per kind of home and stage, from small to large; total last."""

    code: str
    name: str
    waiting: tuple[int | None, ...]
    linked: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file of a month's report."""

    month: date
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class CompositionPage:
    """A place in a month: its tables, the places in it, and the exact counts of today to those who may see them.

    ``place`` is what was asked for; the published counts are those of ``told_as``, the area of a smaller municipality.
    """

    month: date
    months: tuple[date, ...]
    place: str
    name: str
    told_as: str
    told_name: str
    floor: int
    protection: int
    citations: tuple[Citation, ...]
    tables: tuple[CompositionTable, ...]
    parts: tuple[PlaceLine, ...]
    exact: tuple[CompositionTable, ...] | None
    today: date
    receipt: str
    made_at: datetime
    files: tuple[ReportFile, ...]


@dataclass(frozen=True, slots=True)
class NothingYet:
    """Nothing was published yet: the month that will be the first, and whether there is anyone to count by now."""

    month: date
    has_begun: bool


@dataclass(frozen=True, slots=True)
class PublishedSizes:
    """Households linked per kind of home as published, of an area with its code and name.

    ``month`` is None when nothing was published yet.
    """

    month: date | None
    area: str
    name: str
    lines: tuple[SizeCount, ...]


@dataclass(frozen=True, slots=True)
class CompositionLine:
    """One published count; None where it is hidden."""

    month: date
    place: str
    name: str
    stage: Stage
    characteristic: Characteristic
    category: str
    count: int | None


def read_composition(
    *, actor: Actor, today: date, month: date | None = None, place: str = COUNTRY
) -> CompositionPage:
    """Return the composition of a place in a month; the latest when none is asked for.

    A municipality that is told of together with others has the published counts of its area.

    Raises
    ------
    AccessError
        ACC-02 when that month was not published.
    ReferenceFactError
        REF-01 when there is no such place.
    """
    require(actor, "see-published-figures")
    kept, publication = _found(month)
    names = place_names(kept.month)
    if place not in names:
        raise ReferenceFactError(
            "REF-01", f"no place has the code {place[:20]!r}", remedy="Use a code of the list on the page."
        )
    law = law_book().composition(kept.month)
    told_as = geography_on(kept.month).told_as(place)
    return CompositionPage(
        month=kept.month,
        months=stored.months(),
        place=place,
        name=names[place],
        told_as=told_as,
        told_name=names[told_as],
        floor=law.floor,
        protection=law.protection,
        citations=law.citations,
        tables=_tables(publication, told_as),
        parts=_parts(publication, told_as, names),
        exact=_exact(actor, today, place),
        today=today,
        receipt=kept.receipt,
        made_at=kept.made_at,
        files=tuple(ReportFile(*one) for one in stored.files()),
    )


def composition_lines(
    *, actor: Actor, month: date | None = None, place: str = ""
) -> tuple[CompositionLine, ...]:
    """Return every published count of a month, the country first; of one place when that is asked for.

    Asked for a municipality that is told of together with others, it returns those of their area.

    Raises
    ------
    AccessError
        ACC-02 when that month was not published.
    """
    require(actor, "see-published-figures")
    kept, publication = _found(month)
    told_as = geography_on(kept.month).told_as(place) if place else ""
    return lines_of(publication, place_names(kept.month), told_as)


def receipt_of(*, actor: Actor, month: date) -> str:
    """Return the number of the receipt of a published month.

    Raises
    ------
    AccessError
        ACC-02 when that month was not published.
    """
    require(actor, "see-published-figures")
    kept, _ = _found(month)
    return kept.receipt


def lines_of(
    publication: Publication, names: Mapping[str, str], place: str = ""
) -> tuple[CompositionLine, ...]:
    """Return the published counts of a publication, in a fixed order."""
    wanted = (place,) if place else tuple(names)
    return tuple(
        CompositionLine(
            publication.month,
            code,
            names.get(code, code),
            stage,
            characteristic,
            category,
            publication.shown(cell),
        )
        for code in wanted
        for stage in Stage
        for characteristic in told(stage)
        for category in CATEGORIES[characteristic]
        if (cell := Cell(stage, characteristic, code, category)) in publication.counts
    )


def report_file(*, actor: Actor, month: date, name: str) -> bytes:
    """Return a file of a month's report.

    Raises
    ------
    AccessError
        ACC-02 when there is none.
    """
    require(actor, "see-published-figures")
    found = stored.file(month, name)
    if found is None:
        raise AccessError("ACC-02", "no such report", remedy="Choose a report from the list.")
    return found


def sizes_linked(codes: Sequence[MunicipalityCode]) -> Mapping[MunicipalityCode, PublishedSizes]:
    """Return households linked per kind of home as last published, of each municipality or the area it is in."""
    months = stored.months()
    kept = stored.kept(months[0]) if months else None
    if kept is None:
        return dict.fromkeys(codes, PublishedSizes(None, "", "", ()))
    publication, names, geography = published_as(kept), place_names(kept.month), geography_on(kept.month)

    def sizes(code: MunicipalityCode) -> PublishedSizes:
        area = geography.told_as(code)
        cells = {
            home: Cell(Stage.LINKED, Characteristic.HOME, area, home)
            for home in CATEGORIES[Characteristic.HOME]
        }
        lines = tuple(
            SizeCount(home, publication.shown(cell), None)
            for home, cell in cells.items()
            if cell in publication.counts
        )
        return PublishedSizes(kept.month, area, names.get(area, area), lines)

    return {code: sizes(code) for code in codes}


def nothing_yet(*, actor: Actor, today: date) -> NothingYet | None:
    """Return when the first publication comes; None when there is one.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "see-published-figures")
    if stored.months():
        return None
    month = month_of(today)
    if groups_of(month, law_book().composition(month)):
        return NothingYet(month, has_begun=True)
    return NothingYet(months_after(month, 1), has_begun=False)


def _found(month: date | None) -> tuple[stored.Kept, Publication]:
    months = stored.months()
    kept = stored.kept(month or months[0]) if month or months else None
    if kept is None:
        raise AccessError(
            "ACC-02", "nothing was published of this month", remedy="Choose a month from the list."
        )
    return kept, published_as(kept)


def _tables(
    publication: Publication, place: str, *, sees_waiting: bool = True
) -> tuple[CompositionTable, ...]:
    def shown(stage: Stage, characteristic: Characteristic, category: str) -> int | None:
        cell = Cell(stage, characteristic, place, category)
        return publication.shown(cell) if cell in publication.counts else None

    return tuple(
        CompositionTable(
            characteristic,
            tuple(
                CategoryLine(
                    category,
                    shown(Stage.WAITING, characteristic, category),
                    shown(Stage.LINKED, characteristic, category),
                )
                for category in CATEGORIES[characteristic]
            ),
            sees_waiting and characteristic in told(Stage.WAITING),
        )
        for characteristic in told(Stage.LINKED)
        if Cell(Stage.LINKED, characteristic, place, CATEGORIES[characteristic][0]) in publication.counts
    )


def _parts(publication: Publication, place: str, names: Mapping[str, str]) -> tuple[PlaceLine, ...]:
    geography = geography_on(publication.month)
    parts = [code for code in names if geography.above.get(code) == place]
    return tuple(
        PlaceLine(
            code,
            names[code],
            _row(publication, Stage.WAITING, code),
            _row(publication, Stage.LINKED, code),
        )
        for code in parts
    )


def _row(publication: Publication, stage: Stage, place: str) -> tuple[int | None, ...]:
    cells = [
        *(Cell(stage, Characteristic.HOME, place, home) for home in CATEGORIES[Characteristic.HOME]),
        Cell(stage, Characteristic.TOTAL, place, "all"),
    ]
    return tuple(publication.shown(cell) for cell in cells if cell in publication.counts)


def _exact(actor: Actor, today: date, place: str) -> tuple[CompositionTable, ...] | None:
    """Return today's exact counts of a place to those who may see every household behind them; else None.

    A municipality sees those linked to it; who waits within its borders is nobody's yet.
    """
    is_municipality = place in geography_on(today).municipalities
    where = place_of(MunicipalityCode(place)) if is_municipality else Place()
    if not may(actor, "see-linked-household", where):
        return None
    law, geography = law_book().composition(today), geography_on(today)
    sees_waiting = may(actor, "see-linked-household", Place())
    groups = groups_of(today, law, place if is_municipality else "")
    counts = tallied(
        (
            group
            for group in groups
            if geography.contains(place, group.municipality) and (sees_waiting or group.stage is Stage.LINKED)
        ),
        place,
    )
    return _tables(Publication(today, counts, ()), place, sees_waiting=sees_waiting)
