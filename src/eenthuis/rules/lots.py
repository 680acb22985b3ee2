"""The lot ("loting"): an order that nobody can steer and anybody can draw again.

The algorithm, for whoever draws it again. All texts are UTF-8, parts are joined by one line feed, digests are the
lower-case hexadecimal SHA-256.

1. Before applications close, publish the commitment: SHA-256 of ``eenthuis-lot-1``, the name of the round, and a seed
   that is kept secret.
2. When applications have closed, publish the list of entries.
3. Reveal the seed. Where a public value was named beforehand that nobody could know (a figure that is published on a
   later day), add it; otherwise it is empty.
4. The key of an entry is the SHA-256 of ``eenthuis-lot-1``, the round, the seed, the public value and the number of the
   entry. Inside a category the lowest key comes first.
5. Categories are served from 1 on. Each entry gets what it asks while the budget reaches.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from eenthuis.terms.errors import InputError, StateError
from eenthuis.terms.lots import Draw, Drawn, LotEntry
from eenthuis.terms.receipt import digest
from eenthuis.terms.schemes import ApplicationId, OrderRule, WhenShort

ALGORITHM = "eenthuis-lot-1"
_SHORTEST_SEED = "0123456789abcdef0123456789abcdef"
"""As long as a seed must at least be: so long that it cannot be guessed from its commitment."""


def commitment_of(*, round_name: str, seed: str) -> str:
    """Return what is published beforehand; it tells nothing of the seed and allows no other.

    Raises
    ------
    InputError
        INP-06 when the seed is so short that it could be guessed; INP-01 when a part holds a line feed.

    Examples
    --------
    >>> commitment_of(round_name="2024-2", seed="0123456789abcdef0123456789abcdef")[:16]
    '4876d6ae526c7545'
    """
    if len(seed) < len(_SHORTEST_SEED):
        raise InputError(
            "INP-06",
            f"the seed has {len(seed)} signs",
            remedy=f"Use {len(_SHORTEST_SEED)} signs or more, drawn at random.",
        )
    return _sha256(ALGORITHM, round_name, seed)


def lot_key(*, round_name: str, seed: str, public_value: str, application: ApplicationId) -> str:
    """Return the key by which an application is put in order."""
    return _sha256(ALGORITHM, round_name, seed, public_value, application)


def draw(
    entries: Sequence[LotEntry],
    *,
    round_name: str,
    commitment: str,
    seed: str,
    budget_cents: int,
    when_short: WhenShort,
    public_value: str = "",
) -> Draw:
    """Return the order of all entries and what each is awarded.

    Raises
    ------
    StateError
        STA-10 when the seed is not the one that was promised.
    InputError
        INP-03 when an application takes part twice; INP-06 when a category is below 1, an amount below 0, or the seed
        too short.

    Examples
    --------
    >>> seed = "0123456789abcdef0123456789abcdef"
    >>> made = draw(
    ...     [LotEntry(ApplicationId(name), 1, 100) for name in ("A", "B", "C")],
    ...     round_name="r", commitment=commitment_of(round_name="r", seed=seed), seed=seed, budget_cents=250,
    ...     when_short=WhenShort.STOP,
    ... )
    >>> [one.awarded_cents for one in made.drawn]
    [100, 100, 0]
    """
    _require_entries(entries, budget_cents)
    if not hmac.compare_digest(commitment_of(round_name=round_name, seed=seed).encode(), commitment.encode()):
        raise StateError(
            "STA-10",
            "the seed is not the one that was promised beforehand",
            remedy="Reveal the seed whose commitment was published for this round.",
        )
    keyed = sorted(
        (
            entry.category,
            lot_key(
                round_name=round_name, seed=seed, public_value=public_value, application=entry.application
            ),
            entry.application,
            entry,
        )
        for entry in entries
    )
    drawn = _awarded([(entry, key) for _, key, _, entry in keyed], budget_cents, when_short)
    return Draw(round_name, commitment, seed, public_value, entries_digest(entries), budget_cents, drawn)


def entries_digest(entries: Sequence[LotEntry]) -> str:
    """Return the digest of all that take part, whatever order they stand in; it is published before the seed."""
    return digest(sorted([[one.application, one.category, one.asked_cents] for one in entries], key=str))


def first_come(entries: Sequence[LotEntry], *, budget_cents: int, when_short: WhenShort) -> tuple[Drawn, ...]:
    """Return what each entry is awarded when they are served in the order in which they stand.

    Raises
    ------
    InputError
        As :func:`draw`.
    """
    _require_entries(entries, budget_cents)
    return _awarded([(entry, "") for entry in entries], budget_cents, when_short)


def needs_lot(order: OrderRule | None) -> bool:
    """Return whether a scheme draws lots; one whose order is not known does not."""
    return order is OrderRule.CATEGORY_THEN_LOT


def _awarded(
    ordered: Sequence[tuple[LotEntry, str]], budget_cents: int, when_short: WhenShort
) -> tuple[Drawn, ...]:
    left, is_stopped = budget_cents, False
    found = []
    for place, (entry, key) in enumerate(ordered, start=1):
        fits = entry.asked_cents <= left and not is_stopped
        is_stopped = is_stopped or (not fits and when_short is WhenShort.STOP)
        awarded = entry.asked_cents if fits else 0
        left -= awarded
        found.append(Drawn(entry, place, key, awarded, left))
    return tuple(found)


def _require_entries(entries: Sequence[LotEntry], budget_cents: int) -> None:
    seen: set[ApplicationId] = set()
    for entry in entries:
        if entry.application in seen:
            raise InputError(
                "INP-03", f"application {entry.application} takes part twice", remedy="Keep one of the two."
            )
        seen.add(entry.application)
        if entry.category < 1 or entry.asked_cents < 0:
            raise InputError(
                "INP-06",
                f"application {entry.application} has category {entry.category} and asks {entry.asked_cents}",
                remedy="Give a category from 1 on and an amount in whole cents, 0 or more.",
            )
    if budget_cents < 0:
        raise InputError("INP-06", f"the budget is {budget_cents}", remedy="Give whole cents, 0 or more.")


def _sha256(*parts: str) -> str:
    if any("\n" in part for part in parts):
        raise InputError("INP-01", "a part of the lot holds a line feed", remedy="Write it on one line.")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
