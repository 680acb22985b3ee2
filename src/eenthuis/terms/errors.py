"""The one tree of errors; every class carries a stable code.

    EenthuisError
    ├── LawError               LAW-xx  the law book has no answer, or its files are wrong
    ├── ReferenceFactError     REF-xx  a public fact is missing, ambiguous or contradicts another
    ├── InputError             INP-xx  something a person or a file handed in cannot be used
    ├── AccessError            ACC-xx  this role may not do this here
    ├── SignInError            SGN-xx  signing in at a provider did not come off
    ├── StateError             STA-xx  the request does not fit what is already recorded
    ├── LinkingError           LNK-xx  a linking problem, proposal or certificate is wrong
    ├── ApiError               API-xx  how a program asked cannot be answered
    └── SetupError             SET-xx  the installation is not ready

A message says what was asked, what was found and what to do; it holds codes and days, never
personal data. ``docs/reference/errors.md`` has a chapter per code and ``web`` translates each code
into a Dutch sentence; a test compares the three with :data:`CODES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

CODES: dict[str, str] = {
    "LAW-01": "no value on this day",
    "LAW-02": "an instrument file is malformed",
    "LAW-03": "values overlap in time",
    "REF-01": "unknown municipality",
    "REF-02": "ambiguous municipality name",
    "REF-03": "the municipality did not exist on this day",
    "REF-04": "inhabitants missing",
    "REF-05": "no announcement for this half-year",
    "REF-06": "reference facts contradict each other",
    "INP-01": "a value cannot be read",
    "INP-02": "a column is missing or unknown",
    "INP-03": "a code appears twice",
    "INP-04": "a code is missing",
    "INP-05": "the file cannot be read",
    "INP-06": "a number is out of range",
    "INP-07": "the file is missing",
    "ACC-01": "not allowed for this role",
    "ACC-02": "not found within reach",
    "ACC-03": "a second person is needed",
    "ACC-04": "only in person",
    "SGN-01": "the sign-in was not begun here",
    "SGN-02": "the provider let nobody in",
    "SGN-03": "the provider's answer does not hold",
    "SGN-04": "the provider cannot be reached",
    "SGN-05": "no account belongs to this person",
    "STA-01": "already decided",
    "STA-02": "swaps do not keep the sum",
    "STA-03": "no room left in the target",
    "STA-04": "a receipt does not recompute",
    "STA-05": "the proposal has been overtaken",
    "STA-06": "the step does not fit",
    "STA-07": "somebody was first",
    "STA-08": "the home is not free",
    "STA-09": "the day does not fit",
    "STA-10": "the seed of the lot was not promised",
    "LNK-01": "an instance file is wrong",
    "LNK-02": "a certificate does not hold",
    "LNK-03": "no proposal is possible",
    "LNK-04": "a criterion is not sound",
    "LNK-05": "a table cannot carry a chance of work",
    "LNK-06": "a model of the chance of work does not hold",
    "API-01": "the key is not valid",
    "API-02": "too many requests",
    "API-03": "changed meanwhile",
    "API-04": "the version seen is missing",
    "API-05": "the idempotency key stands for another request",
    "SET-01": "the database cannot be reached",
    "SET-02": "migrations are missing",
    "SET-03": "assets are missing",
    "SET-04": "a setting cannot be used",
}
"""Every code with its short English title; the single list the docs and the pages follow."""


SHOWN_AT_MOST = 20
"""How many errors of one file are printed; more would hide the first."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where in someone's input a problem stands; every part may be unknown.

    ``row`` counts as a spreadsheet does: the header is row 1.
    """

    file: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        """Return the parts that are known, in reading order."""
        parts = [
            self.file,
            f"row {self.row}" if self.row is not None else "",
            f"column {self.column!r}" if self.column else "",
            f"value {self.value!r}" if self.value else "",
        ]
        return ", ".join(part for part in parts if part)


class EenthuisError(Exception):
    """Something went wrong that a person can act on.

    Parameters
    ----------
    code
        A key of :data:`CODES`.
    message
        What was asked and what was found.
    remedy
        What to do now.
    location
        Where in a file it stands, when it came from one.
    """

    family: ClassVar[str] = ""

    def __init__(self, code: str, message: str, *, remedy: str, location: Location | None = None) -> None:
        """Keep the parts apart, so that pages and the API can lay them out."""
        if code not in CODES or not code.startswith(self.family):
            msg = f"{code} is not a code of {type(self).__name__}"
            raise ValueError(msg)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.location = location
        super().__init__(str(self))

    def __str__(self) -> str:
        """Return code, title, message, place and remedy in one line."""
        where = f" ({self.location})" if self.location and str(self.location) else ""
        return f"{self.code} {CODES[self.code]}: {self.message}{where}. {self.remedy}"


class LawError(EenthuisError):
    """The law book has no answer for this day and place, or its files are wrong."""

    family = "LAW"


class ReferenceFactError(EenthuisError):
    """A public fact is missing, ambiguous or contradicts another."""

    family = "REF"


class InputError(EenthuisError):
    """Something a person or a file handed in cannot be used."""

    family = "INP"


class InputErrors(InputError):  # noqa: N818 - it is a bundle of errors, and says so
    """Several input errors found in one go, so that a person can mend them all at once.

    ``errors`` holds each of them; code, message and location are those of the first.
    """

    def __init__(self, errors: tuple[EenthuisError, ...]) -> None:
        """Bundle ``errors``, which may not be empty."""
        first = errors[0]
        self.errors = errors
        self.code = first.code
        self.message = first.message
        self.remedy = first.remedy
        self.location = first.location
        Exception.__init__(self, str(self))

    def __str__(self) -> str:
        """Return one line per error, the first twenty, and how many more there are."""
        shown = [str(error) for error in self.errors[:SHOWN_AT_MOST]]
        more = len(self.errors) - len(shown)
        return "\n".join(shown + ([f"… and {more} more of the kind."] if more > 0 else []))


class AccessError(EenthuisError):
    """A role may not do something here; the message never says what it may not see."""

    family = "ACC"


class SignInError(EenthuisError):
    """Signing in at a provider did not come off."""

    family = "SGN"


class StateError(EenthuisError):
    """The request does not fit what is already recorded."""

    family = "STA"


class LinkingError(EenthuisError):
    """A linking problem, proposal or certificate is wrong."""

    family = "LNK"


class ApiError(EenthuisError):
    """How a program asked cannot be answered: its key, its pace, or what it says it has seen."""

    family = "API"


class SetupError(EenthuisError):
    """The installation is not ready; ``eenthuis doctor`` says how to mend it."""

    family = "SET"
