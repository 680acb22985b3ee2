"""The ladder of a province on a day, with the paper of every value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eenthuis import reference
from eenthuis.law import SupervisionLaw, law_book
from eenthuis.law.book import NATION
from eenthuis.services.access import require
from eenthuis.services.readings import checked_province
from eenthuis.terms.access import Actor
from eenthuis.terms.law import Citation
from eenthuis.terms.places import Province, ProvinceCode


@dataclass(frozen=True, slots=True)
class LadderPage:
    """The ladder of a province on a day; ``settings`` belong to no single rung."""

    province: Province
    as_of: date
    law: SupervisionLaw
    of_rungs: Mapping[int, tuple[Citation, ...]]
    settings: tuple[Citation, ...]
    substitution: tuple[Citation, ...]
    information: tuple[Citation, ...]


def read_ladder(*, actor: Actor, province: ProvinceCode, as_of: date) -> LadderPage:
    """Return the ladder of a province on a day, with the paper of every value.

    Raises
    ------
    ReferenceFactError
        REF-01 when there is no such province.
    LawError
        LAW-01 when no ladder held on that day.
    """
    require(actor, "see-published-figures")
    where = checked_province(province)
    place, book = reference.province_place(where), law_book()
    law = book.supervision(as_of, place)
    return LadderPage(
        province=where,
        as_of=as_of,
        law=law,
        of_rungs={
            rung.number: tuple(
                one for one in law.citations if one.key.startswith(f"supervision.rung.{rung.number}.")
            )
            for rung in law.ladder.rungs
        },
        settings=tuple(one for one in law.citations if not one.key.startswith("supervision.rung.")),
        substitution=book.substitution(as_of, place).citations,
        information=book.information(as_of, place).citations,
    )


def has_own_values(page: LadderPage) -> bool:
    """Return whether the province has a value of its own in its ladder."""
    return any(one.place != NATION for one in page.law.citations)
