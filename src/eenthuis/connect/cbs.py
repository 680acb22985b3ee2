"""Inhabitants from CBS open data, checked before anything is counted with them.

References
----------
CBS StatLine 03759ned (population on 1 January by region) and 70072ned (key figures by region); CC BY 4.0, to be
credited as "Bron: CBS".
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from eenthuis import reference
from eenthuis.connect.cbs_shapes import PERIOD, REGION, Line, read_lines
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, Location, ReferenceFactError
from eenthuis.terms.places import COUNTRY, Inhabitants, MunicipalityCode

MEASURES = ("bevolkingop1januari", "totalebevolking", "aantalinwoners", "m000352")
"""Names under which CBS publishes the number of inhabitants on 1 January, without case and punctuation."""

_EMPTY = frozenset({"", ".", "x", "-"})
_TOTAL = re.compile(r"T\d{6}|10000|totaal.*|total.*", re.IGNORECASE)
_NOT_SPLITS = frozenset({"id", "measure", "value", "valueattribute", "stringvalue", *REGION, *PERIOD})
_NUMBER = re.compile(r"-?[0-9]*[.,]?[0-9]*")
_MUNICIPALITY = re.compile(r"GM\d{4}")
_OTHER_REGION = re.compile(r"[A-Z]{2}\d{2,4}|.*\((?:LD|CR)\)")
_NAMED_IN_FULL = 5


@dataclass(frozen=True, slots=True)
class _Count:
    region: str
    people: int
    location: Location


def read_inhabitants(
    paths: Sequence[Path], *, reference_date: date, measure: str | None = None
) -> Inhabitants:
    """Read the inhabitants of every municipality on a reference date from CBS open data.

    Parameters
    ----------
    paths
        One file, or the pages of one OData answer.
    reference_date
        A 1 January; lines of other years are left alone.
    measure
        Column or measure code that holds the inhabitants, where CBS uses a name that is not in :data:`MEASURES`.

    Returns
    -------
    Inhabitants
        With the published total of the country where the file has one, else the sum.

    Raises
    ------
    InputErrors
        All of these at once: INP-01 a number that cannot be read, INP-03 a region twice, REF-01 and REF-03
        regions that do not exist on the day, REF-04 municipalities without inhabitants, REF-06 sums that differ
        from the published totals of the country or a province.
    InputError
        INP-02 and INP-04 when the table lacks the measure, the year or a page; those of ``read_lines``.
    """
    if (reference_date.month, reference_date.day) != (1, 1):
        raise InputError(
            "INP-06",
            f"{reference_date.isoformat()} is not a reference date: CBS counts on 1 January",
            remedy=f"Use --reference-date {reference_date.year}-01-01.",
        )
    lines = _all_pages(paths)
    wanted = measure or _measure_among(lines)
    problems: list[EenthuisError] = []
    counts = list(_counts(_of_year(lines, reference_date), wanted, problems))
    by_region = _by_region(counts, reference_date, problems)
    people = {
        MunicipalityCode(code): count.people
        for code, count in sorted(by_region.items())
        if _MUNICIPALITY.fullmatch(code)
    }
    totals = {code: count.people for code, count in by_region.items() if code not in people}
    if not problems:
        problems.extend(_gaps(people, totals, reference_date))
    if not problems:
        problems.extend(_differences(people, totals))
    if problems:
        raise InputErrors(tuple(problems))
    return Inhabitants(
        reference_date=reference_date,
        people=people,
        country=totals.get(COUNTRY, sum(people.values())),
        source=f"CBS, {', '.join(path.name for path in paths)}",
    )


def write_inhabitants(inhabitants: Inhabitants, path: Path) -> None:
    """Write ``code,inhabitants``, the file that ``eenthuis targets compute --inhabitants`` reads."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "inhabitants"])
        writer.writerows(sorted(inhabitants.people.items()))
    beside.replace(path)


def _all_pages(paths: Sequence[Path]) -> tuple[Line, ...]:
    pages = [read_lines(path) for path in paths]
    if pages and all(page.continues for page in pages):
        raise InputError(
            "INP-04",
            "the answer has more pages than were given",
            remedy="Download the following pages too (nextLink) and give all files in one command.",
            location=Location(paths[-1].name),
        )
    return tuple(line for page in pages for line in page.lines)


def _measure_among(lines: Sequence[Line]) -> str:
    columns = lines[0].cells if lines else {}
    found = {line.cells["measure"] for line in lines} if "measure" in columns else set(columns)
    known = [name for name in MEASURES if name in {f.casefold() for f in found}]
    if not known:
        raise InputError(
            "INP-02",
            f"no column or measure holds the inhabitants on 1 January; found {', '.join(sorted(found))}",
            remedy="Name it with --measure.",
            location=lines[0].location if lines else None,
        )
    return known[0]


def _of_year(lines: Sequence[Line], reference_date: date) -> Iterator[Line]:
    found = {_cell(line, PERIOD) for line in lines}
    wanted = {f"{reference_date.year}", f"{reference_date.year}*", f"{reference_date.year}JJ00"}
    if not found & wanted:
        raise InputError(
            "INP-04",
            f"the table has no lines for {reference_date.year}; it has {', '.join(sorted(found)[:12])}",
            remedy="Download the table for that year, or ask for a year it holds.",
            location=replace(lines[0].location, row=None) if lines else None,
        )
    return (line for line in lines if _cell(line, PERIOD) in wanted)


