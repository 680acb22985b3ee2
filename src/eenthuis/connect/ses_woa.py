"""SES-WOA scores of municipalities from CBS open data, read strictly.

Two shapes are known. The CSV file of the website has the columns ``Perioden``, ``Wijken en buurten``,
``Regiocode (gemeente, wijk, buurt) (code)`` and ``SES-WOA/Totaalscore/Gemiddelde score (Getal)``. The OData answer has
``WijkenEnBuurten``, ``Perioden`` and ``GemiddeldeScore_29``; there ``_31``, ``_33`` and ``_35`` are the scores of
wealth, education and work, so that the number is part of the name.

References
----------
CBS StatLine 85163NED and its successor 86092NED, "SES-WOA scores per wijk en buurt"; CC BY 4.0, "Bron: CBS".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from eenthuis import reference
from eenthuis.connect.cbs_shapes import PERIOD, read_lines
from eenthuis.connect.tables import Row, exact_decimal
from eenthuis.connect.text import decoded
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, Location
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.reception import SesScores

CSV_SCORE = "seswoatotaalscoregemiddeldescore"
"""The column of the total score in the CSV file, without unit, case and punctuation."""

ODATA_REGION, ODATA_PERIOD, ODATA_SCORE = "WijkenEnBuurten", "Perioden", "GemiddeldeScore_29"

_YEAR = re.compile(r"\d{4}")
_MUNICIPALITY = re.compile(r"GM\d{4}")
_OTHER_REGION = re.compile(r"(?:NL|LD|PV|CR)\d{2}|WK\d{6}|BU\d{8}")
_EMPTY = frozenset({"", ".", "x", "-"})


@dataclass(frozen=True, slots=True)
class SesWoa:
    """The scores of the municipalities of a day, and the codes that were left out since they are none of that day.

    ``other_regions`` counts lines of districts, neighbourhoods and larger regions.
    """

    scores: SesScores
    left_out: tuple[str, ...]
    other_regions: int


@dataclass(frozen=True, slots=True)
class _Cell:
    region: str
    period: str
    score: str
    location: Location


def read_ses_woa(path: Path, *, period: int, on: date) -> SesWoa:
    """Read the total SES-WOA score of every municipality that existed on a day.

    Parameters
    ----------
    path
        The CSV file of StatLine, or the JSON answer of its OData service.
    period
        The year of the scores.
    on
        A day; every municipality of it must be in the file.

    Raises
    ------
    InputErrors
        All of these at once: INP-01 for regions that were not recognised and scores that cannot be read, INP-03 for a
        municipality that stands twice, INP-04 for one without a score.
    InputError
        INP-02 when the region, period or score is not among the columns, naming those that were found; INP-04 when
        the file has no lines of the year.
    """
    cells = _of_year(tuple(_cells(path)), period, path)
    wanted = {m.code: m for m in reference.municipalities(on)}
    problems: list[EenthuisError] = []
    found: dict[MunicipalityCode, Fraction] = {}
    left_out, others = [], 0
    for cell in cells:
        if _OTHER_REGION.fullmatch(cell.region):
            others += 1
        elif _MUNICIPALITY.fullmatch(cell.region) is None:
            problems.append(_unknown_region(cell))
        elif cell.region not in wanted:
            left_out.append(cell.region)
        elif cell.region in found:
            problems.append(_twice(cell))
        else:
            try:
                found[MunicipalityCode(cell.region)] = _score(cell)
            except InputError as wrong:
                problems.append(wrong)
    if not problems and (missing := [m for code, m in wanted.items() if code not in found]):
        names = ", ".join(f"{m.name} ({m.code})" for m in missing)
        problems.append(
            InputError(
                "INP-04",
                f"no SES-WOA score for {names}",
                remedy="Download the table with every municipality, or ask for a day with the boundaries it has.",
                location=Location(path.name),
            )
        )
    if problems:
        raise InputErrors(tuple(problems))
    source = f"CBS, SES-WOA of {period}, {path.name}"
    return SesWoa(SesScores(MappingProxyType(found), source), tuple(left_out), others)


def newest_period(path: Path) -> int:
    """Return the newest year of a table of SES-WOA scores.

    Raises
    ------
    InputError
        INP-02 when it is no such table; INP-04 when no line of it tells a year.
    """
    years = [int(found[0]) for cell in _cells(path) if (found := _YEAR.match(cell.period))]
    if not years:
        raise InputError(
            "INP-04",
            "no line of the table tells its year",
            remedy="Download the table with its periods.",
            location=Location(path.name),
        )
    return max(years)


def _cells(path: Path) -> Iterator[_Cell]:
    text = decoded(path)
    return _json_cells(path, text) if text.lstrip()[:1] in {"{", "["} else _csv_cells(path)


def _csv_cells(path: Path) -> Iterator[_Cell]:
    lines = read_lines(path).lines
    columns = lines[0].cells if lines else {}
    if lines and (CSV_SCORE not in columns or "regiocode" not in columns):
        raise _no_score(path, columns, "SES-WOA/Totaalscore/Gemiddelde score and Regiocode")
    for line in lines:
        period = next(line.cells[name] for name in PERIOD if name in line.cells)
        yield _Cell(line.cells["regiocode"], period, line.cells[CSV_SCORE], line.location)


def _json_cells(path: Path, text: str) -> Iterator[_Cell]:
    try:
        document = json.loads(text, parse_float=str, parse_int=str)
    except (json.JSONDecodeError, RecursionError) as wrong:
        raise InputError(
            "INP-01",
            f"the JSON breaks off: {wrong}",
            remedy="Download the file again; it may have been cut off.",
            location=Location(path.name, getattr(wrong, "lineno", None)),
        ) from wrong
    rows = document.get("value") if isinstance(document, dict) else document
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise _no_score(path, (), f"rows with {ODATA_REGION}, {ODATA_PERIOD} and {ODATA_SCORE}")
    if isinstance(document, dict) and any(key.endswith("nextLink") for key in document):
        raise InputError(
            "INP-04",
            "the answer has more pages than this one",
            remedy="Ask the service for municipalities only, so that they fit on one page.",
            location=Location(path.name),
        )
    for number, row in enumerate(rows, start=1):
        if not {ODATA_REGION, ODATA_PERIOD, ODATA_SCORE} <= row.keys():
            raise _no_score(path, row, f"{ODATA_REGION}, {ODATA_PERIOD} and {ODATA_SCORE}")
        region, period, score = (row[name] for name in (ODATA_REGION, ODATA_PERIOD, ODATA_SCORE))
        written = "" if score is None else str(score).strip()
        yield _Cell(str(region).strip(), str(period).strip(), written, Location(path.name, number))


def _of_year(cells: Iterable[_Cell], period: int, path: Path) -> tuple[_Cell, ...]:
    every = tuple(cells)
    wanted = {f"{period}", f"{period}*", f"{period}**", f"{period}JJ00"}
    inside = tuple(cell for cell in every if cell.period in wanted)
    if not inside:
        held = ", ".join(sorted({cell.period for cell in every})[:12]) or "no lines at all"
        raise InputError(
            "INP-04",
            f"the table has no lines for {period}; it has {held}",
            remedy="Download the table for that year, or ask for a year it holds.",
            location=Location(path.name),
        )
    return inside


def _score(cell: _Cell) -> Fraction:
    if cell.score in _EMPTY:
        raise InputError(
            "INP-04",
            f"{cell.region} has no SES-WOA score",
            remedy="Take a year for which CBS publishes it; nothing is estimated.",
            location=replace(cell.location, column="score", value=cell.score),
        )
    row = Row(cell.location.file, cell.location.row or 0, MappingProxyType({"score": cell.score}))
    return exact_decimal(row, "score")


def _unknown_region(cell: _Cell) -> InputError:
    return InputError(
        "INP-01",
        f"{cell.region!r} is not recognised as a region of CBS",
        remedy="Use the file as CBS hands it out; codes are GM, WK or BU and digits.",
        location=replace(cell.location, column="region", value=cell.region),
    )


def _twice(cell: _Cell) -> InputError:
    return InputError(
        "INP-03",
        f"{cell.region} stands in the file again",
        remedy="Download the table without a split by other characteristics.",
        location=replace(cell.location, column="region", value=cell.region),
    )


def _no_score(path: Path, found: Iterable[str] | Mapping[str, object], wanted: str) -> InputError:
    named = ", ".join(sorted(found)) or "none"
    return InputError(
        "INP-02",
        f"{path.name!r} is not recognised as a table of SES-WOA scores; its columns are {named}",
        remedy=f"Give StatLine table 85163NED or 86092NED with {wanted}.",
        location=Location(path.name),
    )
