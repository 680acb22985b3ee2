"""Scores of work for the policy lab: a table that a person hands in, or the mean of an instance of linking.

The table has a row per municipality and household size, ``code,persons,at_work``: how many members of a household are
expected to have work within a year of moving there. Eight persons stand for eight and more. A row without a code holds
for every municipality that has no row of its own. ``source`` and ``is_invented`` may follow, the same in every row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

from eenthuis import reference
from eenthuis.connect.tables import Row, code, exact_decimal, read_table, whole_number
from eenthuis.connect.text import handed_in
from eenthuis.lab.local import place_codes
from eenthuis.lab.running import FIRST
from eenthuis.lab.world import SIZES
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, Location
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.work_scores import MILLION, WORK_COLUMNS, WorkScores

LARGEST = len(SIZES)
LONGEST_SOURCE = 200
NAMED = 3
ELSEWHERE = MunicipalityCode("")
WORK_FILE = "work-scores.csv"
"""Name under which a run keeps the scores it used."""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One row: a municipality (empty for all others), persons of a household, the score, and where that stands."""

    municipality: MunicipalityCode
    persons: int
    at_work: Fraction
    where: Location


def read_work(path: Path) -> WorkScores:
    """Return the scores of a table.

    Raises
    ------
    InputError
        INP-07 no such file; INP-05 no text.
    InputErrors
        INP-01 to INP-06, each with row, column and value: an unknown municipality, a size outside 1 to 8, a score below
        0 or above the persons of the household, a pair twice, a municipality without a score, two sources.
    """
    table = read_table(
        path,
        columns=WORK_COLUMNS[:3],
        optional=WORK_COLUMNS[3:],
        kinds={"persons": partial(whole_number, minimum=1), "at_work": exact_decimal, "is_invented": _yes_or_no},
    )  # fmt: skip
    rows = table.each(_score)
    source = _same(table.rows, "source") or path.name
    return completed(rows, source=source, is_invented=_same(table.rows, "is_invented") == "yes")


def work_from_content(content: bytes, name: str) -> WorkScores:
    """Return the scores of the content of a table that was handed in; see :func:`read_work` for what may be wrong."""
    with handed_in(content, name, otherwise=WORK_FILE) as file:
        return read_work(file)


def completed(rows: Iterable[ScoreRow], *, source: str, is_invented: bool) -> WorkScores:
    """Return scores of every municipality and size, where rows tell them all.

    Raises
    ------
    InputErrors
        INP-06 a size or score out of range, INP-02 an unknown municipality, INP-03 a pair twice, INP-04 one missing.
    """
    codes = frozenset(place_codes(FIRST))
    found: dict[tuple[MunicipalityCode, int], int] = {}
    problems: list[EenthuisError] = []
    for row in rows:
        key = row.municipality, row.persons
        wrong = _wrong(row, codes, is_twice=key in found)
        if wrong is not None:
            problems.append(wrong)
        else:
            found[key] = round(row.at_work * MILLION)
    sizes = range(1, LARGEST + 1)
    missing = [
        (place, persons)
        for place in sorted(codes)
        for persons in sizes
        if (place, persons) not in found and (ELSEWHERE, persons) not in found
    ]
    if missing and not problems:
        problems.append(_missing(missing))
    if len(source) > LONGEST_SOURCE:
        problems.append(
            InputError(
                "INP-06", f"a source has at most {LONGEST_SOURCE} signs", remedy="Shorten it.",
                location=Location(column="source", value=source[:LONGEST_SOURCE]),
            )
        )  # fmt: skip
    if problems:
        raise InputErrors(tuple(problems))
    whole = {
        place: tuple(found.get((place, size), found.get((ELSEWHERE, size), 0)) for size in sizes)
        for place in sorted(codes)
    }
    return WorkScores(whole, source, is_invented)


