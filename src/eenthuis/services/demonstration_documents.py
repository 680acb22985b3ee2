"""Residence documents in the demonstration country: invented, some handed out, some not yet ready, and sessions."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import islice

from eenthuis.services.document_handing import check_handed_out, hand_out, record_no_show
from eenthuis.services.document_inviting import invite_to_session
from eenthuis.services.document_sessions import hand_made, make_session, read_session
from eenthuis.services.document_steps import Seen
from eenthuis.services.documents import DocumentFacts, signal_documents
from eenthuis.store import documents as stored
from eenthuis.store import people
from eenthuis.terms.access import Actor
from eenthuis.terms.people import CentreCode, Household

EVERY = 9
"""One in so many households in reception gets documents here."""

MOST_HOUSEHOLDS = 260
CENTRES_BEFORE, CENTRES_TODAY, CENTRES_AHEAD = 3, 1, 5
INVITED = 12
"""So many people are invited to each session."""

SIGNALLED_DAYS, BEFORE_DAYS, AHEAD_DAYS = 40, 20, 13
SIXTH, HALF_YEAR_DAYS = 6, 180


def fill_documents(*, by: Actor, colleague: Actor, today: date) -> int:
    """Signal documents and hold sessions before, on and after a day; return how many documents there are."""
    since = today - timedelta(days=SIGNALLED_DAYS)
    waiting = people.identifiers(only_waiting=True)
    chosen = people.households(list(islice(waiting[::EVERY], MOST_HOUSEHOLDS)))
    facts = [
        fact
        for number, household in enumerate(chosen)
        if household.permit_on < since - timedelta(days=1)
        for fact in _facts(household, number, since)
    ]
    signal_documents(actor=by, signalled=facts, today=since)
    centres = _fullest()
    for code in centres[:CENTRES_BEFORE]:
        _hold(by, colleague, code, today - timedelta(days=BEFORE_DAYS))
    for code in centres[:CENTRES_TODAY]:
        _invite(by, code, today, today - timedelta(days=BEFORE_DAYS))
    for code in centres[CENTRES_TODAY : CENTRES_TODAY + CENTRES_AHEAD]:
        _invite(by, code, today + timedelta(days=AHEAD_DAYS), today)
    return len(facts)


def _facts(household: Household, number: int, since: date) -> list[DocumentFacts]:
    """Return what is invented of the documents of a household: most are sound, some lack something."""
    found = []
    for place, member in enumerate(household.members):
        draw = number * 7 + place * 3
        born = date(min(member.birth_year, since.year - 1), draw % 12 + 1, draw % 28 + 1)
        photo = since - timedelta(days=HALF_YEAR_DAYS if draw % 13 == 0 else draw % 90)
        photo_on = None if draw % 17 == 0 else max(photo, born)
        needs_fingers = born.year + SIXTH <= since.year
        ready = max(household.permit_on, born) + timedelta(days=draw % 30)
        found.append(
            DocumentFacts(
                number="",
                household=household.identifier,
                ready_on=min(ready, since + timedelta(days=draw % 60)),
                born_on=born,
                photo_on=photo_on,
                fingerprints_on=max(photo, born) if needs_fingers and draw % 19 else None,
                has_citizen_number=number % 11 != 0,
                has_address=number % 8 != 0,
            )
        )
    return found


def _fullest() -> list[CentreCode]:
    counted: dict[CentreCode, int] = {}
    for held in stored.listed():
        counted[held.document.centre] = counted.get(held.document.centre, 0) + 1
    return sorted(counted, key=lambda code: (-counted[code], code))


def _invite(by: Actor, centre: CentreCode, day: date, today: date) -> None:
    made = hand_made(
        centre=centre,
        day=day,
        team="Team IND",
        staff=4,
        counters=2,
        slots=30,
        first_slot=time(9, 30),
        minutes=10,
    )
    make_session(actor=by, session=made, today=today)
    page = read_session(actor=by, centre=centre, day=day, today=today)
    seen: list[Seen] = []
    for party in page.could_come:
        if len(seen) + len(party.documents) <= INVITED:
            seen += [Seen(one.number, one.held.step) for one in party.documents]
    if seen:
        invite_to_session(actor=by, centre=centre, day=day, seen=seen, today=today)


def _hold(by: Actor, colleague: Actor, centre: CentreCode, day: date) -> None:
    """Hold a session in the past: most people came, one in six did not, and the last is still to be checked."""
    _invite(by, centre, day, day - timedelta(days=AHEAD_DAYS))
    page = read_session(actor=by, centre=centre, day=day, today=day)
    for number, place in enumerate(page.places):
        held = place.line.held
        seen = Seen(held.document.number, held.step)
        if number % SIXTH == SIXTH - 1:
            record_no_show(actor=by, seen=seen, today=day)
            continue
        hand_out(actor=by, seen=seen, today=day)
        if number:
            check_handed_out(actor=colleague, seen=Seen(held.document.number, held.step + 1))
