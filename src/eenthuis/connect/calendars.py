"""Calendars as files: whole days with a summary, in the form of RFC 5545 (iCalendar)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LINE_BYTES = 75
"""Longest content line, in bytes; a longer one goes on after a line break and a space."""

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One whole day in a calendar, or a part of it; ``uid`` stays the same when the day or the text changes.

    ``begins`` and ``ends`` are moments with their time zone, for a part of a day.
    """

    uid: str
    on: date
    summary: str
    description: str
    url: str
    told_at: datetime
    begins: datetime | None = None
    ends: datetime | None = None


def calendar_text(days: Sequence[CalendarDay], *, name: str, language: str) -> str:
    r"""Return a calendar with its lines folded and ended as RFC 5545 asks.

    Examples
    --------
    >>> day = CalendarDay("1@x", date(2026, 3, 3), "Koppeling, bevestigen", "", "", datetime(2026, 3, 1, tzinfo=UTC))
    >>> [line for line in calendar_text([day], name="n", language="nl").split("\r\n") if "SUMMARY" in line]
    ['SUMMARY;LANGUAGE=nl:Koppeling\\, bevestigen']
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Eenthuis//deadlines//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for day in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{day.uid}",
            f"DTSTAMP:{day.told_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            *_span(day),
            f"SUMMARY;LANGUAGE={language}:{_text(day.summary)}",
            *([f"DESCRIPTION;LANGUAGE={language}:{_text(day.description)}"] if day.description else []),
            *([f"URL:{day.url}"] if day.url else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _span(day: CalendarDay) -> tuple[str, str]:
    if day.begins is None or day.ends is None:
        return f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}", f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}"
    begins, ends = day.begins.astimezone(UTC), day.ends.astimezone(UTC)
    return f"DTSTART:{begins:%Y%m%dT%H%M%SZ}", f"DTEND:{ends:%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPES)


def _folded(line: str) -> str:
    parts, held, room = [], "", LINE_BYTES
    for character in line:
        size = len(character.encode())
        if size > room:
            parts.append(held)
            held, room = "", LINE_BYTES - 1
        held += character
        room -= size
    return "\r\n ".join([*parts, held])
