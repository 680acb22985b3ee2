"""Stays at transit locations: taken in one by one or from a CSV, all of them or none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.connect.tables import Row, code, day, read_table
from eenthuis.connect.text import handed_in
from eenthuis.rules.transit import takes_part
from eenthuis.services.transit_sites import require_site
from eenthuis.store import journal, transit
from eenthuis.store.transit import HeldTransitSite, StayGiven
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, ReferenceFactError
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.transit import PersonAt, PersonNumber, SiteId, TransitStay

COLUMNS = ("person", "code", "first_day")
OPTIONAL = ("last_day", "household", "came_from")
PERSON = re.compile(r"[A-Z0-9][A-Z0-9-]{0,7}")
"""A short number inside the site; a citizen number has nine digits and does not fit."""

CAME_FROM = re.compile(r"T-\d{7}/[A-Z0-9][A-Z0-9-]{0,7}")
"""A person at another site, such as ``T-0000001/12``."""

HOUSEHOLD = re.compile(r"P[EV]-\d{6}")


def take_in_stays(*, actor: Actor, identifier: SiteId, content: bytes, name: str, today: date) -> int:
    """Take in a CSV ``person,code,first_day`` and, where known, ``last_day,household,came_from``; return its rows.

    ``code`` is the municipality a person is linked to. A row of the same person and first day takes the place of the
    one before: so a last day is filled in later.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when there is no such site in its reach.
    InputErrors, InputError
        With every row that is wrong; nothing is kept then.
    """
    held = require_site(actor=actor, action="keep-transit-sites", identifier=identifier)
    with handed_in(content, name, otherwise="stays.csv") as file:
        table = read_table(
            file,
            columns=COLUMNS,
            optional=OPTIONAL,
            kinds={"first_day": day, "last_day": day},
            unique=("person", "first_day"),
        )
    rows = table.rows
    return _take_in(actor, held, table.each(lambda row: _given(row, held, today)), rows)


def add_stay(*, actor: Actor, identifier: SiteId, cells: dict[str, str], today: date) -> None:
    """Add one stay, or fill in its last day; ``cells`` are those of a row of the CSV.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when there is no such site in its reach.
    InputErrors
        With what is wrong, per cell.
    """
    add_stays(actor=actor, identifier=identifier, cells=[cells], today=today)


def add_stays(*, actor: Actor, identifier: SiteId, cells: Sequence[Mapping[str, str]], today: date) -> int:
    """Add stays, or fill in their last days, all of them or none; ``cells`` are rows of the CSV. Return how many.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when there is no such site in its reach.
    InputErrors
        With every row that is wrong, the first of them row 1; nothing is kept then.
    """
    held = require_site(actor=actor, action="keep-transit-sites", identifier=identifier)
    rows = [Row("", number, one) for number, one in enumerate(cells, start=1)]
    given, wrong = [], []
    for row in rows:
        try:
            given.append(_given(row, held, today))
        except EenthuisError as found:
            wrong.append(found)
    if wrong:
        raise InputErrors(tuple(wrong))
    return _take_in(actor, held, given, rows)


def _take_in(actor: Actor, held: HeldTransitSite, given: Sequence[StayGiven], rows: Sequence[Row]) -> int:
    with transaction.atomic():
        journal.lock_subject(f"transit:{held.site.site}")
        keys = {(one.stay.person, one.stay.first_day) for one in given}
        before = [stay for stay in transit.stays(held.site.site) if (stay.person, stay.first_day) not in keys]
        wrong = _overlaps(before, given, rows)
        if wrong:
            raise InputErrors(tuple(wrong))
        transit.add_stays(held, given, decided_by=actor.name)
        journal.write(
            actor,
            "take-in-transit-stays",
            f"transit location {held.site.site}",
            municipality=held.site.municipality,
            after={"stays": len(given)},
        )
    return len(given)


def _overlaps(
    before: Sequence[TransitStay], given: Sequence[StayGiven], rows: Sequence[Row]
) -> list[EenthuisError]:
    """Return an error per row with days on which the same person is at the site already."""
    kept: dict[PersonNumber, list[TransitStay]] = {}
    for stay in before:
        kept.setdefault(stay.person, []).append(stay)
    found: list[EenthuisError] = []
    for one, row in zip(given, rows, strict=True):
        held = kept.setdefault(one.stay.person, [])
        if any(_overlap(one.stay, other) for other in held):
            found.append(
                InputError(
                    "INP-03",
                    f"person {one.stay.person} is at the site on these days already",
                    remedy="Mend the days, or fill in the last day of the earlier stay first.",
                    location=row.where("first_day"),
                )
            )
        held.append(one.stay)
    return found


def _overlap(one: TransitStay, other: TransitStay) -> bool:
    return one.first_day <= (other.last_day or date.max) and other.first_day <= (one.last_day or date.max)


def _given(row: Row, held: HeldTransitSite, today: date) -> StayGiven:
    person, household = row["person"].upper(), row["household"].upper()
    if not PERSON.fullmatch(person):
        raise InputError(
            "INP-01",
            "the number of the person does not fit",
            remedy="Give 1 to 8 letters and digits that hold inside this site; no citizen number.",
            location=row.where("person"),
        )
    if household and not HOUSEHOLD.fullmatch(household):
        raise InputError(
            "INP-01",
            "the number of the household does not fit",
            remedy="Give a number such as PE-000123, or leave it empty.",
            location=row.where("household"),
        )
    first, last = day(row, "first_day"), day(row, "last_day") if row["last_day"] else None
    _require_days(row, held, first, last, today)
    return StayGiven(
        TransitStay(
            PersonNumber(person),
            held.site.site,
            _linked_to(row, held, first),
            first,
            last,
            _came_from(row, held, household, first),
        ),
        household,
    )


def _came_from(row: Row, held: HeldTransitSite, household: str, first: date) -> PersonAt | None:
    """Return who this person was at a site before; its days there count on, so the household must be the same."""
    written = row["came_from"].upper()
    if not written:
        return None
    if not CAME_FROM.fullmatch(written):
        raise InputError(
            "INP-01",
            "the person at the site before does not fit",
            remedy="Give the number of the site and of the person there, such as T-0000001/12, or leave it empty.",
            location=row.where("came_from"),
        )
    before = transit.person_at(written)
    if before.site == held.site.site or not transit.stayed(before, household, first):
        raise InputError(
            "INP-06",
            "no stay of this household elsewhere by that number on or before the first day",
            remedy="Give the household too, and the number it had at the site before.",
            location=row.where("came_from"),
        )
    return before


def _require_days(row: Row, held: HeldTransitSite, first: date, last: date | None, today: date) -> None:
    ends = held.site.last_day or date.max
    for column, one in (("first_day", first), ("last_day", last)):
        if one is not None and not held.site.first_day <= one <= min(ends, today):
            raise InputError(
                "INP-06",
                "the day lies outside the days of the site, or in the future",
                remedy=f"Give a day from {held.site.first_day} to {min(ends, today)}.",
                location=row.where(column),
            )
    if last is not None and last < first:
        raise InputError(
            "INP-06",
            f"it ends before it begins on {first.isoformat()}",
            remedy="Mend one of the two days; both count.",
            location=row.where("last_day"),
        )


def _linked_to(row: Row, held: HeldTransitSite, first: date) -> MunicipalityCode:
    try:
        found = reference.municipality(code(row), first).code
    except ReferenceFactError as wrong:
        raise ReferenceFactError(
            wrong.code, wrong.message, remedy=wrong.remedy, location=row.where("code")
        ) from wrong
    if not takes_part(held.site, found, first):
        raise InputError(
            "INP-06",
            f"{found} does not take part in this site on {first}",
            remedy="Give the municipality of the site or one that takes part on the first day.",
            location=row.where("code"),
        )
    return found
