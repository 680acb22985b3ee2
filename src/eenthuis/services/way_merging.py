"""Merging and splitting households: the old ones end, the new ones begin, every row stays; and taking that back.

A link in force ends with the household that has it, unless whoever decides says that a new household goes on with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis.rules.composing import merged, split
from eenthuis.rules.way_history import in_force, state_after
from eenthuis.services.access import require
from eenthuis.services.balances import standing
from eenthuis.services.country import running_half_year
from eenthuis.services.document_moves import documents_follow
from eenthuis.services.linking import end_held, keep_link
from eenthuis.services.way_steps import account_for_correction, not_possible, on_its_way, take
from eenthuis.store import letters, links, people
from eenthuis.store import way as stored
from eenthuis.store.models import LinkRow
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.notices import NoticeKind
from eenthuis.terms.people import Household, HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import Field, NotPossible, Stage, StepKind, WayStep

FEWEST = 2
MOST = 20
"""More households than this at once is a mistake."""

NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,19}")
"""What the number of a new household looks like."""

RECOMPOSED = frozenset({StepKind.MERGED, StepKind.SPLIT})


@dataclass(frozen=True, slots=True)
class LinksThen:
    """What becomes of links in force: each ends, and ``kept`` says which new household goes on linked where."""

    kept: Mapping[HouseholdId, MunicipalityCode]


Seen = Mapping[HouseholdId, int]
"""The last step of each household as the person saw it."""


def merge_households(
    *,
    actor: Actor,
    households: Sequence[HouseholdId],
    into: HouseholdId,
    why: str,
    on: date,
    today: date,
    links_then: LinksThen | None = None,
    seen: Seen | None = None,
) -> None:
    """Merge households into a new one, which waits since the earliest permit.

    Without ``links_then`` none of them may have a link. Letters of the old households are not to be opened any more.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when one of them is not there.
    InputError
        INP-04 without a reason, with fewer than two households, or when a link is kept that nobody has; INP-06 with too
        many.
    StateError
        STA-01 when the new number is in use; STA-03 when the municipality has no room for the people who join; STA-06
        when one of them has a link or a lease, sleeps elsewhere, or has ended; STA-07 when somebody was first; STA-09
        for a day that cannot be.
    """
    require(actor, "change-household")
    wanted = tuple(dict.fromkeys(households))
    if not FEWEST <= len(wanted) <= MOST:
        code = "INP-04" if len(wanted) < FEWEST else "INP-06"
        raise InputError(code, f"{len(wanted)} households were named", remedy=f"Name 2 to {MOST}.")
    with transaction.atomic():
        links.lock_households([*wanted, into])
        before = _known(wanted)
        _require_new([into])
        _check_seen(wanted, seen, today)
        ended = _end_links(actor, wanted, links_then, today, why)
        for name in wanted:
            _end(actor, name, StepKind.MERGED, [into], why=why, on=on, today=today)
        new = merged(before, into)
        people.save_households([new])
        documents_follow(by=actor, before=wanted, now=[new], on=on)
        _go_on(actor, ended, links_then, [new], today)


def split_household(
    *,
    actor: Actor,
    household: HouseholdId,
    parts: Mapping[HouseholdId, Sequence[int]],
    why: str,
    on: date,
    today: date,
    links_then: LinksThen | None = None,
    seen: int | None = None,
) -> None:
    """Split a household; ``parts`` gives the places of its members in each new one, counted from 0.

    Without ``links_then`` it may have no link.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when it is not there.
    InputError
        INP-04 without a reason, or when not every member is in exactly one part.
    StateError
        As :func:`merge_households`.
    """
    require(actor, "change-household")
    with transaction.atomic():
        links.lock_households([household, *parts])
        (before,) = _known([household])
        new = split(before, parts) if len(parts) >= FEWEST else None
        if new is None:
            raise InputError(
                "INP-04",
                "the members are not shared out over two or more parts, each in one of them",
                remedy="Give every member exactly one part.",
            )
        _require_new(tuple(parts))
        _check_seen([household], None if seen is None else {household: seen}, today)
        ended = _end_links(actor, [household], links_then, today, why)
        _end(actor, household, StepKind.SPLIT, tuple(parts), why=why, on=on, today=today)
        people.save_households(new)
        documents_follow(by=actor, before=[household], now=new, on=on)
        _go_on(actor, ended, links_then, new, today)


def undo_recomposition(
    *, actor: Actor, household: HouseholdId, why: str, today: date, seen: Seen | None = None
) -> tuple[HouseholdId, ...]:
    """Take a merge or split back: the households that came of it end, those from before go on where they stood.

    Every row stays. Links that ended stay ended, and links of the households that came of it end now; whoever goes on
    waits for a link. Returns the households that go on.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such household.
    InputError
        INP-04 without a reason.
    StateError
        STA-06 when it was not merged or split, or what came of it has a lease, was signed off or has ended.
    """
    require(actor, "change-household")
    require(actor, "correct-step")
    if not why.strip():
        raise InputError("INP-04", "no reason was given", remedy="Say what was wrong.")
    with transaction.atomic():
        step = recomposed_by(household)
        came = tuple(HouseholdId(name) for name in step.values[Field.HOUSEHOLDS.value].split())
        before = stored.merged_into(came[0]) if step.kind is StepKind.MERGED else (household,)
        links.lock_households([*before, *came])
        _known([*before, *came])
        _check_seen(came, seen, today)
        _end_links(actor, came, LinksThen({}), today, why)
        inverse = StepKind.SPLIT if step.kind is StepKind.MERGED else StepKind.MERGED
        for name in came:
            _end(actor, name, inverse, before, why=why, on=today, today=today)
        for name in before:
            _strike_out(actor, name, why=why, today=today)
        documents_follow(by=actor, before=came, now=people.households(before), on=today)
    return before


def recomposed_by(household: HouseholdId) -> WayStep:
    """Return the step in force with which a household was merged or split.

    Raises
    ------
    StateError
        STA-06 when there is none.
    """
    steps = in_force(stored.steps_of([household])[household])
    if not steps or steps[-1].kind not in RECOMPOSED:
        raise StateError(
            "STA-06",
            "this household was not merged or split",
            remedy="Reload the page and look where it stands.",
        )
    return steps[-1]


def _known(wanted: Sequence[HouseholdId]) -> tuple[Household, ...]:
    found = people.households(wanted)
    if len(found) != len(wanted):
        raise AccessError("ACC-02", "no household by that number", remedy="Check the numbers.")
    return found


def _require_new(identifiers: Sequence[HouseholdId]) -> None:
    if not all(name.strip() for name in identifiers):
        raise InputError("INP-04", "a new household has no number", remedy="Give each a number.")
    if not all(NUMBER.fullmatch(name) for name in identifiers):
        raise InputError(
            "INP-06",
            "a number is not one of letters, digits and hyphens",
            remedy="Write at most 20 letters, digits and hyphens, such as PE-123456.",
        )
    if people.households(identifiers) or any(links.last_steps(identifiers)):
        raise StateError("STA-01", "a household has that number already", remedy="Give another number.")


@dataclass(frozen=True, slots=True)
class _Ended:
    """Links that just ended: one per municipality, the people they counted, and the room there was before."""

    links: Mapping[MunicipalityCode, LinkRow]
    people: Mapping[MunicipalityCode, int]
    room: Mapping[MunicipalityCode, int]


def _check_seen(wanted: Sequence[HouseholdId], seen: Seen | None, today: date) -> None:
    for name in wanted:
        with on_its_way(name, today=today, seen=(seen or {}).get(name)):
            pass  # held until the transaction ends, and as it was seen


def _end_links(
    actor: Actor, wanted: Sequence[HouseholdId], links_then: LinksThen | None, today: date, why: str
) -> _Ended:
    """End the links in force of households that end; without ``links_then`` none, and a link stands in the way."""
    held = links.links_in_force(wanted) if links_then is not None else {}
    found = {MunicipalityCode(row.municipality): row for _, row in sorted(held.items(), reverse=True)}
    if links_then is not None and set(links_then.kept.values()) - set(found):
        raise InputError(
            "INP-04", "a link is kept that nobody has", remedy="Keep one of the links there are."
        )
    links.lock_municipalities(sorted(found))
    where, counted = standing(running_half_year(today), today), Counter[MunicipalityCode]()
    for name, row in sorted(held.items()):
        counted[MunicipalityCode(row.municipality)] += row.persons
        with on_its_way(name, today=today) as one:
            end_held(one, actor, why=why, told=NoticeKind.HOUSEHOLD_RECOMPOSED)
    return _Ended(
        found, counted, {code: where.open_people(code) for code in found if code in where.corrected}
    )


def _end(
    actor: Actor,
    name: HouseholdId,
    kind: StepKind,
    others: Sequence[HouseholdId],
    *,
    why: str,
    on: date,
    today: date,
) -> None:
    """Add the step with which a household goes on under other numbers; its letter is not to be opened any more."""
    with on_its_way(name, today=today) as way:
        take(way, actor, kind, on=on, why=why, values={Field.HOUSEHOLDS.value: " ".join(others)})
    letters.withdraw_open(name)


def _go_on(
    actor: Actor, ended: _Ended, links_then: LinksThen | None, new: Sequence[Household], today: date
) -> None:
    """Link the new households that keep a link, when the people who join fit in the target."""
    kept = links_then.kept if links_then else {}
    now = Counter[MunicipalityCode]()
    for one in new:
        if one.identifier in kept:
            code = kept[one.identifier]
            now[code] += one.persons
            keep_link(actor, one.identifier, ended.links[code], persons=one.persons, today=today)
    for code, counted in now.items():
        if counted - ended.people[code] > ended.room.get(code, 0):
            raise StateError(
                "STA-03", "the target has no room for the people who join", remedy="Let the link end instead."
            )


def _strike_out(actor: Actor, name: HouseholdId, *, why: str, today: date) -> None:
    """Strike out the step that ended a household, so that it goes on where it stood."""
    with on_its_way(name, today=today) as held:
        step = recomposed_by(name)
        rest = [one for one in in_force(held.steps) if one.number != step.number]
        after = state_after(rest)
        if isinstance(after, NotPossible) or held.state.stage is not Stage.DISSOLVED:
            raise (
                not_possible(after)
                if isinstance(after, NotPossible)
                else StateError("STA-06", "this household goes on already", remedy="Reload the page.")
            )
        stored.add_step(
            name,
            StepKind.STRUCK_OUT,
            on=today,
            decided_by=actor.name,
            why=why.strip(),
            replaces=step.number,
        )
        account_for_correction(held, actor, step, after, why=why, on=None)
