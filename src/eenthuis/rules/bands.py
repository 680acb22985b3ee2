"""The size bands of households in which composition is told."""

from __future__ import annotations

BANDS: tuple[tuple[str, int, int], ...] = (
    ("1", 1, 1),
    ("2", 2, 2),
    ("3-4", 3, 4),
    ("5", 5, 5),
    ("6-7", 6, 7),
    ("8+", 8, 99),
)
"""Name, smallest and largest number of persons of each band, as planners ask for them."""


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
