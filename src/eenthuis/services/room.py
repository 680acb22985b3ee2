"""What a proposal starts from: who waits, and what is open and promised in every corrected target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.deadlines import promised_until
from eenthuis.rules.progress import expected
from eenthuis.services.balances import Standing
from eenthuis.store import people
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.linking import Choices, OpenPlace, PromisedPace
from eenthuis.terms.people import Household
from eenthuis.terms.places import MunicipalityCode

JOINING = "joining-relative"
"""How the groups of joining relatives begin in the law book."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a proposal is made from."""

    half_year: HalfYear
    as_of: date
    households: tuple[Household, ...]
    places: tuple[OpenPlace, ...]
    choices: Choices


def open_places(
    where: Standing, today: date, reserved: Mapping[MunicipalityCode, int] | None = None
) -> tuple[OpenPlace, ...]:
    """Return what is open in every corrected target, in persons; a full municipality is a place without room.

    ``reserved`` is room kept free for relatives of households that are linked already. What each place has promised
    stands beside it, as the law book has pace and reference date.
    """
    book = law_book()
    progress, law = book.progress(where.half_year), book.linking(today)
    until = promised_until(where.half_year, today, law)
    regions = {province.code: province.region for province in reference.provinces()}
    kept = reserved or {}
    return tuple(
        OpenPlace(
            municipality=code,
            name=reference.municipality(code).name,
            province=reference.municipality(code).province,
            region=regions[reference.municipality(code).province],
            persons=max(where.open_people(code) - kept.get(code, 0), 0),
            promised=PromisedPace(
                people_a_month=where.corrected[code].pace_per_month,
                until=until,
                people=expected(where.corrected[code].people, where.half_year, until, progress),
                already=where.realised.get(code, 0) + where.linked.get(code, 0),
            ),
        )
        for code in sorted(where.held.targets)
    )


def relatives_counted(today: date) -> bool:
    """Return whether the law book counts every group of joining relatives towards the target on a day."""
    counts = law_book().counting(today).counts
    groups = [counted for group, counted in counts.items() if group.startswith(JOINING)]
    return bool(groups) and all(groups)


def room_reserved(until: date) -> Mapping[MunicipalityCode, int]:
    """Return the joining relatives of households linked and still in reception who come until a day."""
    from eenthuis.matching.registers import counted_relatives

    homes = people.linked_in_reception()
    kept: Counter[MunicipalityCode] = Counter()
    for household in people.households(tuple(homes)):
        kept[homes[household.identifier]] += counted_relatives(household, until)
    return kept
