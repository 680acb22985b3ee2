"""Official estimates and counts: entered by the ministry, shown to everyone beside our forecasts, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.rules.estimates import check_estimate
from eenthuis.services.access import require
from eenthuis.store import forecasts as stored
from eenthuis.store import journal
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import StateError
from eenthuis.terms.estimates import Estimate, Quantity
from eenthuis.terms.half_year import HalfYear


@dataclass(frozen=True, slots=True)
class EstimateView:
    """An official figure as it is shown; ``number`` is 0 for one that comes with the program."""

    number: int
    estimate: Estimate
    replaces: int | None
    is_replaced: bool


def estimate_views() -> tuple[EstimateView, ...]:
    """Return every official figure, packaged and entered, by quantity, half-year and day."""
    packaged = [EstimateView(0, one, None, is_replaced=False) for one in reference.estimates()]
    entered = [
        EstimateView(one.number, one.estimate, one.replaces, one.is_replaced) for one in stored.estimates()
    ]
    order = list(Quantity)

    def by(view: EstimateView) -> tuple[int, HalfYear, date, int]:
        made = view.estimate
        return order.index(made.quantity), made.half_year, made.counts_from, view.number

    return tuple(sorted([*packaged, *entered], key=by))


def read_estimates(
    *, actor: Actor, quantity: Quantity | None = None, half_year: HalfYear | None = None
) -> tuple[EstimateView, ...]:
    """Return official figures, of one quantity or half-year or of all, the replaced ones too.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "see-published-figures")
    return tuple(
        view
        for view in estimate_views()
        if (quantity is None or view.estimate.quantity is quantity)
        and (half_year is None or view.estimate.half_year == half_year)
    )


def state_estimate(*, actor: Actor, made: Estimate, today: date) -> EstimateView:
    """Record an official figure; one of the same kind, half-year and day is a correction of the one before.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputErrors
        INP-06 for every part that cannot be.
    StateError
        STA-01 when exactly this figure stands there already.
    """
    require(actor, "state-estimate")
    check_estimate(made, today)
    with transaction.atomic():
        journal.lock_subject(f"estimate {made.quantity} {made.half_year}")
        held = before_of(made, stored.estimates())
        if held is not None and held.estimate == made:
            raise StateError("STA-01", "this figure stands there already", remedy="Nothing needs to be done.")
        number = keep_estimate(actor, made, held)
    return EstimateView(number, made, held.number if held else None, is_replaced=False)


def before_of(made: Estimate, held: tuple[stored.HeldEstimate, ...]) -> stored.HeldEstimate | None:
    """Return the figure in force that one of the same kind, half-year and day takes the place of."""
    key = (made.quantity, made.half_year, made.kind, made.made_on)
    return next(
        (
            one
            for one in held
            if not one.is_replaced
            and (one.estimate.quantity, one.estimate.half_year, one.estimate.kind, one.estimate.made_on)
            == key
        ),
        None,
    )


def keep_estimate(by: Actor, made: Estimate, held: stored.HeldEstimate | None) -> int:
    """Add a figure and its line in the journal, in the transaction of the caller; return its number."""
    number = stored.add_estimate(made, entered_by=by.name, replaces=held.number if held else None)
    journal.write(
        by,
        "state-estimate",
        f"estimate {made.quantity} {made.half_year}",
        before={"middle": held.estimate.middle, "number": held.number} if held else None,
        after={
            "number": number,
            "kind": made.kind,
            "low": made.low,
            "middle": made.middle,
            "high": made.high,
            "made_on": made.made_on,
            "until": made.until,
        },
        why=made.note,
    )
    return number
