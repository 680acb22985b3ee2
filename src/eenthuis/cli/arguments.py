"""Reading options of the command line, with the same clear errors as files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from eenthuis.terms.errors import InputError, Location


def whole_number(text: str, option: str) -> int:
    """Return an option as a whole number of 0 or more.

    Raises
    ------
    InputError
        INP-01 when it is no whole number, INP-06 when it is negative.
    """
    where = Location(column=option, value=text)
    bare = text.strip().removeprefix("-")
    if not (bare.isascii() and bare.isdigit()):
        raise InputError(
            "INP-01",
            f"{option} must be a whole number",
            remedy="Write digits only, without thousands separators or decimals.",
            location=where,
        )
    if text.strip().startswith("-"):
        raise InputError(
            "INP-06", f"{option} must be 0 or more", remedy="Give a number of 0 or more.", location=where
        )
    return int(bare)


def day(text: str, option: str) -> date:
    """Return an option as a day written ``2022-09-30``.

    Raises
    ------
    InputError
        INP-01 when it is no day.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as wrong:
        raise InputError(
            "INP-01",
            f"{option} is not a day",
            remedy="Write the day as 2022-09-30.",
            location=Location(column=option, value=text),
        ) from wrong


def share(text: str, option: str) -> float:
    """Return an option as a finite number of at least 0.

    Raises
    ------
    InputError
        INP-06 when it is none.
    """
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0.0 <= number < float("inf"):
        raise InputError(
            "INP-06",
            f"{option} must be a number of at least 0",
            remedy="Give a plain number such as 0.0001.",
            location=Location(column=option, value=text),
        )
    return number


def reserve_share(text: str, option: str) -> float:
    """Return a share of 0 to 1, or 0 for ``none``.

    Raises
    ------
    InputError
        INP-06 when it is neither.
    """
    if text.strip() == "none":
        return 0.0
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= 1.0:
        raise InputError(
            "INP-06",
            f"{option} must be none, or a share of 0 to 1",
            remedy="Write none, or the share of hard cases to keep room for, such as 0.5.",
            location=Location(column=option, value=text),
        )
    return number


def to_write(*paths: Path) -> None:
    """Refuse a file to write in a folder that is not there, before any work is done.

    Raises
    ------
    InputError
        INP-07 with the path.
    """
    for path in paths:
        if not path.parent.is_dir():
            raise InputError(
                "INP-07",
                "the folder to write into is not there",
                remedy="Make the folder first, or give another path.",
                location=Location(file=str(path)),
            )
