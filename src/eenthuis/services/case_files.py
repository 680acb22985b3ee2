"""The file of a municipality: every contact with its province, plans, rungs that two people decide on, substitution."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from eenthuis import reference as facts
from eenthuis.law import law_book
from eenthuis.rules.case_entries import Obstacle, Refused, refusal
from eenthuis.rules.case_file import DECIDING, INTERNAL, CaseFile, RungDecision, case_file, next_in
from eenthuis.rules.judgement import reading_date
from eenthuis.rules.ladder import NoSuchRung, SkipRefused, advance
from eenthuis.rules.substitution import NextStep
from eenthuis.rules.supervision import Assessment
from eenthuis.services.access import is_other, may, person, place_of, require
from eenthuis.services.notices import tell
from eenthuis.services.supervising import half_year_read_on, read_on
from eenthuis.store import case_files as stored
from eenthuis.store import journal
from eenthuis.store.announcements import half_years
from eenthuis.store.readings import KeptReading, kept_of
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.case_file import Contact, ContactKind
from eenthuis.terms.errors import AccessError, InputError, ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.places import Municipality, MunicipalityCode, Province
from eenthuis.terms.supervision import Ladder


@dataclass(frozen=True, slots=True)
class Recorded:
    """The number under which an entry stands in the file."""

    number: int


Outcome = Recorded | Refused | SkipRefused | NoSuchRung
"""Everything that can come of adding an entry."""


@dataclass(frozen=True, slots=True)
class TimeLine:
    """What happened on one day: an entry of the file, or a reading that was kept."""

    on: date
    contact: Contact | None = None
    reading: KeptReading | None = None


@dataclass(frozen=True, slots=True)
class FilePage:
    """The file of a municipality as its reader sees it.

    ``now`` is how it stands today and ``last`` how it stood on the last reading date; None without figures of them.
    ``open_rung`` waits for another person; ``may_confirm`` says that the reader is that person.
    """

    municipality: Municipality
    province: Province
    today: date
    ended: HalfYear
    ladder: Ladder
    now: Assessment | None
    last: Assessment | None
    file: CaseFile
    lines: tuple[TimeLine, ...]
    open_rung: RungDecision | None
    next_step: NextStep | None
    may_keep: bool
    may_decide: bool
    may_confirm: bool


def read_file(*, actor: Actor, municipality: MunicipalityCode, today: date) -> FilePage:
    """Return the file of a municipality; what is internal to the province only to who keeps or audits it.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when it is out of reach.
    ReferenceFactError
        REF-01 when there is no such municipality.
    """
    place = _found(municipality)
    require(actor, "see-supervision", place_of(place.code))
    file = case_file(stored.contacts_of([place.code]).get(place.code, ()))
    sees_all = may(actor, "keep-supervision-file", place_of(place.code)) or actor.role is Role.AUDITOR
    shown = [one for one in file.contacts if sees_all or _is_shown(one, file)]
    ended = HalfYear.containing(today).previous
    held = law_book().supervision(today, facts.supervising_places()[place.code]).ladder
    lines = [TimeLine(one.on, contact=one) for one in shown]
    lines += [TimeLine(one.as_of, reading=one) for one in kept_of([place.code])]
    lines.sort(key=lambda line: (line.on, line.contact.number if line.contact else 0), reverse=True)
    may_decide = may(actor, "decide-rung", place_of(place.code))
    waiting = file.open_rung if sees_all else None
    return FilePage(
        municipality=place,
        province=next(one for one in facts.provinces() if one.code == place.province),
        today=today,
        ended=ended,
        ladder=held,
        now=_read(place.code, half_year_read_on(today), today),
        last=_read(place.code, ended, reading_date(ended)),
        file=file,
        lines=tuple(lines),
        open_rung=waiting,
        next_step=next_in(file, today, law_book().substitution(today)),
        may_keep=may(actor, "keep-supervision-file", place_of(place.code)),
        may_decide=may_decide,
        may_confirm=may_decide and waiting is not None and is_other(actor, waiting.contact.by),
    )


def require_keeper(*, actor: Actor, municipality: MunicipalityCode) -> None:
    """Refuse whoever does not keep the file of a municipality, before anything that was filled in is looked at.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this actor may not, there.
    """
    require(actor, "keep-supervision-file", place_of(_found(municipality).code))


def record(*, actor: Actor, municipality: MunicipalityCode, new: Contact, today: date) -> Outcome:
    """Add an entry to the file of a municipality, in the name of the actor, or return why it may not stand there.

    A rung is put forward by one person and confirmed by another; only then does it count and is the municipality told.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this actor may not, there.
    ReferenceFactError
        REF-01 when there is no such municipality; REF-05 when a rung is put forward after a half-year without targets.
    """
    place = _found(municipality)
    action = "decide-rung" if new.kind in DECIDING else "keep-supervision-file"
    require(actor, action, place_of(place.code))
    entry = replace(new, number=0, by=person(actor))
    with transaction.atomic():
        journal.lock_subject(f"file {place.code}")
        before = stored.contacts_of([place.code]).get(place.code, ())
        old = next((one for one in before if one.number == entry.replaces), None)
        entry = replace(entry, about=entry.about or (old.about if old else None))
        refused: Refused | SkipRefused | NoSuchRung | None = refusal(
            entry, before, today, law_book().substitution(min(entry.on, today))
        )
        if refused is None and entry.kind is ContactKind.RUNG_PUT_FORWARD:
            refused = _rung_refused(entry, place.code, today)
        if refused is not None:
            return refused
        about = next((one for one in before if one.number == entry.about), None)
        confirms = entry.kind is ContactKind.RUNG_CONFIRMED
        number = stored.add(place.code, entry, first_by=about.by if confirms and about else "")
        journal.write(
            actor,
            "record-contact",
            f"file {place.code}",
            municipality=place.code,
            after={"kind": entry.kind, "on": entry.on, "number": number, "rung": entry.rung},
        )
        if confirms and about is not None:
            _tell_of_rung(place, about, today)
    return Recorded(number)


def add_letter(
    *, actor: Actor, municipality: MunicipalityCode, on: date, what: str, reference: str, today: date
) -> int:
    """Add a letter that was sent to the file of a municipality, in the transaction in which it is sent.

    ``reference`` points at the letter, such as ``letter:12``.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this actor may not, there.
    InputError
        INP-06 when the day lies ahead or nothing is said of the letter.
    """
    letter = Contact(0, ContactKind.LETTER, on, what, person(actor), reference=reference)
    outcome = record(actor=actor, municipality=municipality, new=letter, today=today)
    match outcome:
        case Recorded(number):
            return number
        case _:
            raise InputError(
                "INP-06",
                f"a letter of {on.isoformat()} cannot stand in the file",
                remedy="Give a day up to today, and say what the letter is.",
            )


def _found(code: MunicipalityCode) -> Municipality:
    """Return a municipality; out of reach and unknown are the same to who asks."""
    try:
        return facts.municipality(code)
    except ReferenceFactError as wrong:
        raise AccessError("ACC-02", "no file by that code", remedy="Check the code.") from wrong


def _read(code: MunicipalityCode, half_year: HalfYear, as_of: date) -> Assessment | None:
    if half_year not in half_years():
        return None
    return read_on([code], half_year, as_of).assessments.get(code)


def _is_shown(contact: Contact, file: CaseFile) -> bool:
    """Return whether the municipality itself sees an entry: not what is internal, nor a rung before it is confirmed."""
    if contact.kind in INTERNAL:
        return False
    if contact.kind is ContactKind.RUNG_PUT_FORWARD:
        return any(one.contact.number == contact.number and one.is_confirmed for one in file.rungs)
    return True


def _rung_refused(
    entry: Contact, code: MunicipalityCode, today: date
) -> Refused | SkipRefused | NoSuchRung | None:
    half_year = entry.half_year
    if half_year is None or entry.rung is None or reading_date(half_year) > today:
        return Refused(Obstacle.AHEAD)
    read = _read(code, half_year, reading_date(half_year))
    if read is None:
        raise ReferenceFactError(
            "REF-05",
            f"there are no figures of {half_year} to decide on",
            remedy="Choose a half-year with targets.",
        )
    decided = advance(read.held, entry.rung, read.law.ladder, entry.what)
    return decided if isinstance(decided, SkipRefused | NoSuchRung) else None


def _tell_of_rung(place: Municipality, put_forward: Contact, today: date) -> None:
    for to in (
        Addressee(Role.MUNICIPALITY, municipality=place.code),
        Addressee(Role.PROVINCE, province=place.province),
    ):
        tell(
            kind=NoticeKind.RUNG_ENTERED,
            to=to,
            reference=f"supervision:{place.code}",
            figures={"rung": put_forward.rung or 0},
            today=today,
        )
