"""``eenthuis receipt verify``: compute a receipt again and say whether it is the same."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from eenthuis.cli.output import add_format, write_rows
from eenthuis.connect.text import decoded
from eenthuis.rules.receipts import TOTALS, Recomputed, recompute, row_differences, since_changed
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.receipt import receipt_from_plain

DIFFERS = 1


def register(parser: argparse.ArgumentParser) -> None:
    """Add the command."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    verify = commands.add_parser(
        "verify",
        help="recompute a receipt",
        description="Compute a receipt again from its own inputs; exit 1 when something differs.",
        epilog="Example: eenthuis targets compute --half-year 2023-I --format json > t.json; "
        "eenthuis receipt verify t.json",
    )
    verify.add_argument("file", type=Path, metavar="FILE", help="a receipt, or the JSON that holds one")
    add_format(verify)
    verify.set_defaults(run=run_verify, format="table")


def run_verify(options: argparse.Namespace) -> int:
    """Say same, or what differs."""
    document = _document(options.file)
    inner = document.get("receipt")
    receipt = receipt_from_plain(inner if isinstance(inner, Mapping) else document)
    result = recompute(receipt)
    differences = (*result.differences, *_around(document, result))
    rows: list[dict[str, object]] = [
        {"result": "different", "receipt": receipt.number, "difference": difference}
        for difference in differences
    ] or [{"result": "same", "receipt": receipt.number, "difference": ""}]
    changed = since_changed(receipt)
    if options.format == "table":
        print(f"{rows[0]['result']}: {receipt.action}, receipt {receipt.number}")
        for difference in differences:
            print(f"- {difference}")
        for change in changed:
            print(f"note: {change}")
    else:
        told = {
            "action": receipt.action,
            "as_of": receipt.as_of,
            "same": not differences,
            "law_since": changed,
        }
        write_rows(rows, form=options.format, columns=("result", "receipt", "difference"), document=told)
    return DIFFERS if differences else 0


def _document(file: Path) -> Mapping[str, object]:
    try:
        document = json.loads(decoded(file))
    except (json.JSONDecodeError, RecursionError) as wrong:
        raise InputError(
            "INP-01",
            f"the file is not JSON: {wrong}",
            remedy="Give the JSON that a command or page of Eenthuis wrote.",
            location=Location(file.name, getattr(wrong, "lineno", None)),
        ) from wrong
    if not isinstance(document, Mapping):
        raise InputError(
            "INP-01",
            "this is not a receipt of Eenthuis",
            remedy="Give the JSON that a command or page of Eenthuis wrote.",
            location=Location(file.name),
        )
    return document


def _around(document: Mapping[str, object], result: Recomputed) -> tuple[str, ...]:
    """Return where the rows and the total that stand beside the receipt differ from it."""
    rows = document.get("rows")
    if not isinstance(rows, list) or not isinstance(document.get("receipt"), Mapping):
        return ()
    provinces = document.get("provinces")
    rows = rows + provinces if isinstance(provinces, list) else rows
    found = list(row_differences(result, [row for row in rows if isinstance(row, Mapping)]))
    if not result.output or "total" not in document or result.action not in TOTALS:
        return tuple(found)
    total = result.total(TOTALS[result.action])
    if document["total"] != total:
        found.append(f"total: computed again {total}, the file says {document['total']}")
    return tuple(found)
