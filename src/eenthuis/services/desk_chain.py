"""The desks of the province, the ministry and the IND: the chain in numbers, without a household."""

from __future__ import annotations

from datetime import date

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.deadlines import announcement_deadline
from eenthuis.rules.disclosure import hide_small
from eenthuis.rules.judgement import Behind, ExcusablyBehind, word
from eenthuis.rules.progress import PaceClass
from eenthuis.services.access import require
from eenthuis.services.balances import Standing, municipality_rows, standing, totals
from eenthuis.services.desk_documents import document_tasks_of_ind
from eenthuis.services.desk_linking import behind
from eenthuis.services.desk_models import (
    Desk,
    Figure,
    ProvinceLine,
    SupervisedLine,
    Task,
    Urgency,
    WaitingLine,
    most_urgent_first,
)
from eenthuis.services.desk_money import money_tasks_of_ministry
from eenthuis.services.desk_reception import reception_tasks_of_ministry, reception_tasks_of_province
from eenthuis.services.read_models import MunicipalityRow
from eenthuis.services.recommendations import register_on
from eenthuis.services.supervising import read_assessments
from eenthuis.services.warnings import outlook_on
from eenthuis.store import announcements, desk_counts
from eenthuis.terms.access import Actor
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import LinkingRegion

DAYS_SOON = 56
"""So many days ahead the last day to announce a number is told to be near: eight weeks."""


def province_desk(actor: Actor, half_year: HalfYear, today: date) -> Desk:
    """Return the desk of a province: who is behind, on which rung it stands, and by when it must answer."""
    require(actor, "see-desk")
    where = standing(half_year, today)
    rows = tuple(row for row in municipality_rows(where) if row.province_code == actor.province)
    lines = _supervised(where, rows, today)
    sums = totals(rows)
    up = [line for line in lines if line.rung > line.held]
    late = [line for line in lines if line.answer_by is not None and line.answer_by < today]
    asked = [line for line in lines if line.answer_by is not None and line.answer_by >= today]
    province = next((one for one in reference.provinces() if one.code == actor.province), None)
    return Desk(
        role=actor.role,
        half_year=half_year,
        today=today,
        tasks=most_urgent_first(
            [
                Task(
                    "answer-late",
                    Urgency.OVERDUE,
                    len(late),
                    due=min((line.answer_by for line in late if line.answer_by), default=None),
                ),
                Task("rung-up", Urgency.TODAY, len(up)),
                Task("warning-low", Urgency.TODAY, _warned(rows, today), reference=actor.province or ""),
                Task(
                    "answer-asked",
                    Urgency.SOON,
                    len(asked),
                    due=min((line.answer_by for line in asked if line.answer_by), default=None),
                ),
                *reception_tasks_of_province(actor=actor, today=today),
                *_of_paces(rows, actor.province or ""),
            ]
        ),
        figures=(
            Figure("corrected", sums.corrected, sums.backlog),
            Figure("realised", sums.realised, sums.corrected),
            Figure("linked", sums.linked),
            Figure("open-people", sums.open_people),
        ),
        name=province.name if province else "",
        supervised=lines,
    )


def _warned(rows: tuple[MunicipalityRow, ...], today: date) -> int:
    """Return how many municipalities lie under the threshold of early warning."""
    codes = {row.code for row in rows}
    return sum(one.is_low for one in outlook_on(today).warned if one.municipality in codes)


def _supervised(
    where: Standing, rows: tuple[MunicipalityRow, ...], today: date
) -> tuple[SupervisedLine, ...]:
    read = read_assessments(where, [row.code for row in rows], today)
    lines = []
    for row in rows:
        one = read.get(row.code)
        if one is None:
            continue
        judged = one.judgement
        lines.append(
            SupervisedLine(
                row=row,
                verdict=word(judged),
                people=judged.people if isinstance(judged, Behind | ExcusablyBehind) else 0,
                held=one.held,
                rung=one.rung,
                answer_by=one.answer_by,
            )
        )
    order = list(PaceClass)
    lines.sort(key=lambda line: (-line.rung, -line.people, -order.index(line.row.pace), line.row.name))
    return tuple(lines)


