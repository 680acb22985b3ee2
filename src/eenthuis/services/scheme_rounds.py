"""Rounds of schemes: promised beforehand, their list published, and the lot drawn in public by a second person."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction

from eenthuis.law import law_book
from eenthuis.law.schemes import Scheme, holds, scheme
from eenthuis.rules.lot_receipts import draw_receipt
from eenthuis.rules.lots import commitment_of, draw, entries_digest, needs_lot
from eenthuis.rules.money_files import state_of
from eenthuis.services.access import is_other, may, person, require, require_eyes
from eenthuis.services.money_files import write_step
from eenthuis.services.notices import tell
from eenthuis.store import journal, money_files, scheme_rounds
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, InputError, Location, StateError
from eenthuis.terms.lots import Draw, Drawn, LotEntry, RoundStage, SchemeRound
from eenthuis.terms.money_files import MoneyFileId, MoneyStage, MoneyStep, MoneyStepKind
from eenthuis.terms.notices import Addressee, NoticeKind, dutch
from eenthuis.terms.schemes import ApplicationId
from eenthuis.terms.version import code_version

SEED_BYTES = 32
ROUND_NAME = re.compile(r"[a-z0-9][a-z0-9-]{2,38}[a-z0-9]")
COMMITMENT = re.compile(r"[0-9a-f]{64}")
BEYOND_BUDGET = dutch("Loting: het budget van de ronde reikt niet tot deze plek.")


@dataclass(frozen=True, slots=True)
class FreshSeed:
    """A seed that nobody keeps but the one who reads it, with its commitment."""

    seed: str
    commitment: str


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round with its draw computed again from what was published, and what its reader may do."""

    round: SchemeRound
    scheme: Scheme
    stage: RoundStage
    made: Draw | None
    may_decide: bool
    applications: int
    unchecked: int


def fresh_seed(*, actor: Actor, round_name: str) -> FreshSeed:
    """Return a seed for a round; it is kept nowhere, so whoever reads it keeps it until the draw.

    Raises
    ------
    AccessError
        ACC-01 when this role draws no lots.
    """
    require(actor, "decide-money")
    seed = secrets.token_hex(SEED_BYTES)
    return FreshSeed(seed, commitment_of(round_name=round_name, seed=seed))


def opens_rounds(*, actor: Actor) -> bool:
    """Return whether the actor opens and draws rounds."""
    return may(actor, "decide-money")


def require_opening(*, actor: Actor) -> None:
    """Pass when the actor opens rounds.

    Raises
    ------
    AccessError
        ACC-01 when this role opens none.
    """
    require(actor, "decide-money")


def read_rounds(*, actor: Actor) -> tuple[SchemeRound, ...]:
    """Return every round, the last opened first."""
    require(actor, "see-published-figures")
    return scheme_rounds.rounds()


def read_round(*, actor: Actor, name: str, today: date) -> RoundPage:
    """Return a round; once drawn, its order is computed again from what was published.

    Raises
    ------
    AccessError
        ACC-02 when there is no such round.
    """
    require(actor, "see-published-figures")
    found = _found(name)
    decides = may(actor, "decide-money")
    held = money_files.files(round_name=name) if decides else ()
    stages = [state_of(one.file, one.steps).stage for one in held]
    return RoundPage(
        round=found,
        scheme=scheme(law_book(), found.scheme, found.opens_on),
        stage=found.stage(today),
        made=_drawn_again(found),
        may_decide=decides,
        applications=len(held),
        unchecked=stages.count(MoneyStage.ASKED),
    )


def round_name_of(*, actor: Actor, key: int) -> str:
    """Return the name of the round that a notice points at.

    Raises
    ------
    AccessError
        ACC-02 when there is no such round.
    """
    require(actor, "see-published-figures")
    found = scheme_rounds.round_by_key(key)
    if found is None:
        raise AccessError("ACC-02", "no round by that number", remedy="Look in the list of rounds.")
    return found.name


