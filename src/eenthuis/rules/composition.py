"""Counting family composition: from groups of households to cells, and what everyone knows of those cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eenthuis.rules.bands import AGE_BANDS, BANDS, HOME_BANDS, WEEK_BANDS, Bands, band_of, name_in
from eenthuis.terms.composition import Cell, Characteristic, Relation, Stage
from eenthuis.terms.places import COUNTRY, Municipality, Province

ALL = "all"
LARGE_IN_CENTRE, LARGE_WITH_JOINING = "in-reception", "with-joining"
NOBODY, EXPECTED, GRANTED = "nobody", "expected", "granted"
YES, NO = "yes", "no"
SOFT, NONE = "soft", "none"
UNKNOWN = "unknown"
SEXES = ("f", "m", "x")
HARD_REASONS = (
    "first-degree-family", "family-reunification", "medical-treatment", "work-contract", "study",
)  # fmt: skip
_HARD = "hard:"
_SINGLE = "1"

CATEGORIES: Mapping[Characteristic, tuple[str, ...]] = {
    Characteristic.TOTAL: (ALL,),
    Characteristic.HOME: tuple(name for name, _, _ in HOME_BANDS),
    Characteristic.SIZE: tuple(name for name, _, _ in BANDS),
    Characteristic.LARGE: (LARGE_IN_CENTRE, LARGE_WITH_JOINING),
    Characteristic.SINGLES_AGE: (*(name for name, _, _ in AGE_BANDS), UNKNOWN),
    Characteristic.SINGLES_SEX: SEXES,
    Characteristic.JOINING: (NOBODY, EXPECTED, GRANTED),
    Characteristic.JOINING_PEOPLE: (EXPECTED, GRANTED),
    Characteristic.ACCESSIBLE: (YES, NO),
    Characteristic.WEEKS: tuple(name for name, _, _ in WEEK_BANDS),
    Characteristic.REASON: (*HARD_REASONS, SOFT, NONE),
}
"""The categories of every characteristic, in the order in which a page shows them."""

PER_AREA = frozenset({Characteristic.TOTAL, Characteristic.HOME})
"""What is told of every area: a large municipality, or smaller ones together."""

PER_PROVINCE = PER_AREA | {Characteristic.SIZE}
"""What is told of every province; the rest is told of linking regions and the country.

