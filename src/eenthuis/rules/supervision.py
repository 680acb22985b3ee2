"""Supervision ("interbestuurlijk toezicht"): a reading of every municipality, with a rung, reasons and a term."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import assert_never

from eenthuis.law.book import Book
from eenthuis.law.supervision import SupervisionLaw
from eenthuis.rules.judgement import (
    Behind,
    Complies,
    ExcusablyBehind,
    Ground,
    GroundKind,
    Judged,
    Judgement,
    Lead,
    judge,
    reading_date,
)
from eenthuis.rules.ladder import (
    Advanced,
    Decision,
    Kept,
    NoSuchRung,
    Proposed,
    SkipRefused,
    SteppedDown,
    advance,
    propose,
)
from eenthuis.terms.errors import InputError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Citation
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.supervision import OFF_LADDER, Figures


@dataclass(frozen=True, slots=True)
class Assessment:
    """A reading of one municipality: where it stands, the rung proposed, the reasons, and by when it must answer.

    ``held`` is the rung before the reading; ``decisions`` what came of each rung that the province decided on after an
    earlier half-year: one that would skip a rung without a written reason is refused and changes nothing. ``laws`` are
    the records of law used, that of the day itself last.
    """

    municipality: MunicipalityCode
    as_of: date
    judgement: Judgement
    is_provisional: bool
    held: int
    rung: int
    answer_by: date | None
    grounds: tuple[Ground, ...]
    figures: Figures
    decisions: tuple[tuple[HalfYear, Decision], ...]
    laws: tuple[SupervisionLaw, ...]

    @property
    def law(self) -> SupervisionLaw:
        """The law on the day of the reading."""
        return self.laws[-1]


@dataclass(frozen=True, slots=True)
class _Climb:
    """How far a history has brought a municipality: rung, half-years in a row, and the last reading."""

    rung: int = OFF_LADDER
    in_a_row: int = 0
    plan: int = 0
    read_on: date | None = None
    was_behind: bool = False


def assess(
    history: Iterable[Figures],
    *,
    municipality: MunicipalityCode,
    half_year: HalfYear,
    as_of: date,
    law_on: Callable[[date], SupervisionLaw],
) -> Assessment:
    """Return the reading of a half-year at the start of ``as_of``, after the readings of the half-years before it.

    The order in which the figures are handed in does not matter. Every earlier half-year is read on its own reading
    date, with the law of that date; a rung that the province decided on goes before the one that was proposed. On a
    day before the half-year has ended the reading is provisional, against the pace, and moves nobody on the ladder.

    Raises
    ------
    InputError
        INP-04 when the half-year asked for or one between is missing; INP-06 when the day lies before the half-year,
        or a half-year after it is handed in.

    References
    ----------
    Huisvestingswet 2014, art. 28; Gemeentewet, art. 124; the frameworks and practice of the provinces.
    """
    if as_of < half_year.first_day:
        raise InputError(
            "INP-06",
            f"{as_of.isoformat()} lies before {half_year}, which begins on {half_year.first_day.isoformat()}",
            remedy="Give a day in the half-year or after it.",
        )
    ordered = sorted(history, key=lambda figures: figures.half_year)
    _require_chain(ordered, municipality, half_year)
    climb = _Climb()
    laws: list[SupervisionLaw] = []
    decisions: list[tuple[HalfYear, Decision]] = []
    for figures in ordered[:-1]:
        law = law_on(reading_date(figures.half_year))
        if not laws or law is not laws[-1]:
            laws.append(law)
        before = climb.rung
        climb, _, _ = _read(figures, reading_date(figures.half_year), law, climb)
        if figures.decided_rung is not None:
            decided = advance(before, figures.decided_rung, law.ladder, figures.skip_reason)
            decisions.append((figures.half_year, decided))
            climb = replace(climb, rung=_rung_after(decided, climb.rung))
    law = law_on(as_of)
    after, judged, proposed = _read(ordered[-1], as_of, law, climb)
    own = [] if proposed.ground is None else [proposed.ground]
    if not judged.is_provisional and after.in_a_row:
        own.insert(0, Ground(GroundKind.IN_A_ROW, after.in_a_row))
    return Assessment(
        municipality=municipality,
        as_of=as_of,
        judgement=judged.judgement,
        is_provisional=judged.is_provisional,
        held=climb.rung,
        rung=proposed.rung,
        answer_by=_answer_by(judged, proposed.rung, as_of, law, climb),
        grounds=(*judged.grounds, *own),
        figures=ordered[-1],
        decisions=tuple(decisions),
        laws=(*(one for one in laws if one is not law), law),
    )


def assess_supervision(
    *,
    half_year: HalfYear,
    as_of: date,
    progress: Mapping[MunicipalityCode, Iterable[Figures]],
    places: Mapping[MunicipalityCode, str],
    book: Book,
) -> tuple[Assessment, ...]:
    """Return the reading of every municipality, by code, each by the ladder of its own province.

    ``progress`` holds the figures of the half-year and of as many half-years before it as are known; ``places`` the
    name of the province whose ladder holds, as :func:`eenthuis.reference.supervising_places` gives them. An engine
    only proposes: a person in the province decides on every rung.

    Raises
    ------
    InputError
        INP-04 and INP-06 as :func:`assess` does; INP-04 for a municipality without a place.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> half_year, code = HalfYear(2025, 1), MunicipalityCode("GM0344")
    >>> figures = Figures(half_year, corrected=400, realised=320, linked=405, source="example")
    >>> [one] = assess_supervision(half_year=half_year, as_of=date(2025, 7, 1), progress={code: [figures]},
    ...     places={code: "utrecht"}, book=law_book())
    >>> one.judgement, one.rung, one.answer_by.isoformat()
    (Behind(people=80), 1, '2025-07-29')
    """
    law_of = _laws(book)
    found = []
    for code in sorted(progress):
        place = places.get(code)
        if place is None:
            raise InputError(
                "INP-04",
                f"no province is given for {code}",
                remedy="Name the province that supervises it.",
            )
        found.append(
            assess(
                progress[code],
                municipality=code,
                half_year=half_year,
                as_of=as_of,
                law_on=law_of(place),
            )
        )
    return tuple(found)


def citations_of(assessments: Iterable[Assessment]) -> tuple[Citation, ...]:
    """Return the citations of every law used, each once, in order."""
    laws = {id(law): law for one in assessments for law in one.laws}
    found = {
        (citation.place, citation.key, citation.first_day): citation
        for law in laws.values()
        for citation in law.citations
    }
    return tuple(found.values())


def _laws(book: Book) -> Callable[[str], Callable[[date], SupervisionLaw]]:
    """Return for a place a look-up of its law by day, which reads each period of the book once."""
    known: dict[tuple[str, int], SupervisionLaw] = {}
    same: dict[tuple[str, tuple[Citation, ...]], SupervisionLaw] = {}
    changes = book.change_days()

    def of_place(place: str) -> Callable[[date], SupervisionLaw]:
        def law_on(day: date) -> SupervisionLaw:
            period = (place, bisect_right(changes, day))
            if period not in known:
                law = book.supervision(day, place)
                known[period] = same.setdefault((place, law.citations), law)
            return known[period]

        return law_on

    return of_place


def _read(figures: Figures, on: date, law: SupervisionLaw, before: _Climb) -> tuple[_Climb, Judged, Proposed]:
    plan = before.plan + 1 if figures.plan_on_schedule else 0
    judged = judge(figures, on, law, plan)
    if judged.is_provisional:
        held = Ground(GroundKind.HELD_PROVISIONAL, before.rung, by=reading_date(figures.half_year))
        return before, judged, Proposed(before.rung, held)
    in_a_row = _in_a_row(judged.judgement, before.in_a_row)
    proposed = propose(
        min(before.rung, law.ladder.top),
        judged.judgement,
        in_a_row=in_a_row,
        corrected=figures.corrected,
        ladder=law.ladder,
    )
    return _Climb(proposed.rung, in_a_row, plan, on, isinstance(judged.judgement, Behind)), judged, proposed


def _rung_after(decision: Decision, proposed: int) -> int:
    """Return the rung that a decision leads to; one that is refused leaves the one proposed."""
    match decision:
        case Advanced(rung=rung) | Kept(rung=rung) | SteppedDown(rung=rung):
            return rung
        case SkipRefused() | NoSuchRung():
            return proposed
        case _:
            assert_never(decision)


def _in_a_row(judgement: Judgement, before: int) -> int:
    """Return the half-years behind in a row: an excusable one is not counted, and does not begin the count anew."""
    match judgement:
        case Lead() | Complies():
            return 0
        case ExcusablyBehind():
            return before
        case Behind():
            return before + 1
        case _:
            assert_never(judgement)


def _answer_by(judged: Judged, rung: int, as_of: date, law: SupervisionLaw, before: _Climb) -> date | None:
    """Return the last day of the term: from this reading, or while the half-year runs from the last one."""
    if rung == OFF_LADDER:
        return None
    weeks = law.ladder.rung(rung).term_weeks
    if not weeks:
        return None
    if judged.is_provisional:
        asked = before.was_behind and before.read_on is not None
        return before.read_on + timedelta(weeks=weeks) if asked and before.read_on else None
    return as_of + timedelta(weeks=weeks) if isinstance(judged.judgement, Behind) else None


def _require_chain(ordered: list[Figures], municipality: MunicipalityCode, half_year: HalfYear) -> None:
    if not ordered or ordered[-1].half_year < half_year:
        raise InputError(
            "INP-04",
            f"{municipality} has no figures of {half_year}",
            remedy="Add its row for the half-year asked for.",
        )
    if ordered[-1].half_year > half_year:
        raise InputError(
            "INP-06",
            f"{municipality} has figures of {ordered[-1].half_year}, after {half_year}",
            remedy="Give the half-year asked for and earlier ones only.",
        )
    for index, later in enumerate(ordered[1:]):
        if ordered[index].half_year.next != later.half_year:
            raise InputError(
                "INP-04",
                f"{municipality} has figures of {ordered[index].half_year} and then of {later.half_year}",
                remedy="Give each half-year once and none in between left out; nothing is filled in.",
            )
