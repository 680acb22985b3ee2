"""The country as it is now."""

from __future__ import annotations

from datetime import date

from eenthuis.services.access import require
from eenthuis.services.announced import views
from eenthuis.services.balances import months, municipality_rows, standing, totals
from eenthuis.services.read_models import CountryNow
from eenthuis.store.announcements import half_years
from eenthuis.store.people import waiting_counts
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear


def read_country(*, actor: Actor, today: date) -> CountryNow:
    """Return the running half-year, or the latest one with targets when the running one has none.

    Raises
    ------
    ReferenceFactError
        REF-05 when nothing has been announced at all.
    """
    require(actor, "see-published-figures")
    known = half_years()
    running = HalfYear.containing(today)
    earlier = [half_year for half_year in known if half_year <= running] or list(known)
    if not earlier:
        raise ReferenceFactError(
            "REF-05", "no target has been announced yet", remedy="Announce a national number first."
        )
    half_year = earlier[-1]
    where = standing(half_year, today)
    rows = municipality_rows(where)
    sums = totals(rows)
    households, people = waiting_counts()
    return CountryNow(
        half_year=half_year,
        today=today,
        in_force=next((view for view in views(half_year) if view.is_in_force), None),
        totals=sums,
        waiting_households=households,
        waiting_people=people,
        months=months(half_year, today, sums.corrected, None),
        rows=rows,
        half_years=known,
    )


def running_half_year(today: date) -> HalfYear:
    """Return the half-year a page shows when none is asked for: the running one, or the latest with targets."""
    known = half_years()
    running = HalfYear.containing(today)
    if running in known or not known:
        return running
    return known[-1]
