"""The chain of earlier half-years that ``eenthuis targets correct`` carries over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from eenthuis import reference
from eenthuis.cli.target_files import RealisedRow, named, read_announcements, read_realised
from eenthuis.cli.target_sharing import share
from eenthuis.law import Book
from eenthuis.rules.realisation import PastHalfYear
from eenthuis.rules.receipts import Shared
from eenthuis.rules.reorganisation import handed_over
from eenthuis.terms.errors import InputError, InputErrors, Location
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode


def past_half_years(
    *, asked: HalfYear, realised_file: Path, announcements_file: Path | None, book: Book
) -> list[tuple[Shared, PastHalfYear]]:
    """Return the half-years of a file with realised people, oldest first, each with its targets.

    A national number comes from the file, else from the file of announcements, else from the packaged announcement
    that held on the last day of its half-year.

    Raises
    ------
    InputErrors
        With every row that is wrong; INP-04 when a half-year or a municipality is missing.
    ReferenceFactError
        REF-05 when no national number is known for a half-year.
    """
    rows = read_realised(realised_file, asked)
    nationals = _nationals(rows, read_announcements(announcements_file) if announcements_file else {})
    half_years = sorted(nationals)
    _require_chain(half_years, asked, realised_file)
    realised: defaultdict[HalfYear, dict[MunicipalityCode, int]] = defaultdict(dict)
    for one in rows:
        realised[one.half_year][one.code] = one.people
    past = []
    for half_year in half_years:
        shared, _ = share(half_year, nationals[half_year], book)
        targets = {target.municipality: target.people for target in shared.made.targets}
        _require_realised(half_year, targets, realised[half_year], realised_file)
        past.append(
            (shared, PastHalfYear(half_year, targets, realised[half_year], book.realisation(half_year)))
        )
    return past


def _nationals(rows: Sequence[RealisedRow], given: Mapping[HalfYear, int]) -> dict[HalfYear, int]:
    found: dict[HalfYear, int] = {}
    problems = [
        InputError(
            "INP-01",
            f"{one.half_year} has the national numbers {found[one.half_year]} and {one.national}",
            remedy="Give one number per half-year.",
            location=one.row.where("national"),
        )
        for one in rows
        if one.national is not None and found.setdefault(one.half_year, one.national) != one.national
    ]
    if problems:
        raise InputErrors(tuple(problems))
    for half_year in dict.fromkeys(one.half_year for one in rows):
        if half_year in found:
            continue
        if half_year in given:
            found[half_year] = given[half_year]
        else:
            found[half_year] = reference.announcement_in_force(half_year, half_year.last_day).people
    return found


def _require_chain(half_years: Sequence[HalfYear], asked: HalfYear, file: Path) -> None:
    for earlier, later in zip(half_years, [*half_years[1:], asked], strict=True):
        if earlier.next != later:
            raise InputError(
                "INP-04",
                f"{earlier.next} is missing between {earlier} and {later}",
                remedy="Give every half-year up to the one before the target; nothing is filled in.",
                location=Location(file.name, column="half_year"),
            )


def _require_realised(
    half_year: HalfYear,
    targets: Mapping[MunicipalityCode, int],
    realised: Mapping[MunicipalityCode, int],
    file: Path,
) -> None:
    mergers = reference.mergers(half_year.first_day, half_year.last_day)
    expected = handed_over(targets, mergers, half_year).keys()
    missing = sorted(expected - handed_over(realised, mergers, half_year).keys())
    if missing:
        raise InputError(
            "INP-04",
            f"no realised people in {half_year} for {named(reference.municipality(code) for code in missing)}",
            remedy="Add a row for each; write 0 where nobody was housed.",
            location=Location(file.name, column="code", value=missing[0]),
        )
