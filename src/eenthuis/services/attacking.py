"""Attacking everything that was published of family composition, as someone outside with all figures at hand would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from eenthuis.disclosure import Interval, attack
from eenthuis.law import law_book
from eenthuis.rules.composition import people_of
from eenthuis.rules.composition_within import public_only, with_municipalities
from eenthuis.services.access import require
from eenthuis.services.composing import earlier, geography_on, groups_of
from eenthuis.store import composition as stored
from eenthuis.terms.access import Actor
from eenthuis.terms.composition import Cell, Publication


@dataclass(frozen=True, slots=True)
class Found:
    """A hidden count of which the attack leaves less open than is asked, and than other public figures leave."""

    month: date
    cell: Cell
    least: int
    most: int
    asked: int


@dataclass(frozen=True, slots=True)
class AttackReport:
    """What an attack on some months found.

    ``hidden`` counts those told of and hidden, ``untold`` those of municipalities told of together, of which nothing is
    published; ``public`` says of how many of both other public figures alone leave less than the protection.
    """

    months: tuple[date, ...]
    hidden: int
    untold: int
    public: int
    found: tuple[Found, ...]


def attack_published(*, actor: Actor) -> AttackReport:
    """Attack the last twelve months published, all together.

    The attacker has every count shown, all totals, and the people linked per municipality; he is told which counts of
    areas did not change since the month before, and which of municipalities where the public progress shows nobody
    coming or going. A count of a municipality told of together with others is found only when it is small: that there
    is nobody of a kind in a whole area is told on purpose.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "publish-composition")
    months = earlier(date.max)
    if not months:
        return AttackReport((), 0, 0, 0, ())
    return attack_report(months)


def attack_report(months: Sequence[Publication]) -> AttackReport:
    """Return what the attack finds on some months, old to new."""
    whole, public = with_public(months)
    law = law_book().composition(months[-1].month)
    before = attack(public, asked=law.protection)
    found: list[Found] = []
    hidden = narrow = 0
    told = {(one.month, cell) for one in months for cell in one.counts}
    counts = {(one.month, cell): count for one in whole for cell, count in one.counts.items()}
    required = {(one.month, cell): least for one in months for cell, least in one.required.items()}
    for key, interval in attack(whole, asked=law.protection).items():
        hidden += key in told
        asked = min(law.protection, before[key].width, required.get(key, law.protection))
        narrow += asked < law.protection
        if interval.width < asked and (key in told or 0 < counts[key] < law.floor):
            found.append(_found(key, interval, asked))
    hidden_in_all = sum(len(one.hidden) for one in whole)
    return AttackReport(
        months=tuple(one.month for one in months),
        hidden=hidden,
        untold=hidden_in_all - hidden,
        public=narrow,
        found=tuple(found),
    )


def _found(key: tuple[date, Cell], interval: Interval, asked: int) -> Found:
    return Found(*key, interval.least, interval.most, asked)


def with_public(months: Sequence[Publication]) -> tuple[list[Publication], list[Publication]]:
    """Return the months with the counts of municipalities told of together, and what is public of them beside this."""
    whole, public = [], []
    days = [one.month for one in months]
    moved = [frozenset[str](), *(stored.restless_between(first, last) for first, last in pairwise(days))]
    for one, restless in zip(months, moved, strict=True):
        geography = geography_on(one.month)
        groups = groups_of(one.month, law_book().composition(one.month))
        people = people_of(groups)
        full = with_municipalities(one, groups, geography, people=people, restless=restless)
        whole.append(full)
        public.append(public_only(full, geography, people))
    return whole, public
