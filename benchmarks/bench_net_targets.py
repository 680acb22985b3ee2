"""Net targets of every municipality with a receipt, beside the largest remainder of ``apportionment``.

Both share the number of 2023-I by the same inhabitants. Eenthuis counts with exact fractions, keeps every
share, cites its law and writes a receipt; the package gives seats only, and its result sums to the national number,
which the Act does not ask.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from importlib import metadata

from apportionment.methods import largest_remainder

import eenthuis
from eenthuis.rules.targets import reference_date
from ratio import Ratio

NATIONAL = 21_200
ROUNDS = 15


def seconds(work: Callable[[], object]) -> float:
    """Return the median time of one round of ``work``, in seconds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def measure() -> list[Ratio]:
    """Measure both on the same inhabitants in the same run."""
    half_year = eenthuis.HalfYear.parse("2023-I")
    law = eenthuis.law_book().targets(half_year)
    inhabitants = eenthuis.inhabitants_for(
        half_year=half_year,
        counted=eenthuis.inhabitants(reference_date(half_year, law.reference_rule)),
        mergers=eenthuis.mergers(),
        rule=law.reorganisation,
    )
    codes, votes = list(inhabitants.people), list(inhabitants.people.values())

    def with_receipt() -> object:
        made = eenthuis.net_targets(half_year=half_year, national=NATIONAL, inhabitants=inhabitants, law=law)
        return eenthuis.net_target_receipt(
            made=made, inhabitants=inhabitants, law=law, as_of=half_year.first_day, code_version="benchmark"
        )

    def seats(*, exact: bool) -> object:
        return largest_remainder(votes, NATIONAL, fractions=exact, parties=codes)

    version = metadata.version("apportionment")
    ours = seconds(with_receipt)
    return [
        Ratio(
            name=f"net targets of {len(votes)} municipalities with receipt",
            ours=ours,
            theirs=seconds(partial(seats, exact=exact)),
            against=f"apportionment {version}, largest remainder in {kind}, seats only",
            unit="s",
            limit=3,
        )
        for exact, kind in ((True, "fractions"), (False, "floats"))
    ]
