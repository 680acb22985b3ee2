"""In which order a home is offered to the households that could have it, and why each stands where it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eenthuis.law.urgency import UrgencyLaw
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.urgency import OfferOrder, UrgencyScheme


@dataclass(frozen=True, slots=True)
class Candidate:
    """A linked household that could have a home.

    ``home_by`` is the last day of its term for a home, ``permit_on`` the day of its permit; ``people`` and ``children``
    are counted in people.
    """

    household: HouseholdId
    home_by: date
    permit_on: date
    people: int
    children: int
    needs_accessible_home: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate at its place, from 1 on.

    ``set_apart_by`` is what put it after the one before; None for the first, and where nothing tells the two apart and
    the number of the household decides.
    """

    candidate: Candidate
    place: int
    set_apart_by: OfferOrder | None


@dataclass(frozen=True, slots=True)
class OfferOrdering:
    """The order of offers on a day, with the scheme it rests on.

    ``scheme`` is None where the register has nothing of the municipality that day. ``is_default`` says that the
    order is the one of the law book, since the municipality sets none.
    """

    scheme: UrgencyScheme | None
    order: tuple[OfferOrder, ...]
    is_default: bool
    has_priority: bool
    ranked: tuple[Ranked, ...]

    def place_of(self, household: HouseholdId) -> Ranked | None:
        """Return where a household stands, if it is among the candidates."""
        return next((one for one in self.ranked if one.candidate.household == household), None)


def offer_order(
    candidates: Sequence[Candidate], scheme: UrgencyScheme | None, law: UrgencyLaw
) -> OfferOrdering:
    """Return the order in which a home is offered, by the scheme of the municipality in force that day.

    ``has_priority`` says whether status holders go before seekers outside the chain: the scheme names them, or the law
    of the day always counts them among the urgent where there is a scheme.

    References
    ----------
    Huisvestingswet 2014, arts. 12 and 28.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> from eenthuis.law.urgency import urgency_law
    >>> day = date(2026, 1, 5)
    >>> two = [
    ...     Candidate(HouseholdId("PE-1"), day, day, 1, 0, False),
    ...     Candidate(HouseholdId("PE-2"), date(2026, 1, 1), day, 1, 0, False),
    ... ]
    >>> made = offer_order(two, None, urgency_law(law_book(), day))
    >>> [(one.candidate.household, one.set_apart_by) for one in made.ranked]
    [('PE-2', None), ('PE-1', <OfferOrder.FIRST_DEADLINE: 'first-deadline'>)]
    """
    own = scheme.order if scheme is not None and scheme.has_scheme else ()
    order = own or (law.default_order,)
    ordered = sorted(candidates, key=lambda one: (*(_rank(one, by) for by in order), one.household))
    ranked = tuple(
        Ranked(one, place, _set_apart(ordered[place - 2], one, order) if place > 1 else None)
        for place, one in enumerate(ordered, start=1)
    )
    has_priority = (
        scheme is not None
        and scheme.has_scheme
        and (scheme.names_status_holders or law.status_holders_always)
    )
    return OfferOrdering(scheme, tuple(order), not own, has_priority, ranked)


def _set_apart(before: Candidate, after: Candidate, order: Sequence[OfferOrder]) -> OfferOrder | None:
    return next((by for by in order if _rank(before, by) != _rank(after, by)), None)


def _rank(one: Candidate, by: OfferOrder) -> int:
    """Return a number that is lower for who goes first."""
    match by:
        case OfferOrder.FIRST_DEADLINE:
            return one.home_by.toordinal()
        case OfferOrder.LONGEST_WAITING:
            return one.permit_on.toordinal()
        case OfferOrder.LARGEST_HOUSEHOLD:
            return -one.people
        case OfferOrder.WITH_CHILDREN:
            return 0 if one.children else 1
        case OfferOrder.NEEDS_ACCESSIBLE_HOME:
            return 0 if one.needs_accessible_home else 1
