"""Invented estimates and a count in the demonstration country, and the deviations that follow from them."""

from __future__ import annotations

from datetime import date, timedelta

from eenthuis.services.deviating import draft_due, put_forward, tell_deviation
from eenthuis.services.estimates import state_estimate
from eenthuis.store import deviations
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.estimates import Estimate, EstimateKind, Quantity
from eenthuis.terms.half_year import HalfYear

FIRST, SECOND = Actor("ministerie", Role.MINISTRY), Actor("ministerie-2", Role.MINISTRY)
SOURCE = "verzonnen voor de demonstratie"
TOLD_AFTER_DAYS = 3


def tell_of_deviations(today: date) -> None:
    """Enter two estimates of the next half-year and a count of the running one; tell the first deviation, leave one."""
    running = HalfYear.containing(today)
    first, second = running.first_day - timedelta(days=60), running.first_day + timedelta(days=9)
    for on, low, middle, high in ((first, 15_000, 17_500, 20_500), (second, 12_500, 14_500, 17_000)):
        _state(
            Estimate(
                quantity=Quantity.NATIONAL_NUMBER,
                half_year=running.next,
                kind=EstimateKind.ESTIMATE,
                middle=middle,
                low=low,
                high=high,
                made_on=on,
                known_by=None,
                until=None,
                source=SOURCE,
            ),
            on,
        )
    draft_due(second)
    told = second + timedelta(days=TOLD_AFTER_DAYS)
    for held in deviations.deviations():
        if held.is_open and held.found.told.half_year == running.next:
            why = "Er zijn minder eerste asielverzoeken dan in het najaar werd geraamd (verzonnen)."
            put_forward(actor=FIRST, number=held.number, why=why, today=second)
            tell_deviation(actor=SECOND, number=held.number, today=told)
    _state(
        Estimate(
            quantity=Quantity.NATIONAL_NUMBER,
            half_year=running,
            kind=EstimateKind.COUNT,
            middle=4_150,
            low=None,
            high=None,
            made_on=today,
            known_by=None,
            until=today - timedelta(days=1),
            source=SOURCE,
        ),
        today,
    )
    draft_due(today)


def _state(made: Estimate, on: date) -> None:
    state_estimate(actor=FIRST, made=made, today=on)
