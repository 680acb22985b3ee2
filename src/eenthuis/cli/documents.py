"""``eenthuis documents``: who can be handed a residence document, and plans of sessions at centres; no database."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eenthuis.cli.arguments import day, to_write, whole_number
from eenthuis.cli.documents_files import (
    desk_points,
    read_centres,
    read_documents,
)
from eenthuis.cli.documents_rules import assumed_values, assumption_notes, rules_on
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.progress import bar
from eenthuis.cli.target_output import write_notes
from eenthuis.connect.document_files import read_coordinates, read_teams
from eenthuis.reference import ind_desks
from eenthuis.rules.documents import readiness
from eenthuis.sessions.keeping import Kept, changes, keep, kept_among
from eenthuis.sessions.problem import CentreStop, Rules, SessionProblem, Standing, make_problem
from eenthuis.terms.documents import (
    DeskCode,
    DeskKind,
    DocumentNumber,
    DocumentPlan,
    DocumentTeam,
    ResidenceDocument,
    WhyNotReady,
)
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.places import Point
from eenthuis.terms.receipt import digest

if TYPE_CHECKING:
    from eenthuis.cli.documents_plans import Saved
    from eenthuis.sessions.check import RuleChecked

BROKEN = 1
"""Exit code when a plan breaks a rule."""

_EXAMPLE = "eenthuis documents plan documents.csv centres.csv teams.csv --as-of 2026-11-02 --out plan"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Everything that was read for a plan on one day."""

    documents: Mapping[DocumentNumber, ResidenceDocument]
    centres: tuple[CentreStop, ...]
    teams: tuple[DocumentTeam, ...]
    desks: Mapping[DeskCode, Point]
    as_of: date
    rules: Rules

    def kept(self, earlier: DocumentPlan | None) -> Kept:
        """Return what stands of an earlier plan; nothing without one."""
        if earlier is None:
            return Kept(Standing(), {})
        waiting = list(self.documents.values())
        return keep(earlier, waiting, self.centres, self.teams, as_of=self.as_of, rules=self.rules)

    def problem(self, standing: Standing) -> SessionProblem:
        """Return what is planned."""
        return make_problem(
            list(self.documents.values()),
            self.centres,
            self.teams,
            desks=self.desks,
            as_of=self.as_of,
            rules=self.rules,
            standing=standing,
        )


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    ready = commands.add_parser(
        "ready",
        help="who can be handed a document on a day, and every reason why not",
        description="Say of each document whether it can be handed out on a day, every reason why not, and until when.",
        epilog="Example: eenthuis documents ready documents.csv --as-of 2026-11-02",
    )
    _documents_file(ready)
    ready.add_argument("--as-of", required=True, metavar="DAY", help="the day of handing out")
    _assume(ready)
    add_format(ready)
    ready.set_defaults(run=run_ready)
    _plan(commands)
    replan = commands.add_parser(
        "replan",
        help="plan again, keeping every appointment that can be kept",
        description="Plan again from a plan made before: appointments that can be kept are, and changes.csv says what "
        "changed for whom and why.",
        epilog="Example: eenthuis documents replan plan documents.csv centres.csv teams.csv --as-of 2026-11-16 "
        "--out next",
    )
    replan.add_argument("earlier", type=Path, metavar="EARLIER", help="folder of the plan made before")
    _inputs(replan)
    _to_plan(replan)
    replan.set_defaults(run=run_plan)
    for name, run, what in (
        (
            "check",
            run_check,
            "check a plan rule by rule, with its cost and bound; exit 1 when something is wrong",
        ),
        ("measure", run_measure, "kilometres saved and days waited beside desks only"),
    ):
        command = commands.add_parser(
            name,
            help=what,
            description=f"{what[0].upper()}{what[1:]}.",
            epilog=f"Example: eenthuis documents {name} plan documents.csv centres.csv teams.csv",
        )
        command.add_argument("plan", type=Path, metavar="PLAN", help="folder of the plan")
        _inputs(command)
        command.add_argument(
            "--earlier",
            type=Path,
            metavar="DIR",
            help="folder of the plan before, where it was planned again",
        )
        add_format(command)
        command.set_defaults(run=run)


