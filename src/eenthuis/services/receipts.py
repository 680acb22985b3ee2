"""Receipts: shown, and computed again."""

from __future__ import annotations

from collections.abc import Mapping

from eenthuis.rules.receipts import Recomputed, recompute
from eenthuis.rules.supervision_receipts import ASSESS
from eenthuis.services.access import may, place_of, require
from eenthuis.store import journal
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import InputError
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.receipt import Receipt


def read_receipt(*, actor: Actor, number: str) -> Receipt:
    """Return a receipt by its number.

    Raises
    ------
    InputError
        INP-04 when there is none, or it is of a reading of a municipality out of reach.
    """
    require(actor, "see-published-figures")
    found = journal.receipt(number)
    if found is None or not _may_see(actor, found):
        raise InputError(
            "INP-04",
            f"no receipt has the number {number[:20]!r}",
            remedy="Check the number on the letter or page.",
        )
    return found


def _may_see(actor: Actor, receipt: Receipt) -> bool:
    """Return whether an actor may see a receipt: that of a reading as far as it may see the readings themselves."""
    if receipt.action != ASSESS:
        return True
    read = receipt.inputs.get("progress")
    codes = read if isinstance(read, Mapping) else {}
    return all(may(actor, "see-supervision", place_of(MunicipalityCode(str(code)))) for code in codes)


def verify_receipt(*, actor: Actor, number: str) -> Recomputed:
    """Compute a receipt again from its own inputs."""
    return recompute(read_receipt(actor=actor, number=number))
