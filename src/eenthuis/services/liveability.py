"""Figures on how people live in a project of flex homes: kept by its owner and municipality, read with the project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from eenthuis.law import law_book
from eenthuis.services.flex_projects import require_project
from eenthuis.store import flex, journal
from eenthuis.store import liveability as stored
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import InputError, Location, StateError
from eenthuis.terms.flex import FlexProject, FlexProjectId
from eenthuis.terms.liveability import LiveabilityFigure, LiveabilityId, LiveabilityMeasure

LONGEST_NAME = 80
LONGEST_SOURCE = 200
LONGEST_REASON = 500
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class LiveabilityLine:
    """The figures of one measure, the first day first."""

    measure: LiveabilityMeasure
    figures: tuple[LiveabilityFigure, ...]


def read_liveability(*, actor: Actor, identifier: FlexProjectId) -> tuple[LiveabilityLine, ...]:
    """Return the figures of a project that hold, by measure; a measure without figures is left out.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no projects, ACC-02 when there is no such project in its reach.
    """
    require_project(actor=actor, action="see-flex-projects", identifier=identifier)
    found = stored.figures(identifier)
    lines = (
        LiveabilityLine(measure, tuple(one for one in found if one.measure is measure))
        for measure in LiveabilityMeasure
    )
    return tuple(line for line in lines if line.figures)


def read_figure(*, actor: Actor, identifier: FlexProjectId, number: LiveabilityId) -> LiveabilityFigure:
    """Return one figure that holds, to whoever may correct it.

    Raises
    ------
    AccessError
        ACC-01 when this role keeps no projects, ACC-02 when there is no such project in its reach.
    StateError
        STA-06 when no such figure holds for this project.
    """
    require_project(actor=actor, action="keep-flex-projects", identifier=identifier)
    for one in stored.figures(identifier):
        if one.number == number:
            return one
    raise StateError("STA-06", "no such figure holds now", remedy="Look at the project again.")


def record_liveability(
    *, actor: Actor, identifier: FlexProjectId, figure: LiveabilityFigure, today: date
) -> LiveabilityId:
    """Record a figure of a project and return its number.

    Raises
    ------
    AccessError
        ACC-01 when this role keeps no projects, ACC-02 when there is no such project in its reach.
    InputError
        INP-04 without who measured or a source; INP-06 for a value that cannot be right, or too few homes.
    StateError
        STA-09 for a day to come; STA-01 when this was recorded of that day before.
    """
    require_project(actor=actor, action="keep-flex-projects", identifier=identifier)
    return _add(actor, identifier, figure, today=today)


def correct_liveability(
    *,
    actor: Actor,
    identifier: FlexProjectId,
    number: LiveabilityId,
    figure: LiveabilityFigure,
    why: str,
    today: date,
) -> LiveabilityId:
    """Put a figure in the place of an earlier one, with a reason; the earlier one stays in the register.

    Raises
    ------
    AccessError, InputError, StateError
        As :func:`record_liveability`; INP-04 without a reason, STA-06 when the earlier figure holds no more.
    """
    require_project(actor=actor, action="keep-flex-projects", identifier=identifier)
    return _add(actor, identifier, figure, today=today, replaces=number, why=_reason(why))


def withdraw_liveability(*, actor: Actor, identifier: FlexProjectId, number: LiveabilityId, why: str) -> None:
    """Withdraw a figure that should never have stood there, with a reason; it stays in the register.

    Raises
    ------
    AccessError
        As :func:`record_liveability`.
    InputError
        INP-04 without a reason.
    StateError
        STA-06 when the figure holds no more.
    """
    require_project(actor=actor, action="keep-flex-projects", identifier=identifier)
    reason = _reason(why)
    with transaction.atomic():
        flex.lock_project(identifier)
        project = require_project(actor=actor, action="keep-flex-projects", identifier=identifier).project
        before = read_figure(actor=actor, identifier=identifier, number=number)
        stored.withdraw_figure(project, before, entered_by=actor.name, why=reason)
        _account(actor, "withdraw-liveability", project, before=before, why=reason)


def _add(
    actor: Actor,
    identifier: FlexProjectId,
    figure: LiveabilityFigure,
    *,
    today: date,
    replaces: LiveabilityId | None = None,
    why: str = "",
) -> LiveabilityId:
    with transaction.atomic():
        flex.lock_project(identifier)
        project = require_project(actor=actor, action="keep-flex-projects", identifier=identifier).project
        before = (
            None if replaces is None else read_figure(actor=actor, identifier=identifier, number=replaces)
        )
        _check(project, figure, today)
        for one in stored.figures(identifier):
            if (one.measure, one.on) == (figure.measure, figure.on) and one.number != replaces:
                raise StateError(
                    "STA-01", "this was measured on that day before", remedy="Correct the figure that stands."
                )
        number = stored.add_figure(project, figure, entered_by=actor.name, replaces=replaces, why=why)
        action = "record-liveability" if replaces is None else "correct-liveability"
        _account(actor, action, project, before=before, after=figure, why=why)
        return number


def _account(
    actor: Actor,
    action: str,
    project: FlexProject,
    *,
    before: LiveabilityFigure | None,
    after: LiveabilityFigure | None = None,
    why: str = "",
) -> None:
    journal.write(
        actor,
        action,
        f"flex project {project.identifier}",
        municipality=project.municipality,
        before=None if before is None else _plain(before),
        after=None if after is None else _plain(after),
        why=why,
    )


def _reason(why: str) -> str:
    if not why.strip() or len(why) > LONGEST_REASON:
        raise _wrong("INP-04", "no reason, or a long one", "Say in a few words why.", "reden")
    return why.strip()


def _check(project: FlexProject, figure: LiveabilityFigure, today: date) -> None:
    for name, text, longest in (
        ("wie", figure.measured_by, LONGEST_NAME),
        ("bron", figure.source, LONGEST_SOURCE),
    ):
        if not text.strip() or len(text) > longest:
            raise _wrong("INP-04", "who measured and the source are needed, in a few words", "Name it.", name)
    if not 0 <= figure.value <= figure.measure.most or figure.value % TENTH:
        raise _wrong(
            "INP-06",
            f"{figure.value} is no value from 0 to {figure.measure.most} with one decimal",
            "Give the value in the unit of the measure.",
            "waarde",
        )
    if figure.on > today:
        raise StateError("STA-09", "that day is to come", remedy="Give the day of measuring.")
    if project.homes < law_book().linking(today).disclosure_floor:
        raise _wrong(
            "INP-06",
            f"a figure about {project.homes} homes could tell of one household",
            "Record figures of larger projects only.",
            "waarde",
        )


def _plain(figure: LiveabilityFigure) -> dict[str, str]:
    """Return a figure as the journal keeps it: a decimal as its digits."""
    return {
        "measure": figure.measure.value,
        "on": figure.on.isoformat(),
        "value": str(figure.value),
        "measured_by": figure.measured_by,
        "source": figure.source,
    }


def _wrong(code: str, what: str, remedy: str, column: str) -> InputError:
    return InputError(code, what, remedy=remedy, location=Location(column=column))
