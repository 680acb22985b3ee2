"""A person in charge: pin, forbid or release in a proposal, see what that changes, accept it or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from eenthuis import reference
from eenthuis.services.access import may, require
from eenthuis.services.country import running_half_year
from eenthuis.services.notices import tell
from eenthuis.services.processing import note_processing
from eenthuis.services.proposing import account, ground_of
from eenthuis.services.runs import Asked, kind_word
from eenthuis.store import changes, journal, links, proposals, runs
from eenthuis.store.models import ProposalRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.linking import LinkingProposal
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.overriding import Difference, Override, Refused
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.processing import Activity

LONGEST_REASON = 1000
"""Characters of a reason; more belongs in the file of the household."""


@dataclass(frozen=True, slots=True)
class ProofChange:
    """A number of the proof before and after."""

    before: float
    after: float


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A household whose place changes, with the names of the places; empty is no place. ``is_asked``: an override."""

    household: str
    persons: int
    before: str
    after: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class OverrideLine:
    """An override with its reason, who decided it and when; ``is_new`` in the change that is looked at."""

    kind: str
    household: str
    municipality: str
    ground: str
    why: str
    decided_by: str
    decided_at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class ChangePage:
    """What a changed proposal does, before anyone accepts it.

    ``floors_missed`` are characteristic and label of groups. ``accepted`` is None while it is open; ``is_overtaken``
    when the proposal it was made from is no longer the latest.
    """

    proposal: int
    replaces: int
    half_year: HalfYear
    difference: Difference
    moved: tuple[MovedLine, ...]
    overrides: tuple[OverrideLine, ...]
    people: ProofChange
    score: ProofChange
    gap: float
    seconds: float
    accepted: bool | None
    decided_by: str
    is_overtaken: bool
    may_change: bool
    names: Mapping[str, str]
    floors_missed: tuple[tuple[str, str], ...]


def ask_change(*, actor: Actor, today: date, proposal: int, overrides: Sequence[Override]) -> Asked:
    """Ask for the latest proposal to be solved again around overrides, in the background.

    Nothing counts until someone accepts what comes of it.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError
        INP-04 when a reason or a household is missing; INP-06 when a reason is too long.
    StateError
        STA-05 when the proposal is no longer the latest; STA-01 when a household is linked already.
    ReferenceFactError
        REF-01 when a municipality is unknown.
    """
    require(actor, "change-proposal")
    half_year = running_half_year(today)
    _check(half_year, proposal, overrides)
    base = proposals.by_number(proposal)
    with transaction.atomic():
        journal.lock_subject(f"runs:{half_year}")
        runs.give_up_silent()
        held = runs.open_run(half_year)
        if held is not None:
            return Asked(held.pk, is_new=False)
        number = runs.add(
            half_year=half_year,
            as_of=today,
            wishes=runs.wishes_from(base.wishes if base else {}),
            asked_by=actor.name,
            role=actor.role.value,
            changes=proposal,
            overrides=changes.overrides_plain(overrides),
        )
        for override in overrides:
            journal.write(
                actor,
                "ask-change",
                f"household {override.household}",
                municipality=override.place,
                after={"kind": override.kind.value, "proposal": proposal, "run": number},
                why=override.reason,
            )
    return Asked(number, is_new=True)


def _check(half_year: HalfYear, proposal: int, overrides: Sequence[Override]) -> None:
    latest = proposals.latest(half_year)
    if latest is None or latest.pk != proposal:
        raise StateError(
            "STA-05", "there is a newer proposal", remedy="Look at the newest one and change that."
        )
    names = [HouseholdId(override.household) for override in overrides]
    if not names or set(names) - set(proposals.proposed(proposal, names)):
        raise InputError("INP-04", "the proposal knows no such household", remedy="Check the number.")
    if links.links_in_force(names):
        raise StateError("STA-01", "the household is linked already", remedy="End that link first.")
    for override in overrides:
        if not override.reason.strip():
            raise InputError("INP-04", "no reason was given", remedy="Say why.")
        if len(override.reason) > LONGEST_REASON:
            raise InputError("INP-06", "the reason is too long", remedy="Say it in fewer words.")
        if override.place:
            reference.municipality(override.place, half_year.first_day)


@dataclass(frozen=True, slots=True)
class SolvedChange:
    """A changed proposal that is not kept yet."""

    base: int
    half_year: HalfYear
    overrides: tuple[Override, ...]
    found: proposals.Accounted
    proposal: LinkingProposal
    difference: Difference


def solve_change(*, today: date, base: int, overrides: Sequence[Override]) -> SolvedChange | Refused:
    """Solve a proposal again around its own overrides and new ones, without keeping anything.

    Raises
    ------
    StateError
        STA-05 when the proposal is gone, or nobody waits any more.
    LinkingError
        LNK-01 when an override names someone who no longer waits.
    """
    from eenthuis.matching.changing import change_proposal  # the engine is heavy, and only this needs it

    row = _row(base)
    chain = changes.chain(base)
    origin = _row(chain[-1])
    wishes = runs.wishes_from(origin.wishes)
    ground = ground_of(today, wishes)
    earlier = tuple(kept.override for kept in changes.overrides_of(chain))
    waiting = {str(household.identifier) for household in ground.households}
    whole = [one for one in (*earlier, *overrides) if one.household in waiting]
    first = proposals.linking_proposal(origin)
    found = change_proposal(
        ground.households,
        ground.places,
        origin=first,
        before=first if row.pk == origin.pk else proposals.linking_proposal(row),
        overrides=whole,
        choices=ground.choices,
        seed=wishes.seed,
    )
    if isinstance(found, Refused):
        return found
    return SolvedChange(
        base=base,
        half_year=ground.half_year,
        overrides=tuple(overrides),
        found=account(ground, found.made, wishes),
        proposal=found.made.proposal,
        difference=found.difference,
    )