def work_table(scores: WorkScores) -> bytes:
    """Return scores as the table that gives them back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(WORK_COLUMNS)
    is_invented = "yes" if scores.is_invented else "no"
    for place, own in sorted(scores.millionths.items()):
        writer.writerows(
            (place, persons, _plain(one), scores.source, is_invented) for persons, one in enumerate(own, 1)
        )
    return out.getvalue().encode()


def work_of_instance(folder: Path) -> WorkScores:
    """Return the scores of an instance of linking, averaged to household sizes and municipalities.

    Its places are municipalities by their code; those without a place get the mean of the places.

    Raises
    ------
    InputErrors
        What is wrong with the instance; a place that is no municipality; scores below 0 or above the persons.
    """
    import numpy as np

    from eenthuis.connect.instances import read_instance
    from eenthuis.lab.work import averaged

    problem = read_instance(folder).problem
    persons = [int(one) for one in problem.demand[:, 0]]
    if not persons or not problem.allowed.any():
        raise InputError(
            "INP-04", "no household may go anywhere, so there is no mean", remedy="Give an instance with scores.",
            location=Location(str(folder)),
        )  # fmt: skip
    means = averaged(persons, np.asarray(problem.score, np.float64), np.asarray(problem.allowed, np.bool_))
    of_all = np.nanmean(means, axis=1)
    of_all[np.isnan(of_all)] = np.nanmean(means)
    where = str(folder / "places.csv")
    rows = [
        ScoreRow(
            MunicipalityCode(place), size + 1, _fraction(of_all[size] if np.isnan(own) else own),
            Location(where, at + 2, "place_id", place),
        )
        for at, place in enumerate(problem.places)
        for size, own in enumerate(means[:, at])
    ]  # fmt: skip
    rest = [
        ScoreRow(ELSEWHERE, size + 1, _fraction(one), Location(where, column="at_work"))
        for size, one in enumerate(of_all)
    ]
    return completed([*rows, *rest], source=f"the mean of the scores of {folder.name}", is_invented=False)


def _fraction(value: float) -> Fraction:
    return Fraction(round(value * MILLION), MILLION)


def _score(row: Row) -> ScoreRow:
    place = code(row) if row["code"] else ELSEWHERE
    return ScoreRow(
        place, whole_number(row, "persons", 1), exact_decimal(row, "at_work"), row.where("at_work")
    )


def _wrong(row: ScoreRow, codes: frozenset[MunicipalityCode], *, is_twice: bool) -> InputError | None:
    def problem(code_: str, column: str, value: object, message: str, remedy: str) -> InputError:
        where = Location(row.where.file, row.where.row, column, str(value))
        return InputError(code_, message, remedy=remedy, location=where)

    if row.municipality and row.municipality not in codes:
        return problem(
            "INP-02", "code", row.municipality, f"{row.municipality} is no municipality of {FIRST}",
            "Give codes of that half-year, or one row without a code for all others.",
        )  # fmt: skip
    if not 1 <= row.persons <= LARGEST:
        return problem(
            "INP-06", "persons", row.persons, f"a household of {row.persons} has no class of its own",
            f"Give 1 to {LARGEST}; {LARGEST} stands for {LARGEST} and more.",
        )  # fmt: skip
    if not 0 <= row.at_work <= row.persons:
        return problem(
            "INP-06", "at_work", _plain(round(row.at_work * MILLION)),
            f"of {row.persons} persons {_plain(round(row.at_work * MILLION))} cannot have work",
            f"Give 0 to {row.persons}: the members of the household expected to have work.",
        )  # fmt: skip
    if is_twice:
        return problem(
            "INP-03", "persons", row.persons,
            f"{row.municipality or 'the row without a code'} has a household of {row.persons} twice", "Keep one.",
        )  # fmt: skip
    return None


def _missing(missing: list[tuple[MunicipalityCode, int]]) -> InputError:
    named = ", ".join(
        f"{reference.municipality(place).name} ({place}) of {persons}" for place, persons in missing[:NAMED]
    )
    more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
    return InputError(
        "INP-04",
        f"no score for households in {named}{more}",
        remedy=f"Add rows for persons 1 to {LARGEST}; without a code they hold for every other municipality.",
        location=Location(column="at_work"),
    )


def _same(rows: Iterable[Row], column: str) -> str:
    """Return what stands in a column of every row; empty where it is not told."""
    kept = tuple(rows)
    first = kept[0][column] if kept else ""
    for row in kept:
        if row[column] != first:
            raise InputError(
                "INP-06",
                f"{column} is {first!r} above and {row[column]!r} here",
                remedy="Write the same in every row.",
                location=row.where(column),
            )
    return first


def _yes_or_no(row: Row, column: str) -> str:
    if row[column] in {"yes", "no"}:
        return row[column]
    raise InputError(
        "INP-01", f"{row[column]!r} is neither yes nor no", remedy="Write yes or no.", location=row.where(column)
    )  # fmt: skip


def _plain(millionths: int) -> str:
    sign = "-" if millionths < 0 else ""
    whole, rest = divmod(abs(millionths), MILLION)
    return f"{sign}{whole}.{rest:06d}".rstrip("0").rstrip(".")


def summed(scores: WorkScores) -> Mapping[str, object]:
    """Return what a receipt says of scores: their source, whether they are invented, and their digest."""
    return {"source": scores.source, "is_invented": scores.is_invented, "digest": scores.digest}
