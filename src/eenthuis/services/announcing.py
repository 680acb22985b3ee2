"""Announcing the next national number of a half-year, as programs do: they name what it replaces, not its rank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eenthuis.services.access import require
from eenthuis.services.announced import views
from eenthuis.services.read_models import AnnouncementView
from eenthuis.services.targets import announce
from eenthuis.terms.access import Actor
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.receipt import Receipt
from eenthuis.terms.targets import Announcement, AnnouncementStatus


@dataclass(frozen=True, slots=True)
class Announced:
    """A national number as it was told, with the receipt of the targets that follow."""

    view: AnnouncementView
    rank: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class NumberTold:
    """What is told of a national number; ``replaces`` names the one in force."""

    half_year: HalfYear
    people: int
    announced_on: date | None
    known_by: date | None
    source: str
    note: str
    replaces: str | None


def announce_next(*, actor: Actor, told: NumberTold, today: date) -> Announced:
    """Record a number under the next name in its half-year.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    StateError
        STA-01 when the half-year has a number and this one does not replace it.
    """
    require(actor, "announce")
    rank = len(views(told.half_year)) + 1
    receipt = announce(
        actor=actor,
        announcement=Announcement(
            identifier=f"{told.half_year}/{rank}",
            half_year=told.half_year,
            people=told.people,
            announced_on=told.announced_on,
            known_by=told.known_by,
            status=AnnouncementStatus.ENTERED,
            source=told.source,
            note=told.note,
            replaces=told.replaces,
        ),
        today=today,
    )
    return Announced(views(told.half_year)[-1], rank, receipt)
