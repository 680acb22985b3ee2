"""``eenthuis lab``: what would a recommendation do, with its uncertainty; no database."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eenthuis.cli import lab_outcomes
from eenthuis.cli.arguments import to_write, whole_number
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.progress import bar
from eenthuis.connect.scenario_files import read_scenario
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.policy import LEVER_COLUMNS, MEASURE_COLUMNS, PARAMETER_COLUMNS
from eenthuis.terms.version import code_version

if TYPE_CHECKING:
    from numpy.random import Generator

    from eenthuis.lab.running import Worker
    from eenthuis.terms.work_scores import WorkScores

ASSUMED = "The effects of levers are assumptions with a range; see 'eenthuis lab parameters'."
SCENARIO_COLUMNS = ("scenario", "lever", "value", "source")


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    run = commands.add_parser(
        "run",
        help="live many futures of a scenario",
        description="Live many futures of a scenario and write quantiles of every measure per half-year, with figures.",
        epilog="Example: eenthuis lab run as-advised --futures 1000 --seed 7 --out DIR --beside cabinet-response-2023",
    )
    run.add_argument("scenario", metavar="SCENARIO", help="a scenario file (.toml) or a packaged scenario")
    run.add_argument(
        "--beside",
        action="append",
        default=[],
        metavar="SCENARIO",
        help="another scenario with the same chance; differences are written",
    )
    run.set_defaults(run=run_lab)
    _futures(run)
    each = commands.add_parser(
        "tornado",
        help="what each lever of a scenario does, alone and as the last",
        description="Pull every lever in which a scenario differs from a base by itself, and leave each out by itself.",
        epilog="Example: eenthuis lab tornado as-advised --base cabinet-response-2023 --futures 200 --out DIR",
    )
    each.add_argument("scenario", metavar="SCENARIO", help="a scenario file (.toml) or a packaged scenario")
    each.add_argument("--base", default="today", metavar="SCENARIO", help="what it is compared with")
    each.set_defaults(run=run_tornado)
    _futures(each)
    _register_worth(commands)
    for name, meaning, does in (
        ("levers", "what a scenario can change", run_levers),
        ("parameters", "every number of the simulation, with its range and source", run_parameters),
        ("measures", "what is measured", run_measures),
        ("scenarios", "the packaged scenarios", run_scenarios),
    ):
        shown = commands.add_parser(
            name,
            help=meaning,
            description=f"Show {meaning}.",
            epilog=f"Example: eenthuis lab {name} --format csv",
        )
        add_format(shown)
        shown.set_defaults(run=does)
    lab_outcomes.register(commands)
    _register_past(commands)


def _register_worth(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    worth = commands.add_parser(
        "worth",
        help="what knowing a parameter is worth for the choice between scenarios",
        description="Live futures with every parameter drawn from its range, and estimate per measure what knowing one"
        " is worth for the choice between scenarios.",
        epilog="Example: eenthuis lab worth cabinet-response-2023 as-advised --futures 1000 --out DIR",
    )
    worth.add_argument(
        "scenarios",
        metavar="SCENARIO",
        nargs="+",
        help="scenario files (.toml) or packaged scenarios, two or more",
    )
    worth.set_defaults(run=run_worth)
    _futures(worth)


def _futures(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--futures", default="1000", metavar="N", help="how many futures")
    parser.add_argument("--half-years", default="20", metavar="N", help="how many half-years ahead")
    parser.add_argument("--seed", default="1", metavar="N", help="the same seed gives the same figures")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="folder for tables and figures"
    )
    lab_outcomes.add_outcomes(parser)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", metavar="N", help="threads here; left out, one per core")
    where.add_argument("--cluster", metavar="ADDRESS", help="a dask scheduler, such as tcp://10.0.0.5:8786")


def _register_past(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    fitted = commands.add_parser(
        "calibrate",
        help="find sets of parameters that the past does not contradict",
        description="Draw sets from the ranges of the parameters, live the past with each, and keep the nearest.",
        epilog="Example: eenthuis lab calibrate --tries 2000 --keep 60 --seed 2 --everything --format csv",
    )
    fitted.add_argument("--keep", default="60", metavar="N", help="sets that are kept")
    fitted.add_argument("--everything", action="store_true", help="use the figures held out as well")
    fitted.set_defaults(run=run_calibrate)
    tried = commands.add_parser(
        "validate",
        help="past half-years as they would have been foreseen, beside what was published",
        description="Fit on figures up to 2022, foresee each later one from the one last published, and compare.",
        epilog="Example: eenthuis lab validate --tries 2000",
    )
    tried.set_defaults(run=run_validate)
    for parser in (fitted, tried):
        parser.add_argument("--tries", default="2000", metavar="N", help="sets that are drawn")
        parser.add_argument("--seed", default="1", metavar="N", help="the same seed gives the same sets")
        add_format(parser)


def run_lab(options: argparse.Namespace) -> int:
    """Run scenarios and write their files."""
    named = [read_scenario(one) for one in (options.scenario, *options.beside)]
    asked = _asked(options)
    from eenthuis.connect.lab_report import files
    from eenthuis.connect.whole_files import write_whole
    from eenthuis.lab import compare

    worker = _worker(options)
    with ExitStack() as stack:
        done = compare(tuple(named), worker=worker, tell=_telling(stack, asked.futures), **asked.plain())
    write_whole(options.out, files(done, code_version()))
    print(
        f"{asked.futures} futures of {', '.join(one.name for one in named)}: {options.out / 'fan.csv'}",
        file=sys.stderr,
    )
    print(ASSUMED, file=sys.stderr)
    return 0


def run_tornado(options: argparse.Namespace) -> int:
    """Live every variant between a base and a scenario, and write what each lever does in the last half-year."""
    base, scenario = read_scenario(options.base), read_scenario(options.scenario)
    asked = _asked(options)
    from eenthuis.connect.lab_report import tornado_files
    from eenthuis.connect.whole_files import write_whole
    from eenthuis.lab import tornado

    worker = _worker(options)
    with ExitStack() as stack:
        tell = _telling(stack, 2 * asked.futures)
        found = tornado(base, scenario, worker=worker, tell=tell, **asked.plain())
    last = found.run.half_years()[-1]
    write_whole(options.out, tornado_files(found, last))
    print(
        f"{len(found.pulled)} levers between {base.name} and {scenario.name}: {options.out / 'effects.csv'}",
        file=sys.stderr,
    )
    print(ASSUMED, file=sys.stderr)
    return 0


def run_worth(options: argparse.Namespace) -> int:
    """Weigh scenarios against each other, and write what knowing more is worth for the choice."""
    named = [read_scenario(one) for one in options.scenarios]
    asked = _asked(options)
    from eenthuis.connect.lab_worth import worth_files
    from eenthuis.connect.whole_files import write_whole
    from eenthuis.lab import weigh

    worker = _worker(options)
    with ExitStack() as stack:
        tell = _telling(stack, asked.futures)
        found = weigh(tuple(named), worker=worker, tell=tell, **asked.plain())
    write_whole(options.out, worth_files(found))
    print(
        f"the choice between {', '.join(one.name for one in named)}: {options.out / 'worth.csv'}",
        file=sys.stderr,
    )
    print(ASSUMED, file=sys.stderr)
    return 0


@dataclasses.dataclass(frozen=True, slots=True)
class _Asked:
    futures: int
    half_years: int
    seed: int
    work: WorkScores | None

    def plain(self) -> dict[str, Any]:
        """Return them by name, as the functions of the lab take them."""
        return {one.name: getattr(self, one.name) for one in dataclasses.fields(self)}


def _asked(options: argparse.Namespace) -> _Asked:
    """Return the numbers of a run, and refuse a folder that cannot be written in before any work is done."""
    asked = _Asked(
        futures=whole_number(options.futures, "--futures"),
        half_years=whole_number(options.half_years, "--half-years"),
        seed=whole_number(options.seed, "--seed"),
        work=lab_outcomes.loaded(options),
    )
    to_write(options.out)
    return asked


def _worker(options: argparse.Namespace) -> Worker:
    from eenthuis.connect.lab_workers import cluster, threads

    if options.cluster:
        return cluster(options.cluster)
    return threads(whole_number(options.workers, "--workers") if options.workers else os.cpu_count() or 1)


def _telling(stack: ExitStack, futures: int) -> Callable[[int], None] | None:
    drawn = bar(stack, "Living futures")
    return None if drawn is None else lambda count: drawn(count, futures)


def run_levers(options: argparse.Namespace) -> int:
    """Show every lever."""
    from eenthuis.reference.policy import levers

    rows = [
        {column: getattr(one, column) for column in LEVER_COLUMNS} | {"choices": "|".join(one.choices)}
        for one in levers().values()
    ]
    write_rows(rows, form=options.format, columns=LEVER_COLUMNS)
    return 0


def run_parameters(options: argparse.Namespace) -> int:
    """Show every parameter."""
    from eenthuis.reference.policy import lab_parameters

    rows = [
        {column: getattr(one, column) for column in PARAMETER_COLUMNS} for one in lab_parameters().values()
    ]
    write_rows(rows, form=options.format, columns=PARAMETER_COLUMNS)
    return 0


def run_measures(options: argparse.Namespace) -> int:
    """Show every measure."""
    from eenthuis.lab import measures

    rows = [{column: getattr(one, column) for column in MEASURE_COLUMNS} for one in measures(has_work=True)]
    write_rows(rows, form=options.format, columns=MEASURE_COLUMNS)
    return 0


def run_scenarios(options: argparse.Namespace) -> int:
    """Show the packaged scenarios: every lever and its value, with what it rests on."""
    from eenthuis.reference.policy import levers, scenarios

    rows = [
        {
            "scenario": scenario.name,
            "lever": lever,
            "value": value,
            "source": scenario.sources.get(lever, levers()[lever].source),
        }
        for scenario in scenarios().values()
        for lever, value in scenario.levers.items()
    ]
    write_rows(rows, form=options.format, columns=SCENARIO_COLUMNS)
    return 0


def run_calibrate(options: argparse.Namespace) -> int:
    """Draw sets of parameters and keep those whose past is nearest to the published figures."""
    tries, keep = whole_number(options.tries, "--tries"), whole_number(options.keep, "--keep")
    if not 1 <= keep <= tries:
        raise InputError(
            "INP-06",
            f"--keep is {keep}",
            remedy=f"Give 1 to {tries}, which is --tries.",
            location=Location(column="--keep", value=options.keep),
        )
    rng = _dice(options)
    from eenthuis.lab import past

    uses = past.EVERYTHING if options.everything else past.FITTED
    with ExitStack() as stack:
        drawn = bar(stack, "Living the past")
        sets = past.calibrate(
            rng,
            tries=tries,
            keep=keep,
            uses=uses,
            tell=None if drawn is None else lambda count: drawn(count, tries),
        )
    columns = ("number", *sets[0])
    rows = [{"number": place} | dict(one) for place, one in enumerate(sets, start=1)]
    write_rows(rows, form=options.format, columns=columns)
    return 0


def run_validate(options: argparse.Namespace) -> int:
    """Fit on the years up to 2022 and show what that says of the years after, beside the published figures."""
    rng = _dice(options)
    tries = whole_number(options.tries, "--tries")
    from eenthuis.connect.lab_report import PAST_COLUMNS, past_rows
    from eenthuis.lab import past

    with ExitStack() as stack:
        drawn = bar(stack, "Living the past")
        tell = None if drawn is None else lambda count: drawn(count, tries)
        met = past.tried(rng, tries=tries, tell=tell)
    write_rows(past_rows(met), form=options.format, columns=PAST_COLUMNS)
    held = [one for one in met if one.known.use == "held-out"]
    print(
        f"Within the band of 80 %: {past.covered(held):.0%} of {len(held)} figures held out.", file=sys.stderr
    )
    return 0


def _dice(options: argparse.Namespace) -> Generator:
    import numpy as np

    return np.random.default_rng(whole_number(options.seed, "--seed"))
