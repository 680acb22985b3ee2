"""The monthly report on family composition as files: an accessible PDF, a workbook and two tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eenthuis.connect.composition_words import CATEGORIES, CHARACTERISTICS, MONTHS, REGIONS, STAGES
from eenthuis.connect.typst_pdf import pdf
from eenthuis.connect.workbooks import Sheet, workbook
from eenthuis.terms.composition import Cell, Characteristic, Publication, Stage
from eenthuis.terms.places import COUNTRY

HIDDEN = "verborgen"
CSV_COLUMNS = ("month", "place", "name", "stage", "characteristic", "category", "count", "hidden")
_SHEET_COLUMNS = ("Maand", "Code", "Plaats", "Stand", "Kenmerk", "Categorie", "Aantal", "Verborgen")
_FINE = tuple(
    one
    for one in Characteristic
    if one not in {Characteristic.TOTAL, Characteristic.HOME, Characteristic.SIZE, Characteristic.LARGE}
)


@dataclass(frozen=True, slots=True)
class ReportInput:
    """What a report is made from: the publication, its places by code and the place above each, and its receipt."""

    publication: Publication
    names: Mapping[str, str]
    above: Mapping[str, str]
    categories: Mapping[Characteristic, tuple[str, ...]]
    floor: int
    protection: int
    receipt: str


def report_files(made: ReportInput) -> dict[str, bytes]:
    """Return the files of a month's report by name; the same input gives the same bytes."""
    stem = f"gezinssamenstelling-{made.publication.month:%Y-%m}"
    return {
        f"{stem}.pdf": pdf("sections", _document(made), day=made.publication.month),
        f"{stem}.xlsx": _workbook(made),
        f"{stem}.csv": _table(made, for_excel=False),
        f"{stem}-excel.csv": _table(made, for_excel=True),
    }


