"""Three invented transit locations in the demonstration country, with stays; names say so and no household is named."""

from __future__ import annotations

from datetime import date, timedelta

from eenthuis.services.transit_claims import claim_month
from eenthuis.services.transit_sites import add_transit_site
from eenthuis.services.transit_stays import take_in_stays
from eenthuis.services.transit_telling import tell_transit
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.transit import SiteId, TransitSite

UTRECHT, ZUNDERT, DE_BILT = (MunicipalityCode(code) for code in ("GM0344", "GM0879", "GM0310"))
OPENED_DAYS, STAY_DAYS, APART_DAYS, ENDS_DAYS = 200, 150, 4, 14
"""So many days ago the sites opened; how long people stay; so many days between two who come, and until one ends."""


def fill_transit(*, today: date) -> None:
    """Add a site with two municipalities that ends soon, a small one, and one that is about to end.

    The money of one month is asked, and who runs and takes part is told of the ends.
    """
    utrecht, zundert = (
        Actor(f"gemeente-{name}", Role.MUNICIPALITY, code)
        for name, code in (("utrecht", UTRECHT), ("zundert", ZUNDERT))
    )
    first, ends = today - timedelta(days=OPENED_DAYS), today + timedelta(days=60)
    large = TransitSite(SiteId(""), UTRECHT, 40, first, ends, frozenset({DE_BILT}))
    number = _site(utrecht, large, "Verzonnen hotel aan de kade (verzonnen)", 46, today)
    small = TransitSite(SiteId(""), ZUNDERT, 12, first, None, frozenset())
    _site(zundert, small, "Verzonnen pastorie (verzonnen)", 14, today)
    first = today - timedelta(days=STAY_DAYS - 50)
    ending = TransitSite(SiteId(""), ZUNDERT, 6, first, today + timedelta(days=ENDS_DAYS), frozenset())
    _site(zundert, ending, "Verzonnen school (verzonnen)", 6, today)
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    claim_month(actor=utrecht, identifier=number, month=before, today=today)
    tell_transit(today)


def _site(who: Actor, site: TransitSite, name: str, people: int, today: date) -> SiteId:
    number = add_transit_site(actor=who, site=site, name=name)
    linked = sorted({site.municipality, *site.participants})
    rows = ["person,code,first_day,last_day"]
    for person in range(people):
        first = site.first_day + timedelta(days=person * APART_DAYS)
        last = first + timedelta(days=STAY_DAYS)
        code = linked[person % 3 == 0] if len(linked) > 1 else linked[0]
        rows.append(f"{person + 1},{code},{first},{last if last <= today else ''}")
    content = "\n".join(rows).encode()
    take_in_stays(actor=who, identifier=number, content=content, name="verzonnen.csv", today=today)
    return number
