"""A program in which several people act on one residence document at once, and say what each was told."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta

from eenthuis.terms.access import Actor, Role
from eenthuis.terms.documents import DocumentNumber

IND = Actor("ind", Role.IND)
NAMES = ("ind", "ind-2", "ind-3", "ind-4")
SLOTS = 6


def together(acts: Sequence[Callable[[], str]]) -> None:
    """Let everybody act at once, each on a connection of its own, and say what they were told."""
    from django.db import DatabaseError, connection

    from eenthuis.terms.errors import EenthuisError

    gate = threading.Barrier(len(acts))

    def told(act: Callable[[], str]) -> str:
        gate.wait()
        try:
            return act()
        except EenthuisError as refused:
            return refused.code
        except DatabaseError as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        sys.stdout.write(" ".join(sorted(pool.map(told, acts))) + "\n")


def invited() -> tuple[DocumentNumber, ...]:
    """Signal four documents of one household that waits, and make a session at its centre today."""
    from small_country import CENTRE, TODAY

    from eenthuis.services.document_sessions import hand_made, make_session
    from eenthuis.services.documents import DocumentFacts, signal_documents
    from eenthuis.terms.people import HouseholdId

    facts = DocumentFacts(
        number="",
        household=HouseholdId("PE-000004"),
        ready_on=TODAY - timedelta(days=20),
        born_on=date(1990, 5, 1),
        photo_on=TODAY - timedelta(days=60),
        fingerprints_on=TODAY - timedelta(days=60),
        has_citizen_number=True,
        has_address=True,
    )
    made = hand_made(
        centre=CENTRE.code,
        day=TODAY,
        team="Utrecht",
        staff=4,
        counters=2,
        slots=SLOTS,
        first_slot=time(9, 30),
        minutes=10,
    )
    make_session(actor=IND, session=made, today=TODAY)
    four = [replace(facts, born_on=date(1990 + year, 5, 1)) for year in range(4)]
    return signal_documents(actor=IND, signalled=four, today=TODAY)


def race_for_a_place(numbers: Sequence[DocumentNumber]) -> None:
    """Let four people invite four others to one and the same place."""
    from small_country import CENTRE, TODAY

    from eenthuis.services.document_inviting import Wanted, invite
    from eenthuis.store.documents import Place

    place = Place(CENTRE.code, TODAY, 0)

    def act(name: str, number: DocumentNumber) -> str:
        invite(actor=Actor(name, Role.IND), wanted=[Wanted(number, 1, place)], today=TODAY)
        return "invited"

    together([lambda n=n, d=d: act(n, d) for n, d in zip(NAMES, numbers, strict=True)])  # type: ignore[misc]


def race_to_hand_out() -> None:
    """Walk one document through every pair of steps that can be taken at once, and say how it stands after each."""
    from small_country import TODAY

    from eenthuis.services.document_handing import check_handed_out, hand_out, refuse_check, take_back
    from eenthuis.services.document_steps import Seen
    from eenthuis.store import documents as stored
    from eenthuis.terms.document_steps import DocumentState

    (held,) = stored.listed(states=(DocumentState.INVITED,))
    number = held.document.number

    def seen() -> Seen:
        now = stored.held(number)
        assert now is not None
        return Seen(number, now.step)

    def give(name: str, was: Seen) -> str:
        hand_out(actor=Actor(name, Role.IND), seen=was, today=TODAY)
        return "given"

    def check(name: str, was: Seen) -> str:
        check_handed_out(actor=Actor(name, Role.IND), seen=was)
        return "checked"

    def refuse(name: str, was: Seen) -> str:
        refuse_check(actor=Actor(name, Role.IND), seen=was, why="kaart van een ander", today=TODAY)
        return "refused"

    def back(name: str, was: Seen) -> str:
        take_back(actor=Actor(name, Role.IND), seen=was, why="kaart van een ander", today=TODAY)
        return "returned"

    def all_at_once(acts: Sequence[tuple[Callable[[str, Seen], str], str]], *, told_step: bool) -> None:
        was = seen() if told_step else Seen(number)
        together([lambda act=act, name=name: act(name, was) for act, name in acts])  # type: ignore[misc]

    all_at_once([(give, "ind")] * 4, told_step=True)
    all_at_once([(check, "ind"), (refuse, "ind-2"), (refuse, "ind-3")], told_step=True)
    all_at_once([(give, "ind")] * 2, told_step=False)
    all_at_once([(check, "ind"), (check, "ind-2"), (check, "ind-2"), (check, "ind-3")], told_step=False)
    all_at_once([(check, "ind-3"), (back, "ind-2"), (back, "ind-2")], told_step=False)


def race_as_rows() -> None:
    """Let four people write the row that says *handed out* after one and the same row, one of them who gave it."""
    from django.db import transaction
    from small_country import TODAY

    from eenthuis.services.document_handing import hand_out
    from eenthuis.services.document_inviting import Wanted, invite
    from eenthuis.services.document_steps import Seen
    from eenthuis.store import documents as stored
    from eenthuis.store.documents import Place
    from eenthuis.terms.document_steps import DocumentState, DocumentStep

    held = stored.listed(states=(DocumentState.WAITING,))[-1]
    number = held.document.number
    place = Place(held.document.centre, TODAY, SLOTS - 1)
    invite(actor=IND, wanted=[Wanted(number, held.step, place)], today=TODAY)
    hand_out(actor=IND, seen=Seen(number), today=TODAY)
    given = stored.held(number)
    assert given is not None
    after = given.after(DocumentStep.HANDED_OUT, DocumentState.HANDED_OUT, TODAY)

    def act(name: str) -> str:
        with transaction.atomic():
            stored.add_steps([replace(after, checked_by=name)], decided_by=name)
        return "checked"

    together([lambda name=name: act(name) for name in NAMES])  # type: ignore[misc]


if __name__ == "__main__":
    from eenthuis.cli.django_ready import ready

    os.environ["EENTHUIS_TESTING"] = "1"
    ready()
    from small_country import prepare

    prepare()
    race_for_a_place(invited())
    race_to_hand_out()
    race_as_rows()
