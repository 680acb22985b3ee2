"""Other readings of the law and the facts, to explain a published target that differs from the computed one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from eenthuis.law.records import ReferenceRule
from eenthuis.rules.rounding import rounded
from eenthuis.terms.law import Rounding
from eenthuis.terms.places import Inhabitants, MunicipalityCode


@dataclass(frozen=True, slots=True)
class Reading:
    """One combination of national number, reference rule and rounding."""

    national: int
    reference_rule: ReferenceRule
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class Fit:
    """How many published targets a reading yields, out of those compared."""

    reading: Reading
    equal: int
    compared: int


def readings(used: Reading, nationals: Iterable[int], rules: Iterable[ReferenceRule]) -> tuple[Reading, ...]:
    """Return every combination, the one ``used`` first and then those that change the fewest parts.

    Examples
    --------
    >>> used = Reading(100, ReferenceRule.YEAR_BEFORE_HALF_YEAR, Rounding.UP)
    >>> [r.rounding.value for r in readings(used, [100], [ReferenceRule.YEAR_BEFORE_HALF_YEAR])]
    ['up', 'arithmetic', 'down']
    """
    every = dict.fromkeys(
        Reading(national, rule, rounding)
        for national in (used.national, *nationals)
        for rule in (used.reference_rule, *rules)
        for rounding in (used.rounding, *Rounding)
    )
    return tuple(sorted(every, key=lambda reading: _changes(used, reading)))


def yields(reading: Reading, code: MunicipalityCode, counted: Mapping[ReferenceRule, Inhabitants]) -> int:
    """Return the target of one municipality under a reading, in people.

    ``counted`` holds the inhabitants that each reference rule names.

    References
    ----------
    Huisvestingswet 2014, art. 29, first paragraph.
    """
    inhabitants = counted[reading.reference_rule]
    return rounded(reading.national * inhabitants.people[code], inhabitants.country, reading.rounding)


def explaining(
    *,
    used: Reading,
    nationals: Iterable[int],
    counted: Mapping[ReferenceRule, Inhabitants],
    code: MunicipalityCode,
    published: int,
) -> tuple[Reading, ...]:
    """Return the other readings that yield the published target, the nearest to the one used first.

    Examples
    --------
    >>> from datetime import date
    >>> a = MunicipalityCode("GM0001")
    >>> counted = {ReferenceRule.YEAR_BEFORE_HALF_YEAR: Inhabitants(date(2025, 1, 1), {a: 1}, 4, "example")}
    >>> used = Reading(10, ReferenceRule.YEAR_BEFORE_HALF_YEAR, Rounding.UP)
    >>> found = explaining(used=used, nationals=[], counted=counted, code=a, published=2)
    >>> [reading.rounding.value for reading in found]
    ['down']
    """
    return tuple(
        reading
        for reading in readings(used, nationals, counted)
        if reading != used
        and code in counted[reading.reference_rule].people
        and yields(reading, code, counted) == published
    )


def fits(
    *,
    used: Reading,
    nationals: Iterable[int],
    counted: Mapping[ReferenceRule, Inhabitants],
    published: Mapping[MunicipalityCode, int],
) -> tuple[Fit, ...]:
    """Return how well each reading fits all published targets, the best first and the one used first among equals.

    One reading that fits every target says more than a different one for each.
    """
    found = [
        Fit(reading, sum(_equal(reading, counted, published)), len(published))
        for reading in readings(used, nationals, counted)
    ]
    return tuple(sorted(found, key=lambda fit: -fit.equal))


def _equal(
    reading: Reading,
    counted: Mapping[ReferenceRule, Inhabitants],
    published: Mapping[MunicipalityCode, int],
) -> Iterator[bool]:
    known = counted[reading.reference_rule].people
    for code, number in published.items():
        yield code in known and yields(reading, code, counted) == number


def _changes(used: Reading, reading: Reading) -> tuple[bool, int]:
    """Return a key that puts another reading of the law before another national number."""
    return (
        reading.national != used.national,
        (reading.reference_rule is not used.reference_rule) + (reading.rounding is not used.rounding),
    )
