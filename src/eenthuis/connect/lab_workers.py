"""Workers of the policy lab: threads here, or a dask cluster; the figures are the same to the digit."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from eenthuis.lab.running import Ask, Piece, Worker, do_piece
from eenthuis.terms.errors import InputError, Location

MOST_WORKERS = 256
SECONDS_TO_CONNECT = 10
AHEAD = 4
"""Pieces per worker that are asked for before the first is taken in: none waits for work, and none pile up."""


def threads(workers: int) -> Worker:
    """Return a worker that does pieces in so many threads; the compiled work does not hold the others up.

    Raises
    ------
    InputError
        INP-06 when that is no sensible number.
    """
    if not 1 <= workers <= MOST_WORKERS:
        raise InputError(
            "INP-06",
            f"--workers is {workers}",
            remedy=f"Give 1 to {MOST_WORKERS}.",
            location=Location(column="--workers", value=str(workers)),
        )

    def work(ask: Ask, pieces: Iterable[tuple[int, int]]) -> Iterator[Piece]:
        sent: deque[Future[Piece]] = deque()
        with ThreadPoolExecutor(workers) as pool:
            try:
                for piece in pieces:
                    sent.append(pool.submit(do_piece, ask, *piece))
                    if len(sent) >= AHEAD * workers:
                        yield sent.popleft().result()
                while sent:
                    yield sent.popleft().result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    return work


def cluster(address: str) -> Worker:
    """Return a worker that sends pieces to a dask cluster; a piece whose machine dies is done again elsewhere.

    Raises
    ------
    InputError
        INP-01 when nothing answers at the address.
    """
    from dask.distributed import Client, as_completed

    try:
        client = Client(  # type: ignore[no-untyped-call, unused-ignore]
            address, timeout=SECONDS_TO_CONNECT, set_as_default=False
        )
    except (OSError, TimeoutError, ValueError) as wrong:
        raise InputError(
            "INP-01",
            f"no cluster answers: {wrong}",
            remedy="Start one with 'dask scheduler' and 'dask worker', and give its address.",
            location=Location(column="--cluster", value=address),
        ) from wrong

    def work(ask: Ask, pieces: Iterable[tuple[int, int]]) -> Iterator[Piece]:
        left = iter(pieces)
        with client, client.as_current():
            room = AHEAD * max(1, sum(client.ncores().values()))  # type: ignore[no-untyped-call, unused-ignore]
            sent = as_completed(  # type: ignore[no-untyped-call, unused-ignore]
                [client.submit(do_piece, ask, *piece, pure=False, retries=3) for piece in islice(left, room)]
            )
            for done in sent:
                piece = done.result()
                done.release()
                for following in islice(left, 1):
                    sent.add(  # type: ignore[no-untyped-call, unused-ignore]
                        client.submit(do_piece, ask, *following, pure=False, retries=3)
                    )
                yield piece

    return work
