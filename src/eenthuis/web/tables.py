"""Lists of municipalities on a page: filtered, ordered and written as CSV, all from the address."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from eenthuis.services.read_models import MonthPoint, MunicipalityRow, PastHalfYear

Key = Callable[[MunicipalityRow], object]

COLUMNS: dict[str, tuple[object, Key]] = {
    "name": (_("Gemeente"), lambda row: row.name.casefold().lstrip("'")),
    "province": (_("Provincie"), lambda row: row.province_name),
    "inhabitants": (_("Inwoners"), lambda row: row.inhabitants),
    "net": (_("Netto"), lambda row: row.net + row.swapped),
    "backlog_or_lead": (_("Achterstand (+) of voorsprong (−)"), lambda row: row.backlog_or_lead),
    "corrected": (_("Gecorrigeerd"), lambda row: row.corrected),
    "realised": (_("Gehuisvest"), lambda row: row.realised),
    "linked": (_("Gekoppeld"), lambda row: row.linked),
    "open_people": (_("Nog te koppelen"), lambda row: row.open_people),
    "pace": (_("Tempo"), lambda row: list(type(row.pace)).index(row.pace)),
}
TEXT = {"name", "province", "pace"}


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the list is shown: a province, a pace class, a part of a name, and an order."""

    province: str = ""
    pace: str = ""
    search: str = ""
    order: str = "name"

    @property
    def query(self) -> str:
        """The part of the address that gives this choice."""
        parts = {"provincie": self.province, "tempo": self.pace, "zoek": self.search, "volgorde": self.order}
        return urlencode({key: value for key, value in parts.items() if value})


@dataclass(frozen=True, slots=True)
class Heading:
    """A column heading with the address that orders by it, and how it is ordered now."""

    key: str
    label: object
    query: str
    direction: str
    is_text: bool


def choice_of(query: QueryDict) -> Choice:
    """Read a choice from the address; an unknown order is the order by name."""
    order = query.get("volgorde", "name")
    return Choice(
        province=query.get("provincie", ""),
        pace=query.get("tempo", ""),
        search=query.get("zoek", "").strip(),
        order=order if order.removeprefix("-") in COLUMNS else "name",
    )


def chosen(rows: Sequence[MunicipalityRow], choice: Choice) -> list[MunicipalityRow]:
    """Return the rows a choice leaves, in its order; rows that are equal stay in order of name."""
    wanted = choice.search.casefold()
    left = [
        row
        for row in sorted(rows, key=lambda row: str(COLUMNS["name"][1](row)))
        if (not choice.province or row.province_code == choice.province)
        and (not choice.pace or row.pace == choice.pace)
        and (not wanted or wanted in row.name.casefold())
    ]
    key = COLUMNS[choice.order.removeprefix("-")][1]
    left.sort(key=key, reverse=choice.order.startswith("-"))  # type: ignore[arg-type]
    return left


def headings(choice: Choice) -> list[Heading]:
    """Return the column headings; asking for the present order once more turns it round."""
    found = []
    for key, (label, _key) in COLUMNS.items():
        now = choice.order.removeprefix("-") == key
        falling = choice.order.startswith("-")
        turned = f"-{key}" if (now and not falling) or (not now and key not in TEXT) else key
        direction = ("descending" if falling else "ascending") if now else "none"
        found.append(Heading(key, label, replace(choice, order=turned).query, direction, key in TEXT))
    return found


CSV_COLUMNS = (
    "code",
    "name",
    "province",
    "inhabitants",
    "exact",
    "net_target",
    "swapped",
    "backlog_or_lead",
    "corrected_target",
    "realised",
    "linked",
    "open",
    "expected",
    "pace",
)


def csv_rows(rows: Sequence[MunicipalityRow]) -> list[tuple[object, ...]]:
    """Return the rows as a table for machines."""
    return [
        (
            row.code,
            row.name,
            row.province_name,
            row.inhabitants,
            f"{row.exact.numerator}/{row.exact.denominator}",
            row.net,
            row.swapped,
            row.backlog_or_lead,
            row.corrected,
            row.realised,
            row.linked,
            row.open_people,
            _decimal(row.expected.numerator, row.expected.denominator),
            row.pace.value,
        )
        for row in rows
    ]


MONTH_COLUMNS = ("as_of", "realised", "expected")


def month_rows(months: Sequence[MonthPoint]) -> list[tuple[object, ...]]:
    """Return the months as a table for machines."""
    return [
        (
            point.as_of.isoformat(),
            point.realised,
            _decimal(point.expected.numerator, point.expected.denominator),
        )
        for point in months
    ]


HISTORY_COLUMNS = (
    "half_year", "net_target", "swapped", "backlog_or_lead", "corrected_target", "realised", "balance",
)  # fmt: skip


def history_rows(history: Sequence[PastHalfYear]) -> list[tuple[object, ...]]:
    """Return half-years as a table for machines."""
    return [
        (
            str(line.half_year),
            line.net,
            line.swapped,
            line.backlog_or_lead,
            line.corrected,
            line.realised,
            line.balance,
        )
        for line in history
    ]


def _decimal(numerator: int, denominator: int) -> Decimal:
    return (Decimal(numerator) / denominator).quantize(Decimal("0.1"))


def csv_response(
    columns: Sequence[str], rows: Sequence[Sequence[object]], *, name: str, for_excel: bool
) -> HttpResponse:
    """Return a CSV file: for machines, or for Dutch Excel with semicolons, decimal commas and a byte order mark.

    A cell that would start a formula in a spreadsheet gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=";" if for_excel else ",", lineterminator="\r\n" if for_excel else "\n"
    )
    writer.writerow(columns)
    writer.writerows([[_cell(value, for_excel=for_excel) for value in row] for row in rows])
    body = ("\ufeff" if for_excel else "") + out.getvalue()
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cell(value: object, *, for_excel: bool) -> object:
    if isinstance(value, Decimal):
        return str(value).replace(".", ",") if for_excel else str(value)
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t"}:
        return f"'{value}"
    return value
