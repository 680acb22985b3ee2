"""The demonstration country: real municipalities and announced numbers, invented people, the same for the same seed.

No nationality, religion or ethnicity is drawn, and none could be: the terms have no such field.
"""

from eenthuis.demonstration.country import (
    DEMONSTRATION_DAY,
    DEMONSTRATION_SEED,
    DemonstrationCountry,
    DemonstrationHalfYear,
    draw_country,
)
from eenthuis.demonstration.shares import SHARES, Share

__all__ = [
    "DEMONSTRATION_DAY",
    "DEMONSTRATION_SEED",
    "SHARES",
    "DemonstrationCountry",
    "DemonstrationHalfYear",
    "Share",
    "draw_country",
]
