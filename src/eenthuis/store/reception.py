"""Scores, estimates and shares of reception places as rows, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from eenthuis.store.reception_models import ReceptionNeedRow, ReceptionSharesRow, SesScoresRow
from eenthuis.terms.capacity import ReceptionNeed
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.reception import SesScores


@dataclass(frozen=True, slots=True)
class HeldScores:
    """A version of the scores as it was loaded; ``year`` is that of the scores."""

    number: int
    year: int
    scores: SesScores
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class HeldNeed:
    """An estimate as it was announced; ``is_in_force`` says that no later one replaces it."""

    number: int
    need: ReceptionNeed
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class HeldShares:
    """A computation of shares, in places per municipality; ``durable`` is what is deducted per municipality."""

    number: int
    year: int
    need: ReceptionNeed
    as_of: date
    receipt: str
    places: Mapping[MunicipalityCode, int]
    minors: Mapping[MunicipalityCode, int]
    durable: Mapping[MunicipalityCode, int]
    score_source: str
    is_invented: bool
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class NewShares:
    """A computation to add: as :class:`HeldShares`, with the numbers of its estimate and its scores."""

    year: int
    need: int
    scores: int
    as_of: date
    receipt: str
    places: Mapping[MunicipalityCode, int]
    minors: Mapping[MunicipalityCode, int]
    durable: Mapping[MunicipalityCode, int]
    is_invented: bool


def add_scores(scores: SesScores, year: int, *, decided_by: str) -> int:
    """Add a version of the scores and return its number."""
    row = SesScoresRow.objects.create(
        year=year,
        scores={code: f"{one.numerator}/{one.denominator}" for code, one in sorted(scores.scores.items())},
        source=scores.source,
        is_invented=scores.is_invented,
        decided_by=decided_by,
    )
    return int(row.pk)


def scores() -> tuple[HeldScores, ...]:
    """Return every version of the scores, newest first."""
    return tuple(_scores(row) for row in SesScoresRow.objects.order_by("-id"))


def add_need(need: ReceptionNeed, *, decided_by: str) -> int:
    """Add an estimate after the one in force, if there is one, and return its number."""
    last = ReceptionNeedRow.objects.filter(year=need.year, replaced_by__isnull=True).first()
    row = ReceptionNeedRow.objects.create(
        year=need.year,
        places=need.places,
        minors=need.minors,
        announced_on=need.announced_on,
        source=need.source,
        note=need.note,
        is_invented=need.is_invented,
        replaces=last,
        decided_by=decided_by,
    )
    return int(row.pk)


def needs(year: int | None = None) -> tuple[HeldNeed, ...]:
    """Return the estimates of a cycle, or of all, newest first."""
    rows = ReceptionNeedRow.objects.order_by("-year", "-id")
    if year is not None:
        rows = rows.filter(year=year)
    replaced = set(
        ReceptionNeedRow.objects.filter(replaces__isnull=False).values_list("replaces_id", flat=True)
    )
    return tuple(HeldNeed(int(row.pk), _need(row), row.pk not in replaced) for row in rows)


def add_shares(new: NewShares, *, decided_by: str) -> int:
    """Add a computation of shares and return its number."""
    row = ReceptionSharesRow.objects.create(
        year=new.year,
        need_id=new.need,
        scores_id=new.scores,
        as_of=new.as_of,
        receipt_id=new.receipt,
        places=dict(new.places),
        minors=dict(new.minors),
        durable=dict(new.durable),
        is_invented=new.is_invented,
        decided_by=decided_by,
    )
    return int(row.pk)


def shares(year: int) -> HeldShares | None:
    """Return the newest computation of a cycle, if there is one."""
    row = (
        ReceptionSharesRow.objects.filter(year=year)
        .select_related("need")
        .defer("scores__scores")
        .order_by("-id")
        .first()
    )
    return None if row is None else _shares(row)


def computations(year: int) -> tuple[HeldShares, ...]:
    """Return every computation of a cycle, newest first."""
    rows = ReceptionSharesRow.objects.filter(year=year).select_related("need", "scores").order_by("-id")
    return tuple(_shares(row) for row in rows)


def years() -> tuple[int, ...]:
    """Return the cycles that have an estimate, newest first."""
    return tuple(ReceptionNeedRow.objects.order_by("-year").values_list("year", flat=True).distinct())


def _scores(row: SesScoresRow) -> HeldScores:
    given = {MunicipalityCode(code): Fraction(one) for code, one in row.scores.items()}
    return HeldScores(
        int(row.pk),
        row.year,
        SesScores(given, row.source, row.is_invented),
        row.decided_by,
        row.decided_at,
    )


def _need(row: ReceptionNeedRow) -> ReceptionNeed:
    return ReceptionNeed(
        year=row.year,
        places=row.places,
        minors=row.minors,
        announced_on=row.announced_on,
        source=row.source,
        note=row.note,
        is_invented=row.is_invented,
    )


def _shares(row: ReceptionSharesRow) -> HeldShares:
    return HeldShares(
        number=int(row.pk),
        year=row.year,
        need=_need(row.need),
        as_of=row.as_of,
        receipt=row.receipt_id,
        places=_per_municipality(row.places),
        minors=_per_municipality(row.minors),
        durable=_per_municipality(row.durable),
        score_source=SesScoresRow.objects.values_list("source", flat=True).get(pk=row.scores_id),
        is_invented=row.is_invented,
        decided_at=row.decided_at,
    )


def _per_municipality(document: Mapping[str, int]) -> dict[MunicipalityCode, int]:
    return {MunicipalityCode(code): number for code, number in document.items()}
