"""The command ``eenthuis``: finds the group asked for and runs it; bad input ends with exit code 2."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from eenthuis.terms.errors import EenthuisError

GROUPS = {
    "targets": "compute, correct and verify housing targets",
    "reception": "share reception places out and show the cycle",
    "schemes": "list schemes, check applications, draw lots and settle",
    "flex": "check projects of flex homes against the shares of their scheme",
    "documents": "hand out residence documents at reception centres",
    "urgency": "list and check the register of urgency schemes",
    "supervise": "assess municipalities and show the ladder of a province",
    "receipt": "recompute a receipt",
    "reference": "check and renew the packaged public facts",
    "link": "link households to places, with proof",
    "composition": "make the monthly report on family composition",
    "forecast": "what may come, and how good such forecasts were",
    "erase": "erase personal data whose time has passed",
    "processing": "for what a household's record was used",
    "journal": "verify that the journal is as it was written",
    "lab": "what a recommendation would do, over many futures",
    "recommendations": "the recommendations of the advisory council and the steps promised on them",
    "register": "show the record for the Dutch Algorithm Register",
    "sheet": "templates of spreadsheets, and spreadsheets checked and taken in",
    "demo": "build and serve the demonstration country",
    "serve": "serve the pages on a real installation",
    "account": "make, close and help accounts",
    "key": "hand out, rotate and withdraw API keys",
    "worker": "do what was asked for in the background",
    "doctor": "check the installation and say how to mend it",
}
"""Every group of commands; module ``eenthuis.cli.<group>`` has ``register(parser)``."""

BAD_INPUT = 2


def build_parser(group: str | None) -> argparse.ArgumentParser:
    """Return the parser, with the commands of ``group`` filled in; the others load nothing."""
    parser = argparse.ArgumentParser(
        prog="eenthuis",
        description="Housing targets, links and homes for status holders.",
        epilog="Example: eenthuis targets compute --half-year 2023-I --national 21200",
    )
    groups = parser.add_subparsers(dest="group", metavar="GROUP", required=True)
    for name, meaning in GROUPS.items():
        sub = groups.add_parser(
            name, help=meaning, description=meaning, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == group:
            importlib.import_module(f"eenthuis.cli.{name}").register(sub)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 good, 1 a difference was found, 2 bad input."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    group = next((word for word in given if word in GROUPS), None)
    parsed = build_parser(group).parse_args(given)
    try:
        return int(parsed.run(parsed))
    except EenthuisError as wrong:
        print(wrong, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    raise SystemExit(main())
