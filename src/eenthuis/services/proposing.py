"""Letting the engine propose: load, solve, audit, and keep all that is needed to see through it later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from eenthuis.connect.folders import packed
from eenthuis.services.access import require
from eenthuis.services.balances import standing
from eenthuis.services.country import running_half_year
from eenthuis.services.notices import tell
from eenthuis.services.room import Ground, open_places, relatives_counted, room_reserved
from eenthuis.services.taking_over import Following, decided_before, keep_following, take_over
from eenthuis.store import carried, journal, people, proposals
from eenthuis.store.runs import wishes_plain, wishes_told
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import StateError
from eenthuis.terms.linking import Choices, LinkingProposal, Wishes
from eenthuis.terms.notices import Addressee, NoticeKind

if TYPE_CHECKING:
    from eenthuis.matching import Made, Progress

OnProgress = Callable[["Progress"], bool | None]


@dataclass(frozen=True, slots=True)
class Solved:
    """A proposal that is not kept yet, with all that will be kept beside it.

    ``carried`` says what became of the changes in the proposal before; ``following`` is solved around those that hold.
    """

    ground: Ground
    wishes: Wishes
    proposal: LinkingProposal
    accounted: proposals.Accounted
    carried: tuple[carried.Carried, ...] = ()
    following: Following | None = None


def propose(
    *, actor: Actor, today: date, wishes: Wishes | None = None, on_progress: OnProgress | None = None
) -> int:
    """Let the engine propose a municipality for every household without a link; return the proposal's number.

    Nothing is linked by a proposal. What a person changed in the one before is followed as far as it still holds,
    unless the wishes say otherwise; then that is a proposal of its own, and its number is returned.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    StateError
        STA-05 when nobody waits for a link.
    """
    require(actor, "propose")
    solved = solve(today=today, wishes=wishes or Wishes(), on_progress=on_progress)
    with transaction.atomic():
        return keep(actor=actor, solved=solved)


def ground_of(today: date, wishes: Wishes) -> Ground:
    """Return who waits for a link and what is open.

    Raises
    ------
    StateError
        STA-05 when nobody waits.
    """
    half_year = running_half_year(today)
    waiting = people.households(people.unlinked_identifiers())
    if not waiting:
        raise StateError(
            "STA-05", "nobody waits for a link", remedy="Come back when new households have a permit."
        )
    choices = Choices(
        count_joining=relatives_counted(today),
        within_pace=wishes.within_pace,
        least_gain=wishes.least_gain,
        gain_for=wishes.gain_for,
    )
    reserved = room_reserved(half_year.last_day) if choices.count_joining else {}
    return Ground(
        half_year, today, waiting, open_places(standing(half_year, today), today, reserved), choices
    )


def solve(*, today: date, wishes: Wishes, on_progress: OnProgress | None = None) -> Solved:
    """Solve without keeping anything; ``on_progress`` may stop it with the best so far.

    Raises
    ------
    StateError
        STA-05 when nobody waits for a link.
    """
    from eenthuis import matching  # the engine is heavy, and only this needs it

    ground = ground_of(today, wishes)
    made = matching.propose_households(
        ground.households,
        ground.places,
        as_of=today,
        goal=wishes.goal,
        seed=wishes.seed,
        on_progress=on_progress,
        choices=ground.choices,
    )
    solved = Solved(ground, wishes, made.proposal, account(ground, made, wishes))
    before = decided_before(ground.half_year) if wishes.take_over else ()
    if not before:
        return solved
    told, found = take_over(ground, made.proposal, wishes, before)
    if found is None:
        return replace(solved, carried=told)
    following = Following(found.made.proposal, found.difference, account(ground, found.made, wishes))
    return replace(solved, carried=told, following=following)


def account(ground: Ground, made: Made, wishes: Wishes) -> proposals.Accounted:
    """Return what is kept beside a proposal: wishes, certificate, audit, and the instance for whoever checks it."""
    from eenthuis.matching.audit import audit, audit_document
    from eenthuis.matching.groups import household_groupings

    told = audit(
        made.problem,
        made.solution.assignment,
        groupings=household_groupings(ground.households, ground.as_of),
        seed=wishes.seed,
    )
    folder = packed(
        made.problem,
        made.solution,
        notes={
            "made_for": f"half-year {ground.half_year}",
            "as_of": ground.as_of.isoformat(),
            "goal": wishes.goal.value,
        },
    )
    return proposals.Accounted(
        wishes=wishes_plain(wishes),
        certificate=folder.certificate,
        audit=audit_document(told),
        price_of_floors=made.price_of_floors,
        archive=folder.archive,
    )


def keep(*, actor: Actor, solved: Solved) -> int:
    """Keep a proposal and write it in the journal, in the transaction of the caller; return its number.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "propose")
    half_year, following = solved.ground.half_year, solved.following
    number = proposals.save_proposal(
        solved.proposal,
        half_year=half_year,
        made_by=actor.name,
        accounted=solved.accounted,
        left_out=carried.plain(solved.carried) if solved.carried and following is None else None,
    )
    journal.write(actor, "propose", f"proposal {number}", after=_told(solved))
    if following is not None:
        number = keep_following(
            actor=actor, base=number, half_year=half_year, told=solved.carried, following=following
        )
    proof = (solved.proposal if following is None else following.proposal).proof
    tell(
        kind=NoticeKind.PROPOSAL_READY,
        to=Addressee(Role.COA),
        reference=f"proposal:{number}",
        figures={"households": proof.households, "linked": proof.linked},
        today=solved.ground.as_of,
    )
    return number


def _told(solved: Solved) -> Mapping[str, object]:
    """Return what the journal keeps of a proposal."""
    made, ground = solved.proposal, solved.ground
    return {
        "half_year": str(ground.half_year),
        "households": made.proof.households,
        "linked": made.proof.linked,
        "persons_linked": made.proof.persons_linked,
        "gap": repr(made.proof.gap),
        "wishes": wishes_told(solved.wishes),
        "joining_counted": ground.choices.count_joining,
        "within_pace": ground.choices.within_pace,
        "spread_slack": "" if made.spread_slack is None else str(made.spread_slack),
        "beyond_pace": sum(1 for line in made.pace if line.beyond),
        "short_of_pace": sum(1 for line in made.pace if line.short),
        "ways": [
            {"name": way["name"], "persons_linked": str(way["persons_linked"])}
            for way in _ways(solved.accounted.audit)
        ],
    }


def _ways(audit: Mapping[str, object]) -> list[dict[str, object]]:
    ways = audit.get("ways")
    return [way for way in ways if isinstance(way, dict)] if isinstance(ways, list) else []
