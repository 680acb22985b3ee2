"""National numbers as announced per half-year; a later one replaces an earlier one, and both stay."""

from __future__ import annotations

from datetime import date
from functools import cache

from eenthuis.reference.tables import rows
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.targets import Announcement, AnnouncementStatus


@cache
def _everything() -> tuple[Announcement, ...]:
    return tuple(
        Announcement(
            identifier=row["identifier"],
            half_year=HalfYear.parse(row["half_year"]),
            people=int(row["people"]),
            announced_on=date.fromisoformat(row["announced_on"]) if row["announced_on"] else None,
            status=AnnouncementStatus(row["status"]),
            source=row["source"],
            replaces=row["replaces"] or None,
            note=row["note"],
            known_by=date.fromisoformat(row["known_by"]) if row["known_by"] else None,
        )
        for row in rows("announcements")
    )


def announcements(half_year: HalfYear | None = None) -> tuple[Announcement, ...]:
    """Return the packaged announcements, of one half-year or of all, each after the one it replaces."""
    return tuple(a for a in _everything() if half_year is None or a.half_year == half_year)


def announcement_in_force(half_year: HalfYear, as_of: date) -> Announcement:
    """Return the announcement that held for a half-year as known on a day.

    A first announcement whose day is unknown counts as known at any time: its day was not found, and none is
    made up for it. A replacement counts from its own day, or from the day by which it was known.

    Raises
    ------
    ReferenceFactError
        REF-05 when nothing was announced by then.
    """
    found = announcements(half_year)
    known = [a for a in found if a.counts_from is None or a.counts_from <= as_of]
    if known:
        return known[-1]
    if found:
        raise ReferenceFactError(
            "REF-05",
            f"{half_year} was first announced on {found[0].counts_from}; asked for {as_of.isoformat()}",
            remedy="Ask for a later day.",
        )
    listed = ", ".join(str(h) for h in dict.fromkeys(a.half_year for a in _everything()))
    raise ReferenceFactError(
        "REF-05",
        f"no national number is packaged for {half_year}; packaged: {listed}",
        remedy="Give the number yourself with --national.",
    )
