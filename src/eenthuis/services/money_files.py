"""Files of money: read within reach, and every step in them by who may take it, each with its line in the journal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from eenthuis import reference
from eenthuis.access import decide
from eenthuis.rules.money_files import after_step, allowed_steps, first_person, has_use, state_of
from eenthuis.services.access import (
    is_other,
    may,
    person,
    place_of,
    require,
    require_eyes,
    require_somewhere,
)
from eenthuis.services.homes import owner_of
from eenthuis.services.money_terms import (
    DONE,
    SECOND,
    TOLD,
    asker_of,
    citations_of,
    evidence_by,
    most_advance,
    receipt_of,
    site_name_of,
    terms_of,
)
from eenthuis.services.notices import tell
from eenthuis.store import journal, money_files, scheme_rounds
from eenthuis.store.money_files import HeldFile
from eenthuis.terms.access import Actor, Place, Reach, Role
from eenthuis.terms.errors import AccessError, Location, StateError
from eenthuis.terms.law import Citation
from eenthuis.terms.money_files import (
    FileKind,
    MoneyFile,
    MoneyFileId,
    MoneyRefused,
    MoneyStage,
    MoneyState,
    MoneyStep,
    MoneyStepKind,
)
from eenthuis.terms.notices import Addressee, NoticeKind

ASKERS = frozenset({MoneyStepKind.EVIDENCE, MoneyStepKind.WITHDRAWN})
"""Steps of who asks; all others are of who decides."""

TRIES = 5
"""So often a number is asked for when others ask at the same moment."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file with where it stands, and the days by which something is due.

    ``decide_by`` is set while a decision is waited for, ``evidence_by`` from the award until a settlement is proposed.
    """

    file: MoneyFile
    steps: tuple[MoneyStep, ...]
    state: MoneyState
    municipality_name: str
    decide_by: date | None
    evidence_by: date | None

    @property
    def last_on(self) -> date:
        """The day of the last step, or of asking."""
        return self.steps[-1].on if self.steps else self.file.asked_on


@dataclass(frozen=True, slots=True)
class FilePage:
    """One file: where it stands, what may be done with it by who looks, and the limits of the next payment.

    ``next_steps`` are those that this reader may take now; ``most_cents`` is the most that may be paid or recovered;
    ``needs_colleague`` says that another step waits for somebody else than the reader, who did the first half of it.
    ``site_name`` is empty where the site stands in no register, as in older claims.
    """

    line: FileLine
    next_steps: tuple[MoneyStepKind, ...]
    needs_colleague: bool
    most_cents: int
    citations: tuple[Citation, ...]
    is_in_lot: bool
    site_name: str = ""


@dataclass(frozen=True, slots=True)
class FilesPage:
    """The files within reach, newest first, and what the reader may ask."""

    lines: tuple[FileLine, ...]
    may_ask: bool
    may_decide: bool

    @property
    def to_decide(self) -> tuple[FileLine, ...]:
        """Files that wait for the one who decides, the first due on top."""
        waiting = {MoneyStage.ASKED, MoneyStage.CHECKED, MoneyStage.SETTLEMENT_PROPOSED}
        found = [line for line in self.lines if line.state.stage in waiting]
        return tuple(sorted(found, key=lambda line: (line.decide_by or date.max, line.file.identifier)))

    @property
    def evidence_due(self) -> tuple[FileLine, ...]:
        """Files of which evidence is to come, the first due on top."""
        found = [line for line in self.lines if line.evidence_by is not None]
        return tuple(sorted(found, key=lambda line: (line.evidence_by or date.max, line.file.identifier)))


def read_files(*, actor: Actor, kind: FileKind | None = None) -> FilesPage:
    """Return the files within reach: own ones, those of a province, or of the country.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no files.
    """
    owner = ""
    if decide(actor, "see-money-files", Place()).reach is Reach.OWN_HOMES:
        owner = owner_of(actor)
    else:
        require(actor, "see-money-files", Place(actor.province, actor.municipality))
    held = money_files.files(owner=owner, kind=kind.value if kind else "")
    return FilesPage(
        tuple(line_of(one) for one in held if owner or _reaches(actor, "see-money-files", one.file)),
        may_ask=asks_somewhere(actor),
        may_decide=may(actor, "decide-money"),
    )


def read_file(*, actor: Actor, identifier: MoneyFileId) -> FilePage:
    """Return one file with what its reader may do next.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no files, ACC-02 when there is none by this number in its reach.
    """
    held = require_file(actor, "see-money-files", identifier)
    line = line_of(held)
    is_in_lot = _is_in_lot(held.file)
    steps = [
        kind
        for kind in MoneyStepKind
        if kind in allowed_steps(line.state.stage)
        and _reaches(actor, _action(kind), held.file)
        and not (is_in_lot and kind is MoneyStepKind.AWARDED)
        and has_use(kind, line.state)
    ]
    own = tuple(kind for kind in steps if is_other(actor, first_person(kind, line.state)))
    return FilePage(
        line=line,
        next_steps=own,
        needs_colleague=len(own) < len(steps),
        most_cents=_most_cents(held.file, line.state),
        citations=citations_of(held.file),
        is_in_lot=is_in_lot,
        site_name=site_name_of(held.file),
    )


def asks_somewhere(actor: Actor) -> bool:
    """Return whether the actor asks for money somewhere."""
    place = place_of(actor.municipality) if actor.municipality else Place()
    verdict = decide(actor, "ask-for-money", place)
    return verdict.allowed or verdict.reach is Reach.OWN_HOMES


def add_file(*, actor: Actor, file: MoneyFile, today: date) -> MoneyFileId:
    """Add a file and return its number; the number, owner and day it carries do not matter.

    Raises
    ------
    AccessError
        ACC-01 when this role may not ask; ACC-02 when it may, but not there.
    """
    place = place_of(reference.municipality(file.municipality).code)
    if decide(actor, "ask-for-money", place).reach is not Reach.OWN_HOMES:
        require(actor, "ask-for-money", place)
    asked = replace(file, owner=owner_of(actor), asked_on=today, asked_by=actor.name)
    for last in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                numbered = replace(asked, identifier=money_files.next_identifier())
                key = money_files.add_file(numbered)
                _account(actor, "ask-for-money", numbered, after={"asked_cents": numbered.asked_cents})
                tell(
                    kind=NoticeKind.MONEY_ASKED,
                    to=Addressee(Role.MINISTRY),
                    reference=f"money:{key}",
                    today=today,
                    due_on=today + timedelta(days=terms_of(numbered).decide_days),
                )
                return numbered.identifier
        except IntegrityError:
            if not last:
                raise
    raise StateError("STA-07", "others ask at this moment", remedy="Try again.")


def require_step(*, actor: Actor, kind: MoneyStepKind) -> None:
    """Pass when a step of this kind is for the role of the actor, somewhere.

    Raises
    ------
    AccessError
        ACC-01 when it is not.
    """
    require_somewhere(actor, _action(kind))


def take_step(*, actor: Actor, identifier: MoneyFileId, step: MoneyStep, today: date) -> MoneyState:
    """Take a step in a file and return where it stands then; who asks adds evidence, the ministry does the rest.

    The day, name and receipt of the step are filled in here. An award, a refusal and a settlement are for a second
    person; an application that takes part in a lot is awarded by the draw alone.

    Raises
    ------
    AccessError
        ACC-01 when the step is not for this role, ACC-02 when there is no such file in its reach, ACC-03 when a second
        person is needed.
    StateError
        STA-06 when the step does not fit; STA-07 when somebody was first.
    """
    action = _action(step.kind)
    with transaction.atomic():
        money_files.lock_file(identifier)
        held = require_file(actor, action, identifier)
        if _is_in_lot(held.file):
            _require_outside_lot(held, step.kind)
        return write_step(actor, held, replace(step, on=today, by=person(actor), receipt=""))


def write_step(actor: Actor, held: HeldFile, step: MoneyStep) -> MoneyState:
    """Write a step of a file that is held in this transaction, with its receipt, journal line and notice.

    Raises
    ------
    AccessError
        ACC-03 when a second person is needed.
    StateError
        STA-06 when the step does not fit; STA-07 when somebody was first.
    """
    require_step(actor=actor, kind=step.kind)
    if step.kind in SECOND:
        require_eyes(actor)
    state = state_of(held.file, held.steps)
    after = after_step(held.file, state, step, most_advance_cents=most_advance(held.file, state))
    if isinstance(after, MoneyRefused):
        raise _refusal(after, step.kind)
    done = replace(step, receipt=step.receipt or receipt_of(held.file, state, step))
    try:
        with transaction.atomic():
            money_files.add_step(held, done)
    except IntegrityError as wrong:
        raise StateError("STA-07", "somebody was first with this file", remedy="Reload the page.") from wrong
    _account(
        actor,
        DONE[step.kind],
        held.file,
        before={"stage": state.stage},
        after={"stage": after.stage, "cents": step.cents, "receipt": done.receipt},
        why=step.why,
    )
    if step.kind in TOLD:
        due = evidence_by([*held.steps, done], after)
        tell(
            kind=TOLD[step.kind],
            to=asker_of(held.file),
            reference=f"money:{held.key}",
            today=step.on,
            due_on=due if step.kind is MoneyStepKind.AWARDED else None,
        )
    return after


def line_of(held: HeldFile) -> FileLine:
    """Return a file with where it stands."""
    state = state_of(held.file, held.steps)
    waits = state.stage in {MoneyStage.ASKED, MoneyStage.CHECKED}
    return FileLine(
        file=held.file,
        steps=held.steps,
        state=state,
        municipality_name=reference.municipality(held.file.municipality).name,
        decide_by=held.file.asked_on + timedelta(days=terms_of(held.file).decide_days) if waits else None,
        evidence_by=evidence_by(held.steps, state),
    )


def identifier_of(*, actor: Actor, key: int) -> MoneyFileId:
    """Return the number of the file that a notice points at.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no files, ACC-02 when there is none in its reach.
    """
    held = money_files.file_by_key(key)
    return require_held(actor, "see-money-files", held).file.identifier


def require_file(actor: Actor, action: str, identifier: MoneyFileId) -> HeldFile:
    """Return a file when the actor may do this with it; one of somebody else is not found.

    Raises
    ------
    AccessError
        ACC-01 when the action is not for this role, ACC-02 when there is no such file in its reach.
    """
    return require_held(actor, action, money_files.file(identifier))


def require_held(actor: Actor, action: str, held: HeldFile | None) -> HeldFile:
    """Return a file that was looked up, as :func:`require_file`."""
    require_somewhere(actor, action)
    if held is None or not _reaches(actor, action, held.file):
        raise AccessError("ACC-02", "no money file by that number", remedy="Check the number.")
    return held


def _reaches(actor: Actor, action: str, file: MoneyFile) -> bool:
    verdict = decide(actor, action, place_of(file.municipality))
    if verdict.reach is Reach.OWN_HOMES:
        return file.owner == owner_of(actor)
    return verdict.allowed


def _action(kind: MoneyStepKind) -> str:
    return "ask-for-money" if kind in ASKERS else "decide-money"


def _is_in_lot(file: MoneyFile) -> bool:
    return bool(file.round_name)


def _require_outside_lot(held: HeldFile, kind: MoneyStepKind) -> None:
    """Pass when the round of a file allows the step: the draw awards, and a list that was published stands still."""
    drawn_or_open = scheme_rounds.round_named(held.file.round_name)
    if kind is MoneyStepKind.AWARDED:
        raise StateError("STA-06", "the lot of the round decides", remedy="Draw the lot of the round.")
    before = state_of(held.file, held.steps).stage in {MoneyStage.ASKED, MoneyStage.CHECKED}
    if (
        before
        and drawn_or_open is not None
        and drawn_or_open.published_on is not None
        and any(str(one.application) == str(held.file.identifier) for one in drawn_or_open.entries)
    ):
        raise StateError(
            "STA-06", "the list of the round was published", remedy="Wait until the lot was drawn."
        )


def _most_cents(file: MoneyFile, state: MoneyState) -> int:
    if state.stage is MoneyStage.SETTLED:
        return abs(state.due_cents)
    limit = most_advance(file, state)
    awarded = state.awarded_cents or 0
    return max(0, (awarded if limit is None else min(awarded, limit)) - state.paid_cents)


def _refusal(why: MoneyRefused, kind: MoneyStepKind) -> AccessError | StateError:
    if why is MoneyRefused.SAME_PERSON:
        return AccessError(
            "ACC-03", "who checked or proposed does not decide", remedy="Ask a colleague to look at it."
        )
    return StateError(
        "STA-06",
        f"{kind.value} does not fit",
        remedy="Look at the file again.",
        location=Location(column=kind.value, value=why.value),
    )


def _account(
    actor: Actor, action: str, file: MoneyFile, *, before: object = None, after: object = None, why: str = ""
) -> None:
    journal.write(
        actor,
        action,
        f"money file {file.identifier}",
        municipality=file.municipality,
        before=before,
        after=after,
        why=why,
    )
