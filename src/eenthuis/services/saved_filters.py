"""Filters kept under a name, with how many rows each leaves now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum

from eenthuis.services.access import may, require
from eenthuis.services.open_work import WorkFilter, count_open_work
from eenthuis.services.read_models import WorkspaceFilter
from eenthuis.services.workspace import checked_filter, count_workspace
from eenthuis.store import saved_filters
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import InputError, Location, StateError

MOST_KEPT = 12
"""Filters an account may keep; each is counted whenever its desk is opened."""

LONGEST_NAME = 60


class FilteredList(StrEnum):
    """The lists whose filters can be kept."""

    WORK = "work"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A kept filter with the number of rows that it leaves now."""

    number: int
    page: FilteredList
    name: str
    chosen: WorkFilter | WorkspaceFilter
    count: int


def read_saved_filters(*, actor: Actor, today: date) -> tuple[SavedFilter, ...]:
    """Return the filters of an actor, counted within its reach as it is today.

    Raises
    ------
    AccessError
        ACC-01 when this role has no lists to filter.
    """
    require(actor, "see-open-work")
    found = []
    for kept in saved_filters.of_actor(actor.name):
        if kept.page == FilteredList.WORK:
            work = WorkFilter(**_known(kept.parts, WorkFilter())).checked(today)
            count = count_open_work(actor=actor, today=today, chosen=work)
            found.append(SavedFilter(kept.number, FilteredList.WORK, kept.name, work, count))
        elif may(actor, "see-proposal"):
            space = checked_filter(WorkspaceFilter(**_known(kept.parts, WorkspaceFilter())), today)
            count = count_workspace(actor=actor, today=today, chosen=space)
            found.append(SavedFilter(kept.number, FilteredList.WORKSPACE, kept.name, space, count))
    return tuple(found)


def save_filter(*, actor: Actor, page: str, name: str, parts: Mapping[str, str], today: date) -> None:
    """Keep a filter of a list under a name; one of that name is replaced.

    Raises
    ------
    AccessError
        ACC-01 when this role does not see the list.
    InputError
        INP-01 when the list or a value is unknown to it, INP-02 when a part is, INP-04 without a name, INP-06 when
        the name is too long.
    StateError
        STA-01 when as many are kept as may be.
    """
    require(actor, "see-open-work")
    if page not in set(FilteredList):
        raise InputError("INP-01", "no such list", remedy="Keep a filter from the list itself.")
    if page == FilteredList.WORKSPACE:
        require(actor, "see-proposal")
    name = name.strip()
    if not name:
        raise InputError("INP-04", "the filter has no name", remedy="Give it a name.")
    if len(name) > LONGEST_NAME:
        raise InputError(
            "INP-06", f"a name has at most {LONGEST_NAME} characters", remedy="Give a shorter one."
        )
    kept = saved_filters.of_actor(actor.name)
    is_new = (page, name) not in {(one.page, one.name) for one in kept}
    if is_new and len(kept) >= MOST_KEPT:
        raise StateError("STA-01", f"{MOST_KEPT} filters are kept already", remedy="Remove one first.")
    saved_filters.keep(actor.name, page, name, _checked(FilteredList(page), parts, today))


def drop_filter(*, actor: Actor, number: int) -> None:
    """Remove a filter of the actor's own; another's is left alone, as is one that does not exist."""
    require(actor, "see-open-work")
    saved_filters.drop(actor.name, number)


def _checked(page: FilteredList, parts: Mapping[str, str], today: date) -> Mapping[str, str]:
    standard = WorkFilter() if page is FilteredList.WORK else WorkspaceFilter()
    names = {field.name for field in fields(standard)}
    unknown = sorted(set(parts) - names)
    if unknown:
        raise InputError(
            "INP-02",
            "the list has no such part",
            remedy="Keep a filter from the list itself.",
            location=Location(column=unknown[0]),
        )
    if page is FilteredList.WORK:
        given = asdict(WorkFilter(**parts))
        known = asdict(WorkFilter(**parts).checked(today))
    else:
        given = asdict(WorkspaceFilter(**parts))
        known = asdict(checked_filter(WorkspaceFilter(**parts), today))
    for part, value in given.items():
        if part != "search" and value != known[part]:
            raise InputError(
                "INP-01",
                "the list does not know this value",
                remedy="Keep a filter from the list itself.",
                location=Location(column=part, value=value),
            )
    return {part: value for part, value in known.items() if value != asdict(standard)[part]}


def _known(parts: Mapping[str, str], standard: WorkFilter | WorkspaceFilter) -> dict[str, str]:
    names = {field.name for field in fields(standard)}
    return {part: str(value) for part, value in parts.items() if part in names}
