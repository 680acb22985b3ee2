"""Linking a household to another municipality in one act: one reason, one step, and both municipalities told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.calendar import last_day
from eenthuis.services.access import require
from eenthuis.services.balances import standing
from eenthuis.services.counted_now import CountLine, compared, count_now
from eenthuis.services.country import running_half_year
from eenthuis.services.notices import tell
from eenthuis.services.way_steps import OnItsWay, check_step, end_open_offer, on_its_way
from eenthuis.store import homes, journal, links, people
from eenthuis.store.models import LinkRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, StateError
from eenthuis.terms.linking import Reason
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.people import Household, HouseholdId, Link
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import DeadlineKind, Field, StepKind


@dataclass(frozen=True, slots=True)
class ChangedLink:
    """What changing a link does; ``home`` comes free, ``tied_to`` names where hard criteria keep the household."""

    household: HouseholdId
    persons: int
    before: str
    after: str
    reasons: tuple[Reason, ...]
    tied_to: tuple[str, ...]
    home: str
    lease_by: date
    counts: tuple[CountLine, ...]
    seen: int


def require_changing(*, actor: Actor) -> None:
    """Pass when the actor changes links.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "confirm-link")


def change_link(
    *,
    actor: Actor,
    household: HouseholdId,
    municipality: MunicipalityCode,
    why: str,
    today: date,
    seen: int | None = None,
) -> None:
    """Link a household to another municipality in place of the one it is linked to; no day lies between.

    A home that is kept for it comes free, and the term for a home begins anew. Its reasons are its criteria that hold
    in the new municipality; ``why`` says why it changes.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such household.
    InputError
        INP-04 without a reason; INP-06 when it is too long.
    ReferenceFactError
        REF-01 when there is no such municipality.
    StateError
        STA-01 when it is linked there already, has no link or was signed off; STA-03 when the target has no room;
        STA-06 when a lease was signed; STA-07 when somebody was first.
    """
    require(actor, "confirm-link")
    to = reference.municipality(municipality, today).code
    with on_its_way(household, today=today, seen=seen) as held:
        link = _changeable(held, to)
        check_step(held, StepKind.LINK_CHANGED, on=today, why=why, values={Field.MUNICIPALITY.value: to})
        links.lock_municipalities([MunicipalityCode(link.municipality), to])
        where = standing(running_half_year(today), today)
        if to not in where.corrected or where.open_people(to) < link.persons:
            raise StateError("STA-03", "the target has no room", remedy="Choose another municipality.")
        reasons = _reasons(_found(household), to)
        end_open_offer(held, by=actor.name, why=why)
        changed = links.change_link(
            link,
            Link(
                household,
                to,
                running_half_year(today),
                link.persons,
                today,
                tuple(one.code for one in reasons),
            ),
            reasons=reasons,
            why=why.strip(),
            decided_by=actor.name,
        )
        journal.write(
            actor,
            "change-link",
            f"household {household}",
            municipality=to,
            before=links.plain_link(link),
            after=links.plain_link(changed),
            why=why.strip(),
        )
        _tell(NoticeKind.LINK_CHANGED, link.municipality, link.pk, today)
        _tell(NoticeKind.LINK_CONFIRMED, to, changed.pk, today)


def rehearse_change_link(
    *, actor: Actor, household: HouseholdId, municipality: MunicipalityCode, why: str, today: date
) -> ChangedLink:
    """Return what changing the link would do now; nothing is changed.

    Raises
    ------
    AccessError, InputError, ReferenceFactError, StateError
        As :func:`change_link`.
    """
    require(actor, "confirm-link")
    municipality = reference.municipality(municipality, today).code
    with transaction.atomic(), on_its_way(household, today=today) as held:
        link = _changeable(held, municipality)
        codes = (MunicipalityCode(link.municipality), municipality)
        offer, before = homes.offer_to(household), count_now(codes, today)
        change_link(actor=actor, household=household, municipality=municipality, why=why, today=today)
        found, after = _found(household), count_now(codes, today)
        transaction.set_rollback(True)
    law = law_book().way(today)
    hard = {code for tie in found.hard_ties for code in tie.municipalities}
    return ChangedLink(
        household=household,
        persons=link.persons,
        before=reference.municipality(link.municipality).name,
        after=reference.municipality(municipality).name,
        reasons=_reasons(found, municipality),
        tied_to=()
        if municipality in hard
        else tuple(sorted(reference.municipality(code).name for code in hard)),
        home=offer.home if offer else "",
        lease_by=last_day(today, law.terms[DeadlineKind.LEASE], law.calendar),
        counts=compared(before, after),
        seen=held.steps[-1].number if held.steps else 0,
    )


def _changeable(held: OnItsWay, to: MunicipalityCode) -> LinkRow:
    if held.link is None:
        raise StateError("STA-01", "this household has no link in force", remedy="Link it first.")
    if held.household in links.signed_off([held.household]):
        raise StateError(
            "STA-01", "this household has been signed off", remedy="Withdraw the sign-off first."
        )
    if held.link.municipality == to:
        raise StateError("STA-01", "it is linked there already", remedy="Choose another municipality.")
    return held.link


def _found(household: HouseholdId) -> Household:
    found = people.households([household])
    if not found:
        raise AccessError("ACC-02", "no household by that number", remedy="Check the number.")
    return found[0]


def _reasons(household: Household, to: MunicipalityCode) -> tuple[Reason, ...]:
    """Return the criteria of a household that hold in a municipality, hard ones first; they carry no points here."""
    hard = [f"hard:{tie.criterion.value}" for tie in household.hard_ties if to in tie.municipalities]
    soft = [f"soft:{tie.criterion.value}" for tie in household.soft_ties if to in tie.municipalities]
    return tuple(Reason(code, 0.0) for code in dict.fromkeys([*hard, *soft]))


def _tell(kind: NoticeKind, code: str, link: int, today: date) -> None:
    to = Addressee(Role.MUNICIPALITY, municipality=MunicipalityCode(code))
    tell(kind=kind, to=to, reference=f"link:{link}", today=today)
