"""Invented SES-WOA scores, the same for the same seed and marked so; the core draws nothing by itself."""

from __future__ import annotations

import random
from collections.abc import Iterable
from fractions import Fraction

from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.reception import SesScores

_LOWEST, _HIGHEST, _PARTS = -450, 450, 1000
"""Invented scores lie between these thousandths, which is about as far as those of municipalities go."""


def invented_scores(codes: Iterable[MunicipalityCode], seed: int) -> SesScores:
    """Return scores drawn from a seed, the same ones every time, marked as invented."""
    rng = random.Random(seed)  # noqa: S311 - invented figures, no secret
    return SesScores(
        {code: Fraction(rng.randint(_LOWEST, _HIGHEST), _PARTS) for code in sorted(codes)},
        f"verzonnen, startgetal {seed}; geen cijfers van het CBS",
        is_invented=True,
    )
