"""Scores what comes to a municipality on the demonstration country, month after month, beside the naive forecast.

    python benchmarks/bench_coming.py

It needs the demonstration country in the database (eenthuis demo build). Every forecast is made from what stood in the
tables on its day; links that were made after it are what it is held against, beside "as many as in so many months
before". The demonstration is invented: this shows that the method does what it says, not how linking will go.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from eenthuis.cli.django_ready import ready
from eenthuis.forecast.coming import ALL, HIGH, LOW, MIDDLE, STEADY, coming
from eenthuis.rules.bands import BANDS, band_of
from eenthuis.rules.months import months_after

HORIZONS = (1, 3, 6)
YEAR, FUTURES = 12, 1000
LAST = date(2026, 3, 1)
ORIGINS = [months_after(date(2024, 11, 1), step) for step in range(0, 16, 2)]
SHAPES = (STEADY,)
Link = tuple[str, date, int]


@dataclass
class Tally:
    """How often intervals held, of all households and per band, and pinball losses, the naive one's last."""

    held: list[bool] = field(default_factory=list)
    held_per_band: list[bool] = field(default_factory=list)
    loss: list[tuple[float, float, float, float]] = field(default_factory=list)


def main() -> None:
    """Try every origin and print the scores."""
    ready(demonstration=True)
    from eenthuis.store.models import LinkRow

    rows = LinkRow.objects.filter(kind="linked").values_list("municipality", "on", "persons")
    links = [(str(code), on, int(persons)) for code, on, persons in rows]
    tallies = {(horizon, shape): Tally() for horizon in HORIZONS for shape in SHAPES}
    for origin in ORIGINS:
        try_on(origin, links, tallies)
    for (horizon, shape), tally in tallies.items():
        low, middle, high, naive = np.mean(tally.loss, axis=0)
        print(
            f"{horizon} months, shape {shape:g}, {len(tally.held)} forecasts: {np.mean(tally.held):.1%} within eight "
            f"in ten ({np.mean(tally.held_per_band):.1%} per band); pinball loss {low:.3f} {middle:.3f} {high:.3f}, "
            f"middle of the naive one {naive:.3f}"
        )


def try_on(origin: date, links: list[Link], tallies: dict[tuple[int, float], Tally]) -> None:
    """Forecast for every municipality on one day, and hold it against what came."""
    from eenthuis.services.coming import at_pace, linked_in_year
    from eenthuis.services.composing import geography_on

    linked = {str(code): number for code, number in (linked_in_year(origin) or {}).items()}
    whose: dict[str, list[tuple[date, int]]] = {}
    for place, on, persons in links:
        whose.setdefault(place, []).append((on, persons))
    past = [persons for _, on, persons in links if months_after(origin, -YEAR) <= on < origin]
    bands = Counter(band_of(persons) for persons in past)
    mix = {band: bands[band] for band, _, _ in BANDS}
    means = {band: float(np.mean([p for p in past if band_of(p) == band] or [low])) for band, low, _ in BANDS}
    for code in geography_on(origin).municipalities:
        people, own = at_pace(linked.get(code, 0))[:FUTURES], whose.get(code, [])
        for shape in SHAPES:
            rng = np.random.Generator(np.random.PCG64([int(code[2:]), origin.toordinal()]))
            for line in coming(people, mix=mix, persons=means, rng=rng, batches=shape):
                until = months_after(origin, line.months)
                if (line.months, shape) not in tallies or until > LAST:
                    continue
                tally = tallies[line.months, shape]
                came = sum(
                    origin <= on < until and line.band in {ALL, band_of(persons)} for on, persons in own
                )
                if line.band != ALL:
                    tally.held_per_band.append(line.covers(came))
                    continue
                went = sum(months_after(origin, -line.months) <= on < origin for on, _ in own)
                tally.held.append(line.covers(came))
                ends = ((line.low, LOW), (line.middle, MIDDLE), (line.high, HIGH), (went, MIDDLE))
                low, middle, high, naive = (pinball(came, said, level) for said, level in ends)
                tally.loss.append((low, middle, high, naive))


def pinball(came: int, said: int, level: float) -> float:
    """Return how far a quantile was off, weighed by its level."""
    return max(level * (came - said), (level - 1) * (came - said))


if __name__ == "__main__":
    main()
