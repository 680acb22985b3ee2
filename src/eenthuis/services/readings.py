"""Readings of supervision: seen by whom they concern, and kept by the province with a receipt for each municipality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

from django.db import transaction

from eenthuis import reference
from eenthuis.rules.judgement import Behind, Complies, ExcusablyBehind, Judgement, Lead, word
from eenthuis.rules.supervision import Assessment
from eenthuis.rules.supervision_receipts import assessment_receipt
from eenthuis.services.access import may, place_of, require
from eenthuis.services.supervising import Read, half_year_read_on, last_reading_date, read_on
from eenthuis.store import journal, scope
from eenthuis.store import readings as stored
from eenthuis.store.announcements import half_years
from eenthuis.store.readings import HeldReceipt, KeptReading
from eenthuis.terms.access import Actor, Place, Role
from eenthuis.terms.errors import InputError, ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Authority, Citation
from eenthuis.terms.places import MunicipalityCode, Province, ProvinceCode
from eenthuis.terms.receipt import Receipt
from eenthuis.terms.supervision import Figures, Regime, Rung
from eenthuis.terms.version import code_version

BY_ITSELF = Actor("eenthuis", Role.ADMINISTRATOR)
"""Who keeps the readings of 1 January and 1 July when nobody asks."""
KEPT_SHOWN = 400


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One municipality: the reading, its rung and term, the newest figures, and the receipt if it was kept.

    ``people`` are short, or ahead where negative. ``receipt`` is empty while this reading is not kept, and
    ``has_changed`` says that what was kept reads otherwise now.
    """

    code: MunicipalityCode
    name: str
    assessment: Assessment
    verdict: str
    people: int
    regime: Regime
    rung: Rung | None
    receipt: str
    has_changed: bool

    @property
    def figures(self) -> Figures:
        """The figures of the half-year that was read."""
        return self.assessment.figures


@dataclass(frozen=True, slots=True)
class ReadingsPage:
    """The readings of a province, the most urgent first; a municipality sees its own line only."""

    province: Province
    half_year: HalfYear
    as_of: date
    today: date
    is_provisional: bool
    lines: tuple[ReadingLine, ...]
    counts: Mapping[str, int]
    assumptions: tuple[Citation, ...]
    kept: tuple[KeptReading, ...]
    may_keep: bool
    reading_dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ProvinceSummary:
    """A province with its number of municipalities per verdict and on any rung."""

    province: Province
    counts: Mapping[str, int]
    on_a_rung: int
    kept_at: datetime | None


def read_readings(
    *, actor: Actor, province: ProvinceCode, today: date, as_of: date | None = None
) -> ReadingsPage:
    """Return the readings of a province at the start of a day; those of the last reading date when none is given.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when the province is out of reach.
    InputError
        INP-06 when the day lies ahead, or before the first half-year with a target.
    ReferenceFactError
        REF-01 when there is no such province.
    """
    where = checked_province(province)
    codes = seen_in(actor, province, as_of or today)
    day = checked_day(as_of or last_reading_date(today), today)
    read = read_on(codes, half_year_read_on(day), day)
    held = stored.in_force(codes, read.half_year, day)
    lines = tuple(sorted((_line(one, read, held) for one in read.assessments.values()), key=_urgency))
    citations = {id(one.assessment.law): one.assessment.law for one in lines}
    assumed = {
        (one.place, one.key): one for law in citations.values() for one in law.citations if _is_assumed(one)
    }
    return ReadingsPage(
        province=where,
        half_year=read.half_year,
        as_of=day,
        today=today,
        is_provisional=day <= read.half_year.last_day,
        lines=lines,
        counts=Counter(line.verdict for line in lines),
        assumptions=tuple(assumed.values()),
        kept=stored.kept_of(codes, most=KEPT_SHOWN),
        may_keep=may(actor, "keep-supervision-file", Place(province=province)),
        reading_dates=reading_dates(today),
    )


def keep_readings(*, actor: Actor, province: ProvinceCode, as_of: date, today: date) -> int:
    """Keep the readings of a province at the start of a day, each with its receipt; return how many are new.

    A reading that stands there already, the same to the last number, is not kept twice; one that reads otherwise now
    replaces it, and both stay.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this actor may not, there.
    InputError
        INP-06 when the day lies ahead, or before the first half-year with a target.
    """
    require(actor, "keep-supervision-file", Place(province=province))
    with transaction.atomic():
        return _keep(actor, _municipalities(province, as_of), checked_day(as_of, today), province)


def keep_due(today: date) -> int:
    """Keep the readings of the last 1 January or 1 July of every province that nobody kept; return how many."""
    day = last_reading_date(today)
    half_year, kept = half_year_read_on(day), 0
    if half_year not in half_years():
        return 0
    with scope.whole("readings"):
        for province in reference.provinces():
            codes = _municipalities(province.code, day)
            if codes and not stored.in_force(codes, half_year, day):
                with transaction.atomic():
                    kept += _keep(BY_ITSELF, codes, day, province.code)
    return kept


def read_summaries(*, actor: Actor, today: date) -> tuple[ProvinceSummary, ...]:
    """Return every province within reach with what its last reading came to.

    Raises
    ------
    AccessError
        ACC-01 when this role may not see readings.
    """
    day = last_reading_date(today)
    within = [one for one in reference.provinces() if may(actor, "see-supervision", _place(actor, one.code))]
    if not within:
        require(actor, "see-supervision", _place(actor, reference.provinces()[0].code))
    codes = {one.code: seen_in(actor, one.code, today) for one in within}
    every = [code for listed in codes.values() for code in listed]
    if half_year_read_on(day) not in half_years():
        return ()
    read = read_on(every, half_year_read_on(day), day)
    kept = {one.municipality: one.kept_at for one in stored.kept_of(every) if one.as_of == day}
    found = []
    for province in within:
        mine = [read.assessments[code] for code in codes[province.code] if code in read.assessments]
        found.append(
            ProvinceSummary(
                province,
                Counter(word(one.judgement) for one in mine),
                sum(1 for one in mine if one.rung),
                max((kept[code] for code in codes[province.code] if code in kept), default=None),
            )
        )
    return tuple(found)


