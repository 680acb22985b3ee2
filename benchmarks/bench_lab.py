"""The policy lab: futures a second, growth, memory, several machines, and how well it foresees what was held out.

Beside it stands the same model in plain Python: the very functions, not compiled, on one half-year of one future, with
the same outcome to the digit. That is an agent per household in queues. Arrays are read and written number by number
there; warnings of 64-bit numbers that wrap around are off, for they took a third of its time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from eenthuis.connect.lab_workers import cluster, threads
from eenthuis.lab import compare
from eenthuis.lab.past import calibrate, covered, naive_pinball, pinball, validate
from eenthuis.reference.policy import scenarios
from ratio import Figure, Ratio

if TYPE_CHECKING:
    from dask.distributed import LocalCluster

TODAY = scenarios()["today"]
CORES = 2
HALF_YEARS = 20
IDLE_SECONDS = 2.0
ONE = """
import json, time
import numpy as np
from eenthuis.lab.running import Ask, outcomes
from eenthuis.reference.policy import scenarios
ask = Ask((scenarios()["today"],), 1, 1, 1)
seconds = []
with np.errstate(over="ignore"):
    outcomes(ask, ask.scenarios[0], 0, 1)
    for _ in range({many}):
        start = time.process_time()
        found = outcomes(ask, ask.scenarios[0], 0, 1)
        seconds.append(time.process_time() - start)
print(json.dumps([min(seconds), found.nation.tolist(), found.local.tolist()]))
"""
PEAK = """
import resource, sys
from eenthuis.connect.lab_workers import threads
from eenthuis.lab import simulate
simulate("today", futures=int(sys.argv[1]), worker=threads(2))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def measure(*, full: bool = False) -> list[Ratio]:
    """Measure the lab; ``full`` lives a thousand futures, starts a cluster and lives the past."""
    compare((TODAY,), futures=50, seed=1, half_years=1, worker=threads(CORES))
    found = [_plain_python(9 if full else 3), *_growth(full=full)]
    if full:
        found += [_machines(), _held_out()]
    return found


def _run(program: str, *arguments: str, compiled: bool = True) -> str:
    environment = os.environ | ({} if compiled else {"NUMBA_DISABLE_JIT": "1"})
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return done.stdout


def _plain_python(many: int) -> Ratio:
    """Compare the least of several processor times of each."""
    ours, *figures = json.loads(_run(ONE.format(many=10 * many)))
    plain, *same = json.loads(_run(ONE.format(many=many), compiled=False))
    for own, other in zip(figures, same, strict=True):
        np.testing.assert_array_equal(own, other)
    return Ratio(
        name="policy lab, one half-year of one future of 342 municipalities",
        ours=ours,
        theirs=plain,
        against="the same functions in plain Python, same digits",
        unit="s",
        limit=1 / 300,
        figures=(Figure("S1", "times plain Python", 300, plain / ours, "x", at_least=True),),
    )


def _seconds(futures: int, half_years: int) -> tuple[float, float]:
    """Return the seconds of a run with two threads, and the processor seconds of both."""
    start, own = time.perf_counter(), time.process_time()
    compare((TODAY,), futures=futures, seed=1, half_years=half_years, worker=threads(CORES))
    return time.perf_counter() - start, time.process_time() - own


def _straight(
    sizes: Sequence[int], times: int, lived: Callable[[int], tuple[float, float]]
) -> tuple[float, str]:
    """Return how straight processor time grows with size (r squared of the least of several), and the line in words."""
    least = [min(lived(size)[1] for _ in range(times)) for size in sizes]
    slope, once = np.polyfit(sizes, least, 1)
    straight = float(np.corrcoef(sizes, least)[0, 1] ** 2)
    points = ", ".join(f"{size}: {seconds:.3f}" for size, seconds in zip(sizes, least, strict=True))
    return straight, f"{1000 * slope:.3f} ms each and {once:.3f} s once ({points} processor seconds)"


