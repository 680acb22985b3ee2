"""Reading the files handed to ``eenthuis reception``; what is wrong is told with row, column, value and remedy."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from eenthuis import reference
from eenthuis.cli.target_files import municipality_of, once, require_all
from eenthuis.connect.tables import Row, day, exact_decimal, read_table, whole_number
from eenthuis.law import ReceptionLaw
from eenthuis.terms.errors import InputError
from eenthuis.terms.places import Inhabitants, Municipality, MunicipalityCode
from eenthuis.terms.reception import PlaceKind, ReceptionSite, SesScores

INVENTED = "invented"


def read_scores(file: Path, on: date, law: ReceptionLaw) -> SesScores:
    """Return the SES-WOA score of every municipality of a day from a CSV ``code,ses_woa``.

    Raises
    ------
    InputErrors
        With every row that is wrong: REF-01 to REF-03 for what is no municipality of that day, INP-01 for what is no
        decimal, INP-03 for one that stands twice, INP-06 for a score that makes a weight of 0 or less.
    InputError
        INP-04 with the municipalities that are missing.
    """
    table = read_table(
        file,
        columns=("code", "ses_woa"),
        optional=("name", "province"),
        kinds={"ses_woa": lambda row, column: _score(row, column, law)},
    )
    scores = once(table.each(lambda row: (municipality_of(row, on), _score(row, "ses_woa", law), row)))
    require_all(_municipalities(on), scores, file, "no SES-WOA score for", in_full=True)
    return SesScores(scores, f"handed in: {file.name}")


def read_counted(file: Path, on: date) -> Inhabitants:
    """Return the inhabitants of every municipality of a day from a CSV ``code,inhabitants``.

    Raises
    ------
    InputErrors
        With every row that is wrong, as for scores.
    InputError
        INP-04 with the municipalities that are missing.
    """
    table = read_table(
        file, columns=("code", "inhabitants"), optional=("name",), kinds={"inhabitants": whole_number}
    )
    people = once(table.each(lambda row: (municipality_of(row, on), whole_number(row, "inhabitants"), row)))
    require_all(_municipalities(on), people, file, "no inhabitants for", in_full=True)
    return Inhabitants(on, people, sum(people.values()), f"handed in: {file.name}")


def read_sites(file: Path, on: date) -> tuple[ReceptionSite, ...]:
    """Return sites from a CSV ``code,kind,places,first_day``, with ``last_day`` where an end was agreed.

    Raises
    ------
    InputErrors
        With every row that is wrong: REF-01 to REF-03, INP-01 for a kind, number or day that cannot be read, INP-06 for
        a site that ends before it begins.
    """
    table = read_table(
        file,
        columns=("code", "kind", "places", "first_day"),
        optional=("last_day", "name"),
        kinds={"kind": _kind, "places": whole_number, "first_day": day, "last_day": day},
        may_be_empty=True,
    )
    return table.each(lambda row: _site(row, on))


def write_scores(scores: SesScores, path: Path) -> None:
    """Write ``code,ses_woa``, the file that ``eenthuis reception distribute --ses`` reads."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "ses_woa"])
        writer.writerows([code, format(as_decimal(one), "f")] for code, one in sorted(scores.scores.items()))
    beside.replace(path)


def as_decimal(score: Fraction) -> Decimal:
    """Return a score as the decimal it was read from, exactly.

    Examples
    --------
    >>> as_decimal(Fraction(-1, 8))
    Decimal('-0.125')
    """
    digits = 0
    while (score * 10**digits).denominator != 1:
        digits += 1
    return Decimal(f"{int(score * 10**digits)}E-{digits}")


def _municipalities(on: date) -> dict[MunicipalityCode, Municipality]:
    return {municipality.code: municipality for municipality in reference.municipalities(on)}


def _score(row: Row, column: str, law: ReceptionLaw) -> Fraction:
    score = exact_decimal(row, column)
    if score + law.score_offset <= 0:
        raise InputError(
            "INP-06",
            f"a SES-WOA score of -{law.score_offset} or less makes a weight of 0 or less",
            remedy="Give the score as CBS publishes it, such as 0.123 or -0.123.",
            location=row.where(column),
        )
    return score


def _kind(row: Row, column: str) -> PlaceKind:
    try:
        return PlaceKind(row[column].casefold())
    except ValueError:
        raise InputError(
            "INP-01",
            f"{row[column]!r} is no kind of place",
            remedy=f"Write {' or '.join(PlaceKind)}.",
            location=row.where(column),
        ) from None


def _site(row: Row, on: date) -> ReceptionSite:
    first = day(row, "first_day")
    last = day(row, "last_day") if row["last_day"] else None
    if last is not None and last < first:
        raise InputError(
            "INP-06",
            f"the site ends before it begins on {first.isoformat()}",
            remedy="Mend one of the two days; both count.",
            location=row.where("last_day"),
        )
    return ReceptionSite(
        municipality=municipality_of(row, on),
        kind=_kind(row, "kind"),
        places=whole_number(row, "places"),
        first_day=first,
        last_day=last,
        name=row["name"],
    )