def ministry_desk(actor: Actor, half_year: HalfYear, today: date) -> Desk:
    """Return the desk of the ministry: what must be announced by when, and where the country stands."""
    require(actor, "see-desk")
    rows = municipality_rows(standing(half_year, today))
    sums = totals(rows)
    provinces = []
    for province in reference.provinces():
        own = tuple(row for row in rows if row.province_code == province.code)
        provinces.append(
            ProvinceLine(
                code=province.code,
                name=province.name,
                corrected=sum(row.corrected for row in own),
                realised=sum(row.realised for row in own),
                behind=behind(own, PaceClass.BEHIND),
                far_behind=behind(own, PaceClass.FAR_BEHIND),
            )
        )
    provinces.sort(key=lambda line: (-line.far_behind, -line.behind, line.name))
    return Desk(
        role=actor.role,
        half_year=half_year,
        today=today,
        tasks=most_urgent_first(
            [
                _to_announce(HalfYear.containing(today).next, today),
                *_of_advice(today),
                *reception_tasks_of_ministry(actor=actor, today=today),
                *money_tasks_of_ministry(actor=actor, today=today),
                *_of_paces(rows, ""),
            ]
        ),
        figures=(
            Figure("corrected", sums.corrected, sums.backlog),
            Figure("realised", sums.realised, sums.corrected),
            Figure("linked", sums.linked),
            Figure("open-people", sums.open_people),
        ),
        provinces=tuple(provinces),
    )


def _of_advice(today: date) -> list[Task | None]:
    """Return the steps promised on recommendations that are late or nearly due."""
    lines = register_on(today)
    due = min((line.standing.next_due for line in lines if line.standing.next_due), default=None)
    return [
        Task("advice-late", Urgency.OVERDUE, sum(line.late for line in lines), due=due),
        Task("advice-near", Urgency.SOON, sum(line.near for line in lines)),
    ]


def _of_paces(rows: tuple[MunicipalityRow, ...], province: str) -> list[Task | None]:
    return [
        Task("pace-far-behind", Urgency.SOON, behind(rows, PaceClass.FAR_BEHIND), reference=province),
        Task("pace-behind-province", Urgency.LATER, behind(rows, PaceClass.BEHIND), reference=province),
    ]


def _to_announce(coming: HalfYear, today: date) -> Task | None:
    if announcements.announcements(coming):
        return None
    by = announcement_deadline(coming, law_book().targets(coming))
    days = (by - today).days
    urgency = Urgency.OVERDUE if days < 0 else Urgency.SOON if days <= DAYS_SOON else Urgency.LATER
    return Task("announce-next", urgency, 1, due=by, reference=str(coming))


def ind_desk(actor: Actor, half_year: HalfYear, today: date) -> Desk:
    """Return the desk of the IND: permit holders in reception and relatives to come, in counts that tell of nobody."""
    require(actor, "see-desk")
    floor = law_book().linking(half_year.first_day).disclosure_floor
    counted = {row[0]: row[1:] for row in desk_counts.waiting_by_region()}
    columns = [
        hide_small([counted.get(one.value, (0, 0, 0))[column] for one in LinkingRegion], floor)
        for column in range(3)
    ]
    granted = sum(row[2] for row in counted.values())
    waiting = sum(row[1] - row[2] for row in counted.values())
    return Desk(
        role=actor.role,
        half_year=half_year,
        today=today,
        tasks=most_urgent_first(
            [
                Task("visa-waiting", Urgency.TODAY, waiting if waiting >= floor else 0),
                Task("visa-granted", Urgency.SOON, granted if granted >= floor else 0),
                *document_tasks_of_ind(actor=actor, today=today),
            ]
        ),
        figures=(Figure("in-reception", sum(row[0] for row in counted.values())),),
        waiting=tuple(
            WaitingLine(one, columns[0][place], columns[1][place], columns[2][place])
            for place, one in enumerate(LinkingRegion)
        ),
        floor=floor,
    )
