"""Public facts shipped with the package, each with a card that names its source.

Municipalities of 2019 and later, their inhabitants, mergers, the national numbers announced per half-year,
people and places in reception, and first requests and joining relatives per month. The facts are read once, checked by
:func:`checks`, and never filled in: what is missing is an error when asked for. The record of the linking engine
for the Dutch Algorithm Register is here too.

References
----------
CBS StatLine 03759ned (inhabitants, CC BY 4.0, "Bron: CBS"); the cards in ``reference/facts`` name every
other source.
"""

from eenthuis.reference.algorithm_register import AlgorithmRecord, algorithm_record
from eenthuis.reference.announced import announcement_in_force, announcements
from eenthuis.reference.arriving import arrival_totals, arrivals, known_after_months
from eenthuis.reference.capacity import reception_capacity
from eenthuis.reference.check_result import CheckResult
from eenthuis.reference.checking import checks
from eenthuis.reference.counted import household_sizes, inhabitants, reception_history, reference_dates
from eenthuis.reference.desks import ind_desks, point_of
from eenthuis.reference.forecasts import estimates, forecast_scores, past_deviations
from eenthuis.reference.places import (
    corop_areas,
    find,
    mergers,
    municipalities,
    municipalities_ever,
    municipality,
    province,
    province_place,
    provinces,
    supervising_places,
)
from eenthuis.reference.recommendations import packaged_entries, recommendations

__all__ = [
    "AlgorithmRecord",
    "CheckResult",
    "algorithm_record",
    "announcement_in_force",
    "announcements",
    "arrival_totals",
    "arrivals",
    "checks",
    "corop_areas",
    "estimates",
    "find",
    "forecast_scores",
    "household_sizes",
    "ind_desks",
    "inhabitants",
    "known_after_months",
    "mergers",
    "municipalities",
    "municipalities_ever",
    "municipality",
    "packaged_entries",
    "past_deviations",
    "point_of",
    "province",
    "province_place",
    "provinces",
    "reception_capacity",
    "reception_history",
    "recommendations",
    "reference_dates",
    "supervising_places",
]
