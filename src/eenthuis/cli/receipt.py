"""``eenthuis receipt verify``: compute a receipt again and say whether it is the same."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from eenthuis.connect.text import decoded
from eenthuis.rules.receipts import recompute
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
    verify.set_defaults(run=run_verify)


def run_verify(options: argparse.Namespace) -> int:
    """Say same, or what differs."""
    try:
        document = json.loads(decoded(options.file))
    except json.JSONDecodeError as wrong:
        raise InputError(
            "INP-01",
            f"line {wrong.lineno} is not JSON: {wrong.msg}",
            remedy="Give the JSON that a command or page of Eenthuis wrote.",
            location=Location(str(options.file), wrong.lineno),
        ) from wrong
    if isinstance(document, Mapping) and isinstance(document.get("receipt"), Mapping):
        document = document["receipt"]
    if not isinstance(document, Mapping):
        raise InputError(
            "INP-01",
            "this is not a receipt of Eenthuis",
            remedy="Give the JSON that a command or page of Eenthuis wrote.",
            location=Location(str(options.file)),
        )
    receipt = receipt_from_plain(document)
    result = recompute(receipt)
    if result.is_same:
        print(f"same: {receipt.action}, receipt {receipt.number}")
        return 0
    print(f"different: {receipt.action}, receipt {receipt.number}")
    for difference in result.differences:
        print(f"- {difference}")
    return DIFFERS
