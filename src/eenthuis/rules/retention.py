"""How long data are kept ("bewaartermijn"), per kind, and from which day on they are to go."""

from __future__ import annotations

from datetime import date, timedelta

from eenthuis.law.retention import KindOfRecord, RetentionLaw


def goes_on(ended_on: date, kind: KindOfRecord, law: RetentionLaw) -> date:
    """Return the first day on which a record that ended on a day may no longer be there.

    References
    ----------
    AVG, art. 5, first paragraph, under e: no longer than necessary. The days themselves are a stated choice.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law = law_book().retention(date(2026, 1, 1))
    >>> goes_on(date(2026, 1, 1), KindOfRecord.HOUSEHOLD, law)
    datetime.date(2028, 1, 1)
    """
    return ended_on + timedelta(days=law.days[kind])


def ended_by(as_of: date, kind: KindOfRecord, law: RetentionLaw) -> date:
    """Return the last day on which a record must have ended for it to go on ``as_of``.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law = law_book().retention(date(2026, 1, 1))
    >>> goes_on(ended_by(date(2028, 3, 1), KindOfRecord.HOUSEHOLD, law), KindOfRecord.HOUSEHOLD, law)
    datetime.date(2028, 3, 1)
    """
    return as_of - timedelta(days=law.days[kind])