def kept_readings(*, actor: Actor, province: ProvinceCode, today: date) -> tuple[KeptReading, ...]:
    """Return every reading kept of a province, newest first, those that were replaced too.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when the province is out of reach.
    """
    checked_province(province)
    return stored.kept_of(seen_in(actor, province, today))


def seen_in(actor: Actor, province: ProvinceCode, day: date) -> tuple[MunicipalityCode, ...]:
    """Return the municipalities of a province that an actor sees the supervision of, by code.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when there is none.
    """
    require(actor, "see-supervision", _place(actor, province))
    codes = _municipalities(province, day)
    return tuple(code for code in codes if may(actor, "see-supervision", place_of(code)))


def checked_day(day: date, today: date) -> date:
    """Return a day for a reading.

    Raises
    ------
    InputError
        INP-06 when it lies ahead, or before the first half-year with a target.
    """
    known = half_years()
    if day > today or not known or half_year_read_on(day) not in known:
        raise InputError(
            "INP-06",
            f"there are no figures to read at the start of {day.isoformat()}",
            remedy="Give a day up to today, in a half-year that has targets.",
        )
    return day


def reading_dates(today: date) -> tuple[date, ...]:
    """Return the reading dates that have figures, newest first."""
    days = (half_year.next.first_day for half_year in half_years())
    return tuple(sorted((day for day in days if day <= today), reverse=True))


def people_of(judgement: Judgement) -> int:
    """Return the people short, or ahead where negative."""
    match judgement:
        case Lead(people):
            return -people
        case Complies(short):
            return short
        case ExcusablyBehind(people) | Behind(people):
            return people


def _place(actor: Actor, province: ProvinceCode) -> Place:
    """Return where an actor asks to see a province: a municipality asks for its own line in its own province."""
    own = actor.municipality
    if own is not None and reference.municipality(own).province == province:
        return place_of(own)
    return Place(province=province)


def _keep(actor: Actor, codes: Sequence[MunicipalityCode], day: date, province: ProvinceCode) -> int:
    half_year = half_year_read_on(day)
    subject = f"readings {province} {day.isoformat()}"
    journal.lock_subject(subject)
    read = read_on(codes, half_year, day)
    held = stored.in_force(codes, half_year, day)
    version = code_version()
    every = [(one, _receipt(one, read, version)) for one in read.assessments.values()]
    new = [
        (_to_keep(one, actor), receipt)
        for one, receipt in every
        if one.municipality not in held or held[one.municipality].input_digest != receipt.input_digest
    ]
    added = stored.add_all(new)
    if added:
        journal.write(
            actor,
            "keep-reading",
            subject,
            after={"half_year": half_year, "as_of": day, "kept": added},
        )
    return added


def _receipt(one: Assessment, read: Read, version: str) -> Receipt:
    return assessment_receipt(
        assessments=[one],
        progress=read.progress,
        half_year=read.half_year,
        as_of=read.as_of,
        code_version=version,
    )


def _to_keep(one: Assessment, actor: Actor) -> KeptReading:
    return KeptReading(
        municipality=one.municipality,
        half_year=one.figures.half_year,
        as_of=one.as_of,
        verdict=word(one.judgement),
        people=people_of(one.judgement),
        held=one.held,
        rung=one.rung,
        answer_by=one.answer_by,
        is_provisional=one.is_provisional,
        receipt="",
        kept_by=actor.name,
        kept_at=datetime.min.replace(tzinfo=UTC),
    )


def _line(one: Assessment, read: Read, held: Mapping[MunicipalityCode, HeldReceipt]) -> ReadingLine:
    ladder, kept = one.law.ladder, held.get(one.municipality)
    return ReadingLine(
        code=one.municipality,
        name=reference.municipality(one.municipality).name,
        assessment=one,
        verdict=word(one.judgement),
        people=people_of(one.judgement),
        regime=ladder.regime(one.rung),
        rung=ladder.rung(one.rung) if one.rung else None,
        receipt=kept.number if kept else "",
        has_changed=kept is not None and kept.input_digest != _receipt(one, read, "").input_digest,
    )


def _urgency(line: ReadingLine) -> tuple[object, ...]:
    """Return a key that puts the highest rung first, then who is behind, then the largest share of the target."""
    share = Fraction(line.people, max(line.figures.corrected, 1))
    order = ("behind", "behind-excusable", "complies", "lead").index(line.verdict)
    return (-line.assessment.rung, order, -share, line.name)


def _is_assumed(citation: Citation) -> bool:
    return citation.authority is Authority.ASSUMPTION


def _municipalities(province: ProvinceCode, day: date) -> tuple[MunicipalityCode, ...]:
    return tuple(sorted(one.code for one in reference.municipalities(day) if one.province == province))


def checked_province(code: ProvinceCode) -> Province:
    """Return a province.

    Raises
    ------
    ReferenceFactError
        REF-01 when there is none by the code.
    """
    found = next((one for one in reference.provinces() if one.code == code), None)
    if found is None:
        raise ReferenceFactError(
            "REF-01", f"no province has the code {code[:10]!r}", remedy="Use a code such as PV26."
        )
    return found
