"""Which HTTP status belongs to an error of ours; pages and API answer alike."""

from __future__ import annotations

from eenthuis.terms.errors import EenthuisError, SetupError

STATUS = {
    "LAW-01": 404,
    "ACC-01": 403,
    "ACC-02": 404,
    "ACC-03": 403,
    "ACC-04": 403,
    "REF-01": 404,
    "REF-03": 404,
    "REF-04": 409,
    "REF-05": 404,
    "SGN-02": 403,
    "SGN-04": 502,
    "SGN-05": 403,
    "STA": 409,
    "SET": 503,
    "API-01": 401,
    "API-02": 429,
    "API-03": 412,
    "API-04": 428,
    "API-05": 422,
}
OTHERWISE = 400


def status_of(code: str) -> int:
    """Return the HTTP status for an error code.

    Examples
    --------
    >>> status_of("REF-05"), status_of("STA-01"), status_of("INP-01")
    (404, 409, 400)
    """
    return STATUS.get(code, STATUS.get(code[:3], OTHERWISE))


def unreachable() -> EenthuisError:
    """Return the error for a database that does not answer."""
    return SetupError(
        "SET-01", "the database does not answer", remedy="Try again in a moment, or run eenthuis doctor."
    )
