"""Explanations and conflicts laid out for pages; the sentences themselves stand in :mod:`eenthuis.web.explained`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eenthuis.terms.explaining import (
    BindingCap,
    CostBasis,
    Flip,
    FlipKind,
    HouseholdExplained,
    OtherPlace,
    PlaceExplained,
)
from eenthuis.terms.overriding import Conflict
from eenthuis.web.explained import Names, for_staff, of_conflict, of_flip, use_word

MOST_DISPLACED = 6
"""Households that are told at once to move; the others can be opened."""

TELLING = 0.005
"""Points below which the price of room that is not full says nothing."""


@dataclass(frozen=True, slots=True)
class OtherLine:
    """Another municipality: how it fits, what it costs the whole, how that is known, and who would move."""

    code: str
    name: str
    score: float
    gain: float
    cost: float
    basis: str
    displaced: tuple[str, ...]

    @property
    def first(self) -> tuple[str, ...]:
        """Return who moves, as far as it is told at once."""
        return self.displaced[:MOST_DISPLACED]

    @property
    def rest(self) -> tuple[str, ...]:
        """Return who else moves."""
        return self.displaced[MOST_DISPLACED:]


@dataclass(frozen=True, slots=True)
class ToldHousehold:
    """A household explained: why, other municipalities as a table, and what would change the outcome."""

    why: tuple[str, ...]
    others: tuple[OtherLine, ...]
    flips: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextLine:
    """A household that came near: where it goes instead, what it would cost, and what lacks here."""

    household: str
    persons: int
    score: float
    place: str
    cost: float
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldPlace:
    """A municipality explained: what is full, and who came next."""

    caps: tuple[str, ...]
    next_in_line: tuple[NextLine, ...]


@dataclass(frozen=True, slots=True)
class ToldConflict:
    """What cannot hold together, and what would mend it, the smallest change first."""

    wishes: tuple[str, ...]
    repairs: tuple[str, ...]


def household(explained: HouseholdExplained, names: Names) -> ToldHousehold:
    """Return a household explained in the language of the page."""
    caps = tuple(one for one in explained.caps if _is_telling(one))
    return ToldHousehold(
        why=tuple(for_staff(replace(explained, caps=caps, others=(), flips=()), names)),
        others=tuple(_other(one, names) for one in explained.others),
        flips=tuple(of_flip(one, names) for one in _worth_telling(explained.flips)),
    )


def municipality(explained: PlaceExplained, names: Names) -> ToldPlace:
    """Return a municipality explained in the language of the page."""
    place = names.get(explained.place, explained.place)
    return ToldPlace(
        caps=tuple(
            _("%(place)s is vol: %(used)s van %(cap)s (%(use)s).")
            % {"place": place, "used": one.used, "cap": one.cap, "use": use_word(one.use)}
            for one in explained.caps
            if one.is_full
        ),
        next_in_line=tuple(
            NextLine(
                one.household,
                one.persons,
                one.score,
                names.get(one.place or "", ""),
                one.cost,
                tuple(use_word(use) for use in one.lacking),
            )
            for one in explained.next_in_line
        ),
    )


def why(code: str, place: str, names: Names) -> str:
    """Return why a household gets a place, as one sentence."""
    bare = HouseholdExplained("", 0, place, 0.0, code, {}, (), (), (), ())
    return for_staff(bare, names)[0]


def conflict(found: Conflict, names: Names) -> ToldConflict:
    """Return a conflict as two lists of sentences, without the headings between them."""
    told = of_conflict(found, names)
    last = 1 + len(found.wishes)
    return ToldConflict(tuple(told[1:last]), tuple(told[last + 1 :]))


def _is_telling(one: BindingCap) -> bool:
    return one.is_full or one.price >= TELLING


def _worth_telling(flips: Sequence[Flip]) -> Sequence[Flip]:
    """Return the flips other than that a person decides, which is always possible; all of them where none is left."""
    return [one for one in flips if one.kind is not FlipKind.PIN] or flips


def _other(one: OtherPlace, names: Names) -> OtherLine:
    nowhere = _("geen plek")
    basis = _("doorgerekend") if one.basis is CostBasis.RESOLVED else _("geschat naar de prijs van ruimte")
    return OtherLine(
        code=one.place,
        name=names.get(one.place, one.place),
        score=one.score,
        gain=one.gain,
        cost=one.cost,
        basis=basis,
        displaced=tuple(
            ngettext(
                "%(household)s (%(persons)s persoon): %(before)s → %(after)s",
                "%(household)s (%(persons)s personen): %(before)s → %(after)s",
                moved.persons,
            )
            % {
                "household": moved.household,
                "persons": moved.persons,
                "before": names.get(moved.before or "", nowhere),
                "after": names.get(moved.after or "", nowhere),
            }
            for moved in one.displaced
        ),
    )
