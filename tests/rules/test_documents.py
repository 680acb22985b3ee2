"""When a document can be handed out: every reason, the days between which it can, and who goes together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis.law import law_book
from eenthuis.law.book import Book
from eenthuis.law.documents import DocumentLaw, document_law, session_law
from eenthuis.rules.documents import Party, ReadyWindow, parties, readiness, ready_window
from eenthuis.terms.documents import DocumentNumber, ResidenceDocument, WhyNotReady
from eenthuis.terms.errors import LawError
from eenthuis.terms.people import CentreCode, HouseholdId

TODAY = date(2026, 12, 1)
LAW = document_law(law_book(), TODAY)
ADULT = ResidenceDocument(
    DocumentNumber("D-1"),
    HouseholdId("H-1"),
    CentreCode("C-1"),
    ready_on=date(2026, 11, 2),
    born_on=date(1990, 5, 5),
    photo_on=date(2026, 9, 30),
    fingerprints_on=date(2026, 9, 30),
    has_citizen_number=True,
    has_address=True,
)


@pytest.mark.parametrize(
    ("name", "document", "day", "reasons"),
    [
        ("everything is there", ADULT, TODAY, ()),
        ("the day before the card is there", ADULT, date(2026, 11, 1), (WhyNotReady.CARD_NOT_THERE,)),
        ("the day the card is there", ADULT, date(2026, 11, 2), ()),
        ("a photo of exactly six months", ADULT, date(2027, 3, 30), ()),
        ("a photo one day older", ADULT, date(2027, 3, 31), (WhyNotReady.PHOTO_TOO_OLD,)),
        (
            "a photo of 31 August in February",
            replace(ADULT, photo_on=date(2026, 8, 31)),
            date(2027, 2, 28),
            (),
        ),
        (
            "the day after",
            replace(ADULT, photo_on=date(2026, 8, 31)),
            date(2027, 3, 1),
            (WhyNotReady.PHOTO_TOO_OLD,),
        ),
        ("no photo", replace(ADULT, photo_on=None), TODAY, (WhyNotReady.NO_PHOTO,)),
        ("no address", replace(ADULT, has_address=False), TODAY, (WhyNotReady.NO_ADDRESS,)),
        (
            "no citizen number",
            replace(ADULT, has_citizen_number=False),
            TODAY,
            (WhyNotReady.NO_CITIZEN_NUMBER,),
        ),
        ("no fingerprints", replace(ADULT, fingerprints_on=None), TODAY, (WhyNotReady.NO_FINGERPRINTS,)),
        (
            "five years old, without fingerprints",
            replace(ADULT, fingerprints_on=None, born_on=date(2020, 12, 2)),
            TODAY,
            (),
        ),
        (
            "six today, without fingerprints",
            replace(ADULT, fingerprints_on=None, born_on=date(2020, 12, 1)),
            TODAY,
            (WhyNotReady.NO_FINGERPRINTS,),
        ),
        (
            "twelve today, fingerprints of before",
            replace(ADULT, born_on=date(2014, 12, 1)),
            TODAY,
            (WhyNotReady.FINGERPRINTS_AGAIN,),
        ),
        (
            "eighteen today, fingerprints of today",
            replace(ADULT, born_on=date(2008, 12, 1), fingerprints_on=TODAY),
            TODAY,
            (),
        ),
        (
            "everything at once",
            replace(
                ADULT,
                ready_on=date(2027, 6, 1),
                fingerprints_on=None,
                has_citizen_number=False,
                has_address=False,
            ),
            date(2027, 5, 1),
            (
                WhyNotReady.CARD_NOT_THERE,
                WhyNotReady.NO_ADDRESS,
                WhyNotReady.NO_CITIZEN_NUMBER,
                WhyNotReady.PHOTO_TOO_OLD,
                WhyNotReady.NO_FINGERPRINTS,
            ),
        ),
    ],
)
def test_every_reason_is_told(
    name: str, document: ResidenceDocument, day: date, reasons: tuple[WhyNotReady, ...]
) -> None:
    found = readiness(document, day, LAW)
    assert found.reasons == reasons, name
    assert found.is_ready is (not reasons)


days = st.dates(date(2026, 6, 1), date(2027, 6, 30))
documents = st.builds(
    ResidenceDocument,
    number=st.just(DocumentNumber("D-1")),
    household=st.just(HouseholdId("H-1")),
    centre=st.just(CentreCode("C-1")),
    ready_on=days,
    born_on=st.dates(date(2005, 1, 1), date(2026, 5, 1)),
    photo_on=st.none() | days,
    fingerprints_on=st.none() | days,
    has_citizen_number=st.booleans(),
    has_address=st.booleans(),
)


@given(document=documents, day=days)
def test_the_window_is_exactly_the_days_without_a_reason(document: ResidenceDocument, day: date) -> None:
    window = ready_window(document, LAW)
    inside = window is not None and window.first_day <= day <= window.last_day
    assert readiness(document, day, LAW).is_ready is inside


def fewest(windows: Sequence[ReadyWindow], most: int) -> int:
    """Return the fewest groups with a common day and at most ``most`` members, by trying every first group."""
    if not windows:
        return 0
    first, *rest = windows
    best = len(windows)
    for size in range(min(most, len(windows))):
        for others in combinations(range(len(rest)), size):
            group = [first, *(rest[i] for i in others)]
            if max(one.first_day for one in group) <= min(one.last_day for one in group):
                left = [one for i, one in enumerate(rest) if i not in others]
                best = min(best, 1 + fewest(left, most))
    return best


@settings(max_examples=60, deadline=None)
@given(family=st.lists(documents, max_size=5), most=st.integers(1, 5))
def test_families_go_in_the_fewest_parties(family: list[ResidenceDocument], most: int) -> None:
    family = [replace(one, number=DocumentNumber(f"D-{i}")) for i, one in enumerate(family)]
    days = [TODAY + timedelta(days=3 * i) for i in range(28)]
    made = parties(family, days, LAW, most)
    able = [
        inside
        for one in family
        if (window := ready_window(one, LAW)) is not None and (inside := window.within(days)) is not None
    ]
    assert sum(party.people for party in made) == len(able)
    assert all(party.people <= most for party in made)
    assert all(_all_can(party) for party in made)
    assert all(party.window.within(days) == party.window for party in made)
    assert len(made) == fewest(able, most)


def _all_can(party: Party) -> bool:
    return all(
        readiness(one, day, LAW).is_ready
        for one in party.documents
        for day in (party.window.first_day, party.window.last_day)
    )


def test_without_rules_on_number_and_address_nothing_waits_for_them() -> None:
    law: DocumentLaw = replace(LAW, needs_citizen_number=False, needs_address=False)
    assert readiness(replace(ADULT, has_citizen_number=False, has_address=False), TODAY, law).is_ready


@pytest.mark.parametrize("ages", ["6 twelve", "6 6", "12 6"])
def test_ages_that_do_not_rise_do_not_load(ages: str) -> None:
    book: Book = law_book().assuming({"documents.fingerprint_ages": ages}, why="a test")
    with pytest.raises(LawError, match="LAW-02"):
        document_law(book, TODAY)


def test_a_first_slot_that_is_no_time_does_not_load() -> None:
    book = law_book().assuming({"sessions.first_slot": "half past"}, why="a test")
    with pytest.raises(LawError, match="LAW-02"):
        session_law(book, TODAY)


def test_the_law_says_what_is_an_assumption() -> None:
    law = session_law(law_book(), TODAY)
    assert law.citation("slots_a_day").authority.value == "practice"
    assert law.citation("waiting_days_per_km").authority.value == "assumption"
