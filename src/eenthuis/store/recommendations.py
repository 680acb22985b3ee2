"""The register of recommendations as rows and terms."""

from __future__ import annotations

from collections.abc import Mapping

from eenthuis.store.recommendation_models import RecommendationCommentRow, RecommendationEntryRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.recommendations import Answer, Comment, EntryKind, Party, RegisterEntry


def entries() -> Mapping[int, tuple[RegisterEntry, ...]]:
    """Return every entry that was added, by recommendation, in the order of adding."""
    found: dict[int, list[RegisterEntry]] = {}
    for row in RecommendationEntryRow.objects.order_by("id"):
        found.setdefault(row.recommendation, []).append(_entry(row))
    return {number: tuple(listed) for number, listed in found.items()}


def entries_of(recommendation: int) -> tuple[RegisterEntry, ...]:
    """Return the entries that were added to one recommendation, in the order of adding."""
    rows = RecommendationEntryRow.objects.filter(recommendation=recommendation).order_by("id")
    return tuple(_entry(row) for row in rows)


def add_entry(new: RegisterEntry) -> int:
    """Add an entry, recorded by who it says; return its number."""
    row = RecommendationEntryRow.objects.create(
        recommendation=new.recommendation,
        kind=new.kind.value,
        on=new.on,
        what=new.what.strip(),
        source=new.source.strip(),
        answer=new.answer.value if new.answer else "",
        owner=new.owner.value if new.owner else "",
        due=new.due,
        about=new.about,
        is_invented=new.is_invented,
        recorded_by=new.by,
    )
    return int(row.pk)


def comments(recommendation: int) -> tuple[Comment, ...]:
    """Return what was said of a recommendation, oldest first, without who said it."""
    rows = RecommendationCommentRow.objects.filter(recommendation=recommendation).order_by("id")
    return tuple(
        Comment(int(row.pk), row.recommendation, row.role, _place(row), row.on, row.text) for row in rows
    )


def add_comment(actor: Actor, comment: Comment) -> int:
    """Add a comment in the name of an actor; return its number."""
    row = RecommendationCommentRow.objects.create(
        recommendation=comment.recommendation,
        role=actor.role.value,
        municipality=actor.municipality or "",
        province=actor.province or "",
        on=comment.on,
        text=comment.text.strip(),
        said_by=actor.name,
    )
    return int(row.pk)


def _place(row: RecommendationCommentRow) -> str:
    """Return the code of the place that speaks: of a municipality its own, of a province the province's."""
    if row.role == Role.MUNICIPALITY:
        return row.municipality
    return row.province if row.role == Role.PROVINCE else ""


def _entry(row: RecommendationEntryRow) -> RegisterEntry:
    return RegisterEntry(
        number=int(row.pk),
        recommendation=row.recommendation,
        kind=EntryKind(row.kind),
        on=row.on,
        what=row.what,
        source=row.source,
        answer=Answer(row.answer) if row.answer else None,
        owner=Party(row.owner) if row.owner else None,
        due=row.due,
        about=row.about,
        by=row.recorded_by,
        is_invented=row.is_invented,
        recorded_at=row.recorded_at,
    )
