"""What the law asks of municipal urgency schemes on a day, and the figures published about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial

from eenthuis.law.book import Book
from eenthuis.law.page import Page
from eenthuis.terms.errors import LawError
from eenthuis.terms.law import Citation
from eenthuis.terms.urgency import OfferOrder, UrgencyGroup


@dataclass(frozen=True, slots=True)
class UrgencyLaw:
    """What holds for urgency schemes on a day.

    Attributes
    ----------
    scheme_is_obligatory, status_holders_always, provision_asked
        Whether every council needs a scheme, whether status holders always belong to it, and whether it must lay down
        how the municipality meets its target.
    groups_asked
        The groups that a scheme must name.
    local_tie_may_block
        Whether a preference for people with a local tie may stand in the way of a status holder's first home.
    default_order
        The order of offers where a municipality sets none.
    """

    scheme_is_obligatory: bool
    status_holders_always: bool
    provision_asked: bool
    groups_asked: frozenset[UrgencyGroup]
    local_tie_may_block: bool
    default_order: OfferOrder
    citations: tuple[Citation, ...]

    def citation(self, word: str) -> Citation:
        """Return the citation of a value by the last word of its key."""
        return next(one for one in self.citations if one.key.endswith(f".{word}"))


@dataclass(frozen=True, slots=True)
class PublishedShare:
    """A share that was published: of municipalities with a scheme, or of those with one that dropped status holders."""

    part: Fraction
    citation: Citation


@dataclass(frozen=True, slots=True)
class PublishedUrgency:
    """The shares published last before a day; None where there was none yet."""

    with_scheme: PublishedShare | None
    dropped: PublishedShare | None


def urgency_law(book: Book, day: date) -> UrgencyLaw:
    """Return what holds for urgency schemes on a day.

    Raises
    ------
    LawError
        LAW-01 before the days of the Act; LAW-02 for a value of another kind.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> urgency_law(law_book(), date(2017, 6, 30)).status_holders_always
    True
    >>> urgency_law(law_book(), date(2017, 7, 1)).status_holders_always
    False
    """
    page = Page(partial(book.look_up, day=day), day)
    return UrgencyLaw(
        scheme_is_obligatory=page.yes("urgency.scheme_is_obligatory"),
        status_holders_always=page.yes("urgency.status_holders_always"),
        provision_asked=page.yes("urgency.provision_asked"),
        groups_asked=_groups(page),
        local_tie_may_block=page.yes("urgency.local_tie_may_block"),
        default_order=page.choice(OfferOrder, "urgency.default_order"),
        citations=page.citations,
    )


def published_urgency(book: Book, day: date) -> PublishedUrgency:
    """Return the published shares as they stood on a day."""
    return PublishedUrgency(_published(book, "with_scheme", day), _published(book, "dropped", day))


def _published(book: Book, word: str, day: date) -> PublishedShare | None:
    page = Page(partial(book.look_up, day=day), day)
    try:
        part = page.share(f"urgency.published.{word}.part")
    except LawError as wrong:
        if wrong.code == "LAW-01":
            return None
        raise
    return PublishedShare(part, page.citations[0])


def _groups(page: Page) -> frozenset[UrgencyGroup]:
    letters = page.text("urgency.groups_asked").split()
    try:
        return frozenset(UrgencyGroup(letter) for letter in letters)
    except ValueError:
        raise LawError(
            "LAW-02",
            f"urgency.groups_asked is {' '.join(letters)!r}",
            remedy="Write letters from a to j, with spaces between them.",
        ) from None
