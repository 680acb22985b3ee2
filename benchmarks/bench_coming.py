"""How good is the forecast of what comes to a municipality? Tried on the demonstration country, month after month.

    python benchmarks/bench_coming.py

It needs the demonstration country in the database (eenthuis demo build). Every forecast is made from what stood in the
tables on its day; links that were made in the three months after it are what it is held against, beside the naive
forecast "as many as in the three months before". The demonstration is invented: this shows that the method does what
it says, not how linking will go.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from eenthuis.cli.django_ready import ready
from eenthuis.forecast.coming import ALL, coming
from eenthuis.rules.bands import BANDS, band_of
from eenthuis.rules.months import months_after

HORIZON = 3
YEAR = 12
FUTURES = 1000
ORIGINS = [months_after(date(2024, 11, 1), step) for step in range(13)]
SHAPES = (0.5, 1.0, 2.0, 3.0, 5.0, 1000.0)
Link = tuple[str, date, int]


@dataclass
class Tally:
    """What was tried, and how often it held."""

    held: Counter[tuple[float, bool]] = field(default_factory=Counter)
    tried: Counter[tuple[float, bool]] = field(default_factory=Counter)
    errors: list[tuple[int, int]] = field(default_factory=list)


def main() -> None:
    """Try every origin and print the scores."""
    ready(demonstration=True)
    from eenthuis.store.models import LinkRow

    rows = LinkRow.objects.filter(kind="linked").values_list("municipality", "on", "persons")
    links = [(str(code), on, int(persons)) for code, on, persons in rows]
    tally = Tally()
    for origin in ORIGINS:
        try_on(origin, links, tally)
    print(f"{len(tally.errors)} forecasts from {len(ORIGINS)} days, {HORIZON} months ahead")
    for shape in SHAPES:
        whole, bands = (tally.held[shape, one] / tally.tried[shape, one] for one in (True, False))
        print(
            f"speed of shape {shape}: {whole:.1%} of all households together and {bands:.1%} per band "
            "lie within eight in ten"
        )
    own, naive = (sum(error[at] for error in tally.errors) / len(tally.errors) for at in (0, 1))
    print(f"mean error of the middle: {own:.2f} households; of as many as before: {naive:.2f}")


def try_on(origin: date, links: list[Link], tally: Tally) -> None:
    """Forecast for every municipality on one day, and hold it against what came."""
    from eenthuis.services.balances import standing
    from eenthuis.services.coming import people_ahead
    from eenthuis.terms.half_year import HalfYear

    until, before, year = (months_after(origin, step) for step in (HORIZON, -HORIZON, -YEAR))
    where = standing(HalfYear.containing(origin), origin)
    past = [persons for _, on, persons in links if year <= on < origin]
    mix = Counter(band_of(persons) for persons in past)
    means = {band: float(np.mean([p for p in past if band_of(p) == band] or [low])) for band, low, _ in BANDS}
    came = Counter((code, band_of(p)) for code, on, p in links if origin <= on < until)
    total = Counter(code for code, on, _ in links if origin <= on < until)
    went = Counter(code for code, on, _ in links if before <= on < origin)
    for code in where.held.targets:
        people = people_ahead(where, code, origin).people[:FUTURES, :HORIZON]
        for shape in SHAPES:
            rng = np.random.Generator(np.random.PCG64([int(code[2:]), origin.toordinal()]))
            made = coming(people, mix={b: mix[b] for b, _, _ in BANDS}, persons=means, rng=rng, batches=shape)
            for line in made:
                if line.months == HORIZON:
                    is_whole = line.band == ALL
                    actual = total[code] if is_whole else came[(code, line.band)]
                    tally.tried[shape, is_whole] += 1
                    tally.held[shape, is_whole] += line.covers(actual)
                    if is_whole and shape == SHAPES[3]:
                        tally.errors.append((abs(line.middle - actual), abs(went[code] - actual)))


if __name__ == "__main__":
    main()
