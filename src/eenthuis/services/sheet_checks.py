"""What taking in the rows of a spreadsheet comes to: new, the same as what is there, or wrong; and taking them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from eenthuis.connect.sheet_cells import Cells, read_cells, shown
from eenthuis.law import law_book
from eenthuis.rules.way_history import sign_off_obstacle
from eenthuis.services.access import may, place_of
from eenthuis.services.document_moves import documents_leave
from eenthuis.services.documents import DocumentFacts
from eenthuis.services.homes import owner_of
from eenthuis.services.notices import tell
from eenthuis.services.sheet_documents import add_documents, judge_documents
from eenthuis.services.sheet_estimates import Restimated, add_estimates, estimate_of, judge_estimate
from eenthuis.services.sheet_homes import add_homes, home_of, home_values, homes_there, judge_home, may_keep
from eenthuis.services.sheet_people import household_of, values_of
from eenthuis.services.way_steps import OnItsWay, check_step, standing
from eenthuis.store import announcements, forecasts, journal, links, people, taken_in, way
from eenthuis.store.models import LinkRow
from eenthuis.store.sheet_models import StatedProgressRow
from eenthuis.store.taken_in import Stated
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, StateError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.homes import Home
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.people import Household, HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.sheets import Outcome, SheetForm, SheetKind, SheetLine, SheetProblem, Why
from eenthuis.terms.way import StepKind

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Signed:
    """A household to sign off: its link and the day."""

    link: LinkRow
    on: date


@dataclass(frozen=True, slots=True)
class Restated:
    """What a municipality states, and what it stated before of the same day."""

    stated: Stated
    before: StatedProgressRow | None


Made = Household | Home | Signed | Restated | Restimated | DocumentFacts


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A row with what taking it in comes to; ``made`` is what would be added, for a new one."""

    line: SheetLine
    outcome: Outcome
    problems: tuple[SheetProblem, ...]
    made: Made | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who hands in which rows of which form, and when."""

    actor: Actor
    form: SheetForm
    today: date


Judged = tuple[Outcome, tuple[SheetProblem, ...], Made | None]


def may_hand_in(actor: Actor, kind: SheetKind) -> bool:
    """Return whether an actor may hand in a kind at all; rows are judged one by one."""
    own = place_of(actor.municipality) if actor.municipality else None
    match kind:
        case SheetKind.HOUSEHOLDS:
            return may(actor, "register-household", own)
        case SheetKind.HOMES:
            return may_keep(actor=actor, municipality=actor.municipality)
        case SheetKind.SIGN_OFFS:
            return may(actor, "sign-off", own)
        case SheetKind.PROGRESS:
            return may(actor, "state-progress", own)
        case SheetKind.ESTIMATES:
            return may(actor, "state-estimate")
        case SheetKind.DOCUMENTS:
            return may(actor, "signal-document")


def require_hand_in(actor: Actor, kind: SheetKind) -> None:
    """Refuse who may not hand in a kind.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    if not may_hand_in(actor, kind):
        raise AccessError(
            "ACC-01",
            f"{actor.role} may not hand in a sheet of {kind}",
            remedy="Sign in with an account that may.",
        )


def check_lines(
    *, actor: Actor, form: SheetForm, lines: Sequence[SheetLine], today: date, tell: Tell | None = None
) -> list[CheckedLine]:
    """Return every row with its outcome, judged against the other rows and against what is there now."""
    require_hand_in(actor, form.kind)
    asked = _Asked(actor, form, today)
    read = []
    for number, line in enumerate(lines, start=1):
        read.append(read_cells(line, form, today))
        if tell is not None and number % 500 == 0:
            tell(number)
    once = _without_repeats(read, form)
    judged = _JUDGES[form.kind](asked, once)
    return [
        CheckedLine(line, *judged.get(line.number, (Outcome.WRONG, cells.problems, None)))
        for line, cells in zip(lines, once, strict=True)
    ]


