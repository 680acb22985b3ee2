"""What provinces advise and the minister decides on reception places, as rows, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from eenthuis.store.reception_models import AllocationAdviceRow, AllocationRow, AllocationStepRow
from eenthuis.terms.letters import LetterPart, LetterText
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

DRAFTED, REPORTED = "drafted", "reported"
PUT_FORWARD, PUBLISHED, WITHDRAWN = "put-forward", "published", "withdrawn"
FORMS = ("pdf", "docx")


@dataclass(frozen=True, slots=True)
class HeldAdvice:
    """A draft to fill what is short, or the report of a province, with the places it adds per municipality."""

    number: int
    year: int
    province: ProvinceCode
    kind: str
    aim: str
    places: Mapping[MunicipalityCode, int]
    short: int
    note: str
    on: date
    decided_by: str


@dataclass(frozen=True, slots=True)
class NewAdvice:
    """A draft or report to add: as :class:`HeldAdvice`."""

    year: int
    province: ProvinceCode
    kind: str
    aim: str
    places: Mapping[MunicipalityCode, int]
    short: int
    note: str
    on: date


@dataclass(frozen=True, slots=True)
class AllocationStep:
    """Something that was done with a decision: by whom, on which day, and why."""

    kind: str
    on: date
    decided_by: str
    why: str


@dataclass(frozen=True, slots=True)
class HeldAllocation:
    """An allocation decision with its steps; ``key`` is its row, ``number`` what stands on it.

    ``replaces`` is the key of the decision that it changes.
    """

    key: int
    number: str
    year: int
    province: ProvinceCode
    places: Mapping[MunicipalityCode, int]
    text: LetterText
    first_day: date
    last_day: date
    written_on: date
    why: str
    receipt: str
    digests: Mapping[str, str]
    replaces: int | None
    steps: tuple[AllocationStep, ...]

    @property
    def state(self) -> str:
        """How far it is: put-forward, published or withdrawn."""
        return self.steps[-1].kind

    @property
    def total(self) -> int:
        """The places of the province together."""
        return sum(self.places.values())

    def step(self, kind: str) -> AllocationStep | None:
        """Return the step of a kind, if it was taken."""
        return next((step for step in self.steps if step.kind == kind), None)


@dataclass(frozen=True, slots=True)
class NewAllocation:
    """A decision to add: as :class:`HeldAllocation`, with its files by form."""

    number: str
    year: int
    province: ProvinceCode
    places: Mapping[MunicipalityCode, int]
    text: LetterText
    first_day: date
    last_day: date
    written_on: date
    why: str
    receipt: str
    files: Mapping[str, bytes]
    digests: Mapping[str, str]
    replaces: int | None


def add_advice(new: NewAdvice, *, decided_by: str) -> int:
    """Add a draft or a report of a province and return its number."""
    row = AllocationAdviceRow.objects.create(
        year=new.year,
        province=new.province,
        kind=new.kind,
        aim=new.aim,
        places=dict(new.places),
        short=new.short,
        note=new.note,
        on=new.on,
        decided_by=decided_by,
    )
    return int(row.pk)


def advice(year: int, province: ProvinceCode) -> tuple[HeldAdvice, ...]:
    """Return the drafts and reports of a province in a cycle, newest first."""
    rows = AllocationAdviceRow.objects.filter(year=year, province=province).order_by("-id")
    return tuple(
        HeldAdvice(
            number=int(row.pk),
            year=row.year,
            province=ProvinceCode(row.province),
            kind=row.kind,
            aim=row.aim,
            places=_per_municipality(row.places),
            short=row.short,
            note=row.note,
            on=row.on,
            decided_by=row.decided_by,
        )
        for row in rows
    )


def reported(year: int) -> Mapping[ProvinceCode, date]:
    """Return the provinces that reported in a cycle, each with the day of its first report."""
    rows = AllocationAdviceRow.objects.filter(year=year, kind=REPORTED).order_by("-on", "-id")
    return {ProvinceCode(province): on for province, on in rows.values_list("province", "on")}


def published_on(year: int) -> Mapping[ProvinceCode, date]:
    """Return the provinces that have a published decision in a cycle, each with the day of the first."""
    rows = AllocationStepRow.objects.filter(allocation__year=year, kind=PUBLISHED).order_by("-on", "-id")
    return {ProvinceCode(province): on for province, on in rows.values_list("allocation__province", "on")}


def add(new: NewAllocation) -> int:
    """Add a decision as it was drafted and return its key."""
    row = AllocationRow.objects.create(
        number=new.number,
        year=new.year,
        province=new.province,
        places=dict(new.places),
        subject=new.text.subject,
        parts=[[part.title, list(part.paragraphs)] for part in new.text.parts],
        first_day=new.first_day,
        last_day=new.last_day,
        written_on=new.written_on,
        why=new.why,
        receipt_id=new.receipt,
        pdf=new.files["pdf"],
        docx=new.files["docx"],
        pdf_digest=new.digests["pdf"],
        docx_digest=new.digests["docx"],
        replaces_id=new.replaces,
    )
    return int(row.pk)


def add_step(key: int, kind: str, *, on: date, decided_by: str, why: str = "") -> None:
    """Add what was done with a decision; the database refuses a second end, and publishing by who put it forward."""
    AllocationStepRow.objects.create(allocation_id=key, kind=kind, on=on, decided_by=decided_by, why=why)


def decisions(year: int | None = None, province: ProvinceCode | None = None) -> tuple[HeldAllocation, ...]:
    """Return the decisions of a cycle and province, or all, newest first."""
    rows = _rows()
    if year is not None:
        rows = rows.filter(year=year)
    if province is not None:
        rows = rows.filter(province=province)
    return tuple(_held(row) for row in rows.order_by("-id"))


def by_keys(keys: Sequence[int]) -> tuple[HeldAllocation, ...]:
    """Return the decisions of these rows, by row."""
    return tuple(_held(row) for row in _rows().filter(pk__in=list(keys)).order_by("id"))


def in_force(province: ProvinceCode, day: date) -> HeldAllocation | None:
    """Return the decision that holds for a province on a day: the one published last for that day."""
    rows = _rows().filter(province=province, first_day__lte=day, last_day__gte=day, steps__kind=PUBLISHED)
    row = rows.order_by("-id").first()
    return None if row is None else _held(row)


def content(key: int, form: str) -> bytes:
    """Return a file of a decision."""
    (found,) = AllocationRow.objects.filter(pk=key).values_list(form, flat=True)
    return bytes(found)


def _rows() -> QuerySet[AllocationRow]:
    return AllocationRow.objects.defer("pdf", "docx").prefetch_related("steps")


def _held(row: AllocationRow) -> HeldAllocation:
    steps = sorted(row.steps.all(), key=lambda step: step.pk)
    return HeldAllocation(
        key=int(row.pk),
        number=row.number,
        year=row.year,
        province=ProvinceCode(row.province),
        places=_per_municipality(row.places),
        text=LetterText(row.subject, tuple(LetterPart(title, tuple(texts)) for title, texts in row.parts)),
        first_day=row.first_day,
        last_day=row.last_day,
        written_on=row.written_on,
        why=row.why,
        receipt=row.receipt_id,
        digests={"pdf": row.pdf_digest, "docx": row.docx_digest},
        replaces=row.replaces_id,
        steps=tuple(AllocationStep(step.kind, step.on, step.decided_by, step.why) for step in steps),
    )


def _per_municipality(document: Mapping[str, int]) -> dict[MunicipalityCode, int]:
    return {MunicipalityCode(code): number for code, number in document.items()}
