"""A national assessment: every municipality over twenty half-years, with receipts, beside the second that was promised.

No public tool assesses municipalities, so the measure stands beside the promise itself: under a second on two cores.
Each municipality climbs the ladder of its own province through twenty half-years and gets a receipt of its own, as a
letter needs one; the second line makes one receipt of the whole country, as the command does.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from functools import partial

import eenthuis
from eenthuis import reference
from eenthuis.rules.supervision_receipts import assessment_receipt
from eenthuis.terms.supervision import Figures
from ratio import Ratio

ROUNDS = 5
HALF_YEARS = 20
LAST = eenthuis.HalfYear(2025, 2)
AS_OF = date(2026, 1, 1)
PROMISED_SECONDS = 1.0


def seconds(work: Callable[[], object]) -> float:
    """Return the median time of one round of ``work``, in seconds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def history(number: int) -> list[Figures]:
    """Return invented figures of one municipality: a third lead, a third fall behind, a third come and go."""
    found = []
    for step in range(HALF_YEARS):
        corrected = 40 + number % 90
        realised = corrected + (3, -9, (-1) ** step * 5)[number % 3]
        linked = corrected - (step * number) % 7
        found.append(
            Figures(LAST.shift(step + 1 - HALF_YEARS), corrected, realised, linked, source="invented")
        )
    return found


def measure() -> list[Ratio]:
    """Measure the assessment of the country with a receipt per municipality, and with one receipt."""
    codes = [one.code for one in eenthuis.municipalities(AS_OF)]
    progress = {code: history(number) for number, code in enumerate(codes)}

    def receipts(*, each: bool) -> object:
        made = eenthuis.assess_supervision(
            half_year=LAST,
            as_of=AS_OF,
            progress=progress,
            places=reference.supervising_places(),
            book=eenthuis.law_book(),
        )
        parts = [[one] for one in made] if each else [made]
        return [
            assessment_receipt(
                assessments=part, progress=progress, half_year=LAST, as_of=AS_OF, code_version="benchmark"
            ).number
            for part in parts
        ]

    name = f"readings of {len(codes)} municipalities over {HALF_YEARS} half-years"
    return [
        Ratio(
            name=f"{name}, {said}",
            ours=seconds(partial(receipts, each=each)),
            theirs=PROMISED_SECONDS,
            against="the second that was promised",
            unit="s",
            limit=1,
        )
        for each, said in ((True, "a receipt for each"), (False, "one receipt"))
    ]
