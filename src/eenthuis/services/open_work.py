"""Open work: households that ask for a step, by the day on which it should be done, within the reach of who asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from eenthuis import reference
from eenthuis.access import decide
from eenthuis.law import law_book
from eenthuis.rules.bands import BANDS, limits
from eenthuis.rules.calendar import is_extended, open_day
from eenthuis.services.access import place_of, require
from eenthuis.services.processing import note_processing
from eenthuis.services.way_reading import first_day_in_time, states_of
from eenthuis.store import open_work, organisations, work_holders
from eenthuis.store.work_holders import Held
from eenthuis.terms.access import Actor, Place, Reach, Role
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import LinkingRegion, MunicipalityCode
from eenthuis.terms.processing import Activity
from eenthuis.terms.way import DeadlineKind, Stage

ROWS_A_PAGE = 50
ROWS_AT_ONCE = 1000
DAYS_A_WEEK = 7
DAYS_SOON = 14
MOST_HELD = 1_000_000
HOLDING = frozenset({Role.COA, Role.MUNICIPALITY})
"""Roles in which one person is spoken to about the work on a household."""


class WorkKind(StrEnum):
    """What is to be done: link a household to a municipality, or house one that is linked."""

    LINK = "link"
    HOUSE = "house"


class Term(StrEnum):
    """Which days are shown: those that have passed, or those of the next two weeks."""

    LATE = "late"
    SOON = "soon"


class Whose(StrEnum):
    """With whom the work lies: with the one who asks, or with somebody of the same unit."""

    MINE = "mine"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """What the list shows; empty parts show everything, and a part that is none of the list's own is empty.

    ``kind`` is a :class:`WorkKind`, ``term`` a :class:`Term`, ``whose`` is ``mine`` for links that the one who asks
    confirmed, ``size`` a size band and ``search`` the number of a household.
    """

    kind: str = ""
    term: str = ""
    whose: str = ""
    region: str = ""
    municipality: str = ""
    size: str = ""
    search: str = ""

    def checked(self, today: date) -> WorkFilter:
        """Return this filter with every part that the list does not know left out."""
        bands = {band for band, _, _ in BANDS}
        codes = {str(place.code) for place in reference.municipalities(today)}
        return replace(
            self,
            kind=self.kind if self.kind in set(WorkKind) else "",
            term=self.term if self.term in set(Term) else "",
            whose=self.whose if self.whose in set(Whose) else "",
            region=self.region if self.region in set(LinkingRegion) else "",
            municipality=self.municipality if self.municipality in codes else "",
            size=self.size if self.size in bands else "",
            search=self.search.strip().upper(),
        )


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One household with what is to be done; ``days_left`` is negative when the day has passed."""

    kind: WorkKind
    household: HouseholdId
    persons: int
    needs_accessible_home: bool
    region: str
    municipality: MunicipalityCode | None
    municipality_name: str
    since: date
    due: date
    days_left: int
    stage: Stage
    holder: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A page of open work; ``after`` begins the next page, where there is one. ``kinds`` are those within reach."""

    today: date
    lines: tuple[WorkLine, ...]
    count: int
    chosen: WorkFilter
    after: str
    kinds: tuple[WorkKind, ...]
    may_act: bool
    may_hold: bool
    unit: str


def read_open_work(*, actor: Actor, today: date, chosen: WorkFilter, after: str = "") -> WorkPage:
    """Return a page of open work within reach: of the country for COA and the auditor, of its own for a municipality.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no household.
    """
    require(actor, "see-open-work")
    kinds, asked = _asked(actor, today, chosen)
    query = replace(asked, after=_after(after), most=ROWS_A_PAGE + 1)
    rows = open_work.listed(query) if kinds else ()
    shown = rows[:ROWS_A_PAGE]
    note_processing(Activity.LIST_WORK, [row.household for row in shown])
    more = f"{shown[-1].due.isoformat()}/{shown[-1].household}" if len(rows) > ROWS_A_PAGE else ""
    return WorkPage(
        today=today,
        lines=_lines(shown, today, actor),
        count=open_work.counted(asked),
        chosen=chosen.checked(today),
        after=more,
        kinds=kinds,
        may_act=actor.role is Role.COA,
        may_hold=actor.role in HOLDING,
        unit=_unit(actor),
    )


def every_open_work(*, actor: Actor, today: date, chosen: WorkFilter) -> Iterator[WorkLine]:
    """Yield all open work that a filter leaves within reach, in the order of its pages; for a file.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no household.
    """
    require(actor, "see-open-work")
    kinds, asked = _asked(actor, today, chosen)
    after: tuple[date, str] | None = None
    while kinds and (rows := open_work.listed(replace(asked, after=after, most=ROWS_AT_ONCE))):
        note_processing(Activity.EXPORT_LIST, [row.household for row in rows])
        yield from _lines(rows, today, actor)
        after = (rows[-1].due, rows[-1].household)


def count_open_work(*, actor: Actor, today: date, chosen: WorkFilter) -> int:
    """Return how many households a filter of the open work leaves, within reach.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no household.
    """
    require(actor, "see-open-work")
    return open_work.counted(_asked(actor, today, chosen)[1])


def _asked(actor: Actor, today: date, chosen: WorkFilter) -> tuple[tuple[WorkKind, ...], open_work.WorkQuery]:
    chosen = chosen.checked(today)
    reach = decide(actor, "see-linked-household", Place()).reach
    own: tuple[str, ...] | None = None
    kinds: tuple[WorkKind, ...] = tuple(WorkKind)
    if reach is Reach.OWN_MUNICIPALITY and actor.municipality is not None:
        require(actor, "see-linked-household", place_of(actor.municipality))
        own, kinds = (str(actor.municipality),), (WorkKind.HOUSE,)
    else:
        require(actor, "see-linked-household")
    wanted = [kind for kind in kinds if chosen.kind in {"", kind}]
    if chosen.municipality:
        own = tuple(code for code in (chosen.municipality,) if own is None or code in own)
    law = law_book().process(today)
    in_time = first_day_in_time(today, law_book().way(today))
    last_due = {Term.LATE: in_time - timedelta(days=1), Term.SOON: today + timedelta(days=DAYS_SOON)}
    return kinds, open_work.WorkQuery(
        kinds=wanted,
        days={
            WorkKind.LINK: law.link_weeks * DAYS_A_WEEK,
            WorkKind.HOUSE: law.home_weeks * DAYS_A_WEEK,
        },
        first_due=in_time if chosen.term == Term.SOON else None,
        last_due=last_due[Term(chosen.term)] if chosen.term else None,
        regions=(chosen.region,) if chosen.region else None,
        municipalities=own,
        holders=_holders(actor, chosen.whose),
        organisation=actor.organisation,
        by_link=actor.role is Role.COA,
        sizes=limits(chosen.size) if chosen.size else open_work.ANY_SIZE,
        household=chosen.search,
    )


def _after(written: str) -> tuple[date, str] | None:
    day, _, household = written.partition("/")
    try:
        return (date.fromisoformat(day), household) if household else None
    except ValueError:
        return None


_TERMS = {WorkKind.LINK: DeadlineKind.LINK, WorkKind.HOUSE: DeadlineKind.LEASE}
"""The deadline of the law book that each kind of work has."""


def held_by(*, actor: Actor, today: date, holder: str = "", household: str = "") -> tuple[Held, ...]:
    """Return the open work within reach that lies with a holder, or all of it on one household.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no household.
    """
    require(actor, "see-open-work")
    rows = _all_of(actor, today, holder, household)
    is_local = actor.role is Role.MUNICIPALITY
    return tuple(Held(row.household, row.municipality if is_local else "") for row in rows)


def read_held(*, actor: Actor, today: date, holder: str, most: int) -> tuple[WorkLine, ...]:
    """Return the first of the open work that lies with a holder.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no household.
    """
    require(actor, "see-open-work")
    rows = _all_of(actor, today, holder, "")[:most]
    note_processing(Activity.LIST_WORK, [row.household for row in rows])
    return _lines(rows, today, actor)


def _all_of(actor: Actor, today: date, holder: str, household: str) -> tuple[open_work.WorkRow, ...]:
    kinds, asked = _asked(actor, today, WorkFilter(search=household))
    holders = (holder,) if holder else None
    return open_work.listed(replace(asked, holders=holders, most=MOST_HELD)) if kinds else ()


def _holders(actor: Actor, whose: str) -> tuple[str, ...] | None:
    if not whose:
        return None
    return (actor.name,) if whose == Whose.MINE else organisations.names_in_unit_of(actor.name)


def _unit(actor: Actor) -> str:
    unit = organisations.unit_of(actor.name)
    return "" if unit is None else unit.name


def _lines(rows: tuple[open_work.WorkRow, ...], today: date, actor: Actor) -> tuple[WorkLine, ...]:
    law = law_book().way(today)
    stages = states_of([HouseholdId(row.household) for row in rows])
    held = work_holders.holders(actor.organisation, [row.household for row in rows])
    lines = []
    for row in rows:
        term = law.terms[_TERMS[WorkKind(row.kind)]]
        due = open_day(row.due, law.calendar) if is_extended(term, law.calendar) else row.due
        by_link = row.decided_by if actor.role is Role.COA else ""
        holder = held.get(row.household, by_link)
        lines.append(_line(replace(row, due=due), today, stages[HouseholdId(row.household)].stage, holder))
    return tuple(lines)


def _line(row: open_work.WorkRow, today: date, stage: Stage, holder: str) -> WorkLine:
    return WorkLine(
        kind=WorkKind(row.kind),
        household=HouseholdId(row.household),
        persons=row.persons,
        needs_accessible_home=row.needs_accessible_home,
        region=row.region,
        municipality=MunicipalityCode(row.municipality) if row.municipality else None,
        municipality_name=reference.municipality(row.municipality).name if row.municipality else "",
        since=row.since,
        due=row.due,
        days_left=(row.due - today).days,
        stage=stage,
        holder=holder,
    )
