"""Hiding counts so small that they could tell of a person."""

from __future__ import annotations

from collections.abc import Sequence

_FEWEST_HIDDEN = 2


def hide_small(counts: Sequence[int], floor: int) -> tuple[int | None, ...]:
    """Return the counts with those from 1 up to ``floor`` - 1 as None, and never exactly one hidden.

    One hidden count could be worked out from a total; so the smallest count that is still shown is hidden too. Nothing
    is hidden where nothing is small; a zero is shown, unless it is needed to keep another one hidden.

    References
    ----------
    A stated choice in the law book (``disclosure.floor``), following the advice to publish only what is necessary.

    Examples
    --------
    >>> hide_small([12, 3, 0, 7], 5)
    (12, None, 0, None)
    >>> hide_small([12, 0, 7], 5)
    (12, 0, 7)
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < floor}
    if hidden and len(hidden) < _FEWEST_HIDDEN:
        shown = [place for place in range(len(counts)) if place not in hidden]
        candidates = [place for place in shown if counts[place]] or shown
        if candidates:
            hidden.add(min(candidates, key=lambda place: (counts[place], place)))
    return tuple(None if place in hidden else count for place, count in enumerate(counts))
