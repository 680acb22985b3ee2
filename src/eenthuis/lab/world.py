"""What the simulation holds: the country, the settings of a scenario, and the state of one future.

Steps are half-months, twelve to a half-year; a cohort is everyone who got a permit in the same step. Arrays are over
municipality (M), household size (C), cohort (T) and half-year (H).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

STEPS = 12
"""Half-months in a half-year."""
BEFORE = 48
"""Cohorts before the first step, among which the people waiting at the start are spread."""
RUNGS = 7
"""Rungs that are told apart, 0 for none; a ladder with more ends here."""
SIZES: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7, 9)
"""Persons of a household per size; the last stands for eight and more."""
BANDS: tuple[tuple[str, int, int], ...] = (
    ("1", 0, 1),
    ("2", 1, 2),
    ("3-4", 2, 4),
    ("5", 4, 5),
    ("6-7", 5, 7),
    ("8+", 7, 8),
)
"""Size bands of a report with the sizes they hold, first and past the last."""
CAPACITIES: tuple[int, ...] = (2, 4, 6, 9)
"""Persons the four kinds of homes can house at most."""
QUEUE_ROOM = 1 << 18
"""Households that can be linked and wait for a home at once, nationally; beyond that linking waits."""
MOVING = 4
"""Room of the ring of people with a lease who have not moved yet, in steps."""
TRANSIT_STEPS = 24
"""Steps after which a stay in a transit location ends: 365 days."""

ARRIVED, DIRECT, LEFT, HOUSED, LINKED, TRANSIT_STAYS, FLEX_NEW = range(7)
"""Places in ``counts`` of what happened within a half-year, in people, people-steps and homes."""
EVER_ARRIVED, EVER_HOUSED, EVER_LEFT = range(7, 10)
"""Places in ``counts`` of what happened since the start, in people."""
TRANSIT_NOW = 10
"""Place in ``counts`` of the people in transit locations."""
QUEUED, IN_MOVE, IN_TRANSIT, REALISED, NET, BACKLOG, BEHIND, RUNG, FLEX_HOMES, BEDS, ROOM = range(11)
"""Columns of ``places``: people linked and waiting, with a lease, in transit, signed off within the
half-year; the net target, backlog, half-years behind in a row, the rung; flex homes; beds in transit locations; and
people who may be linked in the step at hand."""
OWN, RATE, NO_HOME = range(3)
"""Columns of ``efforts``: own accord, homes a step, and the chance that none comes in a step."""
FIRST, LAST = range(2)
"""Columns of ``queues``."""
COHORT, AFTER = range(2)
"""Columns of ``entries``."""
RETURNED, USED = range(2)
"""Places in ``free``: the first entry of those that came free again, 0 for none; and how many were ever used."""
DUE = TRANSIT_STEPS
"""Column of ``transit`` with the households whose term is over."""
LATEST = 1 << 20
"""A cohort later than any."""
LINKABLE, OLDEST = range(2)
"""Columns of ``sizes``."""
SEEKERS, PLACES, COST, STAYED = range(4)
"""Places in ``reception``: people in the asylum procedure, durable places, and of the half-year so far the cost in
euros and the days that people with a permit stayed."""
DAYS_A_STEP = 365 / 24


class Country(NamedTuple):
    """What does not differ between futures, per municipality.

    ``weights`` are those of the distribution key with their ``total``; ``inhabitants`` and ``homes`` (the share of the
    national stock of housing associations) are of the municipality, ``part`` is the share of all inhabitants who live
    there or in one before it; ``climb`` (M × RUNGS) holds after how many half-years behind in a row each rung of its
    ladder is reached; ``at_work`` (M × C) how many members of a household are expected to have work within a year of
    moving, and has no rows where nobody loaded that; ``regular`` is its share of the regular reception places that were
    counted.
    """

    weights: NDArray[np.int64]
    total: int
    rounds_up: bool
    inhabitants: NDArray[np.int64]
    part: NDArray[np.float64]
    homes: NDArray[np.float64]
    climb: NDArray[np.int64]
    at_work: NDArray[np.float64]
    regular: NDArray[np.float64]
    tolerance: int
    excusable_share: float
    link_steps: int
    notice_steps: int
    term_steps: int


class Settings(NamedTuple):
    """The numbers of one scenario under one set of parameters; meanings stand in the table of parameters."""

    arrivals_persistence: float
    arrivals_spread: float
    direct_share: float
    forecast_error: float
    clear_share: float
    perfect_information: float
    profile_steps: int
    move_steps: int
    lettings: float
    letting_share: float
    variation: float
    push: float
    most_effort: float
    rung_gain: float
    fit: float
    refusal: float
    justified: float
    flex_a_year: float
    flex_share: float
    flex_turnover: float
    transit_places: float
    transit_sites: float
    proactive: int
    interim: int
    substantial: float
    told: float
    has_target: float
    build_rate: float
    procedure_ratio: float
    waiting_at_start: float
    weeks_at_start: float
    backlog_at_start: float
    places_at_start: float
    place_cost: float
    emergency_cost: float
    flex_grant: float
    transit_cost: float
    documents_at_centre: float
    desk_days: float
    centre_days_part: float
    desk_kilometres: float
    team_kilometres: float


class Given(NamedTuple):
    """What is given to a run instead of drawn.

    The plain level in people per half-year; people per step (T) and numbers per half-year (H), each below 0 or past its
    end where they are drawn; and the shares of household sizes and of kinds of homes.
    """

    level: float
    arrivals: NDArray[np.float64]
    announced: NDArray[np.float64]
    sizes: NDArray[np.float64]
    kinds: NDArray[np.float64]


class State(NamedTuple):
    """The state of one future; made once per worker and cleared for each.

    ``to_link`` (C × T) holds households by cohort that wait to be linked, ``sizes`` (C × 2) how many of a size can be
    linked and the oldest cohort that may hold any. Those who are linked stand in one queue per municipality and size:
    ``queues`` (M × C × 2) has its first and last entry, ``entries`` (× 2) the cohort of an entry and the entry after
    it, ``free`` (2) the entries nobody stands in. ``turns`` (M × C) tells how long the first of each queue waits, 0
    where nobody does: the size in its last three bits, so that the greatest number is whose turn it is.
    ``transit`` (M × C × TRANSIT_STEPS + 1) holds households by the step in which they came in, ``moving`` (MOVING × M)
    people by the step in which they move. ``durable`` (M) has durable reception places, ``places`` (M × 11)
    and ``efforts`` (M × 3) have a column per name above.
    ``counts``, ``by_size``, ``moved`` (M × C, households that got a home) and ``reception`` collect what is measured
    within a half-year.
    """

    dice: NDArray[np.uint64]
    level: NDArray[np.float64]
    numbers: NDArray[np.float64]
    to_link: NDArray[np.int32]
    sizes: NDArray[np.int64]
    up_to: NDArray[np.int32]
    queues: NDArray[np.int32]
    turns: NDArray[np.int32]
    entries: NDArray[np.int32]
    free: NDArray[np.int64]
    transit: NDArray[np.int32]
    moving: NDArray[np.int32]
    places: NDArray[np.int32]
    efforts: NDArray[np.float64]
    durable: NDArray[np.float64]
    reception: NDArray[np.float64]
    counts: NDArray[np.int64]
    by_size: NDArray[np.int64]
    moved: NDArray[np.int32]


def empty(municipalities: int, half_years: int) -> State:
    """Return room for the state of one future of so many half-years."""
    many, sizes, steps = municipalities, len(SIZES), half_years * STEPS + BEFORE

    def whole(*shape: int) -> NDArray[np.int64]:
        return np.zeros(shape, np.int64)

    return State(
        dice=np.zeros(1, np.uint64),
        level=np.zeros(half_years + 1),
        numbers=np.zeros(half_years + 1),
        to_link=np.zeros((sizes, steps), np.int32),
        sizes=whole(sizes, 2),
        up_to=np.zeros(sizes, np.int32),
        queues=np.zeros((many, sizes, 2), np.int32),
        turns=np.zeros((many, sizes), np.int32),
        entries=np.zeros((QUEUE_ROOM + 1, 2), np.int32),
        free=whole(2),
        transit=np.zeros((many, sizes, TRANSIT_STEPS + 1), np.int32),
        moving=np.zeros((MOVING, many), np.int32),
        places=np.zeros((many, 11), np.int32),
        efforts=np.zeros((many, 3)),
        durable=np.zeros(many),
        reception=np.zeros(4),
        counts=whole(11),
        by_size=whole(sizes, 3),
        moved=np.zeros((many, sizes), np.int32),
    )
