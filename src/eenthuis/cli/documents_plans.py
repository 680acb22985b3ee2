"""A plan of sessions as a folder: written whole or not at all, and read back with clear errors."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from eenthuis.connect.cells import choice, choices, given
from eenthuis.connect.tables import Row, day, read_table, whole_number
from eenthuis.connect.text import decoded
from eenthuis.connect.whole_files import write_whole
from eenthuis.terms.documents import (
    Appointment,
    AppointmentChange,
    DocumentNumber,
    DocumentPlan,
    DocumentSession,
    NotPlanned,
    SessionId,
    TeamCode,
    WhyNotPlanned,
    WhyNotReady,
)
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.people import CentreCode, HouseholdId
from eenthuis.terms.receipt import Receipt, plain, receipt_from_plain

SESSIONS, APPOINTMENTS, NOT_PLANNED, PRICES, CHANGES, SUMMARY = (
    "sessions.csv",
    "appointments.csv",
    "not_planned.csv",
    "prices.csv",
    "changes.csv",
    "plan.json",
)
_SESSION = (
    "session",
    "centre",
    "day",
    "team",
    "staff",
    "counters",
    "slots",
    "first_slot",
    "minutes_per_slot",
)
_SESSION_COLUMNS = (*_SESSION, "metres", "people")
_SEAT_COLUMNS = ("document", "household", "session", "day", "begins", "slot")
_LEFT_COLUMNS = ("document", "why", "not_ready")
_PRICE_COLUMNS = ("team", "day", "staff", "van")
_CHANGE_COLUMNS = ("document", "before", "now", "why")
_NUMBERS = ("cost", "bound", "unit", "seed")


@dataclass(frozen=True, slots=True)
class Saved:
    """A plan read back, with the seed, what was assumed of the law when it was made, and the receipt."""

    plan: DocumentPlan
    assumed: Mapping[str, str]
    seed: int
    receipt: Receipt


def write_plan(
    folder: Path,
    plan: DocumentPlan,
    summary: Mapping[str, object],
    changed: Sequence[AppointmentChange] | None = None,
) -> None:
    """Write a plan into a folder, its summary last; ``changed`` is what differs from the plan before.

    Raises
    ------
    InputError
        INP-07 when the folder cannot be written in.
    """
    people: dict[SessionId, int] = {}
    for one in plan.appointments:
        people[one.session] = people.get(one.session, 0) + 1
    sessions = {one.identifier: one for one in plan.sessions}
    files = {
        SESSIONS: _csv(
            _SESSION_COLUMNS,
            (
                (
                    one.identifier, one.centre, one.day, one.team, one.staff, one.counters, one.slots,
                    one.first_slot.isoformat("minutes"), one.minutes_per_slot, one.metres,
                    people.get(one.identifier, 0),
                )
                for one in plan.sessions
            ),
        ),
        APPOINTMENTS: _csv(
            _SEAT_COLUMNS,
            (
                (
                    one.document, one.household, one.session, one.day,
                    sessions[one.session].begins(one.slot).isoformat("minutes"), one.slot,
                )
                for one in plan.appointments
            ),
        ),
        NOT_PLANNED: _csv(
            _LEFT_COLUMNS, ((one.document, one.why, " ".join(one.not_ready)) for one in plan.not_planned)
        ),
        PRICES: _csv(
            _PRICE_COLUMNS,
            ((team, on, staff, van) for (team, on), (staff, van) in sorted(plan.prices.items())),
        ),
    }  # fmt: skip
    if changed is not None:
        files[CHANGES] = _csv(
            _CHANGE_COLUMNS,
            ((one.document, _seat(one.before), _seat(one.now), one.why) for one in changed),
        )
    document = json.dumps(plain(summary), ensure_ascii=False, indent=2) + "\n"
    write_whole(folder, {**files, SUMMARY: document.encode()})


def read_plan(folder: Path) -> Saved:
    """Return a plan that was written into a folder.

    Raises
    ------
    InputError
        INP-07 when a file is missing, INP-01 when the summary cannot be read; InputErrors with every row that is wrong.
    """
    summary = _summary(folder / SUMMARY)
    sessions = read_table(
        folder / SESSIONS,
        columns=_SESSION_COLUMNS,
        unique=("session",),
        kinds={"day": day, "first_slot": _clock},
        may_be_empty=True,
    ).each(_session)
    known = {one.identifier: one for one in sessions}
    seats = read_table(
        folder / APPOINTMENTS, columns=_SEAT_COLUMNS, unique=("document",), may_be_empty=True
    ).each(lambda row: _appointment(row, known))
    left = read_table(
        folder / NOT_PLANNED, columns=_LEFT_COLUMNS, unique=("document",), may_be_empty=True
    ).each(
        lambda row: NotPlanned(
            DocumentNumber(row["document"]),
            choice(row, "why", WhyNotPlanned),
            choices(row, "not_ready", WhyNotReady),
        )
    )
    prices = read_table(
        folder / PRICES, columns=_PRICE_COLUMNS, unique=("team", "day"), may_be_empty=True
    ).each(
        lambda row: (
            (TeamCode(row["team"]), day(row, "day")),
            (whole_number(row, "staff"), whole_number(row, "van")),
        )
    )
    plan = DocumentPlan(
        as_of=summary.days["as_of"],
        first_day=summary.days["first_day"],
        last_day=summary.days["last_day"],
        sessions=sessions,
        appointments=seats,
        not_planned=left,
        cost=summary.numbers["cost"],
        bound=summary.numbers["bound"],
        unit=summary.numbers["unit"],
        prices=dict(prices),
    )
    return Saved(plan, summary.assumed, summary.numbers["seed"], summary.receipt)


@dataclass(frozen=True, slots=True)
class _Summary:
    days: Mapping[str, date]
    numbers: Mapping[str, int]
    assumed: Mapping[str, str]
    receipt: Receipt


def _summary(file: Path) -> _Summary:
    text = decoded(file)
    try:
        document = json.loads(text)
        days = {key: date.fromisoformat(document[key]) for key in ("as_of", "first_day", "last_day")}
        numbers = {key: document[key] for key in _NUMBERS}
        assumed = {str(key): str(value) for key, value in document["assumed"].items()}
        receipt = receipt_from_plain(document["receipt"])
        if not all(type(value) is int for value in numbers.values()) or numbers["unit"] < 1:
            raise TypeError  # noqa: TRY301 - one remedy for every shape that is wrong
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise InputError(
            "INP-01",
            f"this is not the summary of a plan: {wrong!r}",
            remedy="Give a folder that eenthuis documents plan or replan wrote.",
            location=Location(file.name),
        ) from wrong
    return _Summary(days, numbers, assumed, receipt)


def _session(row: Row) -> DocumentSession:
    session = DocumentSession(
        centre=CentreCode(given(row, "centre")),
        day=day(row, "day"),
        team=TeamCode(given(row, "team")),
        staff=whole_number(row, "staff"),
        counters=whole_number(row, "counters", minimum=1),
        slots=whole_number(row, "slots"),
        first_slot=_clock(row, "first_slot"),
        minutes_per_slot=whole_number(row, "minutes_per_slot", minimum=1),
        metres=whole_number(row, "metres"),
    )
    if session.identifier != row["session"]:
        raise InputError(
            "INP-01",
            f"{row['session']!r} is not the session of that centre and day",
            remedy=f"Write {session.identifier}.",
            location=row.where("session"),
        )
    return session


def _appointment(row: Row, known: Mapping[SessionId, DocumentSession]) -> Appointment:
    session = known.get(SessionId(row["session"]))
    if session is None:
        raise InputError(
            "INP-01",
            f"{row['session']!r} is no session of this plan",
            remedy=f"Write a session that stands in {SESSIONS}.",
            location=row.where("session"),
        )
    slot = whole_number(row, "slot")
    if slot >= session.slots or _clock(row, "begins") != session.begins(slot):
        raise InputError(
            "INP-01",
            f"slot {slot} of {session.identifier} does not begin at {row['begins']}",
            remedy=f"Slots count from 0 to {session.slots - 1}, {session.counters} at a time.",
            location=row.where("begins"),
        )
    return Appointment(
        DocumentNumber(given(row, "document")),
        HouseholdId(given(row, "household")),
        session.identifier,
        day(row, "day"),
        slot,
    )


def _clock(row: Row, column: str) -> time:
    try:
        return time.fromisoformat(row[column])
    except ValueError:
        raise InputError(
            "INP-01",
            f"{row[column]!r} is no time of day",
            remedy="Write hours and minutes, such as 09:30.",
            location=row.where(column),
        ) from None


def _seat(one: Appointment | None) -> str:
    return "" if one is None else f"{one.session} slot {one.slot}"


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(
        [plain(cell) if not isinstance(cell, str) else str(cell) for cell in row] for row in rows
    )
    return out.getvalue().encode()
