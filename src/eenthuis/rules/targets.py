"""The net target ("netto taakstelling") of every municipality in a half-year."""

from __future__ import annotations

import operator
from datetime import date
from fractions import Fraction
from typing import assert_never

from eenthuis.law.records import ReferenceRule, TargetLaw
from eenthuis.rules.rounding import rounded
from eenthuis.terms.errors import InputError, ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import Inhabitants
from eenthuis.terms.targets import NetTarget, NetTargets


def reference_date(half_year: HalfYear, rule: ReferenceRule) -> date:
    """Return the reference date ("peildatum") of the inhabitants for a half-year.

    References
    ----------
    Huisvestingswet 2014, art. 29, first paragraph.

    Examples
    --------
    >>> reference_date(HalfYear(2026, 2), ReferenceRule.YEAR_BEFORE_HALF_YEAR)
    datetime.date(2025, 1, 1)
    >>> reference_date(HalfYear(2023, 1), ReferenceRule.YEAR_BEFORE_ANNOUNCEMENT)
    datetime.date(2021, 1, 1)
    """
    match rule:
        case ReferenceRule.YEAR_BEFORE_HALF_YEAR:
            return date(half_year.year - 1, 1, 1)
        case ReferenceRule.YEAR_BEFORE_ANNOUNCEMENT:
            return date(half_year.previous.year - 1, 1, 1)
    assert_never(rule)


def net_targets(
    *, half_year: HalfYear, national: int, inhabitants: Inhabitants, law: TargetLaw
) -> NetTargets:
    """Return the net target of every municipality, in people.

    Each municipality's share of the national number is its share of the inhabitants of the country, rounded as the
    law of the half-year says. The sum of the targets may therefore differ from the national number.

    Parameters
    ----------
    half_year
        The half-year in which the targets hold.
    national
        Status holders in whose housing must be provided nationally, in people.
    inhabitants
        Inhabitants of every municipality on the reference date.
    law
        What the Act says in this half-year; see :meth:`eenthuis.law.Book.targets`.

    Raises
    ------
    InputError
        INP-06 when ``national`` is negative or no whole number.
    ReferenceFactError
        REF-04 when there are no inhabitants to share by; REF-06 when the municipalities hold more than the country.

    References
    ----------
    Huisvestingswet 2014, art. 29, first paragraph: vg x iG / iN.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> from eenthuis.terms.places import MunicipalityCode
    >>> two = {MunicipalityCode("GM0001"): 3, MunicipalityCode("GM0002"): 1}
    >>> shared = net_targets(
    ...     half_year=HalfYear(2026, 2),
    ...     national=10,
    ...     inhabitants=Inhabitants(date(2025, 1, 1), two, 4, "example"),
    ...     law=law_book().targets(HalfYear(2026, 2)),
    ... )
    >>> [(target.exact, target.people) for target in shared.targets], shared.total
    ([(Fraction(15, 2), 8), (Fraction(5, 2), 3)], 11)
    """
    _check(national, inhabitants)
    country, rounding = inhabitants.country, law.rounding
    targets = tuple(
        NetTarget(
            code,
            half_year,
            people,
            Fraction(national * people, country),
            rounded(national * people, country, rounding),
        )
        for code, people in sorted(inhabitants.people.items())
    )
    return NetTargets(
        half_year=half_year,
        national=national,
        reference_date=inhabitants.reference_date,
        country_inhabitants=country,
        targets=targets,
        citations=law.citations,
        remarks=_remarks(half_year, inhabitants.reference_date, law),
    )


def _check(national: int, inhabitants: Inhabitants) -> None:
    try:
        is_possible = operator.index(national) >= 0
    except TypeError:
        is_possible = False
    if not is_possible:
        raise InputError(
            "INP-06", f"the national number is {national}", remedy="Give a whole number of 0 or more."
        )
    if inhabitants.country <= 0:
        raise ReferenceFactError(
            "REF-04",
            "the country has no inhabitants to share by",
            remedy="Give the inhabitants of each municipality.",
        )
    if (
        min(inhabitants.people.values(), default=0) < 0
        or sum(inhabitants.people.values()) > inhabitants.country
    ):
        raise ReferenceFactError(
            "REF-06",
            f"the municipalities of {inhabitants.reference_date.isoformat()} do not fit in the country of "
            f"{inhabitants.country} inhabitants",
            remedy="Give inhabitants of 0 or more, and a country that is their sum.",
        )


def _remarks(half_year: HalfYear, used: date, law: TargetLaw) -> tuple[str, ...]:
    by_key = {citation.key: citation for citation in law.citations}
    found = [
        f"{half_year} {name}: {citation.value} ({citation.authority}). {citation.note}"
        for name, key in (("rounding", "targets.rounding"), ("reference date", "targets.reference_rule"))
        if (citation := by_key.get(key)) is not None
    ]
    named = reference_date(half_year, law.reference_rule)
    if used != named:
        found.append(f"Inhabitants of {used.isoformat()} were used where the rule names {named.isoformat()}.")
    return tuple(found)
