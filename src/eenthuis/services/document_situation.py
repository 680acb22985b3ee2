"""What a plan of sessions is made from: who waits, what stands, and from where teams can go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.law.documents import document_law, session_law
from eenthuis.rules.document_steps import TO_INVITE
from eenthuis.sessions.problem import CentreStop, Rules, SessionProblem, Standing, make_problem
from eenthuis.store import document_sessions as stored_sessions
from eenthuis.store import documents as stored_documents
from eenthuis.store import people, travel
from eenthuis.store.document_models import DocumentPlanRow
from eenthuis.store.documents import HeldDocument
from eenthuis.terms.document_steps import DocumentState
from eenthuis.terms.documents import (
    Appointment,
    DeskCode,
    DeskKind,
    DocumentSession,
    DocumentTeam,
    IndDesk,
    ResidenceDocument,
    Standpoint,
    TeamCode,
)
from eenthuis.terms.people import ReceptionCentre
from eenthuis.terms.places import Point


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a plan of one day is made from.

    Attributes
    ----------
    day, rules
        The day of planning, and what the law says on it.
    waiting
        Who waits for an appointment.
    sessions, booked
        The sessions from the Monday of that week on, and who has an appointment in them.
    desks, points
        The desks that are open and where each is from which a team can go.
    stops, teams
        The centres, and the teams that can go to them.
    where
        Where each desk and centre stands, by its code.
    """

    day: date
    rules: Rules
    waiting: tuple[HeldDocument, ...]
    sessions: tuple[DocumentSession, ...]
    booked: tuple[HeldDocument, ...]
    desks: tuple[IndDesk, ...]
    points: Mapping[DeskCode, Point]
    stops: tuple[CentreStop, ...]
    teams: tuple[DocumentTeam, ...]
    where: Mapping[str, Standpoint]

    @property
    def documents(self) -> tuple[ResidenceDocument, ...]:
        """Documents of who waits and of who has an appointment."""
        return (*(as_document(one) for one in self.waiting), *(one.document for one in self.booked))

    @property
    def holders(self) -> list[DocumentTeam]:
        """Teams of sessions that are of none of the teams: they hold those sessions and are asked for no other."""
        known = {team.code for team in self.teams}
        names = sorted({one.team for one in self.sessions} - known)
        past = min((one.day for one in self.sessions), default=date.min)
        return [
            DocumentTeam(name, self.desks[0].code, 0, 0, last_day=past - timedelta(days=1))
            for name in names
            if self.desks
        ]

    def problem(self, standing: Standing) -> SessionProblem:
        """Return what is planned beside what stands.

        Raises
        ------
        InputError
            As :func:`eenthuis.sessions.problem.make_problem`.
        """
        return make_problem(
            self.documents,
            self.stops,
            [*self.teams, *self.holders],
            desks=self.points,
            as_of=self.day,
            rules=self.rules,
            standing=standing,
        )


def situation_of(row: DocumentPlanRow) -> Situation:
    """Return what the plan that was asked for is made from, as it stands now."""
    day, book = row.as_of, law_book()
    rules = Rules(document_law(book, day), session_law(book, day), book.calendar(day))
    waiting = stored_documents.listed(states=TO_INVITE)
    sessions, booked = _standing(day)
    desks = _desks(day, counts=rules.session.expat_centres_count)
    own = travel.points_on(day)
    where = standpoints(people.centres().values(), reference.ind_desks(), own)
    teams = _teams(row, desks)
    used = {one.document.centre for one in (*waiting, *booked)} | {one.centre for one in sessions}
    return Situation(
        day=day,
        rules=rules,
        waiting=waiting,
        sessions=sessions,
        booked=booked,
        desks=desks,
        points={
            code: where[code].point
            for code in sorted({*(desk.code for desk in desks), *(team.desk for team in teams)})
            if code in where
        },
        stops=tuple(CentreStop(code, where[code].point) for code in sorted(used)),
        teams=tuple(teams),
        where=where,
    )


def standpoints(
    centres: Iterable[ReceptionCentre], desks: Iterable[IndDesk], own: Mapping[str, travel.OwnPoint]
) -> Mapping[str, Standpoint]:
    """Return where centres and desks stand, by code: as was loaded, else the point of their municipality."""
    at = {str(one.code): one.municipality for one in centres} | {
        str(one.code): one.municipality for one in desks
    }
    packaged = {code: reference.point_of(place) for code, place in at.items() if code not in own}
    return {
        **{code: Standpoint(code, point, is_real=False) for code, point in packaged.items()},
        **{code: Standpoint(code, one.point, is_real=True) for code, one in own.items()},
    }


def as_document(held: HeldDocument) -> ResidenceDocument:
    """Return a document that can be planned from the day on which there can be a new appointment."""
    ready = max(held.document.ready_on, held.not_before or held.document.ready_on)
    return replace(held.document, ready_on=ready)


def appointment_of(held: HeldDocument) -> Appointment:
    """Return the appointment that somebody has, or had last."""
    place = held.place
    assert place is not None  # noqa: S101 - who is or was invited has a place
    return Appointment(held.document.number, held.document.household, place.session, place.day, place.slot)


def _standing(day: date) -> tuple[tuple[DocumentSession, ...], tuple[HeldDocument, ...]]:
    monday = day - timedelta(days=day.weekday())
    held = stored_sessions.sessions(first_day=monday)
    there = {one.identifier for one in held}
    invited = stored_documents.listed(states=(DocumentState.INVITED,))
    return held, tuple(one for one in invited if one.place is not None and one.place.session in there)


def _desks(day: date, *, counts: bool) -> tuple[IndDesk, ...]:
    return tuple(
        desk for desk in reference.ind_desks() if desk.is_open(day) and (counts or desk.kind is DeskKind.IND)
    )


def _teams(row: DocumentPlanRow, desks: Sequence[IndDesk]) -> list[DocumentTeam]:
    if (number := row.asked.get("teams")) is not None:
        return list(travel.teams_of(int(number)))
    staff, vans = int(row.asked["staff"]), int(row.asked["vans"])
    return [DocumentTeam(TeamCode(desk.code), desk.code, staff, vans) for desk in desks]
