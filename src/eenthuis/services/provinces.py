"""A province with its municipalities."""

from __future__ import annotations

from datetime import date

from eenthuis import reference
from eenthuis.services.access import require
from eenthuis.services.balances import history, months, municipality_rows, standing, totals
from eenthuis.services.read_models import ProvincePage
from eenthuis.store.announcements import half_years
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import ProvinceCode


def read_province(*, actor: Actor, code: ProvinceCode, half_year: HalfYear, today: date) -> ProvincePage:
    """Return a province in a half-year.

    Raises
    ------
    ReferenceFactError
        REF-01 when no province has the code; REF-05 when the half-year has no target.
    """
    require(actor, "see-published-figures")
    province = next((p for p in reference.provinces() if p.code == code), None)
    if province is None:
        raise ReferenceFactError(
            "REF-01",
            f"no province has the code {code!r}",
            remedy=f"Use one of {', '.join(p.code for p in reference.provinces())}.",
        )
    where = standing(half_year, today)
    rows = tuple(row for row in municipality_rows(where) if row.province_code == code)
    sums = totals(rows)
    codes = [row.code for row in rows]
    return ProvincePage(
        province=province,
        half_year=half_year,
        today=today,
        totals=sums,
        rows=rows,
        months=months(half_year, today, sums.corrected, codes),
        history=history(where, codes),
        half_years=half_years(),
    )
