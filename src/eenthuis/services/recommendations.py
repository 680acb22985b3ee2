"""The register of recommendations: how each stands, what is promised and late, and what partners say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.personal_details import sure_details
from eenthuis.rules.recommendations import Obstacle, PromisedStep, Standing, StepState, refusal, standing
from eenthuis.services.access import may, require
from eenthuis.services.recommendation_evidence import Indicator, read_indicators
from eenthuis.store import journal
from eenthuis.store import recommendations as stored
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, InputError, Location
from eenthuis.terms.recommendations import Comment, Recommendation, RegisterEntry

LONGEST_TEXT = 4000
"""Characters of one entry or comment."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A promised step as it stands on a day."""

    step: PromisedStep
    state: StepState


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A recommendation as it stands on a day, with its steps and every entry, those struck out too."""

    one: Recommendation
    standing: Standing
    steps: tuple[StepLine, ...]
    entries: tuple[RegisterEntry, ...]

    @property
    def late(self) -> int:
        """Steps whose last day has passed."""
        return sum(line.state is StepState.LATE for line in self.steps)

    @property
    def near(self) -> int:
        """Steps whose last day is near."""
        return sum(line.state is StepState.NEAR for line in self.steps)


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """All recommendations on a day, in their order, and whether the reader may add to the register."""

    today: date
    lines: tuple[RegisterLine, ...]
    may_keep: bool


@dataclass(frozen=True, slots=True)
class RecommendationPage:
    """One recommendation with what is counted of it, and what partners said as far as the reader may see that."""

    today: date
    line: RegisterLine
    indicators: tuple[Indicator, ...]
    comments: tuple[Comment, ...]
    may_keep: bool
    may_comment: bool
    sees_comments: bool


def register_on(today: date) -> tuple[RegisterLine, ...]:
    """Return how every recommendation stands on a day."""
    added = stored.entries()
    return tuple(_line(one, added.get(one.number, ()), today) for one in reference.recommendations().values())


def _line(one: Recommendation, added: tuple[RegisterEntry, ...], today: date) -> RegisterLine:
    entries = (*reference.packaged_entries()[one.number], *added)
    now = standing(entries, today)
    near = law_book().notices(today).near_days
    return RegisterLine(
        one=one,
        standing=now,
        steps=tuple(StepLine(step, step.state(today, near)) for step in now.steps),
        entries=tuple(sorted(entries, key=lambda entry: (entry.on, entry.number > 0, abs(entry.number)))),
    )


def read_register(*, actor: Actor, today: date) -> RegisterPage:
    """Return the whole register on a day.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "see-recommendations")
    return RegisterPage(today, register_on(today), may(actor, "keep-recommendations"))


def read_recommendation(*, actor: Actor, number: int, today: date) -> RecommendationPage:
    """Return one recommendation; comments only to who may read along.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none by that number.
    """
    require(actor, "see-recommendations")
    one = _found(number)
    sees = may(actor, "see-recommendation-comments")
    return RecommendationPage(
        today=today,
        line=_line(one, stored.entries_of(number), today),
        indicators=read_indicators(actor=actor, names=one.indicators, today=today),
        comments=stored.comments(number) if sees else (),
        may_keep=may(actor, "keep-recommendations"),
        may_comment=may(actor, "comment-on-recommendation"),
        sees_comments=sees,
    )


def read_comments(*, actor: Actor, number: int) -> tuple[Comment, ...]:
    """Return what partners said of a recommendation, oldest first.

    Raises
    ------
    AccessError
        ACC-01 when this role does not read along; ACC-02 when there is none by that number.
    """
    require(actor, "see-recommendation-comments")
    return stored.comments(_found(number).number)


def record_entry(*, actor: Actor, new: RegisterEntry, today: date) -> int | Obstacle:
    """Add an entry in the name of an actor; return its number, or why it may not stand there.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such recommendation.
    InputError
        INP-01 when the text holds a mail address, a telephone number or a titled name: the register is public.
        INP-06 when it is too long.
    """
    require(actor, "keep-recommendations")
    one = _found(new.recommendation)
    _check_text(new.what, "what")
    _check_text(new.source, "source")
    entry = replace(new, number=0, by=actor.name)
    with transaction.atomic():
        journal.lock_subject(f"recommendation {one.number}")
        before = (*reference.packaged_entries()[one.number], *stored.entries_of(one.number))
        obstacle = refusal(entry, before, given_on=one.given_on, today=today)
        if obstacle is not None:
            return obstacle
        number = stored.add_entry(entry)
        journal.write(
            actor,
            "record-recommendation",
            f"recommendation {one.number}",
            before={"state": standing(before, today).state},
            after={
                "kind": entry.kind, "on": entry.on, "number": number, "due": entry.due, "owner": entry.owner,
                "about": entry.about, "state": standing([*before, replace(entry, number=number)], today).state,
            },
        )  # fmt: skip
    return number


def comment(*, actor: Actor, number: int, text: str, today: date) -> int:
    """Say something of a recommendation in the name of the own organisation; return its number.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such recommendation.
    InputError
        INP-06 when there is no text or too much of it.
    """
    require(actor, "comment-on-recommendation")
    one = _found(number)
    if not text.strip():
        raise InputError(
            "INP-06",
            "there is no text",
            remedy="Say in a sentence what you think of it.",
            location=Location(column="text"),
        )
    _check_length(text, "text")
    with transaction.atomic():
        made = stored.add_comment(actor, Comment(0, one.number, actor.role, "", today, text))
        journal.write(
            actor, "comment-on-recommendation", f"recommendation {one.number}", after={"number": made}
        )
    return made


def export(*, actor: Actor, today: date) -> Mapping[str, object]:
    """Return the register on a day as one document for programs.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    page = read_register(actor=actor, today=today)
    return {"as_of": today, "recommendations": [_plain(line) for line in page.lines]}


def _plain(line: RegisterLine) -> dict[str, object]:
    now = line.standing
    answer = now.answer.answer if now.answer else None
    return {
        "number": line.one.number,
        "code": line.one.code,
        "subject": line.one.subject,
        "subject_nl": line.one.subject_nl,
        "addressees": list(line.one.addressees),
        "given_on": line.one.given_on,
        "state": now.state,
        "answer": answer,
        "answered_on": now.answer.on if now.answer else None,
        "next_due": now.next_due,
        "late": line.late,
        "steps": [
            {
                "what": shown.step.promised.what,
                "owner": shown.step.promised.owner,
                "promised_on": shown.step.promised.on,
                "due": shown.step.due,
                "state": shown.state,
                "ended_on": shown.step.end.on if shown.step.end else None,
                "is_invented": shown.step.promised.is_invented,
            }
            for shown in line.steps
        ],
        "source": line.one.source,
    }


def _found(number: int) -> Recommendation:
    one = reference.recommendations().get(number)
    if one is None:
        raise AccessError("ACC-02", "no recommendation by that number", remedy="Check the number.")
    return one


def _check_text(text: str, column: str) -> None:
    _check_length(text, column)
    found = sure_details(text)
    if found:
        raise InputError(
            "INP-01",
            f"the text holds what may tell of a person: {', '.join(sorted(found))}",
            remedy="Name the organisation or the unit instead; the register is public.",
            location=Location(column=column),
        )


def _check_length(text: str, column: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise InputError(
            "INP-06",
            f"the text has {len(text)} characters",
            remedy=f"Use at most {LONGEST_TEXT}.",
            location=Location(column=column, value=str(len(text))),
        )
