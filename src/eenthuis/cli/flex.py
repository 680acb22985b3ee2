"""``eenthuis flex``: check projects of flex homes against the shares of their scheme, without a database."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from eenthuis.cli.flex_files import read_projects
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.target_output import write_notes
from eenthuis.law import law_book
from eenthuis.rules.flex_effect import effect_on_target
from eenthuis.rules.flex_shares import FlexVerdict, NoRule, ShareVerdict, Standing, flex_verdict
from eenthuis.terms.flex import FlexProject
from eenthuis.terms.law import Authority

COLUMNS = (
    "project",
    "code",
    "scheme",
    "text",
    "standing",
    "direction",
    "part",
    "groups",
    "counted_in",
    "counted",
    "exact",
    "limit",
    "slack",
    "verdict",
    "authority",
    "why",
    "source",
)
BROKEN = 1
"""Exit code when a binding share is broken."""

_NO_RULE = {
    NoRule.NO_SCHEME: "no scheme was asked to pay for it",
    NoRule.NOT_IN_FORCE: "the scheme does not hold on the day of the application",
    NoRule.NOT_KNOWN: "no share of this version of the scheme is known",
}


def register(parser: argparse.ArgumentParser) -> None:
    """Add the command."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    check = commands.add_parser(
        "check",
        help="which shares apply to projects, whether they are kept, and what they add to the target",
        description="Check projects against the shares of the version of their scheme that held on the day they "
        "applied. Ends with 1 when a binding share is broken.",
        epilog="Example: eenthuis flex check projects.csv",
    )
    check.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="CSV project,code,applied_on,homes,delivered_on,years and where wanted scheme,status_holders,"
        "displaced_people,extra_status_holders,sizes and more",
    )
    add_format(check)
    check.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Print the verdicts and the effect."""
    projects = read_projects(options.file)
    verdicts = [flex_verdict(project, law_book()) for project in projects]
    rows = [row for verdict in verdicts for row in rows_of(verdict)]
    effect = [
        {"half_year": one.half_year, "delivered": one.delivered, "ended": one.ended}
        for one in effect_on_target(projects)
    ]
    broken = [verdict for verdict in verdicts if verdict.broken]
    notes = _notes(verdicts, effect)
    write_rows(
        rows,
        form=options.format,
        columns=COLUMNS,
        document={"projects": len(projects), "broken": len(broken), "effect": effect, "remarks": notes},
    )
    write_notes(notes, options.format)
    return BROKEN if broken else 0


def rows_of(verdict: FlexVerdict) -> list[dict[str, object]]:
    """Return one row for each rule of a project, or one that says why there is none."""
    project = verdict.project
    base: dict[str, object] = dict.fromkeys(COLUMNS)
    base |= {"project": project.identifier, "code": project.municipality, "scheme": project.scheme}
    if verdict.no_rule is not None:
        return [base | {"verdict": verdict.no_rule, "why": _NO_RULE[verdict.no_rule]}]
    return [base | _columns(one, project, verdict) for one in verdict.verdicts]


def _columns(one: ShareVerdict, project: FlexProject, verdict: FlexVerdict) -> dict[str, object]:
    cited = one.rule.citations[0]
    version = verdict.version or cited
    until = "" if version.last_day is None else f" to {version.last_day.isoformat()}"
    held = (
        f"applied on {project.applied_on.isoformat()}; "
        f"this version holds from {version.first_day.isoformat()}{until}"
        f"{' (days assumed)' if version.authority is Authority.ASSUMPTION else ''}"
    )
    weaker = "" if one.standing is Standing.BINDING else "; a text with a stronger authority decides"
    return {
        "text": one.rule.name,
        "standing": one.standing,
        "direction": one.rule.direction,
        "part": one.rule.part,
        "groups": " ".join(sorted(one.rule.groups)),
        "counted_in": one.rule.counted_in,
        "counted": one.counted,
        "exact": one.exact,
        "limit": one.limit,
        "slack": one.slack,
        "verdict": "kept" if one.is_kept else "broken",
        "authority": cited.authority,
        "why": held + weaker,
        "source": cited.source,
    }


def _notes(verdicts: Sequence[FlexVerdict], effect: Sequence[dict[str, object]]) -> list[str]:
    notes = [
        f"{verdict.project.identifier}: the next home breaks the share "
        f"{one.rule.direction} {one.rule.part} ({one.counted} counted, limit {one.limit})."
        for verdict in verdicts
        for one in verdict.warnings
    ]
    notes += [
        f"{one['half_year']}: {one['delivered']} homes for status holders come, {one['ended']} end."
        for one in effect
    ]
    return notes
