"""Signing a household off at COA: the fact that counts towards the target."""

from __future__ import annotations

from datetime import date

from eenthuis.law import law_book
from eenthuis.rules.way_history import sign_off_obstacle
from eenthuis.services.access import require
from eenthuis.services.document_moves import documents_leave
from eenthuis.services.notices import tell
from eenthuis.services.way_steps import check_step, not_possible, on_its_way
from eenthuis.store import journal, links
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import StateError
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import NotPossible, StepKind


def sign_off(*, actor: Actor, household: HouseholdId, on: date, today: date, seen: int | None = None) -> None:
    """Record that a household has left COA for the municipality it is linked to.

    A household in a transit location counts for the linked municipality; one under the hotel scheme does not, as long
    as the law book says so.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    StateError
        STA-01 when there is no link in force, it is signed off already, or the day lies before the link or ahead;
        STA-06 when it does not fit where the household stands; STA-07 when somebody was first; STA-09 when the day
        lies before the last step.
    """
    require(actor, "sign-off")
    with on_its_way(household, today=today, seen=seen) as held:
        link = held.link
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
        check_step(held, StepKind.SIGNED_OFF, on=on, why="", values={})
        obstacle = sign_off_obstacle(held.state, law_book().counting(on))
        if obstacle is not None:
            raise not_possible(NotPossible(StepKind.SIGNED_OFF, held.state, obstacle))
        step = links.add_sign_off(link, on=on, decided_by=actor.name)
        journal.write(
            actor,
            "sign-off",
            f"household {household}",
            municipality=link.municipality,
            after={"on": on, "persons": link.persons},
        )
        documents_leave(by=actor, days={household: on})
        tell(
            kind=NoticeKind.SIGNED_OFF,
            to=Addressee(Role.MUNICIPALITY, municipality=MunicipalityCode(link.municipality)),
            reference=f"sign-off:{step.pk}",
            today=today,
        )


def withdraw_sign_off(
    *, actor: Actor, household: HouseholdId, why: str, today: date, seen: int | None = None
) -> None:
    """Take a sign-off back that was recorded wrongly; the household stands where it stood before.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError
        INP-04 when no reason is given.
    StateError
        STA-06 when the household is not signed off; STA-07 when somebody was first.
    """
    require(actor, "sign-off")
    with on_its_way(household, today=today, seen=seen) as held:
        check_step(held, StepKind.SIGN_OFF_WITHDRAWN, on=today, why=why, values={})
        row = links.sign_off_in_force(household)
        if row is None:
            raise StateError("STA-06", "this household is not signed off", remedy="Reload the page.")
        links.withdraw_sign_off(row, on=today, why=why.strip(), decided_by=actor.name)
        journal.write(
            actor,
            "withdraw-sign-off",
            f"household {household}",
            municipality=row.municipality,
            before={"on": row.on, "persons": row.persons},
            why=why.strip(),
        )