def day_in_words(day: date) -> str:
    """Return a day in Dutch.

    Examples
    --------
    >>> day_in_words(date(2026, 3, 1))
    '1 maart 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _rows(made: ReportInput) -> list[tuple[str | int | None, ...]]:
    """Return every published count: codes, so that programs can read them."""
    publication = made.publication
    return [
        (
            f"{publication.month:%Y-%m}", code, REGIONS.get(code, name), stage.value, characteristic.value, category,
            publication.shown(cell), int(cell in publication.hidden),
        )
        for code, name in made.names.items()
        for stage in Stage
        for characteristic, categories in made.categories.items()
        for category in categories
        if (cell := Cell(stage, characteristic, code, category)) in publication.counts
    ]  # fmt: skip


def _table(made: ReportInput, *, for_excel: bool) -> bytes:
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=";" if for_excel else ",", lineterminator="\r\n" if for_excel else "\n"
    )
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_rows(made))
    return (("\ufeff" if for_excel else "") + out.getvalue()).encode()


def _workbook(made: ReportInput) -> bytes:
    def worded(row: Sequence[str | int | None]) -> tuple[str | int | None, ...]:
        month, code, name, stage, characteristic, category, count, hidden = row
        kind = str(characteristic)
        return (
            month,
            code,
            name,
            STAGES[str(stage)],
            CHARACTERISTICS[kind],
            CATEGORIES[kind][str(category)],
            count,
            "ja" if hidden else "nee",
        )

    rows = [worded(row) for row in _rows(made)]
    sheets = [
        Sheet(
            "Land en regio's",
            _SHEET_COLUMNS,
            [r for r in rows if not str(r[1]).startswith(("PV", "GM", "CR"))],
        ),
        Sheet("Provincies", _SHEET_COLUMNS, [r for r in rows if str(r[1]).startswith("PV")]),
        Sheet(
            "Gemeenten en gebieden", _SHEET_COLUMNS, [r for r in rows if str(r[1]).startswith(("GM", "CR"))]
        ),
    ]
    return workbook(sheets, title=_title(made), day=made.publication.month)


def _document(made: ReportInput) -> dict[str, object]:
    day = day_in_words(made.publication.month)
    places = [code for code in made.names if code == COUNTRY or made.above.get(code) == COUNTRY]
    provinces = [code for code in made.names if made.above.get(made.above.get(code, ""), "") == COUNTRY]
    sections = [_sizes(made, "Naar grootte: land en regio's", places, Characteristic.SIZE)]
    sections += [_fine(made, characteristic, places) for characteristic in (Characteristic.LARGE, *_FINE)]
    sections.append(_sizes(made, "Naar grootte: provincies", provinces, Characteristic.SIZE))
    sections += [
        _sizes(
            made,
            f"Gemeenten en gebieden in {made.names[province]}",
            [code for code in made.names if made.above.get(code) == province],
            Characteristic.HOME,
        )
        for province in provinces
    ]
    return {
        "title": _title(made),
        "author": "Eenthuis",
        "description": f"Huishoudens met een vergunning in de opvang op {day}, wachtend en gekoppeld",
        "language": "nl",
        "footer": f"{_title(made)} · ontvangstbewijs {made.receipt}",
        "paragraphs": [
            (
                f"Dit rapport telt huishoudens met een vergunning die op {day} in de opvang waren. "
                "Wie wacht op een koppeling telt mee waar de opvanglocatie staat, wie gekoppeld is in de gemeente "
                "van de koppeling."
            ),
            (
                f"Aantallen onder {made.floor} zijn verborgen, en ook andere aantallen waarmee iemand ze zou kunnen "
                "uitrekenen. Ook wie alles uitrekent, houdt voor elk verborgen aantal minstens "
                f"{made.protection} verschil tussen het kleinste en het grootste dat het kan zijn, tenzij andere "
                "openbare cijfers al meer zeggen. "
                f"De grenzen {made.floor} en {made.protection} zijn een keuze van dit programma, geen wet."
            ),
            (
                "Grote gemeenten staan apart. Kleinere staan samen in gebieden, want van een kleine gemeente zou bijna "
                "alles verborgen zijn."
            ),
            "Een streepje betekent dat een aantal niet wordt verteld voor deze plaats.",
        ],
        "sections": sections,
    }


def _title(made: ReportInput) -> str:
    month = made.publication.month
    return f"Gezinssamenstelling {MONTHS[month.month - 1]} {month.year}"


def _sizes(made: ReportInput, title: str, places: Sequence[str], by: Characteristic) -> dict[str, object]:
    cells = [(by, category) for category in made.categories[by]]
    cells.append((Characteristic.TOTAL, made.categories[Characteristic.TOTAL][0]))
    columns = ["Plaats", *(category for _, category in cells[:-1]), "Alle"]
    return _section(made, title, places, cells, columns)


def _fine(made: ReportInput, characteristic: Characteristic, places: Sequence[str]) -> dict[str, object]:
    categories = made.categories[characteristic]
    columns = ["Plaats", *(CATEGORIES[characteristic][category] for category in categories)]
    cells = [(characteristic, category) for category in categories]
    return _section(made, CHARACTERISTICS[characteristic], places, cells, columns)


def _section(
    made: ReportInput,
    title: str,
    places: Sequence[str],
    cells: Sequence[tuple[Characteristic, str]],
    columns: Sequence[str],
) -> dict[str, object]:
    """Return a section with a table per stage; a stage of which nothing is told has none."""
    counts = made.publication.counts
    return {
        "title": title,
        "paragraphs": [],
        "tables": [
            {
                "caption": f"{title}: {STAGES[stage].lower()}",
                "columns": list(columns),
                "rows": [
                    [
                        REGIONS.get(code, made.names[code]),
                        *(
                            _said(made, Cell(stage, characteristic, code, name))
                            for characteristic, name in cells
                        ),
                    ]
                    for code in places
                ],
            }
            for stage in Stage
            if any(Cell(stage, characteristic, places[0], name) in counts for characteristic, name in cells)
        ],
    }


def _said(made: ReportInput, cell: Cell) -> str:
    if cell not in made.publication.counts:
        return "–"
    count = made.publication.shown(cell)
    return HIDDEN if count is None else f"{count:,}".replace(",", ".")
