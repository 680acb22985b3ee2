"""When a transit location ends, and how long before that it is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from eenthuis.law import law_book
from eenthuis.law.schemes import TransitLaw, transit_laws
from eenthuis.rules.months import years_after
from eenthuis.terms.transit import TransitSite


def warn_days_on(day: date) -> int:
    """Return how many days before the last day of a site it is told."""
    days, _ = law_book().look_up("transit.warn_days", day)
    return int(days)


def ends_on(site: TransitSite) -> date | None:
    """Return the last day on which a site is there and can be paid, whichever comes first."""
    laws: Sequence[TransitLaw] = [
        one for one in transit_laws(law_book()) if one.last_day is None or one.last_day >= site.first_day
    ]
    ends = [site.last_day] if site.last_day else []
    ends += [years_after(site.first_day, one.most_site_years) - timedelta(days=1) for one in laws[:1]]
    return min(ends, default=None)
