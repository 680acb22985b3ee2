"""Who counts towards the target."""

from __future__ import annotations

from dataclasses import dataclass

from eenthuis.law.records import CountingLaw
from eenthuis.terms.errors import LawError
from eenthuis.terms.law import Citation


@dataclass(frozen=True, slots=True)
class Counted:
    """Whether a group counts, with the ground for it."""

    group: str
    counts: bool
    citation: Citation


def counts(group: str, law: CountingLaw) -> Counted:
    """Return whether a group counts towards the target, with its ground.

    Raises
    ------
    LawError
        LAW-01 when the law book says nothing of the group on that day.

    References
    ----------
    Huisvestingswet 2014, art. 1, and the practice named in each citation.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.law import law_book
    >>> answer = counts("temporary-protection", law_book().counting(date(2023, 1, 1)))
    >>> answer.counts, answer.citation.authority.value
    (False, 'inferred')
    """
    if group not in law.counts:
        raise LawError(
            "LAW-01",
            f"the law book does not say whether {group!r} counts on this day",
            remedy=f"Known groups: {', '.join(sorted(law.counts))}.",
        )
    return Counted(group, law.counts[group], law.citations[group])


def every_group(law: CountingLaw) -> tuple[Counted, ...]:
    """Return every group with its switch, in order of name."""
    return tuple(counts(group, law) for group in sorted(law.counts))
