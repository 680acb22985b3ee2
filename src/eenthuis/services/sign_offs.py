"""Signing a household off at COA: the fact that counts towards the target."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from eenthuis.services.access import require
from eenthuis.services.notices import tell
from eenthuis.store import journal, links
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import StateError
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode


def sign_off(*, actor: Actor, household: HouseholdId, on: date, today: date) -> None:
    """Record that a household has left COA for the municipality it is linked to.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    StateError
        STA-01 when there is no link in force, it is signed off already, or the day lies before the link or ahead.
    """
    require(actor, "sign-off")
    with transaction.atomic():
        links.lock_households([household])
        link = links.links_in_force([household]).get(household)
        if link is None:
            raise StateError("STA-01", "this household has no link in force", remedy="Link it first.")
        if household in links.signed_off([household]):
            raise StateError("STA-01", "this household is signed off already", remedy="Reload the page.")
        if not link.on <= on <= today:
            raise StateError(
                "STA-01",
                f"{on.isoformat()} does not lie between the link of {link.on.isoformat()} and today",
                remedy="Give the day on which the household left.",
            )
        step = links.add_sign_off(link, on=on, decided_by=actor.name)
        journal.write(
            actor,
            "sign-off",
            f"household {household}",
            municipality=link.municipality,
            after={"on": on, "persons": link.persons},
        )
        tell(
            kind=NoticeKind.SIGNED_OFF,
            to=Addressee(Role.MUNICIPALITY, municipality=MunicipalityCode(link.municipality)),
            reference=f"sign-off:{step.pk}",
            today=today,
        )
