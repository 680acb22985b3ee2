"""Doing what was asked of the policy lab: one run at a time, told of while it goes on, stopped when asked."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping

from eenthuis.services.lab import BY_ITSELF
from eenthuis.store import lab_runs
from eenthuis.store.lab_models import LabRunRow
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.lab_runs import LabAsk, LabKind, ask_from
from eenthuis.terms.version import code_version

BEAT_SECONDS = 0.5


class _Telling:
    """Tells how far a run is, at most twice a second, and hears whether to go on.

    It raises ``InterruptedError`` when somebody asked to stop, the run is no longer ours, or the worker itself ends.
    """

    def __init__(self, number: int, worker: str, ending: threading.Event) -> None:
        self._number, self._worker, self._ending = number, worker, ending
        self._told = float("-inf")

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if now - self._told < BEAT_SECONDS:
            return
        self._told = now
        if self._ending.is_set() or not lab_runs.beat(self._number, self._worker, done):
            raise InterruptedError


def work_once(worker: str, ending: threading.Event | None = None) -> int | None:
    """Do the run that waits longest, what people ask before what asks for itself; None when none waits.

    A worker that is told to end puts its run back for another. What is wrong with a run is written on it by its code.
    """
    lab_runs.give_up_silent()
    row = lab_runs.claim(worker, last=BY_ITSELF.name)
    if row is None:
        return None
    over = ending or threading.Event()
    try:
        lab_runs.finish(row, worker, files_of(ask_from(row.asked), _Telling(row.pk, worker, over)))
    except InterruptedError:
        _stopped(row, worker, over)
    except EenthuisError as wrong:
        lab_runs.fail(row.pk, worker, problem=wrong.code)
    except Exception:
        lab_runs.fail(row.pk, worker, problem="LNK-03")
        raise
    return row.pk


def _stopped(row: LabRunRow, worker: str, ending: threading.Event) -> None:
    if ending.is_set():
        lab_runs.put_back(row.pk, worker)
    else:
        lab_runs.withdraw(row.pk, worker)


def files_of(asked: LabAsk, tell: _Telling) -> Mapping[str, bytes]:
    """Live what is asked and return the files it leaves behind."""
    import numpy as np

    from eenthuis.connect.lab_report import files, past_files, tornado_files
    from eenthuis.connect.lab_workers import threads
    from eenthuis.connect.lab_worth import worth_files
    from eenthuis.lab import compare, past, tornado, weigh

    match asked.kind:
        case LabKind.PAST:
            return past_files(past.tried(np.random.default_rng(asked.seed), tries=asked.futures, tell=tell))
        case LabKind.TORNADO:
            base, scenario = asked.scenarios
            found = tornado(
                base, scenario, futures=asked.futures, seed=asked.seed, half_years=asked.half_years,
                work=asked.work,
                worker=threads(os.cpu_count() or 1), tell=tell,
            )  # fmt: skip
            return tornado_files(found, found.run.half_years()[-1])
        case LabKind.WORTH:
            weighed = weigh(
                asked.scenarios, futures=asked.futures, seed=asked.seed, half_years=asked.half_years,
                work=asked.work,
                worker=threads(os.cpu_count() or 1), tell=tell,
            )  # fmt: skip
            return worth_files(weighed)
        case LabKind.COMPARE:
            done = compare(
                asked.scenarios, futures=asked.futures, seed=asked.seed, half_years=asked.half_years,
                work=asked.work,
                worker=threads(os.cpu_count() or 1), tell=tell,
            )  # fmt: skip
            return files(done, code_version())
