"""Proposing, confirming and undoing links; the engine proposes, a person decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.deadlines import promised_until
from eenthuis.rules.progress import expected
from eenthuis.services.access import require
from eenthuis.services.balances import Standing, standing
from eenthuis.services.country import running_half_year
from eenthuis.store import journal, links, people, proposals
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import InputError, StateError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.linking import Choices, Goal, LinkingProposal, OpenPlace, PromisedPace, ProposedLink
from eenthuis.terms.people import HouseholdId, Link
from eenthuis.terms.places import MunicipalityCode

if TYPE_CHECKING:
    from eenthuis.matching import Progress

JOINING = "joining-relative"
"""How the groups of joining relatives begin in the law book."""


class Refusal(StrEnum):
    """Why a household was not linked; the page has a sentence for each."""

    NOT_IN_PROPOSAL = "not-in-proposal"
    NOT_PROPOSED = "not-proposed"
    ALREADY_LINKED = "already-linked"
    SIGNED_OFF = "signed-off"
    NO_ROOM = "no-room"


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


def open_places(
    where: Standing, today: date, reserved: Mapping[MunicipalityCode, int] | None = None
) -> tuple[OpenPlace, ...]:
    """Return what is open in every corrected target, in persons; a full municipality is a place without room.

    ``reserved`` is room kept free for relatives of households that are linked already. What each place has promised
    stands beside it, as the law book has pace and reference date.
    """
    book = law_book()
    progress, law = book.progress(where.half_year), book.linking(today)
    until = promised_until(where.half_year, today, law)
    regions = {province.code: province.region for province in reference.provinces()}
    kept = reserved or {}
    return tuple(
        OpenPlace(
            municipality=code,
            name=reference.municipality(code).name,
            province=reference.municipality(code).province,
            region=regions[reference.municipality(code).province],
            persons=max(where.open_people(code) - kept.get(code, 0), 0),
            promised=PromisedPace(
                people_a_month=where.corrected[code].pace_per_month,
                until=until,
                people=expected(where.corrected[code].people, where.half_year, until, progress),
                already=where.realised.get(code, 0) + where.linked.get(code, 0),
            ),
        )
        for code in sorted(where.held.targets)
    )


def relatives_counted(today: date) -> bool:
    """Return whether the law book counts every group of joining relatives towards the target on a day."""
    counts = law_book().counting(today).counts
    groups = [counted for group, counted in counts.items() if group.startswith(JOINING)]
    return bool(groups) and all(groups)


def room_reserved(until: date) -> Mapping[MunicipalityCode, int]:
    """Return the joining relatives of households linked and still in reception who come until a day."""
    from eenthuis.matching.registers import counted_relatives

    homes = people.linked_in_reception()
    kept: Counter[MunicipalityCode] = Counter()
    for household in people.households(tuple(homes)):
        kept[homes[household.identifier]] += counted_relatives(household, until)
    return kept


def propose(
    *,
    actor: Actor,
    today: date,
    seed: int = 1,
    on_progress: Callable[[Progress], bool | None] | None = None,
    within_pace: bool = False,
) -> int:
    """Let the engine propose a municipality for every household without a link; return the proposal's number.

    Nothing is linked by a proposal. With ``within_pace`` no municipality gets more people than it promised until its
    next reference date.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    StateError
        STA-05 when nobody waits for a link.
    """
    require(actor, "propose")
    half_year = running_half_year(today)
    where = standing(half_year, today)
    waiting = people.households(people.unlinked_identifiers())
    if not waiting:
        raise StateError(
            "STA-05", "nobody waits for a link", remedy="Come back when new households have a permit."
        )
    from eenthuis import matching  # the engine is heavy, and only this needs it

    choices = Choices(count_joining=relatives_counted(today), within_pace=within_pace)
    reserved = room_reserved(half_year.last_day) if choices.count_joining else {}
    made = matching.link_households(
        waiting,
        open_places(where, today, reserved),
        as_of=today,
        goal=Goal.HOUSED_THEN_SCORE,
        seed=seed,
        on_progress=on_progress,
        choices=choices,
    )
    with transaction.atomic():
        number = proposals.save_proposal(made, half_year=half_year, made_by=actor.name)
        journal.write(actor, "propose", f"proposal {number}", after=_told(made, half_year, choices))
    return number


def _told(made: LinkingProposal, half_year: HalfYear, choices: Choices) -> dict[str, object]:
    """Return what the journal keeps of a proposal."""
    return {
        "half_year": str(half_year),
        "households": made.proof.households,
        "linked": made.proof.linked,
        "persons_linked": made.proof.persons_linked,
        "seed": made.proof.seed,
        "joining_counted": choices.count_joining,
        "within_pace": choices.within_pace,
        "spread_slack": "" if made.spread_slack is None else str(made.spread_slack),
        "beyond_pace": sum(1 for line in made.pace if line.beyond),
        "short_of_pace": sum(1 for line in made.pace if line.short),
    }


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
    """
    require(actor, "confirm-link")
    if not households:
        raise InputError("INP-04", "no household was chosen", remedy="Choose one or more households.")
    wanted = tuple(dict.fromkeys(households))
    half_year = running_half_year(today)
    with transaction.atomic():
        links.lock_households(wanted)
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
            links.add_link(
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
            linked.append(ask)
    return ConfirmOutcome(
        tuple(linked), tuple(Refused(name, refused[name]) for name in wanted if name in refused)
    )


def _refusals(
    wanted: tuple[HouseholdId, ...], known: Mapping[HouseholdId, ProposedLink]
) -> dict[HouseholdId, Refusal]:
    in_force = links.links_in_force(wanted)
    gone = links.signed_off(wanted)
    refused: dict[HouseholdId, Refusal] = {}
    for name in wanted:
        if name not in known:
            refused[name] = Refusal.NOT_IN_PROPOSAL
        elif name in gone:
            refused[name] = Refusal.SIGNED_OFF
        elif name in in_force:
            refused[name] = Refusal.ALREADY_LINKED
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

    Returns the municipality it was linked to.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError
        INP-04 when no reason is given.
    StateError
        STA-01 when there is no link in force, or the household has been signed off already.
    """
    require(actor, "confirm-link")
    if not why.strip():
        raise InputError("INP-04", "no reason was given", remedy="Say why the link ends.")
    with transaction.atomic():
        links.lock_households([household])
        link = links.links_in_force([household]).get(household)
        if link is None:
            raise StateError("STA-01", "this household has no link in force", remedy="Reload the page.")
        if household in links.signed_off([household]):
            raise StateError(
                "STA-01", "this household has been signed off", remedy="Withdraw the sign-off first."
            )
        ended = links.end_link(link, on=today, why=why.strip(), decided_by=actor.name)
        journal.write(
            actor,
            "undo-link",
            f"household {household}",
            municipality=link.municipality,
            before=links.plain_link(link),
            after=links.plain_link(ended),
            why=why.strip(),
        )
    return MunicipalityCode(link.municipality)
