"""Filters that someone keeps, each under a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eenthuis.store.filter_models import SavedFilterRow


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """A filter of a list; ``parts`` are those that are not empty."""

    number: int
    page: str
    name: str
    parts: Mapping[str, str]


def of_actor(actor: str) -> tuple[KeptFilter, ...]:
    """Return the filters of an account by name."""
    rows = SavedFilterRow.objects.filter(actor=actor).order_by("page", "name")
    return tuple(KeptFilter(row.pk, row.page, row.name, row.parts) for row in rows)


def keep(actor: str, page: str, name: str, parts: Mapping[str, str]) -> None:
    """Keep a filter under a name; one of that name is replaced."""
    SavedFilterRow.objects.update_or_create(
        actor=actor, page=page, name=name, defaults={"parts": dict(parts)}
    )


def drop(actor: str, number: int) -> None:
    """Remove a filter of an account; nothing happens when it has none by that number."""
    SavedFilterRow.objects.filter(actor=actor, pk=number).delete()
