"""What is due on the desks about reception places: what tables lack, sites that end, what waits for a colleague."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.reception_cycle import CycleStep
from eenthuis.services.access import require
from eenthuis.services.desk_models import Task, Urgency
from eenthuis.services.place_table import TableState, table_state
from eenthuis.services.reception_reading import cycle_of, law_state, running_year
from eenthuis.store import allocations, sites
from eenthuis.store import reception as shared
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import StateError
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

Tasks = list[Task | None]


def reception_tasks_of_municipality(*, actor: Actor, today: date) -> Tasks:
    """Return what a municipality's share lacks at the table, and its sites that end soon."""
    require(actor, "see-published-figures")
    if actor.municipality is None or actor.province is None:
        return []
    found: Tasks = [_ending((actor.municipality,), today)]
    state = _state(actor.province, today)
    if state is not None:
        lacking = {line.municipality: line.lacking for line in state.made.lines}.get(actor.municipality, 0)
        urgency, due = _until_report(today)
        found.append(Task("places-lacking", urgency, lacking, due=due))
    return found


def reception_tasks_of_province(*, actor: Actor, today: date) -> Tasks:
    """Return what the table of a province is short until it reported."""
    require(actor, "see-published-figures")
    if actor.province is None or actor.province in allocations.reported(running_year(today)):
        return []
    state = _state(actor.province, today)
    if state is None:
        return []
    urgency, due = _until_report(today)
    return [Task("table-short", urgency, state.made.short, due=due)]


def reception_tasks_of_coa(*, actor: Actor, today: date) -> Tasks:
    """Return how many changes of sites wait for COA to confirm them, and the sites that end soon."""
    require(actor, "see-reception-sites")
    return [Task("sites-to-confirm", Urgency.TODAY, sites.unconfirmed()), _ending(None, today)]


def reception_tasks_of_ministry(*, actor: Actor, today: date) -> Tasks:
    """Return the allocation decisions that wait for a second person, and the tables that did not report in time."""
    require(actor, "see-published-figures")
    year = running_year(today)
    waiting = sum(one.state == "put-forward" for one in allocations.decisions(year))
    urgency, due = _until_report(today)
    late = 0
    if urgency is Urgency.OVERDUE and law_state(today).holds and shared.shares(year) is not None:
        reported = allocations.reported(year)
        late = sum(one.code not in reported for one in reference.provinces())
    return [Task("allocation-waits", Urgency.TODAY, waiting), Task("tables-late", urgency, late, due=due)]


def _state(province: ProvinceCode, today: date) -> TableState | None:
    """Return the table of a province; None while the Act does not hold or nothing was shared out."""
    if not law_state(today).holds:
        return None
    try:
        return table_state(running_year(today), province, today)
    except StateError:
        return None


def _until_report(today: date) -> tuple[Urgency, date]:
    """Return the day on which tables must have reported; it is near from as many days before as the notice of it."""
    report = next(one for one in cycle_of(running_year(today)).steps if one.step is CycleStep.REPORT)
    days, _ = law_book().look_up("reception.offer_asked_days", today)
    urgency = Urgency.LATER
    if today > report.last_day:
        urgency = Urgency.OVERDUE
    elif today >= report.last_day - timedelta(days=int(days)):
        urgency = Urgency.SOON
    return urgency, report.last_day


def _ending(municipalities: Sequence[MunicipalityCode] | None, today: date) -> Task:
    days, _ = law_book().look_up("reception.site_ends_days", today)
    found = [
        held.site.last_day
        for held in sites.ending(today, today + timedelta(days=int(days)))
        if (municipalities is None or held.site.municipality in municipalities) and held.site.last_day
    ]
    return Task("sites-ending", Urgency.SOON, len(found), due=min(found, default=None))
