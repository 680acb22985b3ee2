"""Changed proposals: their overrides in order, what they change, and whether they were accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from eenthuis.store.models import ChangeDecisionRow, OverrideRow, ProposalRow
from eenthuis.terms.overriding import (
    Conflict,
    Difference,
    GivenWay,
    Ground,
    Moved,
    Override,
    OverrideKind,
    PlaceChange,
    Repair,
    RepairKind,
    Wish,
    WishKind,
)


@dataclass(frozen=True, slots=True)
class KeptOverride:
    """An override with who decided it, when, and in which proposal."""

    override: Override
    proposal: int
    decided_by: str
    decided_at: datetime


def chain(proposal: int) -> tuple[int, ...]:
    """Return a proposal and those it was made from, the first one last."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with recursive chain as (
              select id, replaces_id, 0 as depth from store_proposalrow where id = %s
              union all
              select p.id, p.replaces_id, c.depth + 1 from store_proposalrow p join chain c on p.id = c.replaces_id
            )
            select id from chain order by depth
            """,
            [proposal],
        )
        return tuple(int(row[0]) for row in cursor.fetchall())


def is_overridden(proposal: int, household: str) -> bool:
    """Return whether a person ever overrode a household in a proposal or in those it was made from."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with recursive chain as (
              select id, replaces_id from store_proposalrow where id = %s
              union all
              select p.id, p.replaces_id from store_proposalrow p join chain c on p.id = c.replaces_id
            )
            select exists (
              select 1 from store_overriderow o join chain c on o.proposal_id = c.id where o.household = %s
            )
            """,
            [proposal, household],
        )
        return bool(cursor.fetchone()[0])


def overrides_of(proposals: Sequence[int]) -> tuple[KeptOverride, ...]:
    """Return the overrides of a chain of proposals, in the order in which they were made."""
    rows = OverrideRow.objects.filter(proposal_id__in=list(proposals)).order_by("proposal_id", "position")
    return tuple(
        KeptOverride(
            Override(
                kind=OverrideKind(row.kind),
                household=row.household,
                place=row.municipality,
                reason=row.why,
                ground=Ground(row.ground),
            ),
            row.proposal_id,
            row.decided_by,
            row.decided_at,
        )
        for row in rows
    )


def save_overrides(proposal: int, overrides: Sequence[tuple[Override, str]]) -> None:
    """Add the overrides, each with who decided it, that a changed proposal follows beside those of the one before."""
    OverrideRow.objects.bulk_create(
        OverrideRow(
            proposal_id=proposal,
            position=position,
            kind=override.kind.value,
            household=override.household,
            municipality=override.place,
            ground=override.ground.value,
            why=override.reason,
            decided_by=decided_by,
        )
        for position, (override, decided_by) in enumerate(overrides, start=1)
    )


def decision_of(proposal: int) -> ChangeDecisionRow | None:
    """Return whether a changed proposal was accepted; None while it is open, or was never a change."""
    return ChangeDecisionRow.objects.filter(proposal_id=proposal).first()


def decide(proposal: int, *, replaces: int, accepted: bool, decided_by: str) -> None:
    """Add the decision on a changed proposal; the database refuses a second one."""
    ChangeDecisionRow.objects.create(
        proposal_id=proposal, replaces_id=replaces, accepted=accepted, decided_by=decided_by
    )


def open_changes(of: int) -> tuple[int, ...]:
    """Return the changed proposals made from a proposal on which nobody has decided."""
    rows = ProposalRow.objects.filter(replaces_id=of, decision__isnull=True).order_by("-id")
    return tuple(rows.values_list("id", flat=True))


def counts(proposal: ProposalRow) -> bool:
    """Return whether a proposal may be confirmed: the engine's own always, a changed one when accepted."""
    if proposal.replaces_id is None:
        return True
    decision = decision_of(proposal.pk)
    return decision is not None and decision.accepted


def overrides_plain(overrides: Sequence[Override]) -> list[dict[str, object]]:
    """Return overrides as JSON holds them."""
    return [asdict(override) for override in overrides]


def overrides_from(document: object) -> tuple[Override, ...]:
    """Return overrides from their JSON."""
    return tuple(
        Override(
            kind=OverrideKind(str(one["kind"])),
            household=str(one["household"]),
            place=str(one["place"]),
            reason=str(one["reason"]),
            ground=Ground(str(one["ground"])),
        )
        for one in _listed(document)
    )


def difference_plain(difference: Difference) -> dict[str, object]:
    """Return a difference as JSON holds it."""
    return asdict(difference)


def difference_from(document: object) -> Difference | None:
    """Return a difference from its JSON; None where there is none."""
    if not isinstance(document, dict) or "cost" not in document:
        return None
    return Difference(
        cost=float(document["cost"]),
        score=float(document["score"]),
        households=int(document["households"]),
        persons=int(document["persons"]),
        moved=tuple(Moved(**one) for one in _listed(document["moved"])),
        places=tuple(PlaceChange(**one) for one in _listed(document["places"])),
        floors_missed=tuple(str(one) for one in document["floors_missed"]),
        given_way=tuple(GivenWay(**one) for one in _listed(document["given_way"])),
    )


def conflicts_plain(conflicts: Sequence[Conflict]) -> list[dict[str, object]]:
    """Return conflicts as JSON holds them."""
    return [asdict(conflict) for conflict in conflicts]


def conflicts_from(document: object) -> tuple[Conflict, ...]:
    """Return conflicts from their JSON."""
    return tuple(
        Conflict(
            wishes=tuple(_wish(wish) for wish in _listed(one["wishes"])),
            repairs=tuple(
                Repair(
                    kind=RepairKind(str(repair["kind"])),
                    wish=_wish(repair["wish"]),
                    amount=float(str(repair["amount"])),
                    is_enough=bool(repair["is_enough"]),
                )
                for repair in _listed(one["repairs"])
            ),
        )
        for one in _listed(document)
    )


def _wish(document: object) -> Wish:
    wish: Mapping[str, object] = document if isinstance(document, dict) else {}
    households = wish["households"]
    return Wish(
        kind=WishKind(str(wish["kind"])),
        household=str(wish["household"]),
        place=str(wish["place"]),
        use=str(wish["use"]),
        amount=float(str(wish["amount"])),
        households=tuple(str(name) for name in households) if isinstance(households, list) else (),
        label=str(wish["label"]),
    )


def _listed(document: object) -> list[dict[str, Any]]:
    return [one for one in document if isinstance(one, dict)] if isinstance(document, list) else []
