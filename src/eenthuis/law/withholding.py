"""On which grounds information is not made public, with the article of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType

from eenthuis.law.book import Book
from eenthuis.law.page import Page
from eenthuis.terms.decision_notes import WithheldGround
from eenthuis.terms.law import Citation


@dataclass(frozen=True, slots=True)
class WithholdingLaw:
    """The article of each ground, as it is written in a note, with its source."""

    articles: Mapping[WithheldGround, str]
    citations: tuple[Citation, ...]


def withholding_law(book: Book, day: date) -> WithholdingLaw:
    """Return the grounds of the Wet open overheid on a day.

    Raises
    ------
    LawError
        LAW-01 on a day before the Act.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> withholding_law(law_book(), date(2026, 3, 3)).articles[WithheldGround.PRIVACY]
    'Wet open overheid, artikel 5.1, tweede lid, onder e'
    """
    page = Page(partial(book.look_up, day=day), day)
    articles = {one: page.text(f"withholding.{one}") for one in WithheldGround}
    return WithholdingLaw(MappingProxyType(articles), page.citations)
