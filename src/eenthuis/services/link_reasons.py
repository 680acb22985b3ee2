"""Why a household was linked, told to its municipality: reason, kind of evidence, and what the home must have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eenthuis.rules.evidence import evidence_for
from eenthuis.rules.homes import people_to_house
from eenthuis.services import notices
from eenthuis.services.access import may, place_of, require
from eenthuis.services.room import relatives_counted
from eenthuis.store import links, people
from eenthuis.store.notices import acknowledgement_of
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError
from eenthuis.terms.linking import Reason
from eenthuis.terms.notices import NoticeKind
from eenthuis.terms.people import Evidence, HouseholdId
from eenthuis.terms.places import MunicipalityCode


@dataclass(frozen=True, slots=True)
class GroundOfLink:
    """One reason of a link with the kind of evidence that was seen; the document itself is nowhere in the system."""

    reason: Reason
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class ReasonTold:
    """The reason of the link in force as it is told to the municipality.

    Attributes
    ----------
    grounds, people, is_accessible
        Why here, how many people the home must hold, and whether it must be accessible.
    notice, told_on, acknowledge_by
        The notice of the link, its day and the last day to acknowledge it; None for a link from before there were any.
    acknowledged_on, may_acknowledge
        When the municipality said that it read the reason, and whether this actor may say so now.
    """

    grounds: tuple[GroundOfLink, ...]
    people: int
    is_accessible: bool
    notice: int | None
    told_on: date | None
    acknowledge_by: date | None
    acknowledged_on: date | None
    may_acknowledge: bool


def read_reason(*, actor: Actor, household: HouseholdId, today: date) -> ReasonTold | None:
    """Return the reason of the link in force of a household; None when it has no link.

    Raises
    ------
    AccessError
        ACC-02 when the household is not there, or not within reach.
    """
    link = links.links_in_force([household]).get(household)
    found = people.households([household])
    if link is None or not found:
        return None
    place = place_of(MunicipalityCode(link.municipality))
    require(actor, "see-linked-household", place)
    told = acknowledgement_of(NoticeKind.LINK_CONFIRMED, f"link:{link.pk}")
    is_for = actor.role is Role.MUNICIPALITY and may(actor, "see-linked-household", place)
    return ReasonTold(
        grounds=tuple(
            GroundOfLink(reason, evidence_for(reason.code)) for reason in links.reasons_from(link.reasons)
        ),
        people=people_to_house(found[0], with_relatives=relatives_counted(today)),
        is_accessible=found[0].needs_accessible_home,
        notice=told.number if told else None,
        told_on=told.told_on if told else None,
        acknowledge_by=told.acknowledge_by if told else None,
        acknowledged_on=told.acknowledged_on if told else None,
        may_acknowledge=told is not None and told.acknowledged_on is None and is_for,
    )


def acknowledge_reason(*, actor: Actor, household: HouseholdId, today: date) -> None:
    """Acknowledge the notice of the link in force of a household: its municipality read why it was linked there.

    Raises
    ------
    AccessError
        ACC-02 when there is no such household or notice within reach.
    StateError
        STA-01 when it was acknowledged already.
    """
    told = read_reason(actor=actor, household=household, today=today)
    if told is None or told.notice is None:
        raise AccessError("ACC-02", "no notice of a link", remedy="Check the number of the household.")
    notices.acknowledge(actor=actor, number=told.notice, today=today)
