"""Money files as rows, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet, Sum

from eenthuis.store.money_models import MoneyFileRow, MoneyStepRow
from eenthuis.store.scope import counts
from eenthuis.terms.flex import FlexProjectId
from eenthuis.terms.money_files import (
    AskedLine,
    CheckedLine,
    CostKind,
    EvidenceKind,
    FileKind,
    GrantBasis,
    MoneyFile,
    MoneyFileId,
    MoneyStep,
    MoneyStepKind,
)
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import ProjectFact, SchemeCode


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file with its steps in order; ``key`` is its row."""

    key: int
    file: MoneyFile
    steps: tuple[MoneyStep, ...]


def lock_file(identifier: MoneyFileId) -> None:
    """Hold a file until the transaction ends; others who act on it wait."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"money:{identifier}"])


@counts
def next_identifier() -> MoneyFileId:
    """Return a number for a new file; two who ask at once get the same one, and one of them is refused."""
    last: str | None = MoneyFileRow.objects.aggregate(last=Max("number"))["last"]
    return MoneyFileId(f"G-{int(last.removeprefix('G-')) + 1 if last else 1:07d}")


def add_file(file: MoneyFile) -> int:
    """Add a file and return its key."""
    row = MoneyFileRow.objects.create(
        number=file.identifier,
        kind=file.kind.value,
        municipality=file.municipality,
        owner=file.owner,
        title=file.title,
        scheme=file.scheme or "",
        round_name=file.round_name,
        project=file.project or "",
        site=file.site or "",
        first_day=file.first_day,
        last_day=file.last_day,
        units=file.units,
        facts={fact.value: value for fact, value in file.facts.items()},
        basis=asdict(file.basis) if file.basis else {},
        lines=[
            [line.line, line.cost.value, line.what, line.asked_cents, line.evidence.value, line.kept_at]
            for line in file.lines
        ],
        asked_cents=file.asked_cents,
        asked_on=file.asked_on,
        asked_by=file.asked_by,
    )
    return int(row.pk)


def add_step(held: HeldFile, step: MoneyStep) -> None:
    """Add a step after those of a file; the database refuses one that somebody else was first with."""
    MoneyStepRow.objects.create(
        file_id=held.key,
        municipality=held.file.municipality,
        owner=held.file.owner,
        step=len(held.steps) + 1,
        kind=step.kind.value,
        on=step.on,
        why=step.why,
        cents=step.cents,
        lines=[[line.line, line.awarded_cents, line.why] for line in step.lines],
        category=step.category,
        evidence=step.evidence.value if step.evidence else "",
        kept_at=step.kept_at,
        shown_units=step.shown_units,
        digest=step.digest,
        receipt=step.receipt,
        decided_by=step.by,
    )


def file(identifier: MoneyFileId) -> HeldFile | None:
    """Return a file, if there is one by this number within reach."""
    row = _rows().filter(number=identifier).first()
    return None if row is None else _held(row)


def file_by_key(key: int) -> HeldFile | None:
    """Return the file of a row, if it is within reach."""
    row = _rows().filter(pk=key).first()
    return None if row is None else _held(row)


def files(
    *,
    municipality: str = "",
    owner: str = "",
    kind: str = "",
    scheme: str = "",
    round_name: str = "",
    project: str = "",
    site: str = "",
) -> tuple[HeldFile, ...]:
    """Return the files within reach that match, newest first."""
    wanted = {
        "municipality": municipality,
        "owner": owner,
        "kind": kind,
        "scheme": scheme,
        "round_name": round_name,
        "project": project,
        "site": site,
    }
    rows = _rows().filter(**{column: value for column, value in wanted.items() if value})
    return tuple(_held(row) for row in rows.order_by("-id"))


@counts
def places_asked(municipalities: Iterable[str], first: date, last: date) -> Mapping[MunicipalityCode, int]:
    """Return the places for which each municipality asked the grant between two days and was not refused it."""
    rows = (
        MoneyFileRow.objects.filter(
            kind=FileKind.SPECIFIC_GRANT.value,
            municipality__in=list(municipalities),
            first_day__range=(first, last),
        )
        .exclude(steps__kind__in=[MoneyStepKind.REFUSED.value, MoneyStepKind.WITHDRAWN.value])
        .values_list("municipality")
        .annotate(units=Sum("units"))
    )
    return {MunicipalityCode(code): units for code, units in rows}


def _rows() -> QuerySet[MoneyFileRow]:
    return MoneyFileRow.objects.prefetch_related("steps")


def _held(row: MoneyFileRow) -> HeldFile:
    steps = sorted(row.steps.all(), key=lambda step: step.step)
    return HeldFile(int(row.pk), _file(row), tuple(_step(step) for step in steps))


def _file(row: MoneyFileRow) -> MoneyFile:
    return MoneyFile(
        identifier=MoneyFileId(row.number),
        kind=FileKind(row.kind),
        municipality=MunicipalityCode(row.municipality),
        owner=row.owner,
        title=row.title,
        asked_on=row.asked_on,
        asked_by=row.asked_by,
        first_day=row.first_day,
        last_day=row.last_day,
        lines=tuple(_line(line) for line in row.lines),
        scheme=SchemeCode(row.scheme) if row.scheme else None,
        round_name=row.round_name,
        project=FlexProjectId(row.project) if row.project else None,
        site=row.site or None,
        units=row.units,
        facts={ProjectFact(fact): value for fact, value in row.facts.items()},
        basis=_basis(row.basis) if row.basis else None,
    )


def _basis(kept: Mapping[str, Any]) -> GrantBasis:
    number, places, own = kept["registered"]
    return GrantBasis(**{**kept, "registered": (number, places, own)})


def _line(kept: list[Any]) -> AskedLine:
    number, cost, what, cents, evidence, kept_at = kept
    return AskedLine(number, CostKind(cost), what, cents, EvidenceKind(evidence), kept_at)


def _step(row: MoneyStepRow) -> MoneyStep:
    return MoneyStep(
        kind=MoneyStepKind(row.kind),
        on=row.on,
        by=row.decided_by,
        why=row.why,
        cents=row.cents,
        lines=tuple(CheckedLine(number, cents, why) for number, cents, why in row.lines),
        category=row.category,
        evidence=EvidenceKind(row.evidence) if row.evidence else None,
        kept_at=row.kept_at,
        shown_units=row.shown_units,
        digest=row.digest,
        receipt=row.receipt,
    )