In smaller places a finer table would be hidden as a whole, and would take its neighbours along.
"""

_BANDS_OF: Mapping[Characteristic, Bands] = {Characteristic.HOME: HOME_BANDS, Characteristic.SIZE: BANDS}

_PARTS_OF_TOTAL = (
    Characteristic.JOINING, Characteristic.ACCESSIBLE, Characteristic.WEEKS, Characteristic.REASON,
)  # fmt: skip


PLAIN_PRICE, TOTAL_WEIGHT = 10, 4
"""What hiding an empty count costs, and how many times dearer a total of a province or more is than its parts."""


@dataclass(frozen=True, slots=True)
class Group:
    """Households of a stage in a municipality that share one value of one characteristic.

    ``value`` is as the tables hold it: persons, age, weeks, sex, reason codes. ``people`` counts what the
    characteristic counts in people, such as joining relatives.
    """

    stage: Stage
    municipality: str
    characteristic: Characteristic
    value: str
    households: int
    people: int = 0


@dataclass(frozen=True, slots=True)
class Geography:
    """Municipalities in areas in provinces in linking regions in the country, on one day.

    ``above`` names the place above each; a municipality that is an area by itself stands right below its province.
    """

    above: Mapping[str, str]
    municipalities: tuple[str, ...]
    areas: tuple[str, ...]
    provinces: tuple[str, ...]
    regions: tuple[str, ...]

    @classmethod
    def of(
        cls, municipalities: Sequence[Municipality], provinces: Sequence[Province], area_of: Mapping[str, str]
    ) -> Geography:
        """Return the geography of reference facts; ``area_of`` names the area of every municipality."""
        regions = tuple(dict.fromkeys(province.region.value for province in provinces))
        above = {area_of[str(place.code)]: str(place.province) for place in municipalities}
        areas = tuple(above)
        above |= {code: area for code, area in area_of.items() if code != area}
        above |= {str(province.code): province.region.value for province in provinces}
        above |= dict.fromkeys(regions, COUNTRY)
        return cls(
            above,
            tuple(str(place.code) for place in municipalities),
            areas,
            tuple(str(province.code) for province in provinces),
            regions,
        )

    def contains(self, place: str, municipality: str) -> bool:
        """Return whether a municipality lies in a place, or is it."""
        within = municipality
        while within != place:
            if within == COUNTRY:
                return False
            within = self.above[within]
        return True

    def at_every_place(self, people: Mapping[str, int]) -> Mapping[str, int]:
        """Return the people of every place that has any, from those per municipality."""
        found: defaultdict[str, int] = defaultdict(int)
        for municipality, number in people.items():
            place = municipality
            found[place] += number
            while place != COUNTRY:
                place = self.above[place]
                found[place] += number
        return found

    def told_as(self, place: str) -> str:
        """Return the place whose counts are published for one that is asked for: the area of a smaller municipality."""
        return self.above[place] if place in self.municipalities and place not in self.areas else place

    def places(self, characteristic: Characteristic) -> tuple[str, ...]:
        """Return the places of which a characteristic is told, the country first."""
        smaller = self.provinces if characteristic in PER_PROVINCE else ()
        smallest = self.areas if characteristic in PER_AREA else ()
        return (COUNTRY, *self.regions, *smaller, *smallest)


def told(stage: Stage) -> tuple[Characteristic, ...]:
    """Return the characteristics by which a stage is told: a reason there is only of a link."""
    return tuple(c for c in Characteristic if stage is Stage.LINKED or c is not Characteristic.REASON)


def category_of(characteristic: Characteristic, value: str) -> str:
    """Return the category of a value as the tables hold it.

    Examples
    --------
    >>> category_of(Characteristic.SIZE, "7"), category_of(Characteristic.WEEKS, "30")
    ('6-7', '26-51')
    >>> category_of(Characteristic.REASON, "soft:region,hard:study")
    'study'
    """
    match characteristic:
        case Characteristic.SIZE:
            return band_of(int(value))
        case Characteristic.SINGLES_AGE:
            return name_in(AGE_BANDS, int(value)) if value else UNKNOWN
        case Characteristic.WEEKS:
            return name_in(WEEK_BANDS, int(value))
        case Characteristic.REASON:
            codes = value.split(",") if value else []
            hard = [code.removeprefix(_HARD) for code in codes if code.startswith(_HARD)]
            first = [code for code in HARD_REASONS if code in hard]
            return first[0] if first else SOFT if codes else NONE
        case _:
            return value


def composition(groups: Iterable[Group], geography: Geography) -> dict[Cell, int]:
    """Return every cell of every place, the empty ones too.

    Groups of a municipality that the geography lacks are refused by a ``KeyError``: no household may be left out.
    """
    counts = {
        Cell(stage, characteristic, place, category): 0
        for stage in Stage
        for characteristic in told(stage)
        for place in geography.places(characteristic)
        for category in CATEGORIES[characteristic]
    }
    for group in groups:
        for characteristic, category, number in _counted(group):
            place = group.municipality
            while True:
                cell = Cell(group.stage, characteristic, place, category)
                if cell in counts:
                    counts[cell] += number
                if place == COUNTRY:
                    break
                place = geography.above[place]
    return counts


def tallied(groups: Iterable[Group], place: str) -> dict[Cell, int]:
    """Return every cell of one place, with all characteristics, from the groups that belong to it."""
    counts = {
        Cell(stage, characteristic, place, category): 0
        for stage in Stage
        for characteristic in told(stage)
        for category in CATEGORIES[characteristic]
    }
    for group in groups:
        for characteristic, category, number in _counted(group):
            counts[Cell(group.stage, characteristic, place, category)] += number
    return counts


def _counted(group: Group) -> Iterator[tuple[Characteristic, str, int]]:
    """Yield characteristic, category and number that a group adds."""
    category = category_of(group.characteristic, group.value)
    yield group.characteristic, category, group.households
    if group.characteristic is Characteristic.SIZE:
        yield Characteristic.HOME, name_in(HOME_BANDS, int(group.value)), group.households
    if group.characteristic is Characteristic.JOINING and category != NOBODY:
        yield Characteristic.JOINING_PEOPLE, category, group.people


def people_of(groups: Iterable[Group]) -> dict[str, int]:
    """Return the people linked and not signed off per municipality, as the ministry's own figures have them."""
    people: defaultdict[str, int] = defaultdict(int)
    for group in groups:
        if group.stage is Stage.LINKED and group.characteristic is Characteristic.SIZE:
            people[group.municipality] += int(group.value) * group.households
    return dict(people)


