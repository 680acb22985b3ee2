"""Open data as files: CSV, JSON with its definitions, and Parquet with its definitions inside."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from eenthuis.terms.datasets import Cell, Column, ColumnKind, DatasetTable

if TYPE_CHECKING:
    import pyarrow as pa

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The figures carry inhabitants counted by CBS, which are CC BY 4.0; what is made from them is too."""
TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
DIGITS, PLACES = 38, 12
"""How exact a decimal of a Parquet file is."""


def written(table: DatasetTable, form: str) -> bytes:
    """Return a table as ``csv``, ``json`` or ``parquet``."""
    return {"csv": _csv, "json": _json, "parquet": _parquet}[form](table)


def columns_of(table: DatasetTable) -> list[dict[str, str]]:
    """Return every column with its kind, unit and meaning in Dutch and English, as files tell of them."""
    return [
        {
            "name": one.name,
            "kind": one.kind.value,
            "unit": one.unit,
            "nl": one.meaning.nl,
            "en": one.meaning.en,
        }
        for one in table.dataset.columns
    ]


def _csv(table: DatasetTable) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([one.name for one in table.dataset.columns])
    writer.writerows([_text(value) for value in row] for row in table.rows)
    return out.getvalue().encode()


def _text(value: Cell) -> object:
    if value is None:
        return ""
    return int(value) if isinstance(value, bool) else _plain(value)


def _json(table: DatasetTable) -> bytes:
    names = [one.name for one in table.dataset.columns]
    document = {
        "dataset": table.dataset.code,
        "title": {"nl": table.dataset.title.nl, "en": table.dataset.title.en},
        "edition": table.edition.name,
        "licence": LICENCE,
        "recompute": {"nl": table.dataset.recompute.nl, "en": table.dataset.recompute.en},
        "columns": columns_of(table),
        "rows": [dict(zip(names, map(_plain, row), strict=True)) for row in table.rows],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(value: Cell) -> object:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case _:
            return value


def _parquet(table: DatasetTable) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = table.dataset.columns
    by_column = list(zip(*table.rows, strict=True)) if table.rows else [()] * len(columns)
    made = pa.table(
        [
            pa.array(_exact(one, values), type=_type(one))
            for one, values in zip(columns, by_column, strict=True)
        ],
        schema=pa.schema(
            [pa.field(one.name, _type(one), metadata=_meaning(one)) for one in columns],
            metadata={
                "dataset": table.dataset.code,
                "edition": table.edition.name,
                "licence": LICENCE,
                "title_nl": table.dataset.title.nl,
                "title_en": table.dataset.title.en,
                "recompute_nl": table.dataset.recompute.nl,
                "recompute_en": table.dataset.recompute.en,
            },
        ),
    )
    out = io.BytesIO()
    pq.write_table(made, out)
    return out.getvalue()


def _meaning(column: Column) -> dict[str, str]:
    return {"unit": column.unit, "nl": column.meaning.nl, "en": column.meaning.en}


def _exact(column: Column, values: tuple[Any, ...]) -> list[Any]:
    if column.kind is not ColumnKind.DECIMAL:
        return list(values)
    step = Decimal(1).scaleb(-PLACES)
    return [None if value is None else value.quantize(step) for value in values]


def _type(column: Column) -> pa.DataType:
    import pyarrow as pa

    match column.kind:
        case ColumnKind.TEXT:
            return pa.string()
        case ColumnKind.WHOLE:
            return pa.int64()
        case ColumnKind.DECIMAL:
            return pa.decimal128(DIGITS, PLACES)
        case ColumnKind.DAY:
            return pa.date32()
        case ColumnKind.YES_NO:
            return pa.bool_()
