"""``eenthuis link audit``: what stands beside a proposal, whoever made it."""

from __future__ import annotations

import argparse
from pathlib import Path

from eenthuis.cli.arguments import whole_number
from eenthuis.cli.output import add_format, write_rows

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its kind of commands no public name

COLUMNS = ("about", "name", "households", "linked", "persons", "persons_linked", "score", "gain", "mean_rank")


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command."""
    audit = commands.add_parser(
        "audit",
        help="simpler ways of linking, who gains, and preferences beside any proposal",
        description=(
            "Audit a proposal, made by an engine or by hand: simpler ways of linking on the same instance, the gain of "
            "every group over random proposals, and ranks and envy where households were asked."
        ),
        epilog="Example: eenthuis link audit INSTANCE proposal.csv --format json",
    )
    audit.add_argument(
        "instance", type=Path, help="instance folder; characteristics.csv and preferences.csv are optional"
    )
    audit.add_argument("proposal", type=Path, help="proposal (CSV)")
    audit.add_argument("--seed", default="1", help="of the random proposals (1)")
    add_format(audit)
    audit.set_defaults(run=run_audit)


def run_audit(asked: argparse.Namespace) -> int:
    """Write one row per way of linking and per group."""
    from eenthuis.connect.instance_extras import read_groupings, read_preferences
    from eenthuis.connect.instances import read_instance
    from eenthuis.connect.proposals import read_proposal
    from eenthuis.matching.audit import audit, audit_document
    from eenthuis.matching.groups import own_groupings

    problem = read_instance(asked.instance).problem
    made = audit(
        problem,
        read_proposal(asked.proposal, problem),
        groupings=(*own_groupings(problem), *read_groupings(asked.instance, problem)),
        preferences=read_preferences(asked.instance, problem),
        seed=whole_number(asked.seed, "--seed"),
    )
    nothing = dict.fromkeys(COLUMNS)
    rows: list[dict[str, object]] = [
        {
            **nothing,
            "about": "way",
            "name": way.name,
            "linked": _short(way.households_linked),
            "persons_linked": _short(way.persons_linked),
            "score": _short(way.score),
        }
        for way in made.ways
    ]
    rows += [
        {
            "about": group.characteristic,
            "name": group.label,
            "households": group.households,
            "linked": group.linked,
            "persons": group.persons,
            "persons_linked": group.persons_linked,
            "score": _short(group.score),
            "gain": _short(group.gain),
            "mean_rank": _short(group.mean_rank),
        }
        for group in made.groups
    ]
    if made.preferences is not None and asked.format != "json":
        asked_for = made.preferences
        rows += [
            {**nothing, "about": "preferences", "name": name, "households": getattr(asked_for, name)}
            for name in ("asked", "first_choice", "among_first", "named_place", "envy", "justified_envy")
        ]
    write_rows(rows, form=asked.format, columns=COLUMNS, document=audit_document(made))
    return 0


def _short(number: float | None) -> float | None:
    return None if number is None else round(number, 4)
