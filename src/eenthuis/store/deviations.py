"""Deviations and what was done with them, as rows and terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from eenthuis.rules.deviation import Deviation, Origin, Signal, Told
from eenthuis.store.forecast_models import DeviationRow, DeviationStepRow
from eenthuis.terms.half_year import HalfYear

PUT_FORWARD, TOLD, DROPPED, OVERTAKEN = "put-forward", "told", "dropped", "overtaken"
ENDS = frozenset({TOLD, DROPPED, OVERTAKEN})


@dataclass(frozen=True, slots=True)
class DeviationStep:
    """Something that was done with a deviation: by whom, on which day, and why."""

    kind: str
    on: date
    decided_by: str
    why: str


@dataclass(frozen=True, slots=True)
class HeldDeviation:
    """A deviation as it was drafted, with its steps in order, and what was substantial then."""

    number: int
    found: Deviation
    law: Mapping[str, str]
    drafted_on: date
    steps: tuple[DeviationStep, ...]

    def step(self, kind: str) -> DeviationStep | None:
        """Return the step of a kind, if it was taken."""
        return next((step for step in self.steps if step.kind == kind), None)

    @property
    def state(self) -> str:
        """How far it is: drafted, put-forward, told, dropped or overtaken."""
        return self.steps[-1].kind if self.steps else "drafted"

    @property
    def is_open(self) -> bool:
        """Whether people still have to decide on it."""
        return self.state not in ENDS


def add(found: Deviation, *, share: Fraction, people: int, drafted_on: date) -> int | None:
    """Add a drafted deviation and return its number; None where exactly this one was drafted before."""
    told, signal = found.told, found.signal
    row, is_new = DeviationRow.objects.get_or_create(
        half_year=str(told.half_year),
        origin=signal.origin.value,
        told_people=told.people,
        told_from=told.known_from,
        signal_people=signal.people,
        signal_from=signal.known_from,
        defaults={
            "told_source": told.source,
            "signal_low": signal.low,
            "signal_high": signal.high,
            "signal_source": signal.source,
            "law": {"share": str(share), "people": people},
            "drafted_on": drafted_on,
        },
    )
    return int(row.pk) if is_new else None


def add_step(number: int, kind: str, *, on: date, decided_by: str, why: str) -> None:
    """Add what was done with a deviation; the database refuses a second end, and telling by the one who put forward."""
    DeviationStepRow.objects.create(deviation_id=number, kind=kind, on=on, decided_by=decided_by, why=why)


def deviations() -> tuple[HeldDeviation, ...]:
    """Return every deviation, oldest first."""
    rows = DeviationRow.objects.prefetch_related("steps").order_by("id")
    return tuple(_held(row) for row in rows)


def deviation(number: int) -> HeldDeviation | None:
    """Return a deviation by its number, if there is one."""
    row = DeviationRow.objects.prefetch_related("steps").filter(pk=number).first()
    return None if row is None else _held(row)


def _held(row: DeviationRow) -> HeldDeviation:
    half_year = HalfYear.parse(row.half_year)
    steps = sorted(row.steps.all(), key=lambda step: step.pk)
    return HeldDeviation(
        number=int(row.pk),
        found=Deviation(
            Told(half_year, row.told_people, row.told_from, row.told_source),
            Signal(
                Origin(row.origin),
                row.signal_people,
                row.signal_from,
                row.signal_source,
                row.signal_low,
                row.signal_high,
            ),
        ),
        law=dict(row.law),
        drafted_on=row.drafted_on,
        steps=tuple(DeviationStep(step.kind, step.on, step.decided_by, step.why) for step in steps),
    )