def _plan(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    plan = commands.add_parser(
        "plan",
        help="sessions at centres and appointments in them, with a bound",
        description="Plan sessions and appointments: least waiting and travel, households together, within staff, "
        "vans, slots and working days. The folder gets sessions, appointments, who is not planned and why, prices "
        "that prove the bound, and plan.json.",
        epilog=f"Example: {_EXAMPLE}",
    )
    _inputs(plan)
    _to_plan(plan)
    plan.set_defaults(run=run_plan, earlier=None)


def _documents_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "documents",
        type=Path,
        metavar="DOCUMENTS",
        help="CSV number,household,centre,ready_on,born_on,citizen_number,address and where known photo_on,"
        "fingerprints_on",
    )


def _assume(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--assume",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="another value of the law book, such as sessions.horizon_weeks=8; may stand several times",
    )


def _inputs(parser: argparse.ArgumentParser) -> None:
    _documents_file(parser)
    parser.add_argument(
        "centres",
        type=Path,
        metavar="CENTRES",
        help="CSV code,municipality and where wanted first_day,last_day",
    )
    parser.add_argument(
        "teams",
        type=Path,
        metavar="TEAMS",
        help="CSV code,desk,staff,vans and where wanted first_day,last_day",
    )
    parser.add_argument(
        "--coordinates",
        type=Path,
        metavar="FILE",
        help="CSV code,lat,lon of desks and centres; else the point of the municipality",
    )


def _to_plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", required=True, metavar="DAY", help="the day of planning")
    parser.add_argument("--seed", default="1", help="the same seed gives the same plan (1)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the plan")
    _assume(parser)
    add_format(parser)


def run_ready(options: argparse.Namespace) -> int:
    """Print who can be handed a document."""
    from eenthuis.cli.documents_output import READY_COLUMNS, ready_row

    as_of = day(options.as_of, "--as-of")
    rules = rules_on(as_of, assumed_values(options.assume))
    found = [(one, readiness(one, as_of, rules.document)) for one in read_documents(options.documents)]
    reasons = Counter(reason for _, one in found for reason in one.reasons)
    ready = sum(one.is_ready for _, one in found)
    notes = [f"{ready} of {len(found)} can be handed their document on {as_of.isoformat()}."]
    notes += [f"{reasons[why]}: {why.value}" for why in WhyNotReady if reasons[why]]
    write_rows(
        [ready_row(document, one) for document, one in found],
        form=options.format,
        columns=READY_COLUMNS,
        document={"as_of": as_of, "documents": len(found), "ready": ready, "reasons": dict(reasons)},
    )
    write_notes(notes, options.format)
    return 0


