"""How often someone may ask per minute."""

from __future__ import annotations

from dataclasses import dataclass

from eenthuis.store import allowances


@dataclass(frozen=True, slots=True)
class Allowance:
    """What someone may ask in the running minute; ``resets_in`` seconds until the next."""

    limit: int
    used: int
    resets_in: int

    @property
    def remaining(self) -> int:
        """How many requests are left."""
        return max(self.limit - self.used, 0)

    @property
    def is_spent(self) -> bool:
        """Whether this request is one too many."""
        return self.used > self.limit


def take(*, who: str, limit: int) -> Allowance:
    """Count one more request of someone, and return what is left; processes and machines count together."""
    used, resets_in = allowances.take(who)
    return Allowance(limit, used, resets_in)
