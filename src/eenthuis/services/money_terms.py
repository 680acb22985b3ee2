"""The terms of a money file: what may be paid before the settlement, by when evidence is due, and its receipts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from eenthuis.law import law_book
from eenthuis.law.money import MoneyLaw, money_law
from eenthuis.law.schemes import holds, scheme
from eenthuis.rules.money_receipts import award_receipt, settle_receipt
from eenthuis.rules.scheme_money import advance
from eenthuis.store import journal, sites
from eenthuis.terms.access import Role
from eenthuis.terms.capacity import SiteId
from eenthuis.terms.law import Citation
from eenthuis.terms.money_files import FileKind, MoneyFile, MoneyStage, MoneyState, MoneyStep, MoneyStepKind
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.version import code_version

DONE = {
    MoneyStepKind.EVIDENCE: "money-evidence",
    MoneyStepKind.CHECKED: "money-checked",
    MoneyStepKind.AWARDED: "money-awarded",
    MoneyStepKind.REFUSED: "money-refused",
    MoneyStepKind.PAID: "money-paid",
    MoneyStepKind.SETTLEMENT_PROPOSED: "money-settlement-proposed",
    MoneyStepKind.SETTLED: "money-settled",
    MoneyStepKind.RECOVERED: "money-recovered",
    MoneyStepKind.WITHDRAWN: "money-withdrawn",
}
"""What the journal says of each step."""

SECOND = frozenset({MoneyStepKind.AWARDED, MoneyStepKind.REFUSED, MoneyStepKind.SETTLED})
"""Steps of a second person."""

TOLD = {
    MoneyStepKind.AWARDED: NoticeKind.MONEY_DECIDED,
    MoneyStepKind.REFUSED: NoticeKind.MONEY_DECIDED,
    MoneyStepKind.PAID: NoticeKind.MONEY_PAID,
    MoneyStepKind.SETTLEMENT_PROPOSED: NoticeKind.MONEY_PROPOSED,
    MoneyStepKind.SETTLED: NoticeKind.MONEY_SETTLED,
}
"""Which notice tells of a step."""


def asker_of(file: MoneyFile) -> Addressee:
    """Return who is told about a file: the municipality or the housing association that asked."""
    if file.owner == file.municipality:
        return Addressee(Role.MUNICIPALITY, municipality=file.municipality)
    return Addressee(Role.HOUSING_ASSOCIATION, association=file.owner)


def most_advance(file: MoneyFile, state: MoneyState) -> int | None:
    """Return the most that may be paid before the settlement; None where the law names no part."""
    if file.scheme is None or not holds(law_book(), file.scheme, file.asked_on):
        return None
    part = scheme(law_book(), file.scheme, file.asked_on).advance_part
    return None if part is None else advance(state.awarded_cents or 0, part)


def terms_of(file: MoneyFile) -> MoneyLaw:
    """Return the terms of money files on the day a file was asked."""
    return money_law(law_book(), file.asked_on)


def citations_of(file: MoneyFile) -> tuple[Citation, ...]:
    """Return what a file rests on: the terms, and its scheme as it held on the day it was asked."""
    found = terms_of(file).citations
    if file.scheme is not None and holds(law_book(), file.scheme, file.asked_on):
        found += scheme(law_book(), file.scheme, file.asked_on).citations
    return found


def site_name_of(file: MoneyFile) -> str:
    """Return the name of the reception site of a file; empty where it stands in no register, as in older claims."""
    if file.kind is not FileKind.RECEPTION_COSTS or not file.site:
        return ""
    held = sites.site(SiteId(file.site))
    return held.site.name if held else ""


def evidence_by(steps: Sequence[MoneyStep], state: MoneyState) -> date | None:
    """Return the day by which evidence is due; None while nothing is awarded or once a settlement is proposed."""
    if state.stage is not MoneyStage.AWARDED:
        return None
    awarded_on = next(step.on for step in steps if step.kind is MoneyStepKind.AWARDED)
    return awarded_on + timedelta(days=money_law(law_book(), awarded_on).evidence_days)


def receipt_of(file: MoneyFile, state: MoneyState, step: MoneyStep) -> str:
    """Save the receipt of an award or a settlement and return its number; empty for other steps."""
    makers: dict[MoneyStepKind, Callable[[], str]] = {
        MoneyStepKind.AWARDED: lambda: journal.save_receipt(
            award_receipt(
                file,
                state.checked,
                as_of=step.on,
                citations=citations_of(file),
                code_version=code_version(),
            )
        ),
        MoneyStepKind.SETTLED: lambda: journal.save_receipt(
            settle_receipt(
                file,
                state,
                settled_cents=step.cents,
                as_of=step.on,
                citations=citations_of(file),
                code_version=code_version(),
            )
        ),
    }
    made = makers.get(step.kind)
    return made() if made else ""
