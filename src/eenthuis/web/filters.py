"""Filters of lists in addresses: read, written, and those that are kept with the address that opens them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.urls import reverse

from eenthuis.services.open_work import WorkFilter
from eenthuis.services.read_models import WorkspaceFilter
from eenthuis.services.saved_filters import FilteredList, SavedFilter, read_saved_filters
from eenthuis.terms.access import Actor

WORK: Mapping[str, str] = {
    "kind": "soort",
    "term": "termijn",
    "whose": "van",
    "region": "regio",
    "municipality": "gemeente",
    "size": "grootte",
    "search": "zoek",
}
WORKSPACE: Mapping[str, str] = {
    "municipality": "gemeente",
    "province": "provincie",
    "region": "regio",
    "size": "grootte",
    "state": "stand",
    "search": "zoek",
    "order": "volgorde",
}
ADDRESSES: Mapping[FilteredList, Mapping[str, str]] = {
    FilteredList.WORK: WORK,
    FilteredList.WORKSPACE: WORKSPACE,
}
"""What each part of a filter is called in the address of its list."""

MOST_PARTS = 20


@dataclass(frozen=True, slots=True)
class SavedLine:
    """A kept filter with the address that opens the list with it."""

    saved: SavedFilter
    address: str


def filter_of(query: QueryDict) -> WorkFilter:
    """Read a filter of the open work from an address."""
    return WorkFilter(**{part: query.get(name, "") for part, name in WORK.items()})


def query_of(chosen: WorkFilter | WorkspaceFilter) -> str:
    """Return the part of the address that gives a filter; what is as it always is, is left out."""
    names = WORK if isinstance(chosen, WorkFilter) else WORKSPACE
    standard = asdict(type(chosen)())
    return urlencode(
        {names[part]: value for part, value in asdict(chosen).items() if value != standard[part]}
    )


def parts_of(page: str, query: str) -> dict[str, str]:
    """Return the parts that an address of a list gives; a part it does not know keeps its name, to be refused."""
    names = ADDRESSES[FilteredList(page)] if page in set(FilteredList) else {}
    known = {name: part for part, name in names.items()}
    given = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARTS)
    return {known.get(name, name): value for name, value in given}


def saved_of(actor: Actor, today: date, page: FilteredList | None = None) -> tuple[SavedLine, ...]:
    """Return the filters an actor keeps, of one list or of all, with their addresses."""
    return tuple(
        SavedLine(saved, f"{reverse(saved.page.value)}?{query_of(saved.chosen)}")
        for saved in read_saved_filters(actor=actor, today=today)
        if page in {None, saved.page}
    )
