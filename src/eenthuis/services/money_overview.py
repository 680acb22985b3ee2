"""How much of each scheme, and of each kind of money, was asked, awarded, paid and settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eenthuis.law import law_book
from eenthuis.law.schemes import schemes_on
from eenthuis.services.access import require
from eenthuis.services.money_files import FileLine, line_of
from eenthuis.store import money_files, scheme_rounds
from eenthuis.terms.access import Actor
from eenthuis.terms.money_files import FileKind


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Money of one scheme or kind, in whole cents; ``budget_cents`` is None where it is not known.

    ``left_cents`` is what of the budget is not awarded, or no longer needed since less was settled.
    """

    code: str
    title: str
    files: int
    budget_cents: int | None
    asked_cents: int
    awarded_cents: int
    paid_cents: int
    recovered_cents: int
    settled_cents: int
    left_cents: int | None


@dataclass(frozen=True, slots=True)
class MoneyOverview:
    """Money per scheme and per other kind of file."""

    schemes: tuple[MoneyLine, ...]
    kinds: tuple[MoneyLine, ...]


def read_overview(*, actor: Actor, today: date) -> MoneyOverview:
    """Return where the money stands: of every scheme that holds or was asked, and of every other kind.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no overview.
    """
    require(actor, "see-money-overview")
    lines = [line_of(held) for held in money_files.files()]
    held_now = {one.code: one for one in schemes_on(law_book(), today)}
    codes = sorted({*held_now, *(line.file.scheme for line in lines if line.file.scheme)})
    budgets: dict[str, int] = {}
    for one in scheme_rounds.rounds():
        budgets[one.scheme] = budgets.get(one.scheme, 0) + one.budget_cents
    return MoneyOverview(
        schemes=tuple(
            _line(
                code,
                held_now[code].title if code in held_now else code,
                [line for line in lines if line.file.scheme == code],
                budgets.get(code, held_now[code].budget_cents if code in held_now else None),
            )
            for code in codes
        ),
        kinds=tuple(
            _line(kind.value, "", [line for line in lines if line.file.kind is kind], None)
            for kind in FileKind
            if kind is not FileKind.SCHEME_APPLICATION
        ),
    )


def _line(code: str, title: str, lines: Sequence[FileLine], budget: int | None) -> MoneyLine:
    needed = sum(
        state.awarded_cents or 0 if state.settled_cents is None else state.settled_cents
        for state in (line.state for line in lines)
    )
    return MoneyLine(
        code=code,
        title=title,
        files=len(lines),
        budget_cents=budget,
        asked_cents=sum(line.file.asked_cents for line in lines),
        awarded_cents=sum(line.state.awarded_cents or 0 for line in lines),
        paid_cents=sum(line.state.paid_cents for line in lines),
        recovered_cents=sum(line.state.recovered_cents for line in lines),
        settled_cents=sum(line.state.settled_cents or 0 for line in lines),
        left_cents=None if budget is None else budget - needed,
    )
