"""Publishing a year of family composition: how long it takes, how much is hidden, and what an attack on it finds.

    python benchmarks/bench_composition.py [MONTHS]

It needs the demonstration country in the database (eenthuis demo build) and writes nothing there. Months are published
one after another as the worker would, each with all before it in view; then everything goes into one attack.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from eenthuis.cli.django_ready import ready
from eenthuis.rules.composition import Geography
from eenthuis.rules.months import months_after
from eenthuis.terms.composition import Cell, Characteristic, Publication, Stage

LAST, YEAR = date(2026, 3, 1), 12


def main() -> None:
    """Publish the months, attack them, and print what that took and found."""
    ready(demonstration=True)
    from eenthuis.law import law_book
    from eenthuis.services.attacking import attack_report
    from eenthuis.services.composing import counted, geography_on, hidden_in

    number = int(sys.argv[1]) if len(sys.argv) > 1 else YEAR
    published: list[Publication] = []
    for step in range(1 - number, 1):
        month = months_after(LAST, step)
        law = law_book().composition(month)
        start = time.process_time()
        plain, _ = counted(month, law)
        found = hidden_in(plain, published, law)
        seconds = time.process_time() - start
        published.append(replace(plain, hidden=found.hidden))
        parts = "; ".join(shares(published[-1], geography_on(month)))
        print(
            f"{month:%Y-%m} {seconds:5.1f} s, {len(found.hidden)} of {len(plain.counts)} counts hidden; {parts}"
        )
    start = time.process_time()
    made = attack_report(published)
    print(
        f"attack on {len(made.months)} months in {time.process_time() - start:.0f} s: {made.hidden} hidden counts and "
        f"{made.untold} told of nowhere, {len(made.found)} found; of {made.public} other public figures leave less open"
    )
    for one in made.found:
        print(f"  {one.month:%Y-%m} {one.cell.key}: {one.least} to {one.most}, asked {one.asked}")


def shares(publication: Publication, geography: Geography) -> Iterator[str]:
    """Yield how many counts and households are shown, per stage of the areas and of the provinces."""
    for stage in Stage:
        for characteristic, places in (
            (Characteristic.HOME, geography.areas),
            (Characteristic.SIZE, geography.provinces),
        ):
            cells = [
                cell
                for cell in publication.counts
                if cell.stage is stage and cell.characteristic is characteristic and cell.place in places
            ]
            yield f"{stage} {characteristic} {_share(publication, cells)}"


def _share(publication: Publication, cells: list[Cell]) -> str:
    shown = [cell for cell in cells if cell not in publication.hidden]
    households = sum(publication.counts[cell] for cell in cells)
    told = sum(publication.counts[cell] for cell in shown)
    return f"{len(shown) / len(cells):.0%} of counts, {told / max(households, 1):.0%} of households"


if __name__ == "__main__":
    main()
