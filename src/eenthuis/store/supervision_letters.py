"""Letters of supervision as rows: added, found by place or by number, and what was done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from eenthuis.store.supervision_letter_models import SupervisionLetterRow, SupervisionLetterStepRow
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.letters import LetterPart, LetterText
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.supervision import Letter

PUT_FORWARD, SENT, WITHDRAWN = "put-forward", "sent", "withdrawn"
FORMS = ("pdf", "docx")


@dataclass(frozen=True, slots=True)
class LetterStep:
    """Something that was done with a letter: by whom, on which day, and why."""

    kind: str
    on: date
    decided_by: str
    why: str


@dataclass(frozen=True, slots=True)
class HeldLetter:
    """A letter with its steps in order; ``key`` is its row, ``number`` what stands on it."""

    key: int
    number: str
    province: ProvinceCode
    municipality: MunicipalityCode
    half_year: HalfYear
    kind: Letter
    rung: int
    text: LetterText
    answer_by: date | None
    written_on: date
    digests: Mapping[str, str]
    steps: tuple[LetterStep, ...]

    @property
    def state(self) -> str:
        """How far it is: put-forward, sent or withdrawn."""
        return self.steps[-1].kind

    def step(self, kind: str) -> LetterStep | None:
        """Return the step of a kind, if it was taken."""
        return next((step for step in self.steps if step.kind == kind), None)


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to add: as :class:`HeldLetter`, with its files by form and the facts it rests on."""

    number: str
    province: ProvinceCode
    municipality: MunicipalityCode
    half_year: HalfYear
    kind: Letter
    rung: int
    text: LetterText
    answer_by: date | None
    written_on: date
    files: Mapping[str, bytes]
    digests: Mapping[str, str]
    facts: Mapping[str, object]


def add(new: NewLetter) -> int:
    """Add a letter and return its key."""
    row = SupervisionLetterRow.objects.create(
        number=new.number,
        province=new.province,
        municipality=new.municipality,
        half_year=str(new.half_year),
        kind=new.kind.value,
        rung=new.rung,
        subject=new.text.subject,
        parts=[[part.title, list(part.paragraphs)] for part in new.text.parts],
        facts=dict(new.facts),
        answer_by=new.answer_by,
        written_on=new.written_on,
        pdf=new.files["pdf"],
        docx=new.files["docx"],
        pdf_digest=new.digests["pdf"],
        docx_digest=new.digests["docx"],
    )
    return int(row.pk)


def add_step(held: int, municipality: str, kind: str, *, on: date, decided_by: str, why: str = "") -> None:
    """Add what was done with a letter; the database refuses a second end, and sending by who put it forward."""
    SupervisionLetterStepRow.objects.create(
        letter_id=held, municipality=municipality, kind=kind, on=on, decided_by=decided_by, why=why
    )


def letters(*, province: str = "", municipality: str = "") -> tuple[HeldLetter, ...]:
    """Return letters of a province or to a municipality, or all, newest first."""
    rows = _rows()
    if province:
        rows = rows.filter(province=province)
    if municipality:
        rows = rows.filter(municipality=municipality)
    return tuple(_held(row) for row in rows.order_by("-id"))


def by_keys(keys: Sequence[int]) -> tuple[HeldLetter, ...]:
    """Return the letters of these rows, by row."""
    return tuple(_held(row) for row in _rows().filter(pk__in=list(keys)).order_by("id"))


def by_number(number: str) -> HeldLetter | None:
    """Return the letter on which a number stands, if there is one."""
    row = _rows().filter(number=number).first()
    return None if row is None else _held(row)


def content(key: int, form: str) -> bytes:
    """Return a file of a letter."""
    (found,) = SupervisionLetterRow.objects.filter(pk=key).values_list(form, flat=True)
    return bytes(found)


def _rows() -> QuerySet[SupervisionLetterRow]:
    return SupervisionLetterRow.objects.defer("pdf", "docx").prefetch_related("steps")


def _held(row: SupervisionLetterRow) -> HeldLetter:
    steps = sorted(row.steps.all(), key=lambda step: step.pk)
    return HeldLetter(
        key=int(row.pk),
        number=row.number,
        province=ProvinceCode(row.province),
        municipality=MunicipalityCode(row.municipality),
        half_year=HalfYear.parse(row.half_year),
        kind=Letter(row.kind),
        rung=row.rung,
        text=LetterText(row.subject, tuple(LetterPart(title, tuple(texts)) for title, texts in row.parts)),
        answer_by=row.answer_by,
        written_on=row.written_on,
        digests={"pdf": row.pdf_digest, "docx": row.docx_digest},
        steps=tuple(LetterStep(step.kind, step.on, step.decided_by, step.why) for step in steps),
    )
