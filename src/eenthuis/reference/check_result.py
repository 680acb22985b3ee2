"""What one check of the packaged facts found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: what was compared, what should stand there and what was found."""

    check: str
    subject: str
    expected: str
    found: str

    @property
    def holds(self) -> bool:
        """Whether the facts pass."""
        return self.expected == self.found
