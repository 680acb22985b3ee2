"""The inhabitants by which a number is shared out over municipalities, for half-years to come as well."""

from __future__ import annotations

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.reorganisation import inhabitants_for
from eenthuis.rules.targets import reference_date
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import Inhabitants


def inhabitants_of(half_year: HalfYear) -> Inhabitants:
    """Return the inhabitants of a half-year; where those of its reference date are not published yet, the newest."""
    law = law_book().targets(half_year)
    asked = reference_date(half_year, law.reference_rule)
    known = [day for day in reference.reference_dates() if day <= asked]
    return inhabitants_for(
        half_year=half_year,
        counted=reference.inhabitants(max(known, default=asked)),
        mergers=reference.mergers(max(known, default=asked), half_year.first_day),
        rule=law.reorganisation,
    )
