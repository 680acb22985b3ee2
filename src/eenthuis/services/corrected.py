"""The receipt of the corrected targets of a half-year, made when it is asked for from what the tables hold."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.realisation import PastHalfYear, corrected_targets
from eenthuis.rules.receipts import Shared, corrected_receipt
from eenthuis.rules.reorganisation import inhabitants_for
from eenthuis.rules.targets import net_targets, reference_date
from eenthuis.services.access import require
from eenthuis.services.balances import standing
from eenthuis.store import announcements as stored
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.receipt import Receipt
from eenthuis.terms.version import code_version

KEPT = 4
"""Receipts kept in memory by each process."""


def read_corrected_receipt(*, actor: Actor, half_year: HalfYear, today: date) -> Receipt:
    """Return the receipt of the corrected targets of a half-year: net, swaps, and every half-year before it.

    Raises
    ------
    ReferenceFactError
        REF-05 when no target was announced for it.
    """
    require(actor, "see-published-figures")
    return _made(half_year, min(today, half_year.last_day), stored.version())


@lru_cache(maxsize=KEPT)
def _made(half_year: HalfYear, as_of: date, version: tuple[str, ...]) -> Receipt:
    del version
    where = standing(half_year, as_of)
    realised = stored.realised_per_half_year(half_year, as_of)
    _, opening = stored.opening_balances()
    past = [
        (
            _shared(one),
            PastHalfYear(
                half_year=one,
                targets={code: line.net + line.swapped for code, line in lines.items()},
                realised={code: realised.get(one, {}).get(code, 0) for code in lines},
                law=law_book().realisation(one),
            ),
        )
        for one, lines in sorted(where.past.items())
        if one != half_year
    ]
    asked, progress = _shared(half_year), law_book().progress(half_year)
    mergers = reference.mergers(past[0][1].half_year.first_day, half_year.first_day) if past else ()
    made = corrected_targets(
        net=asked.made,
        past=[one for _, one in past],
        mergers=mergers,
        swapped={code: line.swapped for code, line in where.past[half_year].items()},
        opening=opening,
        realisation=law_book().realisation(half_year),
        progress=progress,
    )
    return corrected_receipt(
        asked=asked,
        past=past,
        mergers=mergers,
        months=progress.months,
        made=made,
        as_of=as_of,
        code_version=code_version(),
        opening=opening,
    )


def _shared(half_year: HalfYear) -> Shared:
    numbers = stored.announcements(half_year)
    if not numbers:
        raise ReferenceFactError(
            "REF-05", f"no target has been announced for {half_year}", remedy="Choose another half-year."
        )
    law = law_book().targets(half_year)
    inhabitants = inhabitants_for(
        half_year=half_year,
        counted=reference.inhabitants(reference_date(half_year, law.reference_rule)),
        mergers=reference.mergers(),
        rule=law.reorganisation,
    )
    made = net_targets(half_year=half_year, national=numbers[-1].people, inhabitants=inhabitants, law=law)
    return Shared(made, inhabitants, law)
