"""``eenthuis link``: propose places for households, and check a proposal with its certificate."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from eenthuis.cli import (
    link_audit,
    link_criteria,
    link_explain,
    link_outcome,
    link_reconsider,
    link_weekly,
)
from eenthuis.cli.arguments import share, to_write, whole_number
from eenthuis.cli.floors import tell_floors_out_of_reach
from eenthuis.cli.output import add_format, write_rows
from eenthuis.terms.errors import CODES, InputError, Location
from eenthuis.terms.linking import Goal

if TYPE_CHECKING:
    from eenthuis.connect.instances import Instance
    from eenthuis.matching.certificate import Weights
    from eenthuis.matching.groups import Grouping
    from eenthuis.matching.proposal import Counted, OnProgress, Progress


class Choices(TypedDict, total=False):
    """What a solve is asked, by its names in the engine."""

    goal: Goal
    counted: Counted
    weights: Weights
    gap: float
    seed: int
    seconds: float | None
    threads: int
    on_progress: OnProgress | None


DOES_NOT_HOLD = 1


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    solve = commands.add_parser(
        "solve",
        help="propose a place for every household, with proof",
        description="Propose a place for every household of an instance folder, with a certificate.",
        epilog="Example: eenthuis link solve INSTANCE --out proposal.csv --certificate certificate.json",
    )
    solve.add_argument("instance", type=Path, help="instance folder")
    solve.add_argument("--out", type=Path, required=True, help="where the proposal goes (CSV)")
    solve.add_argument("--certificate", type=Path, required=True, help="where the certificate goes (JSON)")
    solve.add_argument("--goal", choices=[goal.value for goal in Goal], help="else what instance.toml says")
    solve.add_argument("--counted", choices=["persons", "households"], help="what is housed first")
    solve.add_argument("--gap", default="0.0001", help="stop at this share of the best (0.0001)")
    solve.add_argument("--seed", default="1", help="the same seed gives the same proposal (1)")
    solve.add_argument("--seconds", help="wall-clock limit; the best so far is kept")
    solve.add_argument("--threads", default="2", help="workers; they never change the proposal (2)")
    solve.add_argument(
        "--least-gain", help="least total score of every group, as a multiple of that of random proposals"
    )
    solve.add_argument(
        "--groups", help="characteristics that --least-gain counts, such as size,children (all known)"
    )
    add_format(solve)
    solve.set_defaults(run=run_solve)
    check = commands.add_parser(
        "check",
        help="compute a certificate again, independently of the solver",
        description="Compute bound, objective and every constraint again; exit 1 when something does not hold.",
        epilog="Example: eenthuis link check INSTANCE proposal.csv certificate.json",
    )
    check.add_argument("instance", type=Path, help="instance folder")
    check.add_argument("proposal", type=Path, help="proposal (CSV)")
    check.add_argument("certificate", type=Path, help="certificate (JSON)")
    add_format(check)
    check.set_defaults(run=run_check)
    link_audit.register(commands)
    link_explain.register(commands)
    link_reconsider.register(commands)
    link_criteria.register(commands)
    link_outcome.register(commands)
    link_weekly.register(commands)


def run_solve(asked: argparse.Namespace) -> int:
    """Solve an instance folder and write proposal and certificate."""
    from eenthuis.connect.instance_extras import read_groupings, read_preferences
    from eenthuis.connect.instances import read_instance
    from eenthuis.connect.proposals import write_certificate, write_proposal
    from eenthuis.matching.audit import audit, audit_document
    from eenthuis.matching.certificate import certificate_document
    from eenthuis.matching.fairness import solve_fair
    from eenthuis.matching.groups import own_groupings
    from eenthuis.matching.proposal import solve
    from eenthuis.matching.wording import reason_codes

    to_write(asked.out, asked.certificate)
    instance = read_instance(asked.instance)
    groupings = (*own_groupings(instance.problem), *read_groupings(asked.instance, instance.problem))
    preferences = read_preferences(asked.instance, instance.problem)
    counted = _counted_groups(asked, groupings)
    chosen = _choices(asked, instance)
    document: dict[str, object] = {}
    with ExitStack() as stack:
        chosen["on_progress"] = _progress(stack)
        if asked.least_gain is None:
            solution = solve(instance.problem, **chosen)
        else:
            least = share(asked.least_gain, "--least-gain")
            fair = solve_fair(instance.problem, least_gain=least, groupings=counted, **chosen)
            solution, document["price_of_floors"] = fair.solution, fair.price
            tell_floors_out_of_reach(solution.certificate.floors)
    reasons = reason_codes(instance.problem, solution.assignment, solution.certificate)
    write_proposal(asked.out, instance.problem, solution.assignment, reasons)
    made = audit(
        instance.problem,
        solution.assignment,
        groupings=groupings,
        preferences=preferences,
        seed=chosen["seed"],
    )
    document |= certificate_document(instance.problem, solution.certificate)
    write_certificate(asked.certificate, {**document, "audit": audit_document(made)})
    columns = ["households", "linked", "persons_linked", "objective", "bound", "gap", "seconds"]
    columns += ["price_of_floors"] if "price_of_floors" in document else []
    write_rows([{name: document[name] for name in columns}], form=asked.format, columns=columns)
    return 0


def _choices(asked: argparse.Namespace, instance: Instance) -> Choices:
    from eenthuis.matching.proposal import Counted

    return {
        "goal": Goal(asked.goal) if asked.goal else instance.goal or Goal.HOUSED_THEN_SCORE,
        "counted": Counted(asked.counted) if asked.counted else instance.counted,
        "weights": instance.weights,
        "gap": share(asked.gap, "--gap"),
        "seed": whole_number(asked.seed, "--seed"),
        "seconds": None if asked.seconds is None else share(asked.seconds, "--seconds"),
        "threads": max(1, whole_number(asked.threads, "--threads")),
    }


def _counted_groups(asked: argparse.Namespace, groupings: tuple[Grouping, ...]) -> tuple[Grouping, ...]:
    if asked.groups is not None and asked.least_gain is None:
        raise InputError(
            "INP-02",
            "--groups says whose least gain counts, and no --least-gain is given",
            remedy="Add --least-gain 1.25, or leave --groups out.",
            location=Location(column="--groups", value=asked.groups),
        )
    if asked.groups is None:
        return groupings
    known = {grouping.characteristic: grouping for grouping in groupings}
    for name in asked.groups.split(","):
        if name not in known:
            raise InputError(
                "INP-02",
                "households are not known by this characteristic",
                remedy=f"Known are {', '.join(known)}; add others as columns of characteristics.csv.",
                location=Location(column="--groups", value=name),
            )
    return tuple(known[name] for name in dict.fromkeys(asked.groups.split(",")))


def run_check(asked: argparse.Namespace) -> int:
    """Check a proposal and its certificate; 1 when anything does not hold."""
    from eenthuis.connect.instances import read_instance
    from eenthuis.connect.proposals import read_certificate, read_proposal
    from eenthuis.matching.check import check_certificate

    problem = read_instance(asked.instance).problem
    assignment = read_proposal(asked.proposal, problem)
    statements = check_certificate(problem, assignment, read_certificate(asked.certificate))
    rows = [
        {
            "statement": statement.name,
            "stated": str(statement.stated),
            "computed": str(statement.computed),
            "holds": "yes" if statement.holds else "no",
        }
        for statement in statements
    ]
    write_rows(rows, form=asked.format, columns=("statement", "stated", "computed", "holds"))
    wrong = [statement for statement in statements if not statement.holds]
    for statement in wrong:
        print(
            f"LNK-02 {CODES['LNK-02']}: {statement.name} is stated as {statement.stated}, computed as "
            f"{statement.computed}. Do not use this proposal; solve the instance again.",
            file=sys.stderr,
        )
    return DOES_NOT_HOLD if wrong else 0


def _progress(stack: ExitStack) -> OnProgress | None:
    """Return a progress callback that draws a bar on a terminal, and nothing in a pipe."""
    if not sys.stderr.isatty():
        return None
    from rich import progress as rich_progress
    from rich.console import Console

    bar = stack.enter_context(
        rich_progress.Progress(
            rich_progress.TextColumn("{task.description}"),
            rich_progress.BarColumn(),
            rich_progress.TextColumn(
                "best {task.fields[best]}  bound {task.fields[bound]}  gap {task.fields[gap]}"
            ),
            rich_progress.TimeElapsedColumn(),
            console=Console(stderr=True),
        )
    )
    task = bar.add_task("prices", total=None, best="-", bound="-", gap="-")

    def tell(progress: Progress) -> None:
        gap = (progress.bound - progress.best) / max(abs(progress.bound), 1e-9)
        bar.update(
            task,
            description=progress.stage,
            best=f"{progress.best:.3f}",
            bound=f"{progress.bound:.3f}",
            gap=f"{gap:.4%}",
        )

    return tell