def open_round(*, actor: Actor, asked: SchemeRound, today: date) -> None:
    """Make a round public with the promise of its seed; its key, name of who opens and day do not matter.

    Raises
    ------
    AccessError
        ACC-01 when this role opens no rounds.
    InputError
        INP-01 for a name or commitment of another shape; INP-03 for a name that is taken; INP-04 without the reason for
        a lot that the scheme does not name; INP-06 for a budget below a cent.
    StateError
        STA-09 when it opens before today, closes before it opens, or the scheme does not hold when it opens.
    """
    require(actor, "decide-money")
    made = replace(asked, opened_by=person(actor), opened_on=today)
    _check_round(made, today)
    try:
        with transaction.atomic():
            key = scheme_rounds.add_round(made)
            journal.write(actor, "open-round", f"round {made.name}", after=_told(made))
            tell(
                kind=NoticeKind.ROUND_OPENED,
                to=Addressee(Role.MUNICIPALITY),
                reference=f"round:{key}",
                today=today,
                due_on=made.closes_on,
            )
    except IntegrityError as wrong:
        raise _wrong("INP-03", "the name of the round is taken", "Choose another.", "naam") from wrong


def publish_list(*, actor: Actor, name: str, today: date) -> SchemeRound:
    """Publish what takes part in the lot of a round that has closed: every application that was found eligible.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such round.
    StateError
        STA-06 while the round is open, once its list was published, while an application was not checked or has no
        category, or when nothing takes part.
    """
    require(actor, "decide-money")
    with transaction.atomic():
        journal.lock_subject(f"round:{name}")
        found = _found(name)
        if found.stage(today) is not RoundStage.CLOSED:
            raise _unfit(f"the round is {found.stage(today).value}", "Wait until it has closed.")
        entries = _entries(name)
        if not entries:
            raise _unfit("nothing takes part", "Check the applications first.")
        digest = entries_digest(entries)
        scheme_rounds.publish(name, entries, entries_digest=digest, on=today, by=person(actor))
        journal.write(actor, "publish-round", f"round {name}", after={"entries_digest": digest})
    return _found(name)


def draw_round(*, actor: Actor, name: str, seed: str, public_value: str, today: date) -> Draw:
    """Draw the lot of a round in public: every application is awarded or refused, or nothing happens at all.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such round; ACC-03 for who published the list or checked
        an application.
    InputError
        INP-04 without the public value that was named; INP-06 for a seed that is too short.
    StateError
        STA-06 when the list was not published or the lot was drawn; STA-10 for another seed than was promised.
    """
    require(actor, "decide-money")
    require_eyes(actor)
    with transaction.atomic():
        journal.lock_subject(f"round:{name}")
        found = _found(name)
        if found.stage(today) is not RoundStage.PUBLISHED:
            raise _unfit("its list was not published, or its lot was drawn", "Look at the round again.")
        if not is_other(actor, found.published_by):
            raise AccessError(
                "ACC-03", "who published the list does not draw", remedy="Ask a colleague to draw the lot."
            )
        if bool(found.public_value_named) is not bool(public_value.strip()):
            raise _wrong(
                "INP-04",
                "the public value does not fit what was named beforehand",
                "Give it where one was named, and none otherwise.",
                "waarde",
            )
        made = _draw(replace(found, seed=seed.strip(), public_value=public_value.strip()))
        receipt = _receipt(found, made, today)
        scheme_rounds.draw(
            name, seed=made.seed, public_value=made.public_value, receipt=receipt, on=today, by=person(actor)
        )
        journal.write(
            actor, "draw-round", f"round {name}", after={"receipt": receipt, "awarded": made.awarded_cents}
        )
        for one in made.drawn:
            _decide(actor, one, receipt, today)
        tell(
            kind=NoticeKind.ROUND_DRAWN,
            to=Addressee(Role.MUNICIPALITY),
            reference=f"round:{found.key}",
            today=today,
        )
    return made


def open_round_of(code: str, today: date) -> SchemeRound | None:
    """Return the round of a scheme that takes applications on a day; the first to close where there are several."""
    found = [one for one in scheme_rounds.rounds(code) if one.stage(today) is RoundStage.OPEN]
    return min(found, key=lambda one: (one.closes_on, one.name)) if found else None


