"""With whom in an organisation the work on a household lies; who confirmed its link, where nobody took it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eenthuis.store.organisation_models import WorkHolderRow


@dataclass(frozen=True, slots=True)
class Held:
    """A household whose work goes to a holder; ``municipality`` is empty outside a municipality."""

    household: str
    municipality: str


def holders(organisation: str, households: Sequence[str]) -> dict[str, str]:
    """Return the name of the holder by household, of those that somebody took."""
    rows = WorkHolderRow.objects.filter(
        organisation=organisation, household__in=list(households), followed_by__isnull=True
    )
    return dict(rows.values_list("household", "holder"))


def put_on_name(organisation: str, holder: str, held: Iterable[Held], *, decided_by: str) -> None:
    """Put the work on households on somebody's name, in place of whose it was."""
    wanted = {one.household: one for one in held}
    rows = WorkHolderRow.objects.filter(
        organisation=organisation, household__in=list(wanted), followed_by__isnull=True
    )
    before = {row.household: row.pk for row in rows}
    WorkHolderRow.objects.bulk_create(
        [
            WorkHolderRow(
                household=one.household,
                organisation=organisation,
                municipality=one.municipality,
                holder=holder,
                decided_by=decided_by,
                replaces_id=before.get(one.household),
            )
            for one in wanted.values()
        ],
        batch_size=1000,
    )
