"""The registers of linking: what makes a place eligible, what scores, whose room is taken, what is spread.

The criteria are those of the practice of COA; what a soft criterion weighs is published nowhere and is a stated choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.criteria import Basis, Criterion, Ground, Holds, Setting, register
from eenthuis.terms.people import HardCriterion, Household, SoftCriterion

CRITERIA_OF_PRACTICE = (
    "https://beleidsonderzoekers.nl/portfolio-item/kansrijke-koppeling-van-vergunninghouders/"
)
REGIONS_OF_COA = "https://www.coa.nl/nl/huisvesting-van-statushouders"
LARGE_FAMILIES_2024 = "https://zoek.officielebekendmakingen.nl/stcrt-2024-16795.html"
COUNTED_RELATIVES = (
    "http://www.opennieuwsbank.nl/rijksoverheid/2017/10/05/nieuwe-taakstelling-huisvesting-statushouders"
)
PACE_OF_PRACTICE = "https://www.opnieuwthuis.nl/land-in-beeld"

SOFT_POINTS = Setting(1.0, "points", "no weight is published; every soft criterion weighs the same")
REGION_POINTS = Setting(0.5, "points", "no weight is published; a soft tie counts double the present region")
SPREAD_SLACK = Setting(
    0.5, "share above the even part", "no limit is published; half as much again leaves room"
)

SIZE_CLASSES: tuple[tuple[str, int], ...] = (("1", 1), ("2-3", 2), ("4-5", 4), ("6+", 6))
"""Name and smallest number of people of each size class; six or more is the large family of the 2024 scheme."""


def _hard(criterion: HardCriterion) -> Holds:
    def holds(household: Household, ground: Ground) -> tuple[NDArray[np.int64], ...]:
        ties = household.hard_ties
        return tuple(ground.columns(tie.municipalities) for tie in ties if tie.criterion is criterion)

    return holds


def _soft(criterion: SoftCriterion) -> Holds:
    def holds(household: Household, ground: Ground) -> tuple[NDArray[np.int64], ...]:
        ties = household.soft_ties
        return tuple(ground.columns(tie.municipalities) for tie in ties if tie.criterion is criterion)

    return holds


def _in_region(household: Household, ground: Ground) -> tuple[NDArray[np.int64], ...]:
    return (ground.by_region[household.region],)


def _with_visa(household: Household, until: date) -> int:
    joining = household.joining
    if joining is None or not joining.visa_granted:
        return 0
    return joining.people if joining.expected_on is None or joining.expected_on <= until else 0


def _eligible(criterion: HardCriterion, meaning: str) -> Criterion:
    return Criterion(
        key=f"hard:{criterion.value}",
        meaning=meaning,
        unit="allowed or not",
        basis=Basis.POLICY,
        source=CRITERIA_OF_PRACTICE,
        reads=("household.hard_ties", "place.municipality"),
        holds=_hard(criterion),
    )


def _promising(criterion: SoftCriterion, meaning: str) -> Criterion:
    return Criterion(
        key=f"soft:{criterion.value}",
        meaning=meaning,
        unit="points",
        basis=Basis.POLICY,
        source=CRITERIA_OF_PRACTICE,
        reads=("household.soft_ties", "place.municipality"),
        holds=_soft(criterion),
        setting=SOFT_POINTS,
    )


ELIGIBILITY: Mapping[str, Criterion] = register(
    _eligible(HardCriterion.FIRST_DEGREE_FAMILY, "a parent or child lives in the municipality"),
    _eligible(HardCriterion.FAMILY_REUNIFICATION, "the family is reunited in the municipality"),
    _eligible(HardCriterion.MEDICAL_TREATMENT, "an important medical treatment is given within reach"),
    _eligible(HardCriterion.WORK_CONTRACT, "someone has a signed work contract within reach"),
    _eligible(HardCriterion.STUDY, "someone is enrolled in a regular course of study within reach"),
)
"""Hard criteria: a household goes to a place that satisfies all of its own, or to none."""

SCORING: Mapping[str, Criterion] = register(
    _promising(SoftCriterion.WORK_EXPERIENCE, "the work someone knows is done there"),
    _promising(SoftCriterion.EDUCATION, "what someone has learnt, or wants to learn, fits there"),
    _promising(SoftCriterion.NETWORK, "the household knows people there"),
    _promising(SoftCriterion.AMBITION, "what the household wants to do can be done there"),
    Criterion(
        key="soft:region",
        meaning="the place lies in the linking region of the present reception centre",
        unit="points",
        basis=Basis.POLICY,
        source=REGIONS_OF_COA,
        reads=("household.region", "place.region"),
        holds=_in_region,
        setting=REGION_POINTS,
    ),
)
"""Soft criteria: the points of a place are the sum over those that hold there."""

COUNTING: Mapping[str, Criterion] = register(
    Criterion(
        key="count:joining-relatives",
        meaning=(
            "relatives with an entry visa who are expected in this half-year, or on a day not yet known, take room in "
            "the target beside the members in reception"
        ),
        unit="people",
        basis=Basis.POLICY,
        source=COUNTED_RELATIVES,
        reads=("household.joining", "joining.people", "joining.visa_granted", "joining.expected_on"),
        counts=_with_visa,
    ),
)
"""Whose room is taken besides the members in reception; the law book says whether they count on a day."""

SPREADING: Mapping[str, Criterion] = register(
    Criterion(
        key="spread:household-size",
        meaning=(
            "of every size class (1, 2-3, 4-5, 6 or more people, relatives with a visa included) a municipality gets "
            "at most its even part by open places, plus slack, of the households that no hard criterion ties"
        ),
        unit="households",
        basis=Basis.CHOICE,
        source=(
            "the waiting group is mostly singles or large families and what is hard to house should be spread; the "
            f"class of 6 or more counts as {LARGE_FAMILIES_2024} does"
        ),
        reads=("household.members", "household.joining", "household.hard_ties", "place.persons"),
        setting=SPREAD_SLACK,
    ),
)
"""What is spread over the municipalities; it gives way when fewer people could be linked otherwise."""

PACING: Mapping[str, Criterion] = register(
    Criterion(
        key="pace:month",
        meaning="a sixth of the corrected target is promised each month; the law book holds the part",
        unit="people a month",
        basis=Basis.POLICY,
        source=PACE_OF_PRACTICE,
        reads=("place.promised",),
    ),
    Criterion(
        key="pace:reference-date",
        meaning="enough people must be linked by 1 April or 1 October; the law book holds the month",
        unit="people",
        basis=Basis.POLICY,
        source=REGIONS_OF_COA,
        reads=("place.promised",),
    ),
)
"""The pace a proposal is set off against; a proposal is kept within it only when asked."""

REGISTERS: tuple[Mapping[str, Criterion], ...] = (ELIGIBILITY, SCORING, COUNTING, SPREADING, PACING)


def every_criterion() -> tuple[Criterion, ...]:
    """Return the criteria of all registers, in the order in which they are listed."""
    return tuple(criterion for one in REGISTERS for criterion in one.values())


def counted_relatives(household: Household, until: date) -> int:
    """Return the joining relatives of a household that take room until and including a day."""
    return sum(criterion.counts(household, until) for criterion in COUNTING.values() if criterion.counts)
