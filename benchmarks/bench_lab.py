"""The policy lab: futures a second, growth, memory, several machines, and how well it foresees what was held out.

Beside it stands the same model in plain Python: the very functions, not compiled, on one half-year of one future, and
the outcome must be the same to the digit. That is an agent per household in queues, without numpy arithmetic.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence

import numpy as np

from eenthuis.connect.lab_workers import cluster, threads
from eenthuis.lab import compare
from eenthuis.lab.past import calibrate, covered, naive_pinball, pinball, validate
from eenthuis.reference.policy import scenarios
from ratio import Figure, Ratio

TODAY = scenarios()["today"]
CORES = 2
ONE = """
import json, time
from eenthuis.lab.running import Ask, outcomes
from eenthuis.reference.policy import scenarios
ask = Ask((scenarios()["today"],), 1, 1, 4)
outcomes(ask, ask.scenarios[0], 0, 1)
many = {many}
start = time.process_time()
for _ in range(many):
    found = outcomes(ask, ask.scenarios[0], 0, 1)
print(json.dumps([(time.process_time() - start) / many, found.nation.tolist()]))
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
    found = [_plain_python(), *_growth((125, 250, 500, 1000) if full else (50, 100, 200))]
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


def _plain_python() -> Ratio:
    ours, figures = json.loads(_run(ONE.format(many=20)))
    plain, same = json.loads(_run(ONE.format(many=1), compiled=False))
    np.testing.assert_array_equal(figures, same)
    return Ratio(
        name="policy lab, one half-year of one future of 342 municipalities",
        ours=ours,
        theirs=plain,
        against="the same functions in plain Python, same digits",
        unit="s",
        limit=1 / 300,
        figures=(Figure("S1", "times plain Python", 300, plain / ours, "x", at_least=True),),
    )


def _growth(sizes: Sequence[int]) -> list[Ratio]:
    seconds = []
    for futures in sizes:
        start = time.perf_counter()
        compare((TODAY,), futures=futures, seed=1, worker=threads(CORES))
        seconds.append(time.perf_counter() - start)
    slope, least = np.polyfit(sizes, seconds, 1)
    straight = float(np.corrcoef(sizes, seconds)[0, 1] ** 2)
    low, high = (int(_run(PEAK, str(size))) / 2**20 for size in (sizes[0], sizes[-1]))
    thousand = seconds[-1] * 1000 / sizes[-1]
    return [
        Ratio(
            name=f"policy lab, {sizes[-1]} futures of ten years beside {sizes[0]}",
            ours=seconds[-1] / sizes[-1],
            theirs=seconds[0] / sizes[0],
            against=f"{sizes[0]} futures",
            unit="s a future",
            note=f"{slope:.4f} s a future and {least:.2f} s once, straight to {straight:.4f}; "
            f"peak {low:.2f} and {high:.2f} GiB",
            figures=(
                Figure("S1", "1,000 futures on two cores", 10, thousand, "s"),
                Figure("S1", "memory", 1, high, "GiB"),
                Figure("S2", "straightness of growth (r squared)", 0.99, straight, "", at_least=True),
                Figure("S2", f"memory at {sizes[-1]} futures beside {sizes[0]}", 1.05, high / low, "x"),
            ),
        )
    ]


def _machines() -> Ratio:
    from dask.distributed import LocalCluster

    seconds = []
    for machines in (1, 2):
        with LocalCluster(  # type: ignore[no-untyped-call, unused-ignore]
            n_workers=machines, threads_per_worker=1, processes=True, dashboard_address=None
        ) as local:
            compare((TODAY,), futures=50, seed=2, half_years=1, worker=cluster(local.scheduler_address))
            start = time.perf_counter()
            compare((TODAY,), futures=400, seed=1, worker=cluster(local.scheduler_address))
            seconds.append(time.perf_counter() - start)
    return Ratio(
        name="policy lab, two dask workers beside one",
        ours=seconds[1],
        theirs=seconds[0],
        against="one worker",
        unit="s",
        limit=1 / 1.7,
        figures=(Figure("S3", "two workers beside one", 1.7, seconds[0] / seconds[1], "x", at_least=True),),
    )


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
