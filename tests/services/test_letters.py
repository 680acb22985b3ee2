"""The letter for the person concerned: its own facts alone, and a code that opens it once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from small_country import COA, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY

from eenthuis.law import law_book
from eenthuis.services import letters, linking, sign_offs
from eenthuis.store.letter_models import LetterCodeRow
from eenthuis.store.models import JournalRow
from eenthuis.store.scope import scope_of, within
from eenthuis.terms.access import ANYONE
from eenthuis.terms.errors import AccessError
from eenthuis.terms.people import HouseholdId

pytestmark = pytest.mark.django_db
ONE, TWO, THREE, SEVEN = (HouseholdId(f"PE-{number:06d}") for number in (1, 2, 3, 6))


def issue(household: HouseholdId = ONE, today: date = TODAY) -> letters.IssuedCode:
    return letters.issue_code(actor=COA, household=household, today=today)


def opened(letter: str, code: str, *, today: date = TODAY, address: str = "192.0.2.1") -> str | None:
    with within(scope_of(ANYONE)):
        return letters.open_letter(actor=ANYONE, letter=letter, code=code, address=address, today=today)


def read(number: str) -> letters.LetterPage | None:
    with within(scope_of(ANYONE)):
        return letters.read_opened(actor=ANYONE, letter=number, today=TODAY)


def test_the_letter_tells_the_municipality_its_own_reasons_and_the_days(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    page = letters.read_letter(actor=OF_UTRECHT, household=ONE, today=TODAY)
    assert (page.municipality, page.decided_on, page.reasons) == ("Utrecht", TODAY, ("soft:region",))
    assert (page.link_by, page.home_by, page.move_by) == (None, date(2026, 5, 12), date(2026, 5, 26))
    assert page.ends_reception
    sign_offs.sign_off(actor=COA, household=ONE, on=TODAY, today=TODAY)
    later = letters.read_letter(actor=COA, household=ONE, today=TODAY)
    assert (later.is_housed, later.home_by) == (True, None)


def test_who_waits_is_told_no_municipality_that_nobody_confirmed(proposal: int) -> None:
    assert proposal
    page = letters.read_letter(actor=COA, household=ONE, today=TODAY)
    assert (page.municipality, page.decided_on, page.home_by, page.reasons) == ("", None, None, ())
    assert page.link_by == date(2025, 10, 15)
    assert letters.read_letter(actor=COA, household=SEVEN, today=TODAY).reasons == ("soft:region",)


def test_only_a_case_worker_within_reach_writes_the_letter(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    for asked in (letters.read_letter, letters.issue_code):
        for actor, household, code in (
            (OF_ISLAND, ONE, "ACC-02"),
            (OF_UTRECHT, TWO, "ACC-02"),
            (COA, HouseholdId("PE-999999"), "ACC-02"),
            (MINISTRY, ONE, "ACC-01"),
            (ANYONE, ONE, "ACC-01"),
        ):
            with pytest.raises(AccessError, match=code):
                asked(actor=actor, household=household, today=TODAY)
    assert not LetterCodeRow.objects.exists()


def test_a_code_opens_its_own_letter_once(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE,), today=TODAY)
    issued, other = issue(), issue(TWO)
    assert opened(issued.letter, other.code) is None
    assert read(issued.letter) is None
    number = opened(issued.letter.lower(), f" {issued.code[:5]} - {issued.code[5:].lower()} ")
    assert number == issued.letter
    page = read(issued.letter)
    assert page is not None
    assert (page.household, page.municipality) == (ONE, "Utrecht")
    assert opened(issued.letter, issued.code) is None
    with within(scope_of(ANYONE)):
        assert not LetterCodeRow.objects.exists()  # the policies of the tables hide every code


def test_what_is_wrong_always_answers_the_same(proposal: int) -> None:
    assert proposal
    issued = issue()
    for letter, code in (
        ("", ""),
        ("ZZZZZZZZ", issued.code),
        (issued.letter, "ZZZZZZZZZZ"),
        ("'; drop table store_lettercoderow; --", issued.code),
        (issued.letter, ""),
    ):
        assert opened(letter, code) is None
    assert opened(issued.letter, issued.code) == issued.letter


def test_a_code_expires_and_a_new_one_ends_the_one_before(proposal: int) -> None:
    assert proposal
    days, _ = law_book().look_up("letter.code_days", TODAY)
    first = issue()
    assert first.last_day == TODAY + timedelta(days=int(days))
    assert opened(first.letter, first.code, today=first.last_day + timedelta(days=1)) is None
    second = issue()
    assert opened(first.letter, first.code) is None
    assert opened(second.letter, second.code, today=second.last_day) == second.letter


def test_too_many_wrong_codes_close_a_letter(proposal: int) -> None:
    assert proposal
    issued = issue()
    tries, _ = law_book().look_up("letter.code_tries", TODAY)
    for attempt in range(int(tries)):
        assert opened(issued.letter, "WRONGWRONG", address=f"192.0.2.{attempt}") is None
    assert opened(issued.letter, issued.code) is None


def test_an_address_that_tried_too_often_this_minute_opens_nothing(
    proposal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert proposal
    issued = issue()
    with monkeypatch.context() as patch:
        patch.setattr(letters, "TRIES_A_MINUTE", 0)
        assert opened(issued.letter, issued.code) is None
    assert opened(issued.letter, issued.code) == issued.letter


def test_issuing_and_opening_are_journalled_and_no_code_is_kept(proposal: int) -> None:
    assert proposal
    issued = issue()
    opened(issued.letter, issued.code)
    lines = JournalRow.objects.filter(action__in=["issue-letter-code", "open-letter"]).order_by("id")
    assert [(line.actor, line.subject) for line in lines] == [
        (COA.name, f"household {ONE}"),
        ("letter", f"household {ONE}"),
    ]
    row = LetterCodeRow.objects.get()
    kept = " ".join(
        [str(line.after) for line in lines]
        + [bytes(row.digest).decode("latin-1"), bytes(row.salt).decode("latin-1")]
    )
    assert issued.code not in kept
