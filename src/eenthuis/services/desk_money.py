"""What is due about money: for who asked it, evidence, answers and paying back; for the ministry, decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from eenthuis.law import law_book
from eenthuis.law.money import money_law
from eenthuis.services.desk_models import Task, Urgency
from eenthuis.services.homes import owner_of
from eenthuis.services.money_files import FileLine, read_files
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.money_files import MoneyStage, MoneyStepKind

_ASKERS = frozenset({Role.MUNICIPALITY, Role.HOUSING_ASSOCIATION})


def evidence_awaited(lines: Sequence[FileLine]) -> tuple[FileLine, ...]:
    """Return the files of which no evidence came in yet since the award, the first due on top."""
    found = [line for line in lines if line.evidence_by is not None and not _has_evidence(line)]
    return tuple(sorted(found, key=lambda line: (line.evidence_by or date.max, line.file.identifier)))


def read_evidence_awaited(*, actor: Actor) -> tuple[FileLine, ...]:
    """Return the files of which the actor still brings evidence; none for roles that ask for no money.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no files.
    """
    return evidence_awaited(_own(actor, read_files(actor=actor).lines)) if actor.role in _ASKERS else ()


def money_tasks_of_asker(*, actor: Actor, today: date) -> list[Task | None]:
    """Return what a municipality or housing association does about money it asked.

    That is evidence to come, by how near its last day is, a settlement that was proposed and can still be answered
    with evidence, and money to be paid back; and how many of its applications wait for the ministry.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no files.
    """
    own = _own(actor, read_files(actor=actor).lines)
    late, near, later = _by_day([line.evidence_by for line in evidence_awaited(own)], today)
    stages = Counter(line.state.stage for line in own)
    asked = [line.decide_by for line in own if line.decide_by is not None]
    return [
        Task("money-answer", Urgency.TODAY, stages[MoneyStage.SETTLEMENT_PROPOSED]),
        Task("money-pay-back", Urgency.TODAY, sum(line.state.due_cents < 0 for line in own)),
        Task("money-waits", Urgency.LATER, len(asked), due=min(asked, default=None)),
        Task("evidence-late", Urgency.OVERDUE, len(late), due=min(late, default=None)),
        Task("evidence-near", Urgency.SOON, len(near), due=min(near, default=None)),
        Task("evidence-later", Urgency.LATER, len(later), due=min(later, default=None)),
    ]


def money_tasks_of_ministry(*, actor: Actor, today: date) -> list[Task | None]:
    """Return the decisions that are asked, by how near their last day is, and settlements that a second person makes.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no files.
    """
    waiting = read_files(actor=actor).to_decide
    settling = [line for line in waiting if line.state.stage is MoneyStage.SETTLEMENT_PROPOSED]
    late, near, later = _by_day([line.decide_by for line in waiting], today)
    return [
        Task("money-decide-late", Urgency.OVERDUE, len(late), due=min(late, default=None)),
        Task("money-settle", Urgency.TODAY, len(settling)),
        Task("money-decide-near", Urgency.SOON, len(near), due=min(near, default=None)),
        Task("money-decide-later", Urgency.LATER, len(later), due=min(later, default=None)),
    ]


def _own(actor: Actor, lines: Sequence[FileLine]) -> list[FileLine]:
    """Return the files that an organisation asked itself; those of others in its municipality are theirs to see to."""
    owner = owner_of(actor)
    return [line for line in lines if line.file.owner == owner]


def _by_day(days: Sequence[date | None], today: date) -> tuple[list[date], list[date], list[date]]:
    """Return the days that have passed, those that are near, and those that come later."""
    there = [day for day in days if day is not None]
    soon = today + timedelta(days=money_law(law_book(), today).warn_days)
    return (
        [day for day in there if day < today],
        [day for day in there if today <= day <= soon],
        [day for day in there if day > soon],
    )


def _has_evidence(line: FileLine) -> bool:
    return any(step.kind is MoneyStepKind.EVIDENCE for step in line.steps)
