"""Sharing a national number out over the municipalities, from packaged or handed-in inhabitants."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from eenthuis import reference
from eenthuis.cli.target_files import named, read_inhabitants
from eenthuis.law import Book
from eenthuis.rules.receipts import Shared
from eenthuis.rules.reorganisation import inhabitants_for, outside_the_words
from eenthuis.rules.targets import net_targets, reference_date
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import Inhabitants


def share(
    half_year: HalfYear, national: int, book: Book, file: Path | None = None
) -> tuple[Shared, tuple[str, ...]]:
    """Return the net targets of a half-year with what they were made from, and remarks on the inhabitants.

    Raises
    ------
    ReferenceFactError
        REF-04 when the inhabitants of the reference date are not packaged and no file is given.
    """
    law = book.targets(half_year)
    counted_on = reference_date(half_year, law.reference_rule)
    moves = True
    if file is None:
        counted = reference.inhabitants(counted_on)
    else:
        counted, moves = read_inhabitants(file, asked=half_year, reference_date=counted_on)
    remarks: tuple[str, ...] = ()
    if moves:
        counted, remarks = moved(counted, half_year, book)
    made = net_targets(half_year=half_year, national=national, inhabitants=counted, law=law)
    return Shared(made, counted, law), remarks


def moved(counted: Inhabitants, half_year: HalfYear, book: Book) -> tuple[Inhabitants, tuple[str, ...]]:
    """Return inhabitants in the municipalities of the half-year, and what the text of art. 30 leaves open."""
    rule = book.targets(half_year).reorganisation
    mergers = reference.mergers(counted.reference_date, half_year.first_day)
    passed = inhabitants_for(half_year=half_year, counted=counted, mergers=mergers, rule=rule)
    outside = outside_the_words(mergers, counted_on=counted.reference_date, half_year=half_year, rule=rule)
    if not outside:
        return passed, ()
    names = named(reference.municipality(code) for code in dict.fromkeys(m.giving for m in outside))
    remark = (
        f"The text of art. 30 that held speaks of reorganisations on {date(half_year.year, 1, 1)} only; "
        f"the inhabitants of {names} were moved to the municipality that took them over all the same."
    )
    return passed, (remark,)
