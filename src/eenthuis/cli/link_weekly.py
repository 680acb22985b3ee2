"""``eenthuis link replay`` and ``link stream``: decide week by week, without looking ahead."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from eenthuis.cli.arguments import reserve_share, share, to_write, whole_number
from eenthuis.cli.floors import tell_floors_out_of_reach
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.progress import bar
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.linking import Goal, Policy

if TYPE_CHECKING:
    from eenthuis.matching.replay import Replay

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its kind of commands no public name


COLUMNS = (
    "policy",
    "households",
    "linked",
    "persons_linked",
    "objective",
    "hindsight_bound",
    "share_of_hindsight",
    "mean_wait",
    "seconds",
)
"""What is told of a replay."""

TOLD = ("size", "children")
"""Characteristics that what a household takes tells."""


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    replay = commands.add_parser(
        "replay",
        help="decide an instance in order of arrival, and compare with hindsight",
        description="Decide the households of an instance folder in their order (or week), without looking ahead.",
        epilog="Example: eenthuis link replay INSTANCE --policy price --history LAST_YEAR --out proposal.csv",
    )
    replay.add_argument("instance", type=Path, help="instance folder with a column order or week")
    replay.add_argument("--out", type=Path, required=True, help="where the proposal goes (CSV)")
    replay.add_argument(
        "--certificate", type=Path, help="where the certificate goes (certificate.json beside it)"
    )
    replay.add_argument("--history", type=Path, help="instance folder of an earlier period, to learn from")
    replay.add_argument(
        "--goal", choices=[goal.value for goal in Goal], help="else instance.toml's, else score"
    )
    _add_choices(replay)
    add_format(replay)
    replay.set_defaults(run=run_replay)
    stream = commands.add_parser(
        "stream",
        help="decide batch after batch over standard input and output",
        description="Read JSON lines (a start, then batches) and answer each batch before the next is read.",
        epilog="Example: my-program | eenthuis link stream --policy price --balance 0.01",
    )
    _add_choices(stream)
    stream.set_defaults(run=run_stream)


def _add_choices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--policy", choices=[policy.value for policy in Policy], default="price")
    parser.add_argument(
        "--balance",
        default="0",
        help="score given up to spare a household one batch of waiting at a place (0)",
    )
    parser.add_argument(
        "--everyone",
        action="store_true",
        help="never keep a place free for later while a household fits",
    )
    parser.add_argument(
        "--reserve",
        default="none",
        help="share (0 to 1) of the hard cases still expected for which room is kept back (none)",
    )
    parser.add_argument(
        "--least-gain",
        help="least total score of every group, as a multiple of that of random proposals (price policy only)",
    )
    parser.add_argument(
        "--groups", help="characteristics that --least-gain counts: size, children (both, where known)"
    )
    parser.add_argument("--seed", default="1", help="the same seed gives the same decisions (1)")
    parser.add_argument("--threads", default="2", help="workers; they never change a decision (2)")


def run_replay(asked: argparse.Namespace) -> int:
    """Replay an instance folder and write proposal and certificate."""
    from eenthuis.connect.instances import read_instance
    from eenthuis.connect.proposals import write_certificate, write_proposal
    from eenthuis.matching.groups import own_groupings
    from eenthuis.matching.replay import replay, replay_document
    from eenthuis.matching.wording import reason_codes

    least_gain, characteristics = _least_gain(asked)
    certificate = asked.certificate or asked.out.with_name("certificate.json")
    to_write(asked.out, certificate)
    instance = read_instance(asked.instance)
    history = read_instance(asked.history).problem if asked.history else None
    with ExitStack() as stack:
        done = replay(
            instance.problem,
            policy=Policy(asked.policy),
            history=history,
            goal=Goal(asked.goal) if asked.goal else instance.goal or Goal.SCORE,
            counted=instance.counted,
            weights=instance.weights,
            balance=share(asked.balance, "--balance"),
            everyone=asked.everyone,
            reserve=reserve_share(asked.reserve, "--reserve"),
            least_gain=least_gain,
            groupings=[
                grouping
                for grouping in own_groupings(instance.problem)
                if grouping.characteristic in characteristics
            ],
            seed=whole_number(asked.seed, "--seed"),
            threads=max(1, whole_number(asked.threads, "--threads")),
            on_batch=bar(stack, "batches"),
        )
    reasons = reason_codes(instance.problem, done.assignment, done.certificate)
    write_proposal(asked.out, instance.problem, done.assignment, reasons)
    document = replay_document(instance.problem, done)
    write_certificate(certificate, document)
    row = {name: document[name] for name in COLUMNS}
    if least_gain is not None:
        row["price_of_floors"] = done.price_of_floors
        tell_floors_out_of_reach(done.certificate.floors)
    if done.reserved.share > 0:
        row |= reserve_columns(done)
    write_rows([row], form=asked.format, columns=tuple(row))
    return 0


def _least_gain(asked: argparse.Namespace) -> tuple[float | None, tuple[str, ...]]:
    """Return the least gain, None where none is asked, and the characteristics whose groups have it."""
    if asked.least_gain is None:
        if asked.groups is None:
            return None, ()
        raise InputError(
            "INP-02",
            "--groups says whose least gain counts, and no --least-gain is given",
            remedy="Add --least-gain 1.25, or leave --groups out.",
            location=Location(column="--groups", value=asked.groups),
        )
    if asked.policy != Policy.PRICE.value:
        raise InputError(
            "INP-02",
            "only the price policy can heed a least gain",
            remedy="Leave --policy or --least-gain out.",
            location=Location(column="--policy", value=asked.policy),
        )
    named = tuple(dict.fromkeys((asked.groups or ",".join(TOLD)).split(",")))
    for name in named:
        if name not in TOLD:
            raise InputError(
                "INP-02",
                "week by week households are not known by this characteristic",
                remedy=f"Known are {', '.join(TOLD)}.",
                location=Location(column="--groups", value=name),
            )
    return share(asked.least_gain, "--least-gain"), named


def reserve_columns(done: Replay) -> dict[str, object]:
    """Return what a reserve kept and who got no place, with it and without."""
    own, bare = done.reserved, done.without.reserved if done.without else done.reserved
    return {
        "reserve": own.share,
        "hard_cases": own.hard_cases,
        "most_cases_kept": own.most.count,
        "most_persons_kept": own.most.persons,
        "unplaced_hard_cases": own.unplaced[0],
        "unplaced_others": own.unplaced[1],
        "without_unplaced_hard_cases": bare.unplaced[0],
        "without_unplaced_others": bare.unplaced[1],
    }


def run_stream(asked: argparse.Namespace) -> int:
    """Answer each batch on standard input with one line on standard output, at once."""
    from eenthuis.connect.stream import Stream

    least_gain, characteristics = _least_gain(asked)
    balance = share(asked.balance, "--balance")
    stream = Stream(
        policy=Policy(asked.policy),
        balance=balance,
        everyone=asked.everyone,
        reserve=reserve_share(asked.reserve, "--reserve"),
        least_gain=least_gain,
        characteristics=characteristics,
        seed=whole_number(asked.seed, "--seed"),
        threads=max(1, whole_number(asked.threads, "--threads")),
    )
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr, unused-ignore]
    for row, line in _lines():
        answered = stream.answer(line, row=row)
        if answered is not None:
            sys.stdout.write(answered + "\n")
            sys.stdout.flush()
    if stream.start is None:
        raise InputError(
            "INP-02",
            "the stream ended before its start line",
            remedy='Send a line of type "start" first.',
            location=Location(file="standard input"),
        )
    return 0


def _lines() -> Iterator[tuple[int, str]]:
    """Yield the lines of standard input with their numbers, each as soon as it is there."""
    row = 0
    try:
        for row, line in enumerate(iter(sys.stdin.readline, ""), start=1):
            if line.strip():
                yield row, line
    except UnicodeDecodeError as wrong:
        raise InputError(
            "INP-05",
            "this line is not UTF-8 text",
            remedy="Send JSON as UTF-8.",
            location=Location(file="standard input", row=row + 1),
        ) from wrong
