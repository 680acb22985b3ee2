"""``eenthuis lab outcomes``: a table of scores of work for the policy lab, from an instance of linking or invented."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from eenthuis.cli.arguments import to_write, whole_number
from eenthuis.terms.errors import InputError, Location

if TYPE_CHECKING:
    from eenthuis.terms.work_scores import WorkScores

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its kind of commands no public name


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command."""
    made = commands.add_parser(
        "outcomes",
        help="a table of scores of work for --outcomes, from an instance of linking or invented",
        description="Write a table code,persons,at_work: members of a household expected to have work within a year,"
        " the mean of the scores of an instance whose places are municipalities; or an invented one to try it with.",
        epilog="Example: eenthuis lab outcomes INSTANCE --out work.csv",
    )
    where = made.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "instance", nargs="?", type=Path, metavar="INSTANCE", help="instance folder with scores; places are codes"
    )  # fmt: skip
    where.add_argument("--invented", metavar="SEED", help="invent scores, of nobody; every figure says so")
    made.add_argument("--out", required=True, type=Path, metavar="FILE", help="the table (CSV)")
    made.set_defaults(run=run_outcomes)


def add_outcomes(parser: argparse.ArgumentParser) -> None:
    """Add the option that loads such a table into a run."""
    parser.add_argument(
        "--outcomes",
        type=Path,
        metavar="FILE",
        help="scores of work (CSV code,persons,at_work): measures work within a year too",
    )


def loaded(options: argparse.Namespace) -> WorkScores | None:
    """Return the scores that a run is asked with, if any."""
    if options.outcomes is None:
        return None
    from eenthuis.connect.lab_work import read_work

    return read_work(options.outcomes)


def run_outcomes(options: argparse.Namespace) -> int:
    """Write a table of scores."""
    from eenthuis.connect.lab_work import work_of_instance, work_table
    from eenthuis.connect.whole_files import write_whole

    _to_write(options.out)
    found = work_of_instance(options.instance) if options.invented is None else _invented(options.invented)
    write_whole(options.out.parent, {options.out.name: work_table(found)})
    told = "; invented, of nobody" if found.is_invented else ""
    print(f"{len(found.millionths)} municipalities, {found.digest}{told}", file=sys.stderr)
    return 0


def _to_write(file: Path) -> None:
    if file.is_dir():
        raise InputError(
            "INP-07", f"{file.name!r} is a folder", remedy="Give the name of a file.", location=Location(column="--out")
        )  # fmt: skip
    to_write(file.parent)


def _invented(seed: str) -> WorkScores:
    import numpy as np

    from eenthuis.lab.running import FIRST
    from eenthuis.lab.work import invented

    return invented(np.random.default_rng(whole_number(seed, "--invented")), FIRST)