def _cell(line: Line, names: Iterable[str]) -> str:
    return next((line.cells[name] for name in names if name in line.cells), "")


def _counts(lines: Iterable[Line], measure: str, problems: list[EenthuisError]) -> Iterator[_Count]:
    column = re.sub(r"[^0-9a-z]|_\d+$", "", measure.casefold())
    for line in lines:
        long_form = "measure" in line.cells
        if long_form and line.cells["measure"].casefold() != measure.casefold():
            continue
        if not _is_total(line, column):
            continue
        written = line.cells.get("value" if long_form else column, "")
        if written in _EMPTY:
            continue
        if not re.fullmatch(r"[0-9]{1,9}", written):
            problems.append(
                InputError(
                    "INP-01",
                    f"{written!r} is not a number of inhabitants",
                    remedy="Download the file again; CBS writes whole numbers without separators.",
                    location=replace(line.location, column=measure, value=written),
                )
            )
            continue
        yield _Count(_cell(line, REGION), int(written), line.location)


def _is_total(line: Line, measure: str) -> bool:
    """Return whether the line is about everyone: of every split (sex, age) it holds the total."""
    texts = (
        name
        for name, cell in line.cells.items()
        if name not in _NOT_SPLITS and name != measure and not _NUMBER.fullmatch(cell)
    )
    return all(
        line.cells[name] in _EMPTY or _TOTAL.fullmatch(line.cells[name]) for name in {*texts, *line.splits}
    )


def _by_region(counts: Iterable[_Count], on: date, problems: list[EenthuisError]) -> Mapping[str, _Count]:
    found: dict[str, _Count] = {}
    for count in counts:
        try:
            code = _region_code(count, on)
        except ReferenceFactError as wrong:
            problems.append(wrong)
            continue
        if code is None:
            continue
        if code in found:
            problems.append(
                InputError(
                    "INP-03",
                    f"{code} stands in row {found[code].location.row} and again in row {count.location.row}",
                    remedy="Download the table without a split by other characteristics.",
                    location=replace(count.location, column="RegioS", value=count.region),
                )
            )
        found[code] = count
    return found


def _region_code(count: _Count, on: date) -> str | None:
    """Return the code of the country, a province or a municipality; None for other regions."""
    region = count.region
    if region in {COUNTRY, "Nederland"}:
        return COUNTRY
    provinces = {key: p.code for p in reference.provinces() for key in (p.code, f"{p.name} (PV)")}
    if region in provinces:
        return provinces[region]
    is_code = _MUNICIPALITY.fullmatch(region) is not None
    if not is_code and (_OTHER_REGION.fullmatch(region) or not region):
        return None
    try:
        return reference.find(region, on).code
    except ReferenceFactError as wrong:
        if is_code and wrong.code == "REF-01" and not _is_covered(on):
            return region
        raise ReferenceFactError(
            wrong.code, wrong.message, remedy=wrong.remedy, location=replace(count.location, value=region)
        ) from wrong


def _is_covered(on: date) -> bool:
    """Return whether the packaged facts know every municipality of the day; later ones may still be formed."""
    return on <= reference.reference_dates()[-1]


def _gaps(
    people: Mapping[MunicipalityCode, int], totals: Mapping[str, int], on: date
) -> Iterator[EenthuisError]:
    if not _is_covered(on):
        if COUNTRY not in totals:
            yield ReferenceFactError(
                "REF-04",
                f"the total of the country ({COUNTRY}) is missing, so nothing shows that {on.year} is complete",
                remedy="Download the table with the region Nederland in it.",
            )
        return
    missing = [m for m in reference.municipalities(on) if m.code not in people]
    for m in missing[:_NAMED_IN_FULL]:
        yield ReferenceFactError(
            "REF-04",
            f"{m.name} ({m.code}) existed on {on.isoformat()} and has no inhabitants in the file",
            remedy="Download the table with every municipality; nothing is estimated.",
        )
    if len(missing) > _NAMED_IN_FULL:
        yield ReferenceFactError(
            "REF-04",
            f"{len(missing) - _NAMED_IN_FULL} more municipalities have no inhabitants in the file",
            remedy="Download the table with every municipality; nothing is estimated.",
        )


def _differences(
    people: Mapping[MunicipalityCode, int], totals: Mapping[str, int]
) -> Iterator[EenthuisError]:
    """Yield where sums differ; provinces count only when every municipality's province is known."""
    sums: defaultdict[str, int] = defaultdict(int)
    provinces_known = True
    for code, number in people.items():
        sums[COUNTRY] += number
        try:
            sums[str(reference.municipality(code).province)] += number
        except ReferenceFactError:
            provinces_known = False
    for region, published in totals.items():
        if sums[region] != published and (provinces_known or region == COUNTRY):
            yield ReferenceFactError(
                "REF-06",
                f"the municipalities of {region} add up to {sums[region]}, where the file gives {published}",
                remedy="Download the file again; a line is missing or was changed.",
            )
