"""The bands in which composition is told: sizes of households, ages of singles, weeks of waiting."""

from __future__ import annotations

Bands = tuple[tuple[str, int, int], ...]
"""Name, smallest and largest value of each band."""

BANDS: Bands = (
    ("1", 1, 1),
    ("2", 2, 2),
    ("3-4", 3, 4),
    ("5", 5, 5),
    ("6-7", 6, 7),
    ("8+", 8, 99),
)
"""Name, smallest and largest number of persons of each band, as planners ask for them."""

HOME_BANDS: Bands = (("1-2", 1, 2), ("3-4", 3, 4), ("5+", 5, 99))
"""The size bands joined by the home they need: small, for a family, or large."""

AGE_BANDS: Bands = (
    ("0-17", 0, 17),
    ("18-22", 18, 22),
    ("23-26", 23, 26),
    ("27-39", 27, 39),
    ("40-64", 40, 64),
    ("65+", 65, 199),
)
"""Ages reached in the year of counting."""

WEEK_BANDS: Bands = (("0-12", 0, 12), ("13-25", 13, 25), ("26-51", 26, 51), ("52+", 52, 9999))
"""Whole weeks, in quarters, half a year and longer."""


def name_in(bands: Bands, value: int) -> str:
    """Return the name of the band that a value falls in; one that lies outside falls in the nearest.

    Examples
    --------
    >>> name_in(AGE_BANDS, 25), name_in(WEEK_BANDS, -1)
    ('23-26', '0-12')
    """
    return next((name for name, _, largest in bands if value <= largest), bands[-1][0])


def band_of(persons: int) -> str:
    """Return the size band of a household.

    Examples
    --------
    >>> band_of(4), band_of(11)
    ('3-4', '8+')
    """
    return next(name for name, smallest, largest in BANDS if smallest <= persons <= largest)


def limits(band: str) -> tuple[int, int]:
    """Return the smallest and largest number of persons of a band.

    Examples
    --------
    >>> limits("6-7")
    (6, 7)
    """
    return next((smallest, largest) for name, smallest, largest in BANDS if name == band)