def keep_change(*, actor: Actor, solved: SolvedChange) -> int:
    """Keep a changed proposal with its overrides, for someone to accept; return its number.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "change-proposal")
    number = proposals.save_proposal(
        solved.proposal,
        half_year=solved.half_year,
        made_by=actor.name,
        accounted=solved.found,
        changed=proposals.ChangedFrom(solved.base, changes.difference_plain(solved.difference)),
    )
    changes.save_overrides(number, [(override, actor.name) for override in solved.overrides])
    journal.write(
        actor,
        "change-proposal",
        f"proposal {number}",
        before={"proposal": solved.base},
        after={
            "people_moved": solved.difference.people_moved,
            "persons": solved.difference.persons,
            "cost": repr(solved.difference.cost),
        },
        why="; ".join(override.reason for override in solved.overrides),
    )
    tell(
        kind=NoticeKind.CHANGE_READY,
        to=Addressee(Role.COA),
        reference=f"proposal:{number}",
        today=solved.proposal.as_of,
    )
    return number


def read_change(*, actor: Actor, number: int) -> ChangePage:
    """Return what a changed proposal does.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such changed proposal.
    """
    require(actor, "see-proposal")
    row = _changed(number)
    base = _row(int(row.replaces_id or 0))
    difference = changes.difference_from(row.difference)
    if difference is None:
        raise AccessError("ACC-02", "no changed proposal by that number", remedy="Check the number.")
    half_year = HalfYear.parse(row.half_year)
    decision = changes.decision_of(number)
    newest = proposals.latest(half_year)
    kept = changes.overrides_of(changes.chain(number))
    asked = {one.override.household for one in kept if one.proposal == number}
    names = _names(half_year)
    note_processing(
        Activity.LIST_PROPOSAL,
        [*(one.household for one in difference.moved), *(one.override.household for one in kept)],
    )
    return ChangePage(
        proposal=number,
        replaces=base.pk,
        half_year=half_year,
        difference=difference,
        moved=tuple(
            MovedLine(
                one.household,
                one.persons,
                names.get(one.before or "", one.before or ""),
                names.get(one.after or "", one.after or ""),
                one.household in asked,
            )
            for one in sorted(difference.moved, key=lambda one: (one.household not in asked, one.household))
        ),
        overrides=tuple(_line(one, number, names) for one in kept),
        people=ProofChange(row.persons_linked - difference.persons, row.persons_linked),
        score=ProofChange(_score(row) - difference.score, _score(row)),
        gap=row.gap,
        seconds=row.seconds,
        accepted=None if decision is None else decision.accepted,
        decided_by="" if decision is None else decision.decided_by,
        is_overtaken=decision is None and (newest is None or newest.pk != base.pk),
        may_change=may(actor, "change-proposal"),
        names=names,
        floors_missed=tuple(_group(name) for name in difference.floors_missed),
    )


def decide_change(*, actor: Actor, number: int, accept: bool) -> int:
    """Accept a changed proposal in place of the one it was made from, or let it go; return which one counts now.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such changed proposal.
    StateError
        STA-01 when it was decided already; STA-05 when the proposal it was made from is no longer the latest.
    """
    require(actor, "change-proposal")
    row = _changed(number)
    base = int(row.replaces_id or 0)
    with transaction.atomic():
        journal.lock_subject(f"proposals:{row.half_year}")
        if changes.decision_of(number) is not None:
            raise StateError("STA-01", "this change was decided already", remedy="Reload the page.")
        latest = proposals.latest(HalfYear.parse(row.half_year))
        if accept and (latest is None or latest.pk != base):
            raise StateError(
                "STA-05", "there is a newer proposal", remedy="Look at the newest one and change that."
            )
        changes.decide(number, replaces=base, accepted=accept, decided_by=actor.name)
        why = "; ".join(one.override.reason for one in changes.overrides_of([number]))
        if accept:
            journal.write(actor, "accept-change", f"proposal {number}", before=base, after=number, why=why)
        else:
            journal.write(actor, "discard-change", f"proposal {number}", before=number, after=base, why=why)
    return number if accept else base


def _line(kept: changes.KeptOverride, number: int, names: Mapping[str, str]) -> OverrideLine:
    override = kept.override
    return OverrideLine(
        kind=kind_word(override),
        household=override.household,
        municipality=names.get(override.place, override.place),
        ground=override.ground.value,
        why=override.reason,
        decided_by=kept.decided_by,
        decided_at=kept.decided_at,
        is_new=kept.proposal == number,
    )


def _group(name: str) -> tuple[str, str]:
    characteristic, _, label = name.partition(" ")
    return characteristic, label


def _names(half_year: HalfYear) -> Mapping[str, str]:
    return {str(place.code): place.name for place in reference.municipalities(half_year.first_day)}


def _score(row: ProposalRow) -> float:
    certificate = row.certificate if isinstance(row.certificate, dict) else {}
    weights = certificate.get("weights", {})
    counted = float(weights.get("person", 0)) * row.persons_linked
    return row.objective - counted - float(weights.get("household", 0)) * row.linked


def _row(number: int) -> ProposalRow:
    row = proposals.by_number(number)
    if row is None:
        raise StateError("STA-05", "the proposal is gone", remedy="Look at the newest one.")
    return row


def _changed(number: int) -> ProposalRow:
    row = proposals.by_number(number)
    if row is None or row.replaces_id is None:
        raise AccessError("ACC-02", "no changed proposal by that number", remedy="Check the number.")
    return row
