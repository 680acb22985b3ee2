"""The desks of COA: the placement officer's for the country, and the lead's of each linking region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.deadlines import linking_deadline
from eenthuis.rules.progress import PaceClass
from eenthuis.services.access import require
from eenthuis.services.balances import municipality_rows, standing
from eenthuis.services.desk_deadlines import way_tasks
from eenthuis.services.desk_documents import document_tasks_of_coa
from eenthuis.services.desk_models import Desk, Figure, RegionLine, Task, Urgency, most_urgent_first
from eenthuis.services.desk_reception import reception_tasks_of_coa
from eenthuis.services.read_models import MunicipalityRow, ProposalView
from eenthuis.services.workspace import view_of
from eenthuis.store import changes, desk_counts, proposals, runs
from eenthuis.terms.access import Actor
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode

DAYS_SOON = 30
"""So many days ahead a day to link by is told of."""

DAYS_A_PROPOSAL_LASTS = 7
"""After so many days a proposal is told to be old; linking is done week by week."""

MOST_MUNICIPALITIES = 12


def linking_desk(actor: Actor, half_year: HalfYear, today: date, region: LinkingRegion | None = None) -> Desk:
    """Return the desk of COA for the country, or for one linking region.

    Raises
    ------
    AccessError
        ACC-01 when this role may not see proposals.
    """
    require(actor, "see-proposal")
    rows = tuple(
        row
        for row in municipality_rows(standing(half_year, today))
        if region is None or _region_of(row) == region
    )
    regions = _regions(municipality_rows(standing(half_year, today)), today, region)
    newest = proposals.latest(half_year)
    view = None if newest is None else view_of(newest)
    tasks = [
        *_of_households(rows, regions, today, region),
        *way_tasks(actor=actor, today=today, region=region),
        _of_reference_day(half_year, today, rows, region),
    ]
    if region is None:
        tasks += _of_proposals(view, half_year, today)
        tasks += document_tasks_of_coa(actor=actor, today=today)
        tasks += reception_tasks_of_coa(actor=actor, today=today)
    return Desk(
        role=actor.role,
        half_year=half_year,
        today=today,
        tasks=most_urgent_first(tasks),
        figures=(
            Figure(
                "unlinked", sum(line.people for line in regions), sum(line.households for line in regions)
            ),
            Figure("open-people", sum(row.open_people for row in rows)),
            Figure("linked", sum(row.linked for row in rows)),
            Figure("realised", sum(row.realised for row in rows), sum(row.corrected for row in rows)),
        ),
        proposal=view,
        regions=() if region else regions,
        region=region,
        municipalities=tuple(
            sorted(rows, key=lambda row: (-row.open_people, row.name))[:MOST_MUNICIPALITIES]
        ),
    )


@cache
def _region_by_province() -> Mapping[ProvinceCode, LinkingRegion]:
    return {province.code: province.region for province in reference.provinces()}


def _region_of(row: MunicipalityRow) -> LinkingRegion:
    return _region_by_province()[row.province_code]


def _regions(
    rows: tuple[MunicipalityRow, ...], today: date, region: LinkingRegion | None
) -> tuple[RegionLine, ...]:
    law = law_book().process(today)
    counted = desk_counts.unlinked_by_region(today - timedelta(weeks=law.link_weeks))
    nobody = desk_counts.Counted(0, 0, 0, None)
    room: Counter[LinkingRegion] = Counter()
    for row in rows:
        room[_region_of(row)] += row.open_people
    held = {one: counted.get(one.value, nobody) for one in LinkingRegion if region in {None, one}}
    return tuple(
        RegionLine(one, there.households, there.people, there.late, room[one]) for one, there in held.items()
    )


def _of_households(
    rows: tuple[MunicipalityRow, ...],
    regions: tuple[RegionLine, ...],
    today: date,
    region: LinkingRegion | None,
) -> list[Task | None]:
    law = law_book().process(today)
    where = region.value if region else ""
    codes: list[MunicipalityCode] | None = [row.code for row in rows] if region else None
    moved = desk_counts.linked_not_housed(today - timedelta(weeks=law.home_weeks + law.move_weeks), codes)
    return [
        Task("link-late", Urgency.OVERDUE, sum(line.late for line in regions), reference=where),
        Task("move-late", Urgency.OVERDUE, moved.late, reference=where),
        Task(
            "link-in-time",
            Urgency.SOON,
            sum(line.households - line.late for line in regions),
            reference=where,
        ),
    ]


def _of_reference_day(
    half_year: HalfYear, today: date, rows: tuple[MunicipalityRow, ...], region: LinkingRegion | None
) -> Task | None:
    by = linking_deadline(half_year, law_book().linking(half_year.first_day))
    room = sum(1 for row in rows if row.open_people)
    where = region.value if region else ""
    if by < today:
        return Task("reference-day-past", Urgency.OVERDUE, room, due=by, reference=where)
    soon = (by - today).days <= DAYS_SOON
    return Task("reference-day", Urgency.SOON if soon else Urgency.LATER, room, due=by, reference=where)


def _of_proposals(view: ProposalView | None, half_year: HalfYear, today: date) -> list[Task | None]:
    running = runs.open_run(half_year)
    run = None if running is None else Task("run-open", Urgency.TODAY, 1, reference=str(running.pk))
    if view is None:
        return [run or Task("no-proposal", Urgency.TODAY, 1)]
    number = str(view.identifier)
    changed = changes.open_changes(view.identifier)
    age = (today - view.as_of).days
    return [
        run,
        Task("confirm", Urgency.TODAY, view.still_open, reference=number),
        Task("decide-change", Urgency.TODAY, len(changed), reference=str(changed[0]) if changed else ""),
        Task("proposal-old", Urgency.SOON, age if age > DAYS_A_PROPOSAL_LASTS else 0, reference=number),
    ]


def behind(rows: tuple[MunicipalityRow, ...], *classes: PaceClass) -> int:
    """Return how many municipalities are in these classes of pace."""
    return sum(1 for row in rows if row.pace in classes)
