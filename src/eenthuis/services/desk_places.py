"""The desks of a municipality, with its linked households, and of a housing association, with counts only."""

from __future__ import annotations

from datetime import date, timedelta

from eenthuis.law import law_book
from eenthuis.rules.calendar import last_day
from eenthuis.rules.progress import PaceClass
from eenthuis.services.access import place_of, require
from eenthuis.services.balances import municipality_rows, standing
from eenthuis.services.compositions import sizes_linked
from eenthuis.services.desk_deadlines import way_tasks
from eenthuis.services.desk_models import (
    Desk,
    DueHousehold,
    Figure,
    SizeLine,
    Task,
    Urgency,
    most_urgent_first,
)
from eenthuis.services.desk_money import money_tasks_of_asker
from eenthuis.services.desk_reception import reception_tasks_of_municipality
from eenthuis.services.desk_transit import transit_places
from eenthuis.services.homes import read_homes
from eenthuis.services.municipalities import linked_household
from eenthuis.services.processing import note_processing
from eenthuis.services.read_models import MunicipalityRow
from eenthuis.services.way_reading import states_of
from eenthuis.store.linked import not_housed
from eenthuis.terms.access import Actor
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.processing import Activity
from eenthuis.terms.way import DeadlineKind, Stage

DAYS_NEW = 14
"""So many days a link is told to be new."""

MOST_HOMES = 50

DAYS_SOON = 14
"""So many days ahead the day for a home is told to be near."""


WITH_A_HOME = frozenset({Stage.LEASED, Stage.MOVED})
"""Stages in which nobody looks for a home any more."""


def municipality_desk(actor: Actor, half_year: HalfYear, today: date) -> Desk:
    """Return the desk of a municipality: its linked households by the weeks left, and its pace.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this is no account of a municipality.
    """
    row = _own_row(actor, half_year, today)
    if row is None:
        return Desk(actor.role, half_year, today, ())
    require(actor, "see-linked-household", place_of(row.code))
    law = law_book().way(today)
    listed = not_housed(row.code)
    stages = states_of([HouseholdId(line.household) for line in listed])
    households = []
    for line in listed:
        day = last_day(line.on, law.terms[DeadlineKind.LEASE], law.calendar)
        stage = stages[HouseholdId(line.household)].stage
        households.append(DueHousehold(linked_household(line, today), day, (day - today).days, stage))
    note_processing(Activity.LIST_LINKED, [one.linked.household for one in households])
    households.sort(key=lambda one: (one.home_by, one.linked.household))
    return Desk(
        role=actor.role,
        half_year=half_year,
        today=today,
        tasks=most_urgent_first(
            [
                *_of_homes(households, today),
                *way_tasks(actor=actor, today=today),
                *reception_tasks_of_municipality(actor=actor, today=today),
                *_of_pace(row, half_year, today),
                *money_tasks_of_asker(actor=actor, today=today),
            ]
        ),
        figures=(
            Figure("corrected", row.corrected, row.backlog_or_lead),
            Figure("realised", row.realised, row.corrected),
            Figure("linked", row.linked, len(households)),
            Figure("open-people", row.open_people),
        ),
        name=row.name,
        municipality=row,
        households=tuple(households),
        transit=transit_places(actor=actor, municipality=row.code, today=today),
    )


def _of_homes(households: list[DueHousehold], today: date) -> list[Task | None]:
    seeking = [one for one in households if one.stage not in WITH_A_HOME]
    late = [one for one in seeking if one.days_left < 0]
    near = [one for one in seeking if 0 <= one.days_left <= DAYS_SOON]
    rest = [one for one in seeking if one.days_left > DAYS_SOON]
    new = [one for one in households if one.linked.linked_on > today - timedelta(days=DAYS_NEW)]
    return [
        Task("home-late", Urgency.OVERDUE, len(late), due=late[0].home_by if late else None),
        Task("home-near", Urgency.SOON, len(near), due=near[0].home_by if near else None),
        Task("home-later", Urgency.LATER, len(rest), due=rest[0].home_by if rest else None),
        Task("link-new", Urgency.TODAY, len(new)),
    ]


def _of_pace(row: MunicipalityRow, half_year: HalfYear, today: date) -> list[Task | None]:
    short = -(-(row.expected - row.realised).numerator // (row.expected - row.realised).denominator)
    days = (half_year.last_day - today).days
    return [
        Task(
            "pace-behind",
            Urgency.TODAY if row.pace is PaceClass.FAR_BEHIND else Urgency.SOON,
            max(short, 0) if row.pace in {PaceClass.BEHIND, PaceClass.FAR_BEHIND} else 0,
            due=half_year.last_day,
            reference=row.code,
        ),
        Task("half-year-ends", Urgency.LATER, max(days, 0), due=half_year.last_day, reference=row.code),
    ]


def association_desk(actor: Actor, half_year: HalfYear, today: date) -> Desk:
    """Return the desk of a housing association: households per size in its province as published, never a file."""
    require(actor, "see-desk")
    row = _own_row(actor, half_year, today)
    floor = law_book().composition(today).floor
    money = money_tasks_of_asker(actor=actor, today=today) if actor.association else []
    if row is None:
        return Desk(actor.role, half_year, today, most_urgent_first(money))
    rows = [
        one for one in municipality_rows(standing(half_year, today)) if one.province_code == row.province_code
    ]
    rows.sort(key=lambda one: (one.code != row.code, one.name))
    published, sizes = _sizes(rows)
    homes = read_homes(actor=actor, most=MOST_HOMES)
    waiting = sum(one.linked for one in rows)
    return Desk(
        role=actor.role,
        half_year=half_year,
        today=today,
        tasks=most_urgent_first(
            [
                Task("homes-free", Urgency.TODAY, homes.free),
                Task("homes-kept", Urgency.SOON, homes.kept),
                Task("homes-asked", Urgency.TODAY, row.linked, reference=row.code, name=row.name),
                Task(
                    "homes-to-come",
                    Urgency.LATER,
                    row.open_people,
                    due=half_year.last_day,
                    reference=row.code,
                    name=row.name,
                ),
                *money,
            ]
        ),
        figures=(
            Figure("linked", row.linked),
            Figure("open-people", row.open_people),
            Figure("linked-province", waiting),
            Figure("homes", homes.count - homes.withdrawn, homes.free),
        ),
        name=row.name,
        municipality=row,
        sizes=sizes,
        sizes_of=published,
        floor=floor,
        homes=homes.lines,
    )


def _own_row(actor: Actor, half_year: HalfYear, today: date) -> MunicipalityRow | None:
    rows = municipality_rows(standing(half_year, today))
    return next((row for row in rows if row.code == actor.municipality), None)


def _sizes(rows: list[MunicipalityRow]) -> tuple[date | None, tuple[SizeLine, ...]]:
    """Return the month that was published last, and what it tells of each area; small counts stay hidden.

    The area of the first municipality comes first.
    """
    published = sizes_linked([row.code for row in rows])
    lines = {one.area: SizeLine(one.area, one.name, one.lines) for one in published.values() if one.month}
    return next((one.month for one in published.values()), None), tuple(lines.values())