def _without_repeats(read: Sequence[Cells], form: SheetForm) -> list[Cells]:
    """Return the rows, with those whose key stands in an earlier row told of."""
    seen: dict[tuple[object, ...], int] = {}
    found = []
    for cells in read:
        key = tuple(cells.values.get(name) for name in form.key)
        if None not in key and key in seen:
            column = form.column(form.key[0]).heading
            twice = SheetProblem(Why.TWICE, cells.number, column, str(key[0]), {"other": str(seen[key])})
            cells = replace(cells, problems=(*cells.problems, twice))  # noqa: PLW2901 - the row with its problem
        elif None not in key:
            seen[key] = cells.number
        found.append(cells)
    return found


def _problem(asked: _Asked, cells: Cells, name: str, why: Why, **values: str) -> SheetProblem:
    column = asked.form.column(name)
    return SheetProblem(why, cells.number, column.heading, shown(cells.cells.get(name)), values)


def _households(asked: _Asked, rows: Sequence[Cells]) -> Mapping[int, Judged]:
    centres = people.centres()
    sound = [row for row in rows if not row.problems]
    names = [HouseholdId(str(row.values["household"])) for row in sound]
    there = {one.identifier: one for one in people.households(names)}
    found: dict[int, Judged] = {}
    for row, name in zip(sound, names, strict=True):
        problems = []
        if row.values["centre"] not in centres:
            problems.append(_problem(asked, row, "centre", Why.UNKNOWN_CENTRE))
        if _day(row, "permit_on") > asked.today:
            problems.append(_problem(asked, row, "permit_on", Why.AHEAD))
        if not row.values["adults"] and not row.values["children"]:
            problems.append(_problem(asked, row, "adults", Why.NO_MEMBERS))
        made = household_of(row.values)
        if name in there and (differing := _differing(asked.form, made, there[name])):
            problems.append(
                _problem(asked, row, "household", Why.ALREADY_OTHERWISE, there=", ".join(differing))
            )
        found[row.number] = _judged(problems, made, is_there=name in there)
    return found


def _differing(form: SheetForm, made: Household, there: Household) -> list[str]:
    ours, theirs = values_of(made), values_of(there)
    return [column.heading for column in form.columns if ours[column.name] != theirs[column.name]]


def _judged(problems: Sequence[SheetProblem], made: Made, *, is_there: bool) -> Judged:
    if problems:
        return Outcome.WRONG, tuple(problems), None
    return (Outcome.SAME, (), None) if is_there else (Outcome.NEW, (), made)


def _homes(asked: _Asked, rows: Sequence[Cells]) -> Mapping[int, Judged]:
    sound = [row for row in rows if not row.problems]
    there = homes_there(sound)
    found: dict[int, Judged] = {}
    for row in sound:
        known = there.get(str(row.values.get("home")))
        made = home_of(row.values, owner_of(asked.actor))
        wrong = judge_home(asked.actor, made, known)
        values = {"there": ", ".join(_other(asked.form, made, known))} if known else {}
        problems = [_problem(asked, row, wrong[0], wrong[1], **values)] if wrong else []
        found[row.number] = _judged(problems, made, is_there=known is not None)
    return found


def _other(form: SheetForm, made: Home, there: Home) -> list[str]:
    ours, theirs = home_values(made), home_values(there)
    return [column.heading for column in form.columns if ours[column.name] != theirs[column.name]]


def _sign_offs(asked: _Asked, rows: Sequence[Cells]) -> Mapping[int, Judged]:
    sound = [row for row in rows if not row.problems]
    names = [HouseholdId(str(row.values["household"])) for row in sound]
    permits, steps = way.permit_days(names), way.steps_of(names)
    linked, signed = links.links_in_force(names), taken_in.signed_off_on(names)
    found = {}
    for row, name in zip(sound, names, strict=True):
        held = OnItsWay(
            household=name,
            permit_on=permits.get(name),
            steps=steps[name],
            state=standing(steps[name]),
            link=linked.get(name),
            today=asked.today,
        )
        found[row.number] = _sign_off(asked, row, held, signed.get(name))
    return found


