"""Explanations as sentences and lines of tables, for staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eenthuis.terms.explaining import (
    BindingCap,
    CostBasis,
    Flip,
    FlipKind,
    HouseholdExplained,
    OtherPlace,
    PlaceExplained,
)
from eenthuis.web.wording import REASONS

Names = Mapping[str, str]
TELLING = 0.005
"""Points below which a price says nothing."""

MOST_DISPLACED = 6
"""Households that are told at once to move; the others can be opened."""

CODES: Mapping[str, object] = {
    "linked:only-place": gettext_lazy(
        "Dit is de enige gemeente die volgens de harde plaatsingscriteria kan."
    ),
    "linked:best-score": gettext_lazy("Geen andere gemeente die kan, past beter bij dit huishouden."),
    "linked:room-elsewhere-dearer": gettext_lazy(
        "Er past een gemeente beter, maar de ruimte daar is voor anderen meer waard."
    ),
    "not-linked:group-apart": gettext_lazy(
        "Er is geen gemeente waar alle huishoudens van de groep samen passen."
    ),
    "not-linked:held-back": gettext_lazy("Iemand heeft besloten dat dit huishouden nog wacht."),
}
"""Why a household has its place, beside the reasons for having none (see ``REASONS``)."""

FULL_USES: Mapping[str, object] = {
    "persons": gettext_lazy("mensen in de taakstelling"),
    "persons_with_joining": gettext_lazy("mensen in de taakstelling, nareizigers meegeteld"),
}
SPREAD_USE = gettext_lazy("huishoudens van een grootte, om te spreiden")


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
    """A household explained: why, what is full, other municipalities, and what would change the outcome."""

    why: str
    caps: tuple[str, ...]
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


def household(explained: HouseholdExplained, names: Names) -> ToldHousehold:
    """Return a household explained in the language of the page."""
    return ToldHousehold(
        why=why(explained.code),
        caps=_caps(explained.caps, names),
        others=tuple(_other(one, names) for one in explained.others),
        flips=tuple(flip(one, explained, names) for one in _worth_telling(explained.flips)),
    )


def _worth_telling(flips: Sequence[Flip]) -> Sequence[Flip]:
    """Return the flips other than that a person decides, which is always possible; all of them where none is left."""
    return [one for one in flips if one.kind is not FlipKind.PIN] or flips


def _caps(caps: Sequence[BindingCap], names: Names) -> tuple[str, ...]:
    return tuple(cap(one, names) for one in caps if one.is_full or one.price >= TELLING)


def municipality(explained: PlaceExplained, names: Names) -> ToldPlace:
    """Return a municipality explained in the language of the page."""
    return ToldPlace(
        caps=_caps(explained.caps, names),
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


def why(code: str) -> str:
    """Return the sentence of a code."""
    return str(CODES.get(code) or REASONS.get(code, code))


def use_word(use: str) -> str:
    """Return what a use counts."""
    return str(FULL_USES.get(use, SPREAD_USE))


def cap(one: BindingCap, names: Names) -> str:
    """Return what is full or scarce at a place."""
    words = {
        "place": names.get(one.place, one.place),
        "used": one.used,
        "cap": one.cap,
        "use": use_word(one.use),
        "price": _points(one.price),
    }
    if one.is_full and one.price < TELLING:
        return _("%(place)s is vol: %(used)s van %(cap)s %(use)s.") % words
    if one.is_full:
        return (
            _("%(place)s is vol: %(used)s van %(cap)s %(use)s. Eén meer zou %(price)s punten waard zijn.")
            % words
        )
    return (
        _("%(place)s is bijna vol: %(used)s van %(cap)s %(use)s. Eén meer zou %(price)s punten waard zijn.")
        % words
    )


def flip(one: Flip, explained: HouseholdExplained, names: Names) -> str:
    """Return a change after which the household goes elsewhere; it was solved again, and did."""
    place = names.get(one.place, one.place)
    if one.kind is FlipKind.SCORE:
        return _(
            "Als %(place)s ten minste %(points)s punten beter bij dit huishouden past, gaat het daarheen."
        ) % {
            "place": place,
            "points": _points(one.points),
        }
    if one.kind is FlipKind.ROOM:
        room = ", ".join(f"{more} {use_word(use)}" for use, more in one.room)
        return _("Als %(place)s ruimte heeft voor %(room)s meer, gaat dit huishouden daarheen.") % {
            "place": place,
            "room": room,
        }
    if one.kind is FlipKind.FEWER:
        names_of = ", ".join(one.households)
        return _(
            "Als deze huishoudens niet meer wachten, gaat dit huishouden naar %(place)s: %(households)s."
        ) % {
            "place": place,
            "households": names_of,
        }
    if one.kind is FlipKind.CRITERION:
        return _("Als het harde plaatsingscriterium niet meer geldt, gaat dit huishouden naar %(place)s.") % {
            "place": place
        }
    if one.kind is FlipKind.TOGETHER:
        together = [name for name in explained.together if name != explained.household]
        return _("Als het niet bij %(households)s hoeft te blijven, gaat dit huishouden naar %(place)s.") % {
            "place": place,
            "households": ", ".join(together),
        }
    return _(
        "Als iemand dat beslist, gaat het naar %(place)s; het geheel verliest dan %(points)s punten."
    ) % {
        "place": place,
        "points": _points(one.points),
    }


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


def _points(value: float) -> str:
    if 0 < value < TELLING:
        return _("minder dan 0,01")
    return str(number_format(round(value, 2), 2, use_l10n=True))
