"""What a new proposal took over of the changes in the one before, kept in its difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eenthuis.store.models import ProposalRow
from eenthuis.terms.overriding import Ground, NoLonger, Override, OverrideKind

UNDER = "carried"
"""Name of the part of a difference that says it."""


@dataclass(frozen=True, slots=True)
class Carried:
    """An override of an earlier proposal, who decided it in which one; ``because``: why it is left out, if it is."""

    override: Override
    proposal: int
    decided_by: str
    because: NoLonger | None = None


def plain(carried: tuple[Carried, ...]) -> dict[str, object]:
    """Return it as the difference of a proposal holds it."""
    return {
        UNDER: [
            {
                "kind": one.override.kind.value,
                "household": one.override.household,
                "place": one.override.place,
                "reason": one.override.reason,
                "ground": one.override.ground.value,
                "proposal": one.proposal,
                "decided_by": one.decided_by,
                "because": "" if one.because is None else one.because.value,
            }
            for one in carried
        ]
    }


def of(row: ProposalRow) -> tuple[Carried, ...]:
    """Return what a proposal took over, and what it left out, in the order in which it was decided."""
    document = row.difference if isinstance(row.difference, dict) else {}
    listed = document.get(UNDER)
    return tuple(_carried(one) for one in listed) if isinstance(listed, list) else ()


def _carried(one: Mapping[str, object]) -> Carried:
    return Carried(
        Override(
            kind=OverrideKind(str(one["kind"])),
            household=str(one["household"]),
            place=str(one["place"]),
            reason=str(one["reason"]),
            ground=Ground(str(one["ground"])),
        ),
        proposal=int(str(one["proposal"])),
        decided_by=str(one["decided_by"]),
        because=NoLonger(str(one["because"])) if one["because"] else None,
    )
