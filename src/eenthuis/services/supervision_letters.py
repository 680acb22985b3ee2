"""Letters of supervision: previewed, put forward by one person, and sent by another."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.connect.letter_book import letter_in_words
from eenthuis.connect.letter_files import letter_files
from eenthuis.services.access import is_other, may, person, place_of, require
from eenthuis.services.case_files import add_letter
from eenthuis.services.letter_checks import draw_number
from eenthuis.services.letter_facts import AT_ONCE, LetterLine, due_on, facts_for, to_write
from eenthuis.services.notices import tell
from eenthuis.services.readings import ReadingLine, read_readings
from eenthuis.store import journal
from eenthuis.store import supervision_letters as stored
from eenthuis.terms.access import Actor, Place, Role
from eenthuis.terms.errors import AccessError, InputError, Location, StateError
from eenthuis.terms.letters import LetterFacts, LetterText
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.receipt import plain

HeldLetter = stored.HeldLetter
"""A letter as it is kept, with its steps."""
NO_NUMBER = "…"
"""What stands on a preview in the place of the number."""


@dataclass(frozen=True, slots=True)
class LettersPage:
    """The letters of a province, or to a municipality, and to whom one can be written."""

    province: ProvinceCode | None
    letters: tuple[stored.HeldLetter, ...]
    to_write: tuple[LetterLine, ...]
    may_write: bool


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """A letter as it would be written."""

    facts: LetterFacts
    text: LetterText


def read_letters(*, actor: Actor, province: ProvinceCode | None, today: date) -> LettersPage:
    """Return the letters within reach: of the own province, to the own municipality, or of a province asked for.

    A municipality sees only what was sent to it.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when they are out of reach.
    """
    if actor.role is Role.MUNICIPALITY and actor.municipality is not None:
        require(actor, "see-supervision-letter", place_of(actor.municipality))
        return LettersPage(
            None, letters_of(actor=actor, municipality=actor.municipality), (), may_write=False
        )
    where = actor.province or province or reference.provinces()[0].code
    require(actor, "see-supervision-letter", Place(province=where))
    writes = may(actor, "write-supervision-letter", Place(province=where))
    due = due_on(_lines(actor, where, today), today) if writes else ()
    return LettersPage(
        province=where,
        letters=stored.letters(province=where),
        to_write=tuple(to_write(one) for one in due),
        may_write=writes,
    )


def letters_of(*, actor: Actor, municipality: MunicipalityCode) -> tuple[stored.HeldLetter, ...]:
    """Return the letters to a municipality that its reader may see; the municipality itself only those sent.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when they are out of reach.
    """
    require(actor, "see-supervision-letter", place_of(municipality))
    found = stored.letters(municipality=municipality)
    if actor.role is Role.MUNICIPALITY:
        return tuple(one for one in found if one.state == stored.SENT)
    return found


def preview_letters(
    *, actor: Actor, municipalities: Sequence[MunicipalityCode], address: str, today: date
) -> tuple[LetterPreview, ...]:
    """Return the letters as they would be written to municipalities of the own province; nothing is kept.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this actor may not.
    InputError
        INP-06 for none or too many; INP-04 for one to which no letter goes by its rung.
    """
    require(actor, "write-supervision-letter", Place(province=actor.province))
    return tuple(
        LetterPreview(facts, letter_in_words(facts, number=NO_NUMBER, address=address))
        for facts in _facts(actor, municipalities, today)
    )


def write_letters(
    *, actor: Actor, municipalities: Sequence[MunicipalityCode], address: str, today: date
) -> tuple[int, ...]:
    """Write letters and put them forward to be sent by a second person; return their keys. All or none are written.

    Raises
    ------
    AccessError, InputError
        As :func:`preview_letters`.
    """
    require(actor, "write-supervision-letter", Place(province=actor.province))
    keys = []
    with transaction.atomic():
        for facts in _facts(actor, municipalities, today):
            number = draw_number()
            text = letter_in_words(facts, number=number, address=address)
            files = letter_files(facts, text, number=number, day=today)
            key = stored.add(
                stored.NewLetter(
                    number=number,
                    province=facts.province,
                    municipality=facts.municipality,
                    half_year=facts.half_year,
                    kind=facts.letter,
                    rung=facts.rung,
                    text=text,
                    answer_by=facts.answer_by,
                    written_on=today,
                    files=files,
                    digests={form: hashlib.sha256(made).hexdigest() for form, made in files.items()},
                    facts={
                        name: plain(value) for name, value in asdict(facts).items() if name != "half_year"
                    },
                )
            )
            stored.add_step(key, facts.municipality, stored.PUT_FORWARD, on=today, decided_by=person(actor))
            journal.write(
                actor,
                "write-supervision-letter",
                f"supervision letter {key}",
                municipality=facts.municipality,
                after={"number": number, "kind": facts.letter, "rung": facts.rung},
            )
            keys.append(key)
    return tuple(keys)


def send_letters(*, actor: Actor, keys: Sequence[int], today: date) -> int:
    """Send letters as a second person; each municipality gets a notice, and its file an entry. All or none are sent.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 for one that is not of the own province.
    InputError
        INP-06 for none or too many.
    StateError
        STA-01 when one was sent or withdrawn, or was put forward by the same person.
    """
    require(actor, "write-supervision-letter", Place(province=actor.province))
    with transaction.atomic():
        found = _held(actor, keys)
        for held in found:
            first = held.step(stored.PUT_FORWARD)
            if first is not None and not is_other(actor, first.decided_by):
                raise StateError(
                    "STA-01",
                    "who puts a letter forward does not send it",
                    remedy="Ask a colleague of the province to look at it and send it.",
                )
            stored.add_step(held.key, held.municipality, stored.SENT, on=today, decided_by=person(actor))
            journal.write(
                actor,
                "send-supervision-letter",
                f"supervision letter {held.key}",
                municipality=held.municipality,
                after={"number": held.number, "digest": held.digests["pdf"]},
            )
            add_letter(
                actor=actor,
                municipality=held.municipality,
                on=today,
                what=f"{held.text.subject} ({held.number})",
                reference=f"letter:{held.key}",
                today=today,
            )
            tell(
                kind=NoticeKind.LETTER_SENT,
                to=Addressee(Role.MUNICIPALITY, municipality=held.municipality),
                reference=f"letter:{held.key}",
                today=today,
                due_on=held.answer_by,
            )
    return len(found)


def withdraw_letter(*, actor: Actor, key: int, why: str, today: date) -> None:
    """Withdraw a letter that was not sent, with the reason; it stays as it was written.

    Raises
    ------
    AccessError, StateError
        As :func:`send_letters`.
    InputError
        INP-06 without a reason.
    """
    require(actor, "write-supervision-letter", Place(province=actor.province))
    with transaction.atomic():
        (held,) = _held(actor, [key])
        if not why.strip():
            raise InputError(
                "INP-06",
                "there is no reason",
                remedy="Say in a sentence why.",
                location=Location(column="why"),
            )
        stored.add_step(key, held.municipality, stored.WITHDRAWN, on=today, decided_by=person(actor), why=why)
        journal.write(
            actor,
            "withdraw-supervision-letter",
            f"supervision letter {key}",
            municipality=held.municipality,
            why=why,
        )


def read_letter(*, actor: Actor, key: int) -> stored.HeldLetter:
    """Return a letter; a municipality sees one that was sent to it only.

    Raises
    ------
    AccessError
        ACC-01 when this role may see none; ACC-02 for one out of reach or that does not exist.
    """
    found = stored.by_keys([key])
    place = place_of(found[0].municipality) if found else Place(actor.province, actor.municipality)
    require(actor, "see-supervision-letter", place)
    if not found or (actor.role is Role.MUNICIPALITY and found[0].state != stored.SENT):
        raise AccessError("ACC-02", "no letter by that number", remedy="Check the number.")
    return found[0]


def letter_file(*, actor: Actor, key: int, form: str) -> bytes:
    """Return a letter as pdf or docx, as it was written.

    Raises
    ------
    AccessError
        As :func:`read_letter`; ACC-02 for another form.
    """
    held = read_letter(actor=actor, key=key)
    if form not in stored.FORMS:
        raise AccessError("ACC-02", "no file by that name", remedy="Ask for pdf or docx.")
    return stored.content(held.key, form)


def _lines(actor: Actor, province: ProvinceCode, today: date) -> tuple[ReadingLine, ...]:
    return read_readings(actor=actor, province=province, today=today).lines


def _facts(actor: Actor, municipalities: Sequence[MunicipalityCode], today: date) -> tuple[LetterFacts, ...]:
    lines = _lines(actor, actor.province, today) if actor.province else ()
    return facts_for(actor.province, municipalities, lines, today)


def _held(actor: Actor, keys: Sequence[int]) -> tuple[stored.HeldLetter, ...]:
    """Return letters of the own province that wait to be sent, held until the transaction ends."""
    if not 0 < len(keys) <= AT_ONCE:
        raise InputError(
            "INP-06", "no letter is chosen, or too many", remedy=f"Choose 1 to {AT_ONCE} letters."
        )
    journal.lock_subject(f"supervision letters {actor.province}")
    found = stored.by_keys(keys)
    if len(found) != len(set(keys)) or any(one.province != actor.province for one in found):
        raise AccessError("ACC-02", "no letter by that number", remedy="Check the number.")
    if any(one.state != stored.PUT_FORWARD for one in found):
        raise StateError("STA-01", "a letter was sent or withdrawn already", remedy="Reload the page.")
    return found