def _decide(actor: Actor, one: Drawn, receipt: str, today: date) -> None:
    identifier = MoneyFileId(one.entry.application)
    money_files.lock_file(identifier)
    held = money_files.file(identifier)
    if held is None:
        raise _unfit(f"{identifier} is gone", "Tell the administrator.")
    if one.awarded_cents:
        step = MoneyStep(
            MoneyStepKind.AWARDED, today, person(actor), cents=one.awarded_cents, receipt=receipt
        )
    else:
        step = MoneyStep(MoneyStepKind.REFUSED, today, person(actor), why=BEYOND_BUDGET, receipt=receipt)
    write_step(actor, held, step)


def _entries(name: str) -> tuple[LotEntry, ...]:
    entries = []
    for held in money_files.files(round_name=name):
        state = state_of(held.file, held.steps)
        if state.stage is MoneyStage.ASKED:
            raise _unfit("an application was not checked yet", "Check every application of the round first.")
        if state.stage is not MoneyStage.CHECKED or not state.found_cents:
            continue
        if state.category < 1:
            raise _unfit(f"{held.file.identifier} has no category", "Give it one in the check.")
        entries.append(LotEntry(ApplicationId(held.file.identifier), state.category, state.found_cents))
    return tuple(sorted(entries, key=lambda one: one.application))


def _drawn_again(found: SchemeRound) -> Draw | None:
    return _draw(found) if found.drawn_on is not None else None


def _draw(found: SchemeRound) -> Draw:
    return draw(
        found.entries,
        round_name=found.name,
        commitment=found.commitment,
        seed=found.seed,
        budget_cents=found.budget_cents,
        when_short=found.when_short,
        public_value=found.public_value,
    )


def _receipt(found: SchemeRound, made: Draw, today: date) -> str:
    return journal.save_receipt(
        draw_receipt(
            made,
            when_short=found.when_short,
            as_of=today,
            citations=scheme(law_book(), found.scheme, found.opens_on).citations,
            code_version=code_version(),
        )
    )


def _check_round(made: SchemeRound, today: date) -> None:
    if not ROUND_NAME.fullmatch(made.name):
        raise _wrong(
            "INP-01", "the name of a round", "Use 4 to 40 small letters, digits and hyphens.", "naam"
        )
    if not COMMITMENT.fullmatch(made.commitment):
        raise _wrong("INP-01", "no SHA-256", "Give the 64 signs of the commitment.", "belofte")
    if made.budget_cents < 1:
        raise _wrong("INP-06", "no budget", "Give an amount above nothing.", "budget")
    if not today <= made.opens_on <= made.closes_on:
        raise StateError(
            "STA-09",
            "a promise comes before the round opens",
            remedy="Let it open today or later, then close.",
        )
    if not holds(law_book(), made.scheme, made.opens_on):
        raise StateError(
            "STA-09", f"{made.scheme} does not hold on that day", remedy="Choose a day on which it holds."
        )
    order = scheme(law_book(), made.scheme, made.opens_on).order
    if not needs_lot(order) and not made.order_why.strip():
        raise _wrong("INP-04", "the scheme names no lot", "Say why this round draws one.", "waarom")


def _found(name: str) -> SchemeRound:
    found = scheme_rounds.round_named(name)
    if found is None:
        raise AccessError("ACC-02", "no round by that name", remedy="Look in the list of rounds.")
    return found


def _told(made: SchemeRound) -> dict[str, object]:
    return {
        "scheme": made.scheme,
        "opens_on": made.opens_on,
        "closes_on": made.closes_on,
        "budget_cents": made.budget_cents,
        "commitment": made.commitment,
    }


def _unfit(what: str, remedy: str) -> StateError:
    return StateError("STA-06", what, remedy=remedy)


def _wrong(code: str, what: str, remedy: str, field: str) -> InputError:
    return InputError(code, what, remedy=remedy, location=Location(column=field))
