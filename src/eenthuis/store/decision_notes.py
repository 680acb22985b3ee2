"""Decision notes as rows and terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eenthuis.store.decision_note_models import (
    DecisionNoteMarkRow,
    DecisionNoteRow,
    DecisionNoteStepRow,
    DecisionNoteVersionRow,
    PublishedNoteRow,
)
from eenthuis.terms.decision_notes import (
    MarkDecision,
    NoteStep,
    NoteStepKind,
    NoteText,
    NoteVersion,
    PublishedSection,
    Section,
    WithheldGround,
)


@dataclass(frozen=True, slots=True)
class HeldNote:
    """A note with every version and step, in order."""

    number: int
    recommendations: tuple[int, ...]
    begun_on: date
    versions: tuple[NoteVersion, ...]
    steps: tuple[NoteStep, ...]

    @property
    def last(self) -> NoteVersion:
        """The version that counts."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class Published:
    """A note as everyone reads it."""

    number: int
    recommendations: tuple[int, ...]
    title: str
    sections: tuple[PublishedSection, ...]
    published_on: date
    pdf_digest: str


def begin(recommendations: Sequence[int], *, on: date, by: str) -> int:
    """Add a note without a version and return its number."""
    row = DecisionNoteRow.objects.create(recommendations=list(recommendations), begun_on=on, begun_by=by)
    return int(row.pk)


def add_version(number: int, version: NoteVersion) -> None:
    """Add a version; the database refuses a second one at the same place, and one of a note that ended."""
    DecisionNoteVersionRow.objects.create(
        note_id=number,
        place=version.place,
        title=version.text.title,
        sections={section.value: text for section, text in version.text.sections.items()},
        withheld={section.value: ground.value for section, ground in version.text.withheld.items()},
        on=version.on,
        written_by=version.written_by,
    )


def add_step(number: int, step: NoteStep) -> None:
    """Add what was done with a version; the database refuses a review by who wrote, and publishing without one."""
    DecisionNoteStepRow.objects.create(
        note_id=number,
        version=step.version,
        kind=step.kind.value,
        on=step.on,
        why=step.why.strip(),
        decided_by=step.decided_by,
    )


def add_decisions(number: int, version: int, decided: Sequence[MarkDecision]) -> None:
    """Add what was decided on what was found in a version."""
    DecisionNoteMarkRow.objects.bulk_create(
        DecisionNoteMarkRow(
            note_id=number,
            version=version,
            key=one.key,
            text=one.text,
            rule=one.rule,
            is_removed=one.is_removed,
            why=one.why.strip(),
            decided_by=one.decided_by,
        )
        for one in decided
    )


def decisions(number: int, version: int) -> tuple[MarkDecision, ...]:
    """Return what was decided on what was found in a version, oldest first."""
    rows = DecisionNoteMarkRow.objects.filter(note_id=number, version=version).order_by("id")
    return tuple(
        MarkDecision(row.key, row.text, row.rule, row.is_removed, row.why, row.decided_by) for row in rows
    )


def notes() -> tuple[HeldNote, ...]:
    """Return every note with its versions and steps, newest first."""
    rows = DecisionNoteRow.objects.prefetch_related("versions", "steps").order_by("-id")
    return tuple(_held(row) for row in rows)


def note(number: int) -> HeldNote | None:
    """Return a note by its number, if there is one."""
    row = DecisionNoteRow.objects.prefetch_related("versions", "steps").filter(pk=number).first()
    return None if row is None else _held(row)


def publish(made: Published, pdf: bytes) -> None:
    """Add a note as it is made public; the database refuses one that was not reviewed."""
    PublishedNoteRow.objects.create(
        number=made.number,
        recommendations=list(made.recommendations),
        title=made.title,
        sections=[[one.section.value, one.text, one.ground] for one in made.sections],
        published_on=made.published_on,
        pdf=pdf,
        pdf_digest=made.pdf_digest,
    )


def published() -> tuple[Published, ...]:
    """Return every note that was made public, newest first."""
    return tuple(_published(row) for row in PublishedNoteRow.objects.defer("pdf").order_by("-number"))


def published_note(number: int) -> Published | None:
    """Return a note that was made public, if there is one by that number."""
    row = PublishedNoteRow.objects.defer("pdf").filter(pk=number).first()
    return None if row is None else _published(row)


def published_pdf(number: int) -> bytes:
    """Return the PDF of a note that was made public."""
    (found,) = PublishedNoteRow.objects.filter(pk=number).values_list("pdf", flat=True)
    return bytes(found)


def _published(row: PublishedNoteRow) -> Published:
    return Published(
        number=row.number,
        recommendations=tuple(row.recommendations),
        title=row.title,
        sections=tuple(PublishedSection(Section(one), text, ground) for one, text, ground in row.sections),
        published_on=row.published_on,
        pdf_digest=row.pdf_digest,
    )


def _held(row: DecisionNoteRow) -> HeldNote:
    versions = sorted(row.versions.all(), key=lambda one: one.place)
    steps = sorted(row.steps.all(), key=lambda one: one.pk)
    return HeldNote(
        number=int(row.pk),
        recommendations=tuple(row.recommendations),
        begun_on=row.begun_on,
        versions=tuple(
            NoteVersion(one.place, _text(one), one.written_by, one.on, one.written_at) for one in versions
        ),
        steps=tuple(
            NoteStep(NoteStepKind(one.kind), one.version, one.on, one.decided_by, one.why) for one in steps
        ),
    )


def _text(row: DecisionNoteVersionRow) -> NoteText:
    return NoteText(
        title=row.title,
        sections={Section(section): text for section, text in row.sections.items()},
        withheld={Section(section): WithheldGround(ground) for section, ground in row.withheld.items()},
    )
