"""The desk of whoever is signed in: what asks for action today, most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from eenthuis.services.access import require
from eenthuis.services.country import running_half_year
from eenthuis.services.desk_chain import ind_desk, ministry_desk, province_desk
from eenthuis.services.desk_linking import linking_desk
from eenthuis.services.desk_models import Desk
from eenthuis.services.desk_places import association_desk, municipality_desk
from eenthuis.services.desk_watch import administrator_desk, auditor_desk
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import LinkingRegion


def _linking(actor: Actor, half_year: HalfYear, today: date) -> Desk:
    return linking_desk(actor, half_year, today, actor.region)


_DESKS: Mapping[Role, Callable[[Actor, HalfYear, date], Desk]] = {
    Role.COA: _linking,
    Role.MUNICIPALITY: municipality_desk,
    Role.HOUSING_ASSOCIATION: association_desk,
    Role.PROVINCE: province_desk,
    Role.MINISTRY: ministry_desk,
    Role.IND: ind_desk,
    Role.AUDITOR: auditor_desk,
    Role.ADMINISTRATOR: administrator_desk,
}


def read_desk(*, actor: Actor, today: date) -> Desk:
    """Return the desk of an actor's role and place; the lead of a linking region gets that of its region.

    Raises
    ------
    AccessError
        ACC-01 for anyone who has not signed in.
    """
    require(actor, "see-desk")
    return _DESKS[actor.role](actor, running_half_year(today), today)


def read_region_desk(*, actor: Actor, region: str, today: date) -> Desk:
    """Return the desk of the lead of a linking region.

    Raises
    ------
    AccessError
        ACC-01 when this role may not see proposals; ACC-02 when there is no such region.
    """
    require(actor, "see-proposal")
    if region not in set(LinkingRegion):
        raise AccessError("ACC-02", "no region by that name", remedy="Choose one of the five regions.")
    return linking_desk(actor, running_half_year(today), today, LinkingRegion(region))