def run_plan(options: argparse.Namespace) -> int:
    """Plan, or plan again, and write the folder."""
    import numpy as np

    from eenthuis.cli import documents_output as told
    from eenthuis.cli.documents_plans import read_plan, write_plan
    from eenthuis.sessions.planning import plan_sessions

    to_write(options.out)
    assumed, seed = assumed_values(options.assume), whole_number(options.seed, "--seed")
    earlier = read_plan(options.earlier).plan if options.earlier else None
    handed = _read(options, day(options.as_of, "--as-of"), assumed)
    if earlier is not None and handed.as_of < earlier.as_of:
        raise InputError(
            "INP-06",
            f"the plan before was made on {earlier.as_of.isoformat()}, later than {handed.as_of.isoformat()}",
            remedy="Plan again on that day or after it.",
            location=Location(column="--as-of", value=options.as_of),
        )
    kept = handed.kept(earlier)
    problem = handed.problem(kept.standing)
    with ExitStack() as stack:
        rng = np.random.Generator(np.random.PCG64(seed))
        plan = plan_sessions(problem, rng, on_progress=bar(stack, "Planning"))
    action = "documents.plan" if earlier is None else "documents.replan"
    receipt = told.plan_receipt(problem, plan, handed.documents, action=action, seed=seed, assumed=assumed)
    row, columns, changed = told.plan_row(problem, plan), told.PLAN_COLUMNS, None
    if earlier is not None:
        changed, columns = changes(earlier, plan, kept.fell), told.REPLAN_COLUMNS
        row |= told.changed_columns(changed, kept_among(earlier, plan.appointments))
    summary = told.summary_of(plan, receipt, seed=seed, assumed=assumed)
    write_plan(options.out, plan, summary, changed)
    notes = [f"Receipt {receipt.number}.", *assumption_notes(handed.rules)]
    write_rows(
        [row], form=options.format, columns=columns, document={"receipt": receipt.number, "remarks": notes}
    )
    write_notes(notes, options.format)
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Check a plan."""
    from eenthuis.cli.documents_output import CHECK_COLUMNS
    from eenthuis.sessions.check import check_plan

    handed, problem, saved = _again(options)
    checked = (receipt_checked(handed, problem, saved), *check_plan(problem, saved.plan, handed.documents))
    write_rows(
        [
            {
                "rule": one.name,
                "tested": one.tested,
                "broken": len(one.broken),
                "first": one.broken[0] if one.broken else "",
            }
            for one in checked
        ],
        form=options.format,
        columns=CHECK_COLUMNS,
        document={"holds": not any(one.broken for one in checked)},
    )
    return BROKEN if any(one.broken for one in checked) else 0


def receipt_checked(handed: HandedIn, problem: SessionProblem, saved: Saved) -> RuleChecked:
    """Return whether the receipt is of these files and of this plan."""
    from eenthuis.cli.documents_output import plan_digests, plan_inputs
    from eenthuis.sessions.check import RuleChecked

    made = plan_inputs(problem, handed.documents, seed=saved.seed, assumed=saved.assumed)
    was = saved.receipt.inputs
    broken = [
        f"{part} are not those it was made from" for part, value in made.items() if was.get(part) != value
    ]
    if digest(plan_digests(saved.plan)) != saved.receipt.output_digest:
        broken.append("the plan was changed after it was made")
    return RuleChecked("receipt", len(made) + 1, tuple(broken))


def run_measure(options: argparse.Namespace) -> int:
    """Print what a plan saves beside desks only."""
    from eenthuis.cli.documents_output import MEASURE_COLUMNS, measure_rows
    from eenthuis.sessions.measures import measure

    handed, problem, saved = _again(options)
    missing = [one.document for one in saved.plan.appointments if one.document not in handed.documents]
    if missing:
        raise InputError(
            "INP-04",
            f"{missing[0]} has an appointment and is not among the documents",
            remedy="Give the documents that the plan was made from.",
            location=Location(options.documents.name),
        )
    counts = handed.rules.session.expat_centres_count
    desks = [one for one in ind_desks() if counts or one.kind is DeskKind.IND]
    found = measure(problem, saved.plan, handed.documents, desks, handed.desks)
    rows = [] if found is None else measure_rows(found)
    write_rows(rows, form=options.format, columns=MEASURE_COLUMNS, document={"as_of": problem.as_of})
    notes = ["No desk is open that day."] if found is None else assumption_notes(handed.rules)
    write_notes(notes, options.format)
    return 0


def _read(options: argparse.Namespace, as_of: date, assumed: Mapping[str, str]) -> HandedIn:
    points = read_coordinates(options.coordinates) if options.coordinates else {}
    centres = read_centres(options.centres, as_of, points)
    documents = read_documents(options.documents, frozenset(one.code for one in centres))
    return HandedIn(
        {one.number: one for one in documents},
        centres,
        read_teams(options.teams, points),
        desk_points(points),
        as_of,
        rules_on(as_of, assumed),
    )


def _again(options: argparse.Namespace) -> tuple[HandedIn, SessionProblem, Saved]:
    """Return the problem a plan was made from, made again from the files."""
    from eenthuis.cli.documents_plans import read_plan

    saved = read_plan(options.plan)
    earlier = read_plan(options.earlier).plan if options.earlier else None
    handed = _read(options, saved.plan.as_of, saved.assumed)
    return handed, handed.problem(handed.kept(earlier).standing), saved
