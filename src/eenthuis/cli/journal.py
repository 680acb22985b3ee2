"""``eenthuis journal``: whether the journal is as it was written."""

from __future__ import annotations

import argparse
import re
import sys

from eenthuis.cli.output import add_format, write_rows
from eenthuis.terms.errors import InputError, Location

DIGEST = re.compile(r"[0-9a-f]{64}")
A_DIFFERENCE = 1


def register(parser: argparse.ArgumentParser) -> None:
    """Add the command."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    verify = commands.add_parser(
        "verify",
        help="compute every digest of the journal again",
        description="Compute every digest of the journal again; exit 1 and name the first line that differs. "
        "Note the head it prints somewhere else, and give it next time: only then can lines cut from the end be seen.",
        epilog="Example: eenthuis journal verify --expect " + "0" * 64,
    )
    verify.add_argument("--expect", default="", metavar="DIGEST", help="a head that was printed earlier")
    add_format(verify)
    verify.set_defaults(run=run_verify)


def run_verify(options: argparse.Namespace) -> int:
    """Verify, and say where the chain breaks."""
    expected = str(options.expect).strip().lower()
    if expected and not DIGEST.fullmatch(expected):
        raise InputError(
            "INP-01",
            "--expect is no digest",
            remedy="Give the 64 characters that an earlier run printed as head.",
            location=Location(column="--expect", value=expected),
        )
    from eenthuis.cli.django_ready import ready

    ready()
    from eenthuis.services.journal_chain import verify_journal

    found = verify_journal(expected=expected)
    row = {"lines": found.lines, "erased": found.erased, "head": found.head, "broken": ""}
    if found.broken is not None:
        row["broken"] = found.broken.line
        where = f"line {found.broken.line} ({found.broken.action}, {found.broken.at})"
        print(
            f"The journal is broken at {where if found.broken.line else 'its head'}: {found.broken.fault.value}.",
            file=sys.stderr,
        )
    write_rows([row], form=options.format, columns=("lines", "erased", "head", "broken"))
    return A_DIFFERENCE if found.broken else 0
