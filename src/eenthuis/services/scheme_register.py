"""The public register of schemes: what holds on a day, condition by condition, and where schemes overlap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eenthuis.law import law_book
from eenthuis.law.schemes import Scheme, holds, scheme, scheme_codes, schemes_on
from eenthuis.rules.scheme_overlap import Overlap, overlaps
from eenthuis.services.access import require
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.schemes import SchemeCode


@dataclass(frozen=True, slots=True)
class SchemesPage:
    """The schemes that hold on a day, the pairs that overlap, and the versions that do not hold then."""

    as_of: date
    schemes: tuple[Scheme, ...]
    overlaps: tuple[Overlap, ...]
    others: tuple[Scheme, ...]


def read_schemes(*, actor: Actor, as_of: date) -> SchemesPage:
    """Return the register as it holds on a day."""
    require(actor, "see-published-figures")
    found = schemes_on(law_book(), as_of)
    held = {one.code for one in found}
    others = tuple(_last_held(code, as_of) for code in scheme_codes(law_book()) if code not in held)
    return SchemesPage(as_of, found, overlaps(found), others)


def read_scheme(*, actor: Actor, code: str, as_of: date) -> Scheme:
    """Return a version of a scheme as it holds on a day, or as it last held, or will first hold.

    Raises
    ------
    AccessError
        ACC-02 when there is no such scheme.
    """
    require(actor, "see-published-figures")
    if code not in scheme_codes(law_book()):
        raise AccessError("ACC-02", "no scheme by that code", remedy="Look in the register.")
    return _last_held(SchemeCode(code), as_of)


def _last_held(code: SchemeCode, as_of: date) -> Scheme:
    book = law_book()
    if holds(book, code, as_of):
        return scheme(book, code, as_of)
    days = [day for day in book.change_days() if holds(book, code, day)]
    before = [day for day in days if day <= as_of]
    return scheme(book, code, before[-1] if before else days[0])