def relations(
    geography: Geography, people: Mapping[str, int], *, in_reception: int, large: tuple[int, int]
) -> tuple[Relation, ...]:
    """Return what everyone knows of the cells of a month.

    Totals and parts of every table and place, parts and wholes of the geography, the people linked per municipality
    (``people``) and the households in reception (``in_reception``) that are published beside this, and how the two
    definitions of a large family (``large``: in reception, with joining relatives) bound each other.
    """
    found: list[Relation] = []
    for stage in Stage:
        found += [
            _sum(_total(stage, place), _cells(stage, Characteristic.HOME, place))
            for place in geography.places(Characteristic.HOME)
        ]
        for place in geography.places(Characteristic.SIZE):
            found += _of_homes(stage, place)
        for place in geography.places(Characteristic.LARGE):
            found += _of_large(stage, place, large)
        for place in geography.places(Characteristic.JOINING):
            found += _of_place(stage, place)
        for characteristic in told(stage):
            found += _of_places(stage, characteristic, geography)
    linked = geography.at_every_place(people)
    for characteristic in (Characteristic.HOME, Characteristic.SIZE):
        for place in geography.places(characteristic):
            found += known_of_people(characteristic, place, linked[place])
    both = tuple((_total(stage, COUNTRY), 1) for stage in Stage)
    return (*found, Relation(both, in_reception, in_reception))


def _of_place(stage: Stage, place: str) -> list[Relation]:
    total = _total(stage, place)
    found = [
        _sum(total, _cells(stage, characteristic, place))
        for characteristic in told(stage)
        if characteristic in _PARTS_OF_TOTAL
    ]
    single = Cell(stage, Characteristic.SIZE, place, _SINGLE)
    found += [
        _sum(single, _cells(stage, characteristic, place))
        for characteristic in (Characteristic.SINGLES_AGE, Characteristic.SINGLES_SEX)
    ]
    for category in (EXPECTED, GRANTED):  # as many relatives as households that expect some, or more
        relatives = Cell(stage, Characteristic.JOINING_PEOPLE, place, category)
        households = Cell(stage, Characteristic.JOINING, place, category)
        found.append(Relation(((relatives, 1), (households, -1)), 0, None))
    return found


def _of_large(stage: Stage, place: str, large: tuple[int, int]) -> list[Relation]:
    total = _total(stage, place)
    in_centre, with_joining = _cells(stage, Characteristic.LARGE, place)
    return [
        *_large(in_centre, large[0], is_exact=True),
        *_large(with_joining, large[1], is_exact=False),
        Relation(((total, 1), (with_joining, -1)), 0, None),
    ]


