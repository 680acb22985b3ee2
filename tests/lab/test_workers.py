"""On a real cluster of processes, one of them killed in the middle: the same figures, digit for digit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from dask.distributed import LocalCluster

from eenthuis.connect.lab_workers import AHEAD, cluster, threads
from eenthuis.lab import Run, compare
from eenthuis.lab.running import Ask, Piece
from eenthuis.reference.policy import scenarios
from eenthuis.terms.errors import InputError

FUTURES = 150
SCENARIOS = (scenarios()["today"], scenarios()["as-advised"])


def figures(run: Run) -> list[tuple[object, ...]]:
    return [
        (key, sketch.cells, sketch.total, sketch.squares, sketch.missing)
        for part in (run.values, run.differences)
        for key, sketch in sorted(part.items())
    ]


def test_a_killed_worker_changes_nothing() -> None:
    alone = compare(SCENARIOS, futures=FUTURES, seed=3, half_years=2, worker=threads(2))
    machines = LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    )
    with machines:
        sent = cluster(machines.scheduler_address)

        def with_a_death(ask: Ask, pieces: Iterable[tuple[int, int]]) -> Iterator[Piece]:
            for count, piece in enumerate(sent(ask, pieces)):
                if count == 0:
                    next(iter(machines.workers.values())).process.process.kill()
                yield piece

        broken = compare(SCENARIOS, futures=FUTURES, seed=3, half_years=2, worker=with_a_death)
    assert figures(broken) == figures(alone)


def test_no_more_is_asked_than_is_taken_in() -> None:
    """However many futures, few pieces are done that nobody has taken in yet: memory does not grow with them."""
    asked = Ask(SCENARIOS[:1], 1000, 3, 1)
    begun: list[int] = []

    def pieces() -> Iterator[tuple[int, int]]:
        for first, _ in asked.pieces():
            begun.append(first)
            yield first, 1

    done = threads(2)(asked, pieces())
    for taken in range(1, 12):
        next(done)
        assert len(begun) <= taken + 2 * AHEAD
    done.close()  # type: ignore[attr-defined]
    assert len(begun) < len(asked.pieces())


def test_no_cluster_at_the_address_is_told() -> None:
    with pytest.raises(InputError, match="no cluster answers"):
        cluster("tcp://127.0.0.1:1")