def _sign_off(asked: _Asked, row: Cells, held: OnItsWay, signed: date | None) -> Judged:
    on, link, where = _day(row, "on"), held.link, row.values.get("municipality")
    if held.permit_on is None and not held.steps:
        return Outcome.WRONG, (_problem(asked, row, "household", Why.UNKNOWN_HOUSEHOLD),), None
    if link is None:
        return Outcome.WRONG, (_problem(asked, row, "household", Why.NOT_LINKED),), None
    problems = []
    if where is not None and where != link.municipality:
        problems.append(_problem(asked, row, "municipality", Why.LINKED_ELSEWHERE, there=link.municipality))
    if on > asked.today:
        problems.append(_problem(asked, row, "on", Why.AHEAD))
    elif on < link.on:
        problems.append(_problem(asked, row, "on", Why.BEFORE_LINK, there=f"{link.on:%d-%m-%Y}"))
    elif signed is not None and signed != on:
        problems.append(_problem(asked, row, "on", Why.ALREADY_OTHERWISE, there=f"{signed:%d-%m-%Y}"))
    elif signed is None and (obstacle := _obstacle(held, on)):
        problems.append(_problem(asked, row, "on", obstacle))
    return _judged(problems, Signed(link, on), is_there=signed is not None)


def _obstacle(held: OnItsWay, on: date) -> Why | None:
    """Return what stands in the way of signing off where a household stands, as for a sign-off by hand."""
    try:
        check_step(held, StepKind.SIGNED_OFF, on=on, why="", values={})
    except StateError as wrong:
        return Why.BEFORE_LAST_STEP if wrong.code == "STA-09" else Why.NOT_POSSIBLE
    return Why.NOT_POSSIBLE if sign_off_obstacle(held.state, law_book().counting(on)) else None


def _progress(asked: _Asked, rows: Sequence[Cells]) -> Mapping[int, Judged]:
    sound = [row for row in rows if not row.problems]
    targets: dict[HalfYear, frozenset[MunicipalityCode]] = {}
    there = {
        (row.municipality, row.half_year, row.as_of): row
        for row in taken_in.stated_in_force({_code(row) for row in sound})
    }
    found: dict[int, Judged] = {}
    for row in sound:
        half_year = row.values["half_year"]
        assert isinstance(half_year, HalfYear)  # noqa: S101 - a cell of this kind holds one
        if half_year not in targets:
            held = announcements.targets_in_force(half_year)
            targets[half_year] = frozenset(held.targets if held else ())
        problems = _statement_problems(asked, row, half_year, targets[half_year])
        note = str(row.values.get("note") or "")
        stated = Stated(_code(row), half_year, _day(row, "as_of"), _whole(row, "realised"), note)
        before = there.get((stated.municipality, str(half_year), stated.as_of))
        same = before is not None and taken_in.stated_of(before) == stated
        found[row.number] = _judged(problems, Restated(stated, before), is_there=same)
    return found


def _statement_problems(
    asked: _Asked, row: Cells, half_year: HalfYear, targets: frozenset[MunicipalityCode]
) -> list[SheetProblem]:
    code, as_of = _code(row), _day(row, "as_of")
    if not may(asked.actor, "state-progress", place_of(code)):
        return [_problem(asked, row, "municipality", Why.OUTSIDE_REACH)]
    problems = []
    if code not in targets:
        problems.append(_problem(asked, row, "municipality", Why.NO_TARGET))
    if not half_year.first_day <= as_of <= half_year.last_day:
        ends = {"first": f"{half_year.first_day:%d-%m-%Y}", "last": f"{half_year.last_day:%d-%m-%Y}"}
        problems.append(_problem(asked, row, "as_of", Why.OUTSIDE_HALF_YEAR, **ends))
    elif as_of > asked.today:
        problems.append(_problem(asked, row, "as_of", Why.AHEAD))
    return problems


def _estimates(asked: _Asked, rows: Sequence[Cells]) -> Mapping[int, Judged]:
    held = forecasts.estimates()
    found: dict[int, Judged] = {}
    for row in (one for one in rows if not one.problems):
        wrong, made, same = judge_estimate(estimate_of(row.values), held, asked.today)
        problems = [_problem(asked, row, column, why) for column, why in wrong.items()]
        found[row.number] = _judged(problems, made, is_there=same)
    return found


