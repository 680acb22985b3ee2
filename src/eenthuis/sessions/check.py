"""A plan checked apart from the engine: every rule, the cost, and the bound."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from eenthuis.rules.documents import readiness
from eenthuis.sessions.check_bound import bound_from_prices
from eenthuis.sessions.planning import cost_of
from eenthuis.sessions.problem import SessionProblem, can_work
from eenthuis.terms.documents import (
    Appointment,
    DocumentNumber,
    DocumentPlan,
    DocumentSession,
    NotPlanned,
    ResidenceDocument,
    SessionId,
    TeamCode,
    WhyNotPlanned,
)
from eenthuis.terms.people import CentreCode


@dataclass(frozen=True, slots=True)
class RuleChecked:
    """One family of rules: how many times it was tested, and where it is broken, in codes and days."""

    name: str
    tested: int
    broken: tuple[str, ...]


def check_plan(
    problem: SessionProblem, plan: DocumentPlan, documents: Mapping[DocumentNumber, ResidenceDocument]
) -> tuple[RuleChecked, ...]:
    """Return every family of rules with what of the plan breaks it; nothing is taken over from the engine.

    ``documents`` are all that wait, with an appointment or not.
    """
    look = _Look(problem, plan, documents)
    return (
        RuleChecked("settings are those of the problem", 1, tuple(look.settings())),
        RuleChecked("sessions", len(plan.sessions), tuple(look.sessions())),
        RuleChecked("staff and vans of a team on a day", len(look.by_team), tuple(look.teams())),
        RuleChecked("slots of a centre in a week", len(look.by_week), tuple(look.weeks())),
        RuleChecked("appointments", len(plan.appointments), tuple(look.appointments())),
        RuleChecked("people of one party together", len(problem.parties), tuple(look.families())),
        RuleChecked("what stood before stands", len(problem.standing.appointments), tuple(look.standing())),
        RuleChecked("everybody is planned or told why not", len(documents), tuple(look.everybody())),
        RuleChecked("cost and bound", 2, tuple(look.figures())),
    )


class _Look:
    """One plan beside its problem, laid out for the questions asked."""

    def __init__(
        self,
        problem: SessionProblem,
        plan: DocumentPlan,
        documents: Mapping[DocumentNumber, ResidenceDocument],
    ) -> None:
        self.problem, self.plan, self.documents = problem, plan, documents
        self.session = {one.identifier: one for one in plan.sessions}
        self.booked = Counter(one.session for one in plan.appointments)
        self.seat = {one.document: one for one in plan.appointments}
        self.stood = set(problem.standing.sessions)
        self.stood_seats = set(problem.standing.appointments)
        self.by_team: defaultdict[tuple[TeamCode, date], list[DocumentSession]] = defaultdict(list)
        self.by_week: defaultdict[tuple[CentreCode, tuple[int, int]], list[DocumentSession]] = defaultdict(
            list
        )
        for one in plan.sessions:
            self.by_team[one.team, one.day].append(one)
            self.by_week[one.centre, one.day.isocalendar()[:2]].append(one)

    def settings(self) -> Iterator[str]:
        """Tell where the plan says it is of another day or horizon."""
        asked = (
            self.problem.as_of,
            self.problem.first_day,
            self.problem.last_day,
            self.problem.unit,
        )
        said = (self.plan.as_of, self.plan.first_day, self.plan.last_day, self.plan.unit)
        if asked != said:
            yield f"the plan is of {', '.join(map(str, said))}, not of {', '.join(map(str, asked))}"

    def sessions(self) -> Iterator[str]:
        """Tell which sessions cannot be held as they are planned."""
        if len(self.session) < len(self.plan.sessions):
            yield "a centre has two sessions on one day"
        stops = {stop.code: stop for stop in self.problem.centres}
        teams = {team.code: team for team in self.problem.teams}
        law = self.problem.rules.session
        for one in self.plan.sessions:
            stop, team = stops.get(one.centre), teams.get(one.team)
            if stop is None or team is None:
                yield f"{one.identifier}: centre or team {one.team} is not known"
            elif one in self.stood:
                continue
            elif one.day not in self.problem.days or not stop.is_open(one.day):
                yield f"{one.identifier}: nobody works there that day, or it is outside the horizon"
            elif not can_work(team, one.day, law.people_at_counter):
                yield f"{one.identifier}: team {one.team} does not work that day"
            elif not self._is_set_up(one):
                yield f"{one.identifier}: staff, counters, slots, times or way are not as the rules say"

    def _is_set_up(self, one: DocumentSession) -> bool:
        law = self.problem.rules.session
        return (
            one.counters >= 1
            and one.staff == one.counters * law.people_at_counter
            and one.slots == min(law.slots_a_day, one.counters * law.slots_per_counter)
            and (one.first_slot, one.minutes_per_slot) == (law.first_slot, law.minutes_per_slot)
            and one.metres == self.problem.metres[one.team, one.centre]
        )

    def teams(self) -> Iterator[str]:
        """Tell which teams would need more staff or vans than they have."""
        teams = {team.code: team for team in self.problem.teams}
        for (code, day), held in sorted(self.by_team.items()):
            team = teams.get(code)
            if team is None:
                continue
            if sum(one.staff for one in held) > team.staff or len(held) > team.vans:
                yield f"team {code} on {day.isoformat()}: more staff or vans than it has"

    def weeks(self) -> Iterator[str]:
        """Tell which weeks of a centre have more slots than allowed, beyond what stood before."""
        most = self.problem.rules.session.slots_a_week
        for (centre, week), held in sorted(self.by_week.items()):
            stood = sum(one.slots for one in held if one in self.stood)
            slots = sum(one.slots for one in held)
            if slots > max(most, stood):
                yield f"{centre} in week {week[1]} of {week[0]}: {slots} slots, at most {most}"

    def appointments(self) -> Iterator[str]:
        """Tell which appointments cannot be kept."""
        if len(self.seat) < len(self.plan.appointments):
            yield "somebody has two appointments"
        slots = Counter((one.session, one.slot) for one in self.plan.appointments)
        for one in self.plan.appointments:
            wrong = self._wrong(one, slots[one.session, one.slot])
            if wrong:
                yield f"{one.document} at {one.session}: {wrong}"

    def _wrong(self, one: Appointment, on_slot: int) -> str:
        session, document = self.session.get(one.session), self.documents.get(one.document)
        if session is None or document is None:
            return "no such session or document"
        if one.day != session.day or not 0 <= one.slot < session.slots or on_slot > 1:
            return "another day, a slot that is not there, or one that is given twice"
        if document.centre != session.centre or document.household != one.household:
            return "the person stays at another centre, or is of another household"
        if not readiness(document, one.day, self.problem.rules.document).is_ready:
            return "the document cannot be handed out that day"
        if one not in self.stood_seats and one.day < self.problem.first_day:
            return "there is no time to invite"
        return ""

    def families(self) -> Iterator[str]:
        """Tell which parties are split."""
        for party in self.problem.parties:
            where: set[SessionId | None] = set()
            for one in party.documents:
                seat = self.seat.get(one.number)
                where.add(seat.session if seat else None)
            if len(where) > 1:
                yield f"the party of {party.documents[0].number} is split"

    def standing(self) -> Iterator[str]:
        """Tell what stood before and does not stand now."""
        for session in sorted(self.stood - set(self.plan.sessions), key=lambda one: one.identifier):
            yield f"session {session.identifier} stood and is gone or changed"
        for seat in sorted(self.stood_seats - set(self.plan.appointments), key=lambda one: one.document):
            yield f"the appointment of {seat.document} stood and is gone or changed"

    def everybody(self) -> Iterator[str]:
        """Tell who is neither planned nor told why not, or is told something else than is so."""
        told: dict[DocumentNumber, list[NotPlanned]] = defaultdict(list)
        for one in self.plan.not_planned:
            told[one.document].append(one)
        refused = {one.document: one for one in self.problem.refused}
        for number in sorted(self.documents.keys() | told.keys()):
            said, seat = told.get(number, []), self.seat.get(number)
            expected = refused.get(number, NotPlanned(number, WhyNotPlanned.NO_ROOM))
            if number not in self.documents:
                yield f"{number} does not wait"
            elif (seat is not None) == bool(said):
                yield f"{number} is neither planned nor told why not, or both"
            elif said and said != [expected]:
                yield f"{number} is told {said[0].why}, and it is {expected.why}"

    def figures(self) -> Iterator[str]:
        """Tell whether cost and bound are what they are said to be."""
        try:
            cost = cost_of(self.problem, self.plan)
            bound = bound_from_prices(self.problem, self.plan.prices) + self._standing_cost()
        except (KeyError, ValueError) as wrong:
            yield str(wrong)
            return
        if cost != self.plan.cost:
            yield f"the plan costs {cost}, not {self.plan.cost}"
        if self.plan.bound > bound:
            yield f"the prices prove {bound}, not {self.plan.bound}"
        if self.plan.bound > self.plan.cost:
            yield f"a bound of {self.plan.bound} above a cost of {self.plan.cost} cannot be"

    def _standing_cost(self) -> int:
        waiting = sum(self.problem.waiting_cost(one.day) for one in self.stood_seats)
        return waiting + sum(self.problem.travel_cost(one.team, one.centre) for one in self.stood)