def _growth(*, full: bool) -> list[Ratio]:
    many = 1000 if full else 200
    sizes, times = ((100, 200, 400, 800), 2) if full else ((50, 100, 150, 200), 2)
    wall, busy = min(_seconds(many, HALF_YEARS) for _ in range(times))
    futures, per_future = _straight(sizes, times, lambda size: _seconds(size, HALF_YEARS))
    steps, per_step = _straight((5, 10, 20, 40), times, lambda size: _seconds(50, size))
    low, high = (int(_run(PEAK, str(size))) / 2**20 for size in (sizes[0], many))
    thousand = wall * 1000 / many
    return [
        Ratio(
            name=f"policy lab, {many} futures of ten years on two cores",
            ours=wall,
            theirs=busy / CORES,
            against="half its processor seconds",
            unit="s",
            note=f"futures: {per_future}; half-years: {per_step}; peak {low:.2f} and {high:.2f} GiB",
            figures=(
                Figure("S1", "1,000 futures on two cores", 10, thousand, "s"),
                Figure("S1", "processor time of 1,000 futures", 20, busy * 1000 / many, "s"),
                Figure("S1", "memory", 1, high, "GiB"),
                Figure("S2", "straightness in futures (r squared)", 0.99, futures, "", at_least=True),
                Figure("S2", "straightness in half-years (r squared)", 0.99, steps, "", at_least=True),
                Figure("S2", f"memory at {many} futures beside {sizes[0]}", 1.05, high / low, "x"),
            ),
        )
    ]


def _machines() -> Ratio:
    """Live the same futures with one worker and with two, each a process with a thread, in turns, the least of two.

    The figure needs two quiet cores. Beside it stand the processor seconds of the workers and of this process, which
    sends pieces and takes them in: they tell what two free cores would give at most.
    """
    from dask.distributed import LocalCluster

    least: dict[int, tuple[float, float, float]] = {}
    for _ in range(2):
        for machines in (1, 2):
            with LocalCluster(  # type: ignore[no-untyped-call, unused-ignore]
                n_workers=machines, threads_per_worker=1, processes=True, dashboard_address=None
            ) as local:
                own = _on_machines(local)
            least[machines] = min(own, least.get(machines, own))
    (one, one_busy, _), (two, two_busy, taken_in) = least[1], least[2]
    free = 2 * one_busy / (two_busy + taken_in)
    return Ratio(
        name="policy lab, two dask workers beside one",
        ours=two,
        theirs=one,
        against="one worker",
        unit="s",
        limit=1 / 1.7,
        note=f"processor seconds: one worker {one_busy:.2f}, two workers {two_busy:.2f} and {taken_in:.2f} to send and "
        f"take in, so on two free cores at most {free:.2f} x; load {os.getloadavg()[0]:.1f}",
        figures=(
            Figure("S3", "two workers beside one", 1.7, one / two, "x", at_least=True),
            Figure("S3", "the same by processor time", 1.7, free, "x", at_least=True),
        ),
    )


def _on_machines(local: LocalCluster) -> tuple[float, float, float]:
    """Return the seconds of 600 futures, and the processor seconds of the workers and of this process for them.

    What they take while nothing is asked is left out: a run lasts longer on a busy machine, and that grows with it.
    """
    from dask.distributed import Client

    address = local.scheduler_address
    compare((TODAY,), futures=200, seed=2, half_years=1, worker=cluster(address))
    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call, unused-ignore]

        def busy() -> tuple[float, float, float]:
            workers = sum(client.run(time.process_time).values())
            return time.perf_counter(), workers, time.process_time()

        before = busy()
        time.sleep(IDLE_SECONDS)
        start = busy()
        compare((TODAY,), futures=600, seed=1, worker=cluster(address))
        end = busy()
    seconds, workers, own = (late - early for late, early in zip(end, start, strict=True))
    idle, idle_workers, idle_own = (late - early for late, early in zip(start, before, strict=True))
    return seconds, workers - idle_workers / idle * seconds, own - idle_own / idle * seconds


def _held_out() -> Ratio:
    met = [
        one
        for one in validate(calibrate(np.random.default_rng(1), tries=2000, keep=60))
        if one.known.use == "held-out"
    ]
    pairs = [(pinball(one) / one.known.spread, naive_pinball(one)) for one in met]
    ours = float(np.mean([loss for loss, naive in pairs if naive is not None]))
    theirs = float(
        np.mean(
            [
                naive / one.known.spread
                for one, (_, naive) in zip(met, pairs, strict=True)
                if naive is not None
            ]
        )
    )
    within = covered(met)
    return Ratio(
        name="policy lab, figures of 2023 to 2025 foreseen from those up to 2022",
        ours=ours,
        theirs=theirs,
        against="the figure last published",
        unit="pinball loss in spreads",
        note="; ".join(f"{one.known.half_year} {one.known.measure} {pinball(one):.0f}" for one in met),
        figures=(
            Figure("S4", "held out within the band of 80 %, at least", 0.7, within, "", at_least=True),
            Figure("S4", "held out within the band of 80 %, at most", 0.9, within, ""),
            Figure("S4", "loss beside as last published", 1, ours / theirs, "x"),
        ),
    )