def _documents(asked: _Asked, rows: Sequence[Cells]) -> Mapping[int, Judged]:
    found: dict[int, Judged] = {}
    for row, wrong, made, same in judge_documents([one for one in rows if not one.problems], asked.today):
        problems = [_problem(asked, row, column, why, there=made.number) for column, why in wrong.items()]
        found[row.number] = _judged(problems, made, is_there=same)
    return found


def _day(row: Cells, name: str) -> date:
    value = row.values[name]
    assert isinstance(value, date)  # noqa: S101 - a cell of this kind holds one
    return value


def _whole(row: Cells, name: str) -> int:
    value = row.values[name]
    assert isinstance(value, int)  # noqa: S101 - a cell of this kind holds one
    return value


def _code(row: Cells) -> MunicipalityCode:
    return MunicipalityCode(str(row.values["municipality"]))


_JUDGES: Mapping[SheetKind, Callable[[_Asked, Sequence[Cells]], Mapping[int, Judged]]] = {
    SheetKind.HOUSEHOLDS: _households,
    SheetKind.HOMES: _homes,
    SheetKind.SIGN_OFFS: _sign_offs,
    SheetKind.PROGRESS: _progress,
    SheetKind.ESTIMATES: _estimates,
    SheetKind.DOCUMENTS: _documents,
}


def take_in(*, actor: Actor, kind: SheetKind, checked: Sequence[CheckedLine], today: date) -> None:
    """Add what is new, each with a line in the journal, in the transaction of the caller."""
    require_hand_in(actor, kind)
    made = [one.made for one in checked if one.outcome is Outcome.NEW and one.made is not None]
    match kind:
        case SheetKind.HOUSEHOLDS:
            _add_households(actor, [one for one in made if isinstance(one, Household)])
        case SheetKind.HOMES:
            add_homes(actor=actor, made=[one for one in made if isinstance(one, Home)])
        case SheetKind.SIGN_OFFS:
            _add_sign_offs(actor, [one for one in made if isinstance(one, Signed)], today)
        case SheetKind.PROGRESS:
            _add_statements(actor, [one for one in made if isinstance(one, Restated)])
        case SheetKind.ESTIMATES:
            add_estimates(actor, [one for one in made if isinstance(one, Restimated)])
        case SheetKind.DOCUMENTS:
            add_documents(actor, [one for one in made if isinstance(one, DocumentFacts)], today)


def _add_households(actor: Actor, made: Sequence[Household]) -> None:
    people.save_households(made)
    told = ((f"household {one.identifier}", "", {"persons": one.persons}) for one in made)
    journal.write_many(actor, "register-household", told)


def _add_sign_offs(actor: Actor, made: Sequence[Signed], today: date) -> None:
    steps = taken_in.add_sign_offs([(one.link, one.on) for one in made], decided_by=actor.name)
    told = (
        (
            f"household {one.link.household}",
            one.link.municipality,
            {"on": one.on, "persons": one.link.persons},
        )
        for one in made
    )
    journal.write_many(actor, "sign-off", told)
    documents_leave(by=actor, days={HouseholdId(one.link.household): one.on for one in made})
    for step in steps:
        tell(
            kind=NoticeKind.SIGNED_OFF,
            to=Addressee(Role.MUNICIPALITY, municipality=MunicipalityCode(step.municipality)),
            reference=f"sign-off:{step.pk}",
            today=today,
        )


def _add_statements(actor: Actor, made: Sequence[Restated]) -> None:
    taken_in.add_stated([(one.stated, one.before) for one in made], stated_by=actor.name)
    told = (
        (
            f"progress {one.stated.municipality} {one.stated.half_year}",
            one.stated.municipality,
            {"as_of": one.stated.as_of, "realised": one.stated.realised},
        )
        for one in made
    )
    journal.write_many(actor, "state-progress", told)
