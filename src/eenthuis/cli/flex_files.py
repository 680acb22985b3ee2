"""The file of projects handed to ``eenthuis flex``; what is wrong is told with row, column, value and remedy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from eenthuis.cli.target_files import municipality_of
from eenthuis.connect.cells import at_row, given
from eenthuis.connect.tables import Row, day, read_table, whole_number
from eenthuis.law import law_book
from eenthuis.law.schemes import scheme_codes
from eenthuis.rules.flex_shares import require_homes
from eenthuis.terms.errors import InputError
from eenthuis.terms.flex import FlexProject, FlexProjectId
from eenthuis.terms.schemes import SchemeCode, TargetGroup

COLUMNS = ("project", "code", "applied_on", "homes", "delivered_on", "years")
GROUPS = {group.value.replace("-", "_"): group for group in TargetGroup}
EXTRA = {f"extra_{column}": group for column, group in GROUPS.items()}
OPTIONAL = ("scheme", "owner", "starts_on", "sizes", "name", *GROUPS, *EXTRA)
LONGEST_YEARS = 100
_SIZE = re.compile(r"(\d{1,3}):(\d{1,6})")


def read_projects(file: Path) -> tuple[FlexProject, ...]:
    """Return projects from a CSV with :data:`COLUMNS` and, where wanted, :data:`OPTIONAL`.

    Raises
    ------
    InputErrors
        With every row that is wrong: REF-01 to REF-03 for what is no municipality on the day of the application, INP-01
        for what cannot be read, INP-03 for a project that stands twice, INP-06 for homes that do not add up.
    """
    table = read_table(
        file,
        columns=COLUMNS,
        optional=OPTIONAL,
        kinds={
            "applied_on": day,
            "delivered_on": day,
            "starts_on": day,
            "homes": whole_number,
            "years": _years,
            **dict.fromkeys((*GROUPS, *EXTRA), whole_number),
        },
        unique=("project",),
    )
    return table.each(_project)


def _project(row: Row) -> FlexProject:
    applied_on = day(row, "applied_on")
    project = FlexProject(
        identifier=FlexProjectId(given(row, "project")),
        municipality=municipality_of(row, applied_on),
        owner=row["owner"],
        scheme=_scheme(row),
        applied_on=applied_on,
        homes=whole_number(row, "homes"),
        meant_for=counts(row, GROUPS),
        delivered_on=day(row, "delivered_on"),
        years=_years(row, "years"),
        starts_on=day(row, "starts_on") if row["starts_on"] else None,
        sizes=_sizes(row),
        extra_in_stock=counts(row, EXTRA),
    )
    with at_row(row, "homes"):
        require_homes(project)
    return project


def counts(row: Row, columns: Mapping[str, TargetGroup]) -> dict[TargetGroup, int]:
    """Return the homes for each group that the row gives; an empty cell gives none."""
    return {group: whole_number(row, column) for column, group in columns.items() if row[column]}


def _years(row: Row, column: str) -> int:
    years = whole_number(row, column, minimum=1)
    if years > LONGEST_YEARS:
        raise InputError(
            "INP-06",
            f"{years} years is out of range",
            remedy=f"Write the years the homes stand, at most {LONGEST_YEARS}.",
            location=row.where(column),
        )
    return years


def _scheme(row: Row) -> SchemeCode | None:
    if not row["scheme"]:
        return None
    known = scheme_codes(law_book())
    if row["scheme"] not in known:
        raise InputError(
            "INP-01",
            f"{row['scheme']!r} is no scheme of the law book",
            remedy=f"Leave it empty, or write one of {', '.join(known)}.",
            location=row.where("scheme"),
        )
    return SchemeCode(row["scheme"])


def _sizes(row: Row) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in row["sizes"].split():
        match = _SIZE.fullmatch(part)
        people = int(match[1]) if match else 0
        if match is None or people < 1 or people in found:
            raise InputError(
                "INP-01",
                f"{part!r} is no number of homes of a size",
                remedy="Write people and homes, each size once, such as 1:20 2:10.",
                location=row.where("sizes"),
            )
        found[people] = int(match[2])
    return found
