"""The receipt of a lot, with which anyone draws it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from eenthuis.rules.inputs import listed, whole
from eenthuis.rules.lots import draw
from eenthuis.terms.law import Citation
from eenthuis.terms.lots import Draw, LotEntry
from eenthuis.terms.receipt import Receipt, make_receipt
from eenthuis.terms.schemes import ApplicationId, WhenShort

DRAW = "schemes.draw"
DRAW_COLUMNS = ("place", "key", "awarded_cents")
"""The names of the values in the output of a lot, per application."""


def draw_receipt(
    made: Draw, *, when_short: WhenShort, as_of: date, citations: tuple[Citation, ...], code_version: str
) -> Receipt:
    """Return the receipt of a lot, with every input to draw it again."""
    inputs: dict[str, object] = {
        "round": made.round_name,
        "commitment": made.commitment,
        "seed": made.seed,
        "public_value": made.public_value,
        "budget_cents": made.budget_cents,
        "when_short": when_short.value,
        "entries": sorted(
            ([one.entry.application, one.entry.category, one.entry.asked_cents] for one in made.drawn),
            key=str,
        ),
    }
    return make_receipt(
        action=DRAW,
        as_of=as_of,
        inputs=inputs,
        output=_output(made),
        citations=citations,
        code_version=code_version,
    )


def draw_again(inputs: Mapping[str, object]) -> dict[str, object]:
    """Draw again with nothing but the inputs of a receipt."""
    entries = []
    for line in listed(inputs["entries"]):
        application, category, asked = listed(line)
        entries.append(LotEntry(ApplicationId(str(application)), whole(category), whole(asked)))
    return _output(
        draw(
            entries,
            round_name=str(inputs["round"]),
            commitment=str(inputs["commitment"]),
            seed=str(inputs["seed"]),
            public_value=str(inputs["public_value"]),
            budget_cents=whole(inputs["budget_cents"]),
            when_short=WhenShort(str(inputs["when_short"])),
        )
    )


def _output(made: Draw) -> dict[str, object]:
    return {one.entry.application: [one.place, one.key, one.awarded_cents] for one in made.drawn}
