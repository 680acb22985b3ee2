"""Telling the chain of a step on a household's way; a notice names the step, never the household."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.calendar import last_day
from eenthuis.rules.way import transition
from eenthuis.services.notices import tell
from eenthuis.terms.access import Role
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.places import LinkingRegion, MunicipalityCode
from eenthuis.terms.way import StepKind

NOTICES: Mapping[StepKind, NoticeKind] = {
    StepKind.HOME_OFFERED: NoticeKind.HOME_OFFERED,
    StepKind.OFFER_WITHDRAWN: NoticeKind.OFFER_ENDED,
    StepKind.HOME_RELEASED: NoticeKind.OFFER_ENDED,
    StepKind.ACCEPTED: NoticeKind.HOME_ACCEPTED,
    StepKind.REFUSED: NoticeKind.HOME_REFUSED,
    StepKind.REFUSAL_JUSTIFIED: NoticeKind.REFUSAL_JUDGED,
    StepKind.REFUSAL_REJECTED: NoticeKind.REFUSAL_JUDGED,
    StepKind.LEASED: NoticeKind.LEASE_SIGNED,
    StepKind.MOVED: NoticeKind.HOUSEHOLD_MOVED,
}
"""The kind of notice of a step; every other step that is told has the common one."""


def tell_step(
    kind: StepKind,
    number: int,
    *,
    by: Role,
    municipality: MunicipalityCode | None,
    region: LinkingRegion | None,
    today: date,
) -> None:
    """Tell the roles of a step that it was taken, except the one that took it; ``number`` is of the step's row.

    COA is told in the region of the linked municipality, or in the one where the household stays.
    """
    step = transition(kind)
    law = law_book().way(today)
    due = [last_day(today, law.terms[one], law.calendar) for one in step.starts if one in law.terms]
    for role in step.told:
        to = addressee(role, municipality, region)
        if role is by or to is None:
            continue
        tell(
            kind=NOTICES.get(kind, NoticeKind.WAY_CHANGED),
            to=to,
            reference=f"step:{number}",
            today=today,
            due_on=min(due, default=None),
        )


def addressee(
    role: Role, municipality: MunicipalityCode | None, region: LinkingRegion | None
) -> Addressee | None:
    """Return the municipality, or COA in the region of the municipality or of the stay; None without such a place."""
    if role is Role.MUNICIPALITY:
        return Addressee(role, municipality=municipality) if municipality else None
    if municipality:
        province = reference.municipality(municipality).province
        region = next(one.region for one in reference.provinces() if one.code == province)
    return Addressee(role, region=region) if region else None
