"""Acknowledging several notices at once: first as a rehearsal that is undone, then for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis.services.access import require
from eenthuis.services.notices import NoticeView, acknowledge, read_notice
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, InputError, StateError

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class AcknowledgedLine:
    """One notice; ``problem`` is empty where it is acknowledged, else the code of what stands in the way."""

    notice: NoticeView
    problem: str


def acknowledge_all(
    *, actor: Actor, numbers: tuple[int, ...], today: date, is_rehearsal: bool
) -> tuple[AcknowledgedLine, ...]:
    """Acknowledge notices for everybody they are for, or only try it; those of others are left out.

    Raises
    ------
    AccessError
        ACC-01 for who has no notices.
    InputError
        INP-04 without a notice, INP-06 with more than may be at once.
    """
    require(actor, "see-notices")
    wanted = tuple(dict.fromkeys(numbers))
    if not wanted:
        raise InputError("INP-04", "no notice was chosen", remedy="Choose one or more notices.")
    if len(wanted) > MOST_AT_ONCE:
        raise InputError("INP-06", f"at most {MOST_AT_ONCE} notices at once", remedy="Choose fewer notices.")
    lines = []
    with transaction.atomic():
        for number in sorted(wanted):
            try:
                notice = read_notice(actor=actor, number=number)
            except AccessError:
                continue
            lines.append(AcknowledgedLine(notice, _tried(actor, number, today)))
        if is_rehearsal:
            transaction.set_rollback(True)
    return tuple(lines)


def _tried(actor: Actor, number: int, today: date) -> str:
    try:
        with transaction.atomic():
            acknowledge(actor=actor, number=number, today=today)
    except StateError as wrong:
        return wrong.code
    return ""
