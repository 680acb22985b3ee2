"""One box for everything: a household, a home, a municipality or a receipt, within the reach of who asks.

What lies out of reach is answered exactly as what does not exist: with nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eenthuis import reference
from eenthuis.services.access import may, require
from eenthuis.services.home_pages import finds_home
from eenthuis.services.processing import note_processing
from eenthuis.services.workspace import is_within_reach
from eenthuis.store import journal
from eenthuis.terms.access import Actor
from eenthuis.terms.homes import HomeId
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.processing import Activity

MOST_FOUND = 20
SHORTEST_NAME = 2
LONGEST_ASKED = 80
_RECEIPT = re.compile(r"[0-9A-F]{12}")


class HitKind(StrEnum):
    """What was found."""

    HOUSEHOLD = "household"
    HOME = "home"
    MUNICIPALITY = "municipality"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its kind, the number or code that its page goes by, and what it is called."""

    kind: HitKind
    identifier: str
    name: str


def search(*, actor: Actor, written: str, today: date) -> tuple[Hit, ...]:
    """Return what is found within reach, households first; nothing for what is not there or not for this actor.

    Raises
    ------
    AccessError
        ACC-01 for anyone who has not signed in.
    """
    require(actor, "see-desk")
    asked = written.strip()[:LONGEST_ASKED]
    number = asked.upper()
    found: list[Hit] = []
    if number and is_within_reach(actor=actor, identifier=HouseholdId(number)):
        note_processing(Activity.FIND_HOUSEHOLD, [number])
        found.append(Hit(HitKind.HOUSEHOLD, number, number))
    if number and finds_home(actor=actor, home=HomeId(number)):
        found.append(Hit(HitKind.HOME, number, number))
    if _RECEIPT.fullmatch(number) and may(actor, "see-published-figures") and journal.receipt(number):
        found.append(Hit(HitKind.RECEIPT, number, number))
    return (*found, *_municipalities(asked, today))[:MOST_FOUND]


def _municipalities(asked: str, today: date) -> list[Hit]:
    wanted = asked.casefold()
    if len(wanted) < SHORTEST_NAME:
        return []
    places = [
        place
        for place in reference.municipalities(today)
        if wanted in place.name.casefold() or wanted == place.code.casefold()
    ]
    places.sort(key=lambda place: (not place.name.casefold().startswith(wanted), place.name))
    exact = [place for place in places if place.name.casefold() == wanted]
    return [Hit(HitKind.MUNICIPALITY, place.code, place.name) for place in exact or places]
