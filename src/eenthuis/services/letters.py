"""The letter for the person concerned: which municipality and why, what happens when, and a code to read it with.

What it tells comes from the household's own steps alone. The code is shown once, to the case worker who asks for it;
only a salted hash of it is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.calendar import last_day
from eenthuis.services.access import place_of, require
from eenthuis.services.allowances import take
from eenthuis.services.explaining import own_reasons
from eenthuis.services.processing import note_processing
from eenthuis.store import journal, letters, links, people
from eenthuis.store.scope import whole
from eenthuis.terms.access import Actor, Place
from eenthuis.terms.errors import AccessError
from eenthuis.terms.people import Household, HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.processing import Activity
from eenthuis.terms.way import DeadlineKind

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for another."""

CODE_LENGTH = 10
LETTER_LENGTH = 8
SALT_BYTES = 16
DIGEST_BYTES = 32
TRIES_A_MINUTE = 10
"""So often one address may try a code in a minute, whatever letter it names."""

SERVICE = "letter"


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """The number of a letter with its code, to be handed over on paper; the code is not to be had again."""

    letter: str
    code: str
    last_day: date


@dataclass(frozen=True, slots=True)
class LetterPage:
    """What the letter tells a household; days that have passed are told as such by the page.

    ``reasons`` are codes of its own reasons, ``municipality`` is empty while it waits.
    """

    household: HouseholdId
    today: date
    municipality: str
    decided_on: date | None
    is_housed: bool
    reasons: tuple[str, ...]
    link_by: date | None
    home_by: date | None
    move_by: date | None
    centre: str
    joining_people: int
    ends_reception: bool


def read_letter(*, actor: Actor, household: HouseholdId, today: date) -> LetterPage:
    """Return the letter of a household, for a case worker to print.

    Raises
    ------
    AccessError
        ACC-01 when this role writes no letters; ACC-02 for a household out of reach or that does not exist.
    """
    require(actor, "issue-letter-code", _place(household))
    found = _found(household)
    note_processing(Activity.MAKE_LETTER, [found.identifier])
    return _letter(found, today)


def issue_code(*, actor: Actor, household: HouseholdId, today: date) -> IssuedCode:
    """Make a code for the letter of a household; an earlier one that was not used opens nothing any more.

    Raises
    ------
    AccessError
        As :func:`read_letter`.
    """
    require(actor, "issue-letter-code", _place(household))
    found = _found(household)
    note_processing(Activity.MAKE_LETTER, [found.identifier])
    code, letter, salt = _drawn(CODE_LENGTH), _drawn(LETTER_LENGTH), secrets.token_bytes(SALT_BYTES)
    held = letters.HeldCode(
        letter=letter,
        household=found.identifier,
        salt=salt,
        digest=_digest(code, salt),
        last_day=today + timedelta(days=_law("letter.code_days", today)),
        tries=0,
        is_open=True,
    )
    with transaction.atomic():
        links.lock_households([found.identifier])
        letters.withdraw_open(found.identifier)
        letters.add(held, issued_by=actor.name)
        journal.write(
            actor,
            "issue-letter-code",
            f"household {found.identifier}",
            after={"letter": letter, "last_day": held.last_day},
        )
    return IssuedCode(letter, code, held.last_day)


def open_letter(*, actor: Actor, letter: str, code: str, address: str, today: date) -> str | None:
    """Return the number of the letter when the code opens it now; None for whatever is wrong, always the same.

    A wrong code counts, and too many close the letter; ``address`` is where it is tried from, of which only a digest
    is kept, for minutes.
    """
    require(actor, "read-own-letter")
    tried_from = hashlib.sha256(address.encode()).hexdigest()[:32]
    if take(who=f"letter:{tried_from}", limit=TRIES_A_MINUTE).is_spent:
        return None
    number, written = _plain(letter), _plain(code)
    with whole(SERVICE), transaction.atomic():
        held = letters.locked(number)
        salt = held.salt if held else bytes(SALT_BYTES)
        same = hmac.compare_digest(_digest(written, salt), held.digest if held else bytes(DIGEST_BYTES))
        if (
            held is None
            or not held.is_open
            or held.last_day < today
            or held.tries >= _law("letter.code_tries", today)
        ):
            return None
        if not same:
            letters.count_try(number)
            return None
        letters.mark_used(number)
        actor = Actor(SERVICE, actor.role)
        journal.write(actor, "open-letter", f"household {held.household}", after={"letter": number})
    return number


def read_opened(*, actor: Actor, letter: str, today: date) -> LetterPage | None:
    """Return the letter that was opened in this session; None when there is none any more."""
    require(actor, "read-own-letter")
    with whole(SERVICE):
        household = letters.household_of(letter)
        found = people.households([household]) if household else ()
        note_processing(Activity.READ_OWN_LETTER, [one.identifier for one in found])
        return _letter(found[0], today) if found else None


def minutes_to_read(today: date) -> int:
    """Return for how many minutes an opened letter can be read."""
    return _law("letter.read_minutes", today)


def _place(household: HouseholdId) -> Place:
    link = links.links_in_force([household]).get(household)
    return place_of(MunicipalityCode(link.municipality)) if link else Place()


def _found(household: HouseholdId) -> Household:
    found = people.households([household])
    if not found:
        raise AccessError("ACC-02", "no household by that number", remedy="Check the number.")
    return found[0]


def _letter(household: Household, today: date) -> LetterPage:
    law = law_book().way(today)
    link = links.links_in_force([household.identifier]).get(household.identifier)
    is_housed = household.identifier in links.signed_off([household.identifier])
    move_by = home_by = None
    if link is not None and not is_housed:
        home_by = last_day(link.on, law.terms[DeadlineKind.LEASE], law.calendar)
        move_by = last_day(home_by, law.terms[DeadlineKind.MOVE], law.calendar)
    return LetterPage(
        household=household.identifier,
        today=today,
        municipality=reference.municipality(link.municipality).name if link else "",
        decided_on=link.on if link else None,
        is_housed=is_housed,
        reasons=own_reasons(household.identifier, today),
        link_by=None if link else last_day(household.permit_on, law.terms[DeadlineKind.LINK], law.calendar),
        home_by=home_by,
        move_by=move_by,
        centre=people.centres()[household.centre].name,
        joining_people=household.joining.people if household.joining else 0,
        ends_reception=law_book().refusal(today).ends_reception,
    )


def _law(key: str, day: date) -> int:
    value, _ = law_book().look_up(key, day)
    return int(value)


def _drawn(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _plain(written: str) -> str:
    return "".join(character for character in written.upper() if character.isalnum())[:CODE_LENGTH]


def _digest(code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(code.encode(), salt=salt, n=2**14, r=8, p=1, dklen=DIGEST_BYTES)
