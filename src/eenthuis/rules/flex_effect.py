"""What projects of flex homes add to and take from the homes for status holders, half-year by half-year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from eenthuis.rules.flex_shares import require_homes
from eenthuis.rules.months import years_after
from eenthuis.terms.flex import FlexProject, HomesInHalfYear
from eenthuis.terms.half_year import HalfYear


def last_day_of(project: FlexProject) -> date:
    """Return the last day on which the homes of a project stand there.

    Examples
    --------
    >>> from eenthuis.terms.flex import FlexProjectId
    >>> from eenthuis.terms.places import MunicipalityCode
    >>> built = FlexProject(
    ...     FlexProjectId("F-1"), MunicipalityCode("GM0344"), "x", None, date(2024, 1, 1), 3, {}, date(2024, 7, 1), 10
    ... )
    >>> last_day_of(built)
    datetime.date(2034, 6, 30)
    """
    return years_after(project.delivered_on, project.years) - timedelta(days=1)


def effect_on_target(projects: Iterable[FlexProject]) -> tuple[HomesInHalfYear, ...]:
    """Return, for each half-year in which something changes, the homes for status holders that come and that end.

    A home houses one household: as many households can be housed in the half-year of delivery, and as many need another
    home by the half-year in which the homes end. How often a home is let anew in between is not reckoned with.
    """
    delivered: defaultdict[HalfYear, int] = defaultdict(int)
    ended: defaultdict[HalfYear, int] = defaultdict(int)
    for project in projects:
        require_homes(project)
        homes = project.for_status_holders
        if homes:
            delivered[HalfYear.containing(project.delivered_on)] += homes
            ended[HalfYear.containing(last_day_of(project))] += homes
    return tuple(
        HomesInHalfYear(half_year, delivered[half_year], ended[half_year])
        for half_year in sorted(delivered.keys() | ended.keys())
    )
