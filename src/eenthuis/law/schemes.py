"""The register of schemes, read from the law book: one record per version of a scheme, as it holds on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import TypeVar

from eenthuis.law.book import Book
from eenthuis.law.page import Page
from eenthuis.terms.errors import LawError
from eenthuis.terms.flex import CountedIn, Direction
from eenthuis.terms.law import Citation
from eenthuis.terms.schemes import (
    AmountPer,
    ConditionKind,
    Evidence,
    OrderRule,
    ProjectFact,
    Purpose,
    SchemeCode,
    TargetGroup,
    WhenShort,
)

PREFIX = "scheme."
TRANSIT = SchemeCode("transit-2025")
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a scheme asks of one fact of a project, with where it says so."""

    fact: ProjectFact
    kind: ConditionKind
    bound: int | bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class ShareRule:
    """A share of the homes of a project for groups; ``name`` tells texts about one scheme apart."""

    scheme: SchemeCode
    name: str
    direction: Direction
    part: Fraction
    groups: frozenset[TargetGroup]
    counted_in: CountedIn
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version of a scheme on a day; what the book does not know is None, never a guess.

    Attributes
    ----------
    code, title, purpose, groups, first_day, last_day
        What it is, whom it serves, and the days on which this version holds, both counted.
    open_round
        The round that is open on the day; empty when none is. None where no rounds are known: open while it holds.
    budget_cents, amount_cents, amount_per, amount_is_at_most, most_per_municipality_cents
        Money in whole cents.
    order, when_short, advance_part, evidence
        Who goes first when the budget falls short, the part of an award paid in advance, and what is asked afterwards.
    conditions, shares
        What it asks of a project, and of the share of its homes.
    """

    code: SchemeCode
    title: str
    purpose: Purpose
    groups: frozenset[TargetGroup]
    first_day: date
    last_day: date | None
    open_round: str | None
    budget_cents: int | None
    amount_cents: int | None
    amount_per: AmountPer | None
    amount_is_at_most: bool
    most_per_municipality_cents: int | None
    order: OrderRule | None
    when_short: WhenShort | None
    advance_part: Fraction | None
    evidence: tuple[Evidence, ...]
    conditions: tuple[Condition, ...]
    shares: tuple[ShareRule, ...]
    citations: tuple[Citation, ...]

    @property
    def is_open(self) -> bool:
        """Whether applications are taken on the day."""
        return self.open_round != ""


@dataclass(frozen=True, slots=True)
class TransitLaw:
    """What is paid for transit locations between two days that both count.

    ``day_cents`` for each person and day, ``elsewhere_cents`` more when the person is linked to another municipality
    that takes part; at most ``most_days`` for each person, ``most_places`` in the country and ``most_site_years`` for
    a site.
    """

    first_day: date
    last_day: date | None
    day_cents: int
    elsewhere_cents: int
    most_days: int
    most_places: int
    most_site_years: int
    apply_by: date
    citations: tuple[Citation, ...]


def scheme_codes(book: Book) -> tuple[SchemeCode, ...]:
    """Return the code of every version of a scheme that the book knows, in order.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> "sft-2023" in scheme_codes(law_book())
    True
    """
    ends = ".title"
    return tuple(
        SchemeCode(key.removeprefix(PREFIX).removesuffix(ends))
        for key in book.keys(PREFIX)
        if key.endswith(ends)
    )


def schemes_on(book: Book, day: date) -> tuple[Scheme, ...]:
    """Return every scheme that holds on a day."""
    return tuple(scheme(book, code, day) for code in scheme_codes(book) if holds(book, code, day))


def holds(book: Book, code: SchemeCode, day: date) -> bool:
    """Return whether a version of a scheme holds on a day."""
    return book.holds(f"{PREFIX}{code}.title", day)


def scheme(book: Book, code: SchemeCode, day: date) -> Scheme:
    """Return a version of a scheme as it holds on a day.

    Raises
    ------
    LawError
        LAW-01 when there is no such scheme, or it does not hold that day; LAW-02 for a value of another kind.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> found = scheme(law_book(), SchemeCode("sft-2023"), date(2024, 4, 2))
    >>> found.amount_cents, found.open_round
    (780000, '2024-2')
    """
    page = _page(book, day)
    own = f"{PREFIX}{code}."
    title = page.text(f"{own}title")
    held = page.citations[0]
    keys = {key.removeprefix(own) for key in book.keys(own)}
    has = {key for key in keys if book.holds(own + key, day)}

    def whole(key: str) -> int | None:
        return page.whole(own + key) if key in has else None

    def chosen(kind: type[Choice], key: str) -> Choice | None:
        return page.choice(kind, own + key) if key in has else None

    return Scheme(
        code=code,
        title=title,
        purpose=page.choice(Purpose, f"{own}purpose"),
        groups=_choices(page, TargetGroup, f"{own}groups"),
        first_day=held.first_day,
        last_day=held.last_day,
        open_round=None if "open" not in keys else page.text(f"{own}open") if "open" in has else "",
        budget_cents=whole("budget_cents"),
        amount_cents=whole("amount_cents"),
        amount_per=chosen(AmountPer, "amount_per"),
        amount_is_at_most="amount_is_at_most" in has and page.yes(f"{own}amount_is_at_most"),
        most_per_municipality_cents=whole("most_per_municipality_cents"),
        order=chosen(OrderRule, "order"),
        when_short=chosen(WhenShort, "when_short"),
        advance_part=page.share(f"{own}advance_part") if "advance_part" in has else None,
        evidence=tuple(sorted(_choices(page, Evidence, f"{own}evidence"))) if "evidence" in has else (),
        conditions=tuple(_condition(page, own, key) for key in sorted(has) if _is_condition(key)),
        shares=tuple(_share(book, code, name, day) for name in _share_names(has)),
        citations=page.citations,
    )


def transit_laws(book: Book) -> tuple[TransitLaw, ...]:
    """Return what is paid for transit locations, one record for each stretch of days on which nothing changes."""
    own = f"{PREFIX}{TRANSIT}."
    keys = [f"{own}amount_cents", f"{own}elsewhere_cents", f"{own}most_places", f"{own}most.site-years"]
    keys += [f"{own}apply_by", "way.transit_days"]
    found: list[TransitLaw] = []
    for day in book.change_days():
        if not all(book.holds(key, day) for key in keys):
            continue
        law = _transit(_page(book, day), keys)
        if not found or found[-1].citations != law.citations:
            found.append(law)
    return tuple(found)


def _transit(page: Page, keys: list[str]) -> TransitLaw:
    day_cents, elsewhere, places, years = (page.whole(key) for key in keys[:-2])
    apply_by = date.fromisoformat(page.text(keys[-2]))
    most_days = page.whole(keys[-1])
    lasts = [one.last_day for one in page.citations if one.last_day is not None]
    return TransitLaw(
        first_day=max(one.first_day for one in page.citations),
        last_day=min(lasts, default=None),
        day_cents=day_cents,
        elsewhere_cents=elsewhere,
        most_days=most_days,
        most_places=places,
        most_site_years=years,
        apply_by=apply_by,
        citations=page.citations,
    )


def _is_condition(key: str) -> bool:
    return key.partition(".")[0] in list(ConditionKind)


def _condition(page: Page, own: str, key: str) -> Condition:
    kind, _, fact = key.partition(".")
    bound = page.yes(own + key) if kind == ConditionKind.MUST else page.whole(own + key)
    citation = page.citations[-1]
    try:
        return Condition(ProjectFact(fact), ConditionKind(kind), bound, citation)
    except ValueError:
        raise LawError(
            "LAW-02",
            f"{citation.instrument}: {own}{key} asks for a fact that no project has",
            remedy=f"Ask for one of {', '.join(ProjectFact)}.",
        ) from None


def _share_names(has: Iterable[str]) -> tuple[str, ...]:
    ends = ".direction"
    return tuple(
        sorted(
            key.removeprefix("share.").removesuffix(ends)
            for key in has
            if key.startswith("share.") and key.endswith(ends)
        )
    )


def _share(book: Book, code: SchemeCode, name: str, day: date) -> ShareRule:
    page = _page(book, day)
    own = f"{PREFIX}{code}.share.{name}."
    return ShareRule(
        scheme=code,
        name=name,
        direction=page.choice(Direction, f"{own}direction"),
        part=page.share(f"{own}part"),
        groups=_choices(page, TargetGroup, f"{own}groups"),
        counted_in=page.choice(CountedIn, f"{own}counted_in"),
        citations=page.citations,
    )


def _choices(page: Page, kind: type[Choice], key: str) -> frozenset[Choice]:
    words = page.text(key).split()
    try:
        return frozenset(kind(word) for word in words)
    except ValueError:
        raise LawError(
            "LAW-02", f"{key} is {' '.join(words)!r}", remedy=f"Write words out of {', '.join(kind)}."
        ) from None


def _page(book: Book, day: date) -> Page:
    return Page(partial(book.look_up, day=day), day)
