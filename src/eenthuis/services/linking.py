"""Confirming and undoing links; the engine proposes, a person decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction

from eenthuis.rules.way import advance
from eenthuis.services.access import require
from eenthuis.services.balances import Standing, standing
from eenthuis.services.country import running_half_year
from eenthuis.services.notices import tell
from eenthuis.services.way_steps import OnItsWay, check_step, end_open_offer, on_its_way
from eenthuis.services.way_steps import standing as standing_on_way
from eenthuis.store import changes, journal, links, proposals, way
from eenthuis.store.models import LinkRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import InputError, StateError
from eenthuis.terms.linking import ProposedLink
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.people import HouseholdId, Link
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import NotPossible, StepKind


class Refusal(StrEnum):
    """Why a household was not linked; the page has a sentence for each."""

    NOT_IN_PROPOSAL = "not-in-proposal"
    NOT_PROPOSED = "not-proposed"
    ALREADY_LINKED = "already-linked"
    SIGNED_OFF = "signed-off"
    NO_ROOM = "no-room"
    NOT_WAITING = "not-waiting"


@dataclass(frozen=True, slots=True)
class Refused:
    """A household that was not linked, with the reason."""

    household: HouseholdId
    reason: Refusal


@dataclass(frozen=True, slots=True)
class ConfirmOutcome:
    """What confirming did: households linked, and those refused with the reason of each."""

    linked: tuple[ProposedLink, ...]
    refused: tuple[Refused, ...]


def confirm(
    *, actor: Actor, proposal: int, households: tuple[HouseholdId, ...], today: date
) -> ConfirmOutcome:
    """Link households as a proposal says; each is linked whole or refused with a reason, and nothing else happens.

    Two officers who confirm at once wait for each other; the second is told what has changed meanwhile.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError
        INP-04 when no household is named.
    StateError
        STA-05 when the proposal is a change that nobody accepted.
    """
    require(actor, "confirm-link")
    if not households:
        raise InputError("INP-04", "no household was chosen", remedy="Choose one or more households.")
    wanted = tuple(dict.fromkeys(households))
    half_year = running_half_year(today)
    with transaction.atomic():
        links.lock_households(wanted)
        _check_counts(proposal)
        asked = proposals.proposed(proposal, wanted)
        links.lock_municipalities([ask.municipality for ask in asked.values() if ask.municipality])
        refused = _refusals(wanted, asked)
        room = _Room(standing(half_year, today))
        linked: list[ProposedLink] = []
        after = links.last_steps(wanted)
        for name in wanted:
            if name in refused:
                continue
            ask = asked[name]
            if ask.municipality is None or not room.take(ask.municipality, ask.persons):
                refused[name] = Refusal.NO_ROOM
                continue
            codes = tuple(reason.code for reason in ask.reasons)
            link = links.add_link(
                Link(name, ask.municipality, half_year, ask.persons, today, codes),
                reasons=ask.reasons,
                proposal=proposal,
                decided_by=actor.name,
                after=after.get(name),
            )
            journal.write(
                actor,
                "confirm-link",
                f"household {name}",
                municipality=ask.municipality,
                after={"municipality": ask.municipality, "half_year": str(half_year), "proposal": proposal},
                why=", ".join(codes),
            )
            _tell(NoticeKind.LINK_CONFIRMED, link.municipality, link.pk, today)
            linked.append(ask)
    return ConfirmOutcome(
        tuple(linked), tuple(Refused(name, refused[name]) for name in wanted if name in refused)
    )


def _check_counts(proposal: int) -> None:
    row = proposals.by_number(proposal)
    if row is not None and not changes.counts(row):
        raise StateError(
            "STA-05", "this changed proposal was not accepted", remedy="Accept the change first."
        )


def _refusals(
    wanted: tuple[HouseholdId, ...], known: Mapping[HouseholdId, ProposedLink]
) -> dict[HouseholdId, Refusal]:
    in_force = links.links_in_force(wanted)
    gone = links.signed_off(wanted)
    on_way = way.steps_of(wanted)
    refused: dict[HouseholdId, Refusal] = {}
    for name in wanted:
        if name not in known:
            refused[name] = Refusal.NOT_IN_PROPOSAL
        elif name in gone:
            refused[name] = Refusal.SIGNED_OFF
        elif name in in_force:
            refused[name] = Refusal.ALREADY_LINKED
        elif isinstance(advance(standing_on_way(on_way[name]), StepKind.LINKED), NotPossible):
            refused[name] = Refusal.NOT_WAITING
        elif known[name].municipality is None:
            refused[name] = Refusal.NOT_PROPOSED
    return refused


class _Room:
    """What is still open while several households are linked in one go, in persons."""

    def __init__(self, where: Standing) -> None:
        self._where = where
        self._taken: Counter[MunicipalityCode] = Counter()

    def take(self, code: MunicipalityCode, persons: int) -> bool:
        if self._taken[code] + persons > self._where.open_people(code):
            return False
        self._taken[code] += persons
        return True


def undo(*, actor: Actor, household: HouseholdId, why: str, today: date) -> MunicipalityCode:
    """End the link in force of a household, with a reason; a new row says so and the old one stays.

    A home that is kept for it comes free.

    Returns the municipality it was linked to.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError
        INP-04 when no reason is given.
    StateError
        STA-01 when there is no link in force, or the household has been signed off already; STA-06 when a lease was
        signed.
    """
    with on_its_way(household, today=today) as held:
        return MunicipalityCode(end_held(held, actor, why=why).municipality)


def end_held(held: OnItsWay, actor: Actor, *, why: str, told: NoticeKind = NoticeKind.LINK_ENDED) -> LinkRow:
    """End the link in force of a household that is held, and tell its municipality; return the row that ended it.

    Raises
    ------
    AccessError, InputError, StateError
        As :func:`undo`.
    """
    require(actor, "confirm-link")
    if not why.strip():
        raise InputError("INP-04", "no reason was given", remedy="Say why the link ends.")
    link = _open_link(held)
    check_step(held, StepKind.LINK_ENDED, on=held.today, why=why, values={})
    end_open_offer(held, by=actor.name, why=why)
    ended = links.end_link(link, on=held.today, why=why.strip(), decided_by=actor.name)
    journal.write(
        actor,
        "undo-link",
        f"household {held.household}",
        municipality=link.municipality,
        before=links.plain_link(link),
        after=links.plain_link(ended),
        why=why.strip(),
    )
    _tell(told, link.municipality, ended.pk, held.today)
    return ended


def _open_link(held: OnItsWay) -> LinkRow:
    if held.link is None:
        raise StateError("STA-01", "this household has no link in force", remedy="Reload the page.")
    if held.household in links.signed_off([held.household]):
        raise StateError(
            "STA-01", "this household has been signed off", remedy="Withdraw the sign-off first."
        )
    return held.link


def keep_link(actor: Actor, household: HouseholdId, ended: LinkRow, *, persons: int, today: date) -> LinkRow:
    """Link a household that goes on from another to the municipality of a link that just ended, for its reasons.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "confirm-link")
    reasons, half_year = links.reasons_from(ended.reasons), running_half_year(today)
    link = Link(
        household,
        MunicipalityCode(ended.municipality),
        half_year,
        persons,
        today,
        tuple(one.code for one in reasons),
    )
    row = links.add_link(link, reasons=reasons, proposal=ended.proposal_id, decided_by=actor.name, after=None)
    journal.write(
        actor,
        "confirm-link",
        f"household {household}",
        municipality=ended.municipality,
        after={"municipality": ended.municipality, "half_year": str(half_year), "from": ended.household},
    )
    _tell(NoticeKind.LINK_CONFIRMED, ended.municipality, row.pk, today)
    return row


def _tell(kind: NoticeKind, code: str, link: int, today: date) -> None:
    to = Addressee(Role.MUNICIPALITY, municipality=MunicipalityCode(code))
    tell(kind=kind, to=to, reference=f"link:{link}", today=today)
