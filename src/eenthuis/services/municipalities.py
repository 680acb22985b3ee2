"""A municipality's target, step by step, and its progress."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.bands import BANDS, band_of
from eenthuis.services.access import may, place_of, require
from eenthuis.services.announced import views
from eenthuis.services.balances import Standing, history, months, municipality_rows, standing
from eenthuis.services.compositions import sizes_linked
from eenthuis.services.processing import note_processing
from eenthuis.services.read_models import (
    LinkedHousehold,
    MunicipalityPage,
    MunicipalityRow,
    ReceiptLine,
    SizeCount,
    TargetStep,
)
from eenthuis.store import announcements as stored
from eenthuis.store.linked import LinkedRow, linked_households, linked_sizes
from eenthuis.store.links import reasons_from
from eenthuis.store.receipts import receipts_of
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import Municipality, MunicipalityCode
from eenthuis.terms.processing import Activity

DAYS_A_WEEK = 7


def read_municipality(
    *, actor: Actor, code: MunicipalityCode, half_year: HalfYear, today: date
) -> MunicipalityPage:
    """Return a municipality in a half-year; its households only to those who may see them.

    Raises
    ------
    ReferenceFactError
        REF-01 or REF-03 when there is no such municipality then; REF-05 when the half-year has no target.
    """
    require(actor, "see-published-figures")
    place = reference.municipality(code, half_year.first_day)
    where = standing(half_year, today)
    if place.code not in where.held.targets:
        raise ReferenceFactError(
            "REF-03",
            f"{place.name} ({place.code}) carries no target in {half_year}",
            remedy="Choose another half-year.",
        )
    row = next(line for line in municipality_rows(where) if line.code == place.code)
    floor = law_book().linking(half_year.first_day).disclosure_floor
    allowed = may(actor, "see-linked-household", place_of(place.code))
    linked = linked_households(place.code, half_year) if allowed else None
    if linked is not None:
        note_processing(Activity.LIST_LINKED, [line.household for line in linked])
    published = sizes_linked([place.code])[place.code]
    return MunicipalityPage(
        municipality=place,
        province=next(p for p in reference.provinces() if p.code == place.province),
        half_year=half_year,
        today=today,
        row=row,
        national=next(v.announcement.people for v in views(half_year) if v.is_in_force),
        country_inhabitants=sum(t.inhabitants for t in where.held.targets.values()),
        reference_date=where.held.reference_date,
        steps=_steps(where, row),
        months=months(half_year, today, row.corrected, [place.code]),
        history=history(where, [place.code]),
        linked_by_size=_by_size(linked_sizes(place.code, half_year)) if allowed else published.lines,
        linked_counted_on=None if allowed else published.month,
        linked_counted_in="" if published.area == place.code else published.name,
        floor=floor,
        links=None if linked is None else tuple(linked_household(line, today) for line in linked),
        may_swap=half_year.last_day >= today and may(actor, "register-swap", place_of(place.code)),
        receipts=_receipts(place, half_year),
        half_years=stored.half_years(),
    )


def _steps(where: Standing, row: MunicipalityRow) -> tuple[TargetStep, ...]:
    law = law_book().targets(where.half_year)
    by_key = {citation.key: citation for citation in law.citations}
    realisation = law_book().realisation(where.half_year)
    return (
        TargetStep("share", row.inhabitants, row.exact, (by_key["targets.reference_rule"],)),
        TargetStep("net", row.net, None, (by_key["targets.rounding"],)),
        TargetStep("swap", row.swapped, None, (by_key["targets.swap_keeps_sum"],)),
        TargetStep("carried", row.backlog_or_lead, None, realisation.citations),
        TargetStep("corrected", row.corrected, None, ()),
    )


def _by_size(linked: Mapping[int, int]) -> tuple[SizeCount, ...]:
    households: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for persons, count in linked.items():
        households[band_of(persons)] += count
        people[band_of(persons)] += persons * count
    return tuple(SizeCount(band, households[band], people[band]) for band, _, _ in BANDS)


def linked_household(line: LinkedRow, today: date) -> LinkedHousehold:
    """Return a linked household as its municipality may see it."""
    return LinkedHousehold(
        household=HouseholdId(line.household),
        persons=line.persons,
        children=line.children,
        linked_on=line.on,
        weeks_linked=(today - line.on).days // DAYS_A_WEEK,
        reasons=reasons_from(line.reasons),
        needs_accessible_home=line.needs_accessible_home,
        joining_people=line.joining_people,
        is_signed_off=line.is_signed_off,
    )


def _receipts(place: Municipality, half_year: HalfYear) -> tuple[ReceiptLine, ...]:
    return tuple(
        ReceiptLine(line.number, line.action, line.as_of, line.made_at)
        for line in receipts_of(place.code, half_year)
    )