def _large(cell: Cell, fewest: int, *, is_exact: bool) -> list[Relation]:
    """Return how a count of large families is bounded by the size bands wholly at or above its limit, and below."""
    bands = {name: smallest >= fewest for name, smallest, largest in BANDS if largest >= fewest}
    sizes = {name: Cell(cell.stage, Characteristic.SIZE, cell.place, name) for name in bands}
    at_least = [(sizes[name], -1) for name, is_whole in bands.items() if is_whole]
    found = [Relation(((cell, 1), *at_least), 0, None)]
    if is_exact:
        at_most = [(size, -1) for size in sizes.values()]
        found.append(Relation(((cell, 1), *at_most), None, 0))
    return found


def _of_places(stage: Stage, characteristic: Characteristic, geography: Geography) -> list[Relation]:
    below: defaultdict[str, list[str]] = defaultdict(list)
    for place in geography.places(characteristic):
        if place != COUNTRY:
            below[geography.above[place]].append(place)
    return [
        _sum(
            Cell(stage, characteristic, place, category),
            [Cell(stage, characteristic, part, category) for part in parts],
        )
        for place, parts in below.items()
        for category in CATEGORIES[characteristic]
    ]


def _of_homes(stage: Stage, place: str) -> list[Relation]:
    """Return how the size bands of a place make up its homes."""
    return [
        _sum(
            Cell(stage, Characteristic.HOME, place, home),
            [Cell(stage, Characteristic.SIZE, place, band) for band, low, _ in BANDS if least <= low <= most],
        )
        for home, least, most in HOME_BANDS
    ]


def known_of_people(characteristic: Characteristic, place: str, people: int) -> list[Relation]:
    """Return what the published people linked say of households: no fewer than their smallest, no more than largest."""
    bands = _BANDS_OF[characteristic]
    cells = [Cell(Stage.LINKED, characteristic, place, name) for name, _, _ in bands]
    last = bands[-1][0]
    smallest = tuple((cell, low) for cell, (_, low, _) in zip(cells, bands, strict=True))
    largest = tuple(
        (cell, people if name == last else high) for cell, (name, _, high) in zip(cells, bands, strict=True)
    )
    return [Relation(smallest, None, people), Relation(largest, people, None)]


def required(geography: Geography, people: Mapping[str, int], protection: int) -> dict[Cell, int]:
    """Return the cells that must stay open by less than ``protection``, since the published people leave no more.

    Of 5 people linked at most one household counts five: whatever is hidden, its count is 0 or 1.
    """
    linked = geography.at_every_place(people)
    found: dict[Cell, int] = {}
    for characteristic in told(Stage.LINKED):
        if characteristic is Characteristic.JOINING_PEOPLE:
            continue
        smallest = {name: low for name, low, _ in _BANDS_OF.get(characteristic, ())}
        for place in geography.places(characteristic):
            for category in CATEGORIES[characteristic]:
                most = linked[place] // smallest.get(category, 1) - int(
                    characteristic is Characteristic.TOTAL
                )
                if most < protection:
                    found[Cell(Stage.LINKED, characteristic, place, category)] = max(most, 0)
    return found


def prices(geography: Geography, counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """Return how much a reader misses a cell: the larger the place and the count, the more."""
    weight = {COUNTRY: 64, **dict.fromkeys(geography.regions, 16), **dict.fromkeys(geography.provinces, 4)}
    return {
        cell: weight.get(cell.place, 1)
        * (TOTAL_WEIGHT if cell.characteristic is Characteristic.TOTAL and cell.place in weight else 1)
        * (PLAIN_PRICE + count)
        for cell, count in counts.items()
    }


def _total(stage: Stage, place: str) -> Cell:
    return Cell(stage, Characteristic.TOTAL, place, ALL)


def _cells(stage: Stage, characteristic: Characteristic, place: str) -> list[Cell]:
    return [Cell(stage, characteristic, place, category) for category in CATEGORIES[characteristic]]


def _sum(whole: Cell, parts: Sequence[Cell]) -> Relation:
    return Relation(((whole, -1), *((part, 1) for part in parts)))
