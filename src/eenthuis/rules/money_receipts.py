"""The receipts of an award and of a settlement, with which anyone computes them again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from eenthuis.rules.inputs import listed, whole
from eenthuis.terms.law import Citation
from eenthuis.terms.money_files import CheckedLine, MoneyFile, MoneyState
from eenthuis.terms.receipt import Receipt, make_receipt

AWARD = "money.award"
SETTLE = "money.settle"
AWARD_COLUMNS = ("asked_cents", "awarded_cents", "cut_cents")
SETTLE_COLUMNS = ("settled_cents", "due_cents")
"""The names of the values in the output, per money file."""


def award_receipt(
    file: MoneyFile,
    lines: tuple[CheckedLine, ...],
    *,
    as_of: date,
    citations: tuple[Citation, ...],
    code_version: str,
) -> Receipt:
    """Return the receipt of an award: what was asked and awarded, line by line."""
    found = {line.line: line.awarded_cents for line in lines}
    inputs: dict[str, object] = {
        "file": file.identifier,
        "kind": file.kind.value,
        "lines": [[line.line, line.asked_cents, found[line.line]] for line in file.lines],
    }
    if file.basis is not None:
        inputs["basis"] = {
            "shares": file.basis.receipt,
            "used": [file.basis.number, file.basis.places, file.basis.own_places],
            "registered": list(file.basis.registered),
            "asked_before": [file.basis.held, file.basis.own_held],
        }
    return make_receipt(
        action=AWARD,
        as_of=as_of,
        inputs=inputs,
        output=award_again(inputs),
        citations=citations,
        code_version=code_version,
    )


def award_again(inputs: Mapping[str, object]) -> dict[str, object]:
    """Add an award up again with nothing but the inputs of a receipt."""
    asked = awarded = 0
    for line in listed(inputs["lines"]):
        _number, line_asked, line_awarded = (whole(one) for one in listed(line))
        asked += line_asked
        awarded += line_awarded
    return {str(inputs["file"]): [asked, awarded, asked - awarded]}


def settle_receipt(
    file: MoneyFile,
    state: MoneyState,
    *,
    settled_cents: int,
    as_of: date,
    citations: tuple[Citation, ...],
    code_version: str,
) -> Receipt:
    """Return the receipt of a settlement: what was awarded, paid and recovered, and what is still due."""
    inputs: dict[str, object] = {
        "file": file.identifier,
        "awarded_cents": state.awarded_cents or 0,
        "paid_cents": state.paid_cents,
        "recovered_cents": state.recovered_cents,
        "shown_cents": settled_cents,
    }
    return make_receipt(
        action=SETTLE,
        as_of=as_of,
        inputs=inputs,
        output=settle_again(inputs),
        citations=citations,
        code_version=code_version,
    )


def settle_again(inputs: Mapping[str, object]) -> dict[str, object]:
    """Settle again with nothing but the inputs of a receipt."""
    settled = min(whole(inputs["awarded_cents"]), whole(inputs["shown_cents"]))
    held = whole(inputs["paid_cents"]) - whole(inputs["recovered_cents"])
    return {str(inputs["file"]): [settled, settled - held]}
