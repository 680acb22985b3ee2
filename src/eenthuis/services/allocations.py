"""What a province advises and the minister decides: a draft to fill what is short, and the allocation decision."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.connect.allocation_book import AllocationWords, allocation_files, allocation_in_words
from eenthuis.law import law_book
from eenthuis.rules.allocation import Allocation, allocate
from eenthuis.rules.allocation_receipts import allocation_receipt
from eenthuis.rules.filling import CannotFill
from eenthuis.rules.reception_cycle import CycleStep, cycle
from eenthuis.rules.regional_table import PlaceSwapRefused
from eenthuis.rules.table_proposals import AIMS, fillings
from eenthuis.services.access import is_other, may, person, require, require_eyes
from eenthuis.services.letter_checks import draw_number
from eenthuis.services.notices import tell
from eenthuis.services.place_table import TableState, table_state
from eenthuis.services.reception_reading import law_state, running_year
from eenthuis.store import allocations as stored
from eenthuis.store import journal
from eenthuis.terms.access import Actor, Place, Role
from eenthuis.terms.errors import AccessError, InputError, Location, StateError
from eenthuis.terms.notices import Addressee, NoticeKind, Thing
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.version import code_version

HeldAllocation = stored.HeldAllocation
"""A decision as it is kept, with its steps."""


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """The decisions that a reader sees: those published, and drafts for the ministry; ``names`` is of provinces."""

    decisions: tuple[HeldAllocation, ...]
    names: Mapping[ProvinceCode, str]
    may_decide: bool


def accept_filling(
    *, actor: Actor, province: ProvinceCode, aim: str, least: int, note: str, today: date
) -> int:
    """Accept a proposal to fill what is short as a draft; the minister decides.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this actor may not.
    InputError
        INP-04 when there is no such proposal.
    StateError
        STA-06 when there is not enough room for it.
    """
    require(actor, "advise-allocation", Place(province=province))
    if aim not in AIMS:
        raise InputError(
            "INP-04",
            "no proposal by that aim",
            remedy="Choose one of the three.",
            location=Location(column="aim"),
        )
    with transaction.atomic():
        journal.lock_subject(f"table {running_year(today)} {province}")
        state = table_state(running_year(today), province, today)
        found = next(one.filling for one in fillings(state.made, max(least, 1)) if one.aim == aim)
        if isinstance(found, CannotFill):
            raise StateError("STA-06", "there is not enough room", remedy="Choose another proposal.")
        new = _advice(state, province, stored.DRAFTED, aim, found.places, note, today)
        number = stored.add_advice(new, decided_by=person(actor))
        journal.write(actor, "draft-allocation-advice", f"regional table {state.year} {province}", after=new)
    return number


def report_table(*, actor: Actor, province: ProvinceCode, note: str, today: date) -> int:
    """Report the outcome of the table to the minister, with the newest draft if there is one.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this actor may not.
    InputError
        INP-04 without a note.
    """
    require(actor, "advise-allocation", Place(province=province))
    if not note.strip():
        raise InputError(
            "INP-04",
            "the report says nothing",
            remedy="Say what was agreed.",
            location=Location(column="note"),
        )
    with transaction.atomic():
        journal.lock_subject(f"table {running_year(today)} {province}")
        state = table_state(running_year(today), province, today)
        last = next(iter(state.advice), None)
        aim, places = (last.aim, last.places) if last else ("", {})
        new = _advice(state, province, stored.REPORTED, aim, places, note, today)
        number = stored.add_advice(new, decided_by=person(actor))
        journal.write(actor, "report-regional-table", f"regional table {state.year} {province}", after=new)
    return number


def draft_allocation(*, actor: Actor, province: ProvinceCode, why: str, address: str, today: date) -> int:
    """Write an allocation decision as the table stands, and put it forward to a second person; return its key.

    Where a decision was published already, this one changes it, and asks for a reason.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError
        INP-04 when a change has no reason.
    StateError
        STA-01 while another draft waits; STA-06 without shares.
    LawError
        LAW-01 when the Act does not hold.
    """
    require(actor, "decide-allocation", Place(province=province))
    law = law_book().reception(today)
    with transaction.atomic():
        journal.lock_subject(f"allocation {running_year(today)} {province}")
        state = table_state(running_year(today), province, today)
        earlier = _earlier(state.year, province, why)
        last = next(iter(state.advice), None)
        facts = replace(state.facts, added=dict(last.places) if last else {})
        made = allocate(province, facts, law=law)
        if isinstance(made, PlaceSwapRefused):
            raise StateError(
                "STA-06", "; ".join(made.reasons), remedy="Withdraw the swap that no longer fits."
            )
        receipt = journal.save_receipt(
            allocation_receipt(
                made=made,
                facts=facts,
                shares_receipt=state.shares.receipt,
                as_of=today,
                law=law,
                code_version=code_version(),
            )
        )
        words = _words(state, made, receipt, address, today)
        words = replace(words, replaces=earlier.number if earlier else "", why=why.strip())
        key = stored.add(_new(state, made, words, today, earlier))
        stored.add_step(key, stored.PUT_FORWARD, on=today, decided_by=person(actor), why=why.strip())
        journal.write(
            actor,
            "draft-allocation",
            f"allocation {key}",
            after={"number": words.number, "province": province, "receipt": receipt},
        )
    return key


def publish_allocation(*, actor: Actor, key: int, today: date) -> None:
    """Publish a decision as a second person; the province, its municipalities and COA are told.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such decision; ACC-03 for a program.
    StateError
        STA-01 when it was published or withdrawn, or was put forward by the same person.
    """
    held = require_waiting(actor=actor, key=key)
    require_eyes(actor)
    with transaction.atomic():
        journal.lock_subject(f"allocation {held.year} {held.province}")
        held = require_waiting(actor=actor, key=key)
        if not is_second(actor=actor, held=held):
            raise StateError(
                "STA-01", "who drafts a decision does not publish it", remedy="Ask a colleague to check it."
            )
        stored.add_step(key, stored.PUBLISHED, on=today, decided_by=person(actor))
        journal.write(
            actor,
            "publish-allocation",
            f"allocation {key}",
            after={"number": held.number, "digest": held.digests["pdf"]},
        )
        _tell(held, today)


def is_second(*, actor: Actor, held: stored.HeldAllocation) -> bool:
    """Return whether the actor may publish a decision: one who decides here, and did not put it forward."""
    decides = may(actor, "decide-allocation", Place(province=held.province))
    first = held.step(stored.PUT_FORWARD)
    return decides and first is not None and is_other(actor, first.decided_by)


def withdraw_allocation(*, actor: Actor, key: int, why: str, today: date) -> None:
    """Withdraw a decision that was not published, with a reason; it stays as it was written.

    Raises
    ------
    AccessError, StateError
        As :func:`publish_allocation`.
    InputError
        INP-04 without a reason.
    """
    held = require_waiting(actor=actor, key=key)
    if not why.strip():
        raise InputError("INP-04", "no reason was given", remedy="Say why.", location=Location(column="why"))
    with transaction.atomic():
        journal.lock_subject(f"allocation {held.year} {held.province}")
        require_waiting(actor=actor, key=key)
        stored.add_step(key, stored.WITHDRAWN, on=today, decided_by=person(actor), why=why.strip())
        journal.write(actor, "withdraw-allocation", f"allocation {key}", why=why.strip())


def read_decisions(*, actor: Actor, year: int | None = None) -> DecisionsPage:
    """Return the decisions of a cycle, or all: those published for everyone, drafts for the ministry and the auditor.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no published figures.
    """
    require(actor, "see-published-figures")
    found = tuple(one for one in stored.decisions(year) if _sees(actor, one))
    return DecisionsPage(
        found, {one.code: one.name for one in reference.provinces()}, may(actor, "decide-allocation")
    )


def read_decision(*, actor: Actor, key: int) -> HeldAllocation:
    """Return a decision.

    Raises
    ------
    AccessError
        ACC-02 when there is none, or it was not published and is not for this reader.
    """
    require(actor, "see-published-figures")
    found = stored.by_keys([key])
    if not found or not _sees(actor, found[0]):
        raise AccessError("ACC-02", "no decision by that number", remedy="Check the number.")
    return found[0]


def decision_file(*, actor: Actor, key: int, form: str) -> bytes:
    """Return a decision as pdf or docx, as it was written.

    Raises
    ------
    AccessError
        As :func:`read_decision`; ACC-02 for another form.
    """
    held = read_decision(actor=actor, key=key)
    if form not in stored.FORMS:
        raise AccessError("ACC-02", "no file by that name", remedy="Ask for pdf or docx.")
    return stored.content(held.key, form)


def _sees(actor: Actor, held: HeldAllocation) -> bool:
    return (
        held.step(stored.PUBLISHED) is not None
        or may(actor, "decide-allocation")
        or actor.role is Role.AUDITOR
    )


def require_waiting(*, actor: Actor, key: int) -> HeldAllocation:
    """Return a decision that waits for a second person, when the actor decides.

    Raises
    ------
    AccessError
        ACC-01 when this role does not; ACC-02 when there is no such decision.
    StateError
        STA-01 when it was published or withdrawn.
    """
    require(actor, "decide-allocation")
    found = stored.by_keys([key])
    if not found:
        raise AccessError("ACC-02", "no decision by that number", remedy="Check the number.")
    if found[0].state != stored.PUT_FORWARD:
        raise StateError("STA-01", "the decision was published or withdrawn", remedy="Reload the page.")
    return found[0]


def _earlier(year: int, province: ProvinceCode, why: str) -> HeldAllocation | None:
    """Return the decision that a new one changes; refuse while a draft waits, and a change without a reason."""
    known = stored.decisions(year, province)
    if any(one.state == stored.PUT_FORWARD for one in known):
        raise StateError(
            "STA-01", "a draft waits for a second person", remedy="Publish or withdraw it first."
        )
    earlier = next((one for one in known if one.state == stored.PUBLISHED), None)
    if earlier is not None and not why.strip():
        raise InputError(
            "INP-04", "a change has no reason", remedy="Say why it changes.", location=Location(column="why")
        )
    return earlier


def _advice(
    state: TableState,
    province: ProvinceCode,
    kind: str,
    aim: str,
    places: Mapping[MunicipalityCode, int],
    note: str,
    today: date,
) -> stored.NewAdvice:
    return stored.NewAdvice(
        state.year, province, kind, aim, dict(places), state.made.short, note.strip(), today
    )


def _words(state: TableState, made: Allocation, receipt: str, address: str, today: date) -> AllocationWords:
    law = law_book().reception_cycle(max(today, law_state(today).first_day))
    steps = {one.step: one for one in cycle(state.year, law, decided_on=today).steps}
    return AllocationWords(
        number=draw_number(),
        province=reference.province(made.province).name,
        names={line.municipality: reference.municipality(line.municipality).name for line in made.lines},
        first_day=state.cycle.first_day,
        last_day=state.cycle.last_day,
        due=steps[CycleStep.PLACES].last_day,
        shares_receipt=state.shares.receipt,
        receipt=receipt,
        address=address,
        is_invented=state.shares.is_invented or any(one.offer.is_invented for one in state.offers),
    )


def _new(
    state: TableState,
    made: Allocation,
    words: AllocationWords,
    today: date,
    earlier: HeldAllocation | None,
) -> stored.NewAllocation:
    text = allocation_in_words(made, words)
    files = allocation_files(text, words, day=today)
    return stored.NewAllocation(
        number=words.number,
        year=state.year,
        province=made.province,
        places={line.municipality: line.places for line in made.lines},
        text=text,
        first_day=words.first_day,
        last_day=words.last_day,
        written_on=today,
        why=words.why,
        receipt=words.receipt,
        files=files,
        digests={form: hashlib.sha256(content).hexdigest() for form, content in files.items()},
        replaces=earlier.key if earlier else None,
    )


def _tell(held: HeldAllocation, today: date) -> None:
    to = [Addressee(Role.PROVINCE, province=held.province), Addressee(Role.COA)]
    to += [Addressee(Role.MUNICIPALITY, municipality=code) for code in sorted(held.places)]
    for one in to:
        places = held.places[one.municipality] if one.municipality else held.total
        tell(
            kind=NoticeKind.ALLOCATION_PUBLISHED,
            to=one,
            reference=f"{Thing.RECEPTION}:{held.year}",
            today=today,
            figures={"places": places},
        )
