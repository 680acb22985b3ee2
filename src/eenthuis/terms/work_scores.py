"""How many members of a household are expected to have work, as somebody loads it into the policy lab."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.receipt import digest

MILLION = 10**6
WORK_COLUMNS = ("code", "persons", "at_work", "source", "is_invented")
"""Columns of a table of such scores."""


@dataclass(frozen=True, slots=True)
class WorkScores:
    """Scores of work: members expected to have work within a year of moving, in millionths, per household.

    Every municipality has one for each household size, smallest first. They are an outcome that somebody brings, never
    a fact of this program; ``is_invented`` says that they were drawn and of nobody, and all that is made of them does.
    """

    millionths: Mapping[MunicipalityCode, tuple[int, ...]]
    source: str
    is_invented: bool

    @property
    def digest(self) -> str:
        """The digest of everything in it, by which a run names what it used."""
        return digest(work_plain(self))


def work_plain(scores: WorkScores) -> dict[str, object]:
    """Return scores as JSON holds them.

    Examples
    --------
    >>> one = WorkScores({MunicipalityCode("GM0344"): (300_000, 450_000)}, "a trial", is_invented=True)
    >>> work_from(work_plain(one)) == one
    True
    """
    return {
        "millionths": {str(code): list(scores.millionths[code]) for code in sorted(scores.millionths)},
        "source": scores.source,
        "is_invented": scores.is_invented,
    }


def work_from(document: Mapping[str, object]) -> WorkScores:
    """Return scores from their JSON, as :func:`work_plain` wrote it.

    Raises
    ------
    InputError
        INP-01 when it is not what was written.
    """
    kept = document["millionths"]
    if not isinstance(kept, Mapping):
        raise InputError(
            "INP-01", "scores of work are no table", remedy="Load them anew.", location=Location(column="at_work")
        )  # fmt: skip
    return WorkScores(
        {MunicipalityCode(str(code)): tuple(int(one) for one in own) for code, own in kept.items()},
        str(document["source"]),
        document["is_invented"] is True,
    )
