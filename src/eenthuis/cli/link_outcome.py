"""``eenthuis link outcome``: a chance of work per household and place, from one's own table; off unless used."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from eenthuis.cli.arguments import day, to_write, whole_number
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.progress import bar
from eenthuis.terms.errors import InputError, Location

if TYPE_CHECKING:
    from eenthuis.connect.instances import Instance
    from eenthuis.matching.outcome.evidence import Split, Trained
    from eenthuis.matching.outcome.gains import WhoGains, Wishes
    from eenthuis.matching.outcome.model import AtPlaces, Model
    from eenthuis.matching.outcome.rollup import Combine, Members

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its kind of commands no public name

WAYS = ("sum", "mean", "at-least-one", "minimum", "earners")
MOST_MONTHS = 120
NAMED_AT_MOST = 10
TRAINED = ("left_out", "model", "log_loss", "brier", "auc", "calibration_error", "log_loss_saved", "verdict")
GAINS = (
    "combine",
    "characteristic",
    "label",
    "members",
    "linked",
    "mean_chance",
    "mean_rank",
    "households_linked",
    "persons_linked",
    "expected_at_work",
)


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    outcome = commands.add_parser(
        "outcome",
        help="a chance of work from your own table, as scores of an instance (off by default)",
        description=(
            "Learn the chance of work from a table of your own, and write it as scores of an instance. Nothing else "
            "uses it: without these commands no chance of work plays a part in linking."
        ),
        epilog="Example: eenthuis link outcome train TABLE.csv --months 12 --out MODEL_DIR",
    )
    steps = outcome.add_subparsers(dest="step", metavar="STEP", required=True)
    _register_train(steps)
    _register_score(steps)
    _register_example(steps)


def _register_train(steps: Commands[argparse.ArgumentParser]) -> None:
    train = steps.add_parser(
        "train",
        help="learn from a table, with the evidence for it",
        description=(
            "Learn from a table with a row per person placed: household_id, place_id, worked (1 or 0), optionally "
            "person_id, placed_on and region, columns of the place (place_...) and of the person (any other)."
        ),
        epilog="Example: eenthuis link outcome train TABLE.csv --months 12 --as-of 2026-10-01 --out MODEL_DIR",
    )
    train.add_argument("table", type=Path, help="people placed, and whether they found work in time (CSV)")
    train.add_argument("--months", required=True, help="within how many months of placing work counts")
    train.add_argument(
        "--as-of", help="day on which outcomes were looked up; who came too late for it is left out"
    )
    train.add_argument(
        "--with", dest="named", default="", help="columns of sex or age that may count, by name"
    )
    train.add_argument("--out", type=Path, required=True, help="folder for model, card and calibration plot")
    train.add_argument("--seed", default="1", help="of the parts left out in turn (1)")
    add_format(train)
    train.set_defaults(run=run_train)


def _register_score(steps: Commands[argparse.ArgumentParser]) -> None:
    score = steps.add_parser(
        "score",
        help="write the scores of an instance, and who gains under every way to combine members",
        description=(
            "Write scores.npy for an instance, and print for every way to combine the chances of members who gains, "
            "each after a solve of its own."
        ),
        epilog="Example: eenthuis link outcome score MODEL_DIR MEMBERS.csv --instance INSTANCE --out scores.npy",
    )
    score.add_argument("model", type=Path, help="folder that training wrote")
    score.add_argument("members", type=Path, help="members of working age, a row each (CSV)")
    score.add_argument(
        "--instance", type=Path, required=True, help="instance folder; its scores are not read"
    )
    score.add_argument(
        "--places", type=Path, help="region and columns of every place (CSV), else those of training"
    )
    score.add_argument("--combine", choices=WAYS, default="sum", help="members into a household (sum)")
    score.add_argument("--out", type=Path, required=True, help="where the scores go (scores.npy)")
    score.add_argument("--seed", default="1", help="of the solves (1)")
    score.add_argument("--threads", default="2", help="workers; they never change a number (2)")
    add_format(score)
    score.set_defaults(run=run_score)


def _register_example(steps: Commands[argparse.ArgumentParser]) -> None:
    example = steps.add_parser(
        "example",
        help="write invented people to try this on",
        description="Write an invented table, members and an instance: examples of the files, to try the commands on.",
        epilog="Example: eenthuis link outcome example FOLDER",
    )
    example.add_argument("folder", type=Path, help="a folder that is made")
    example.add_argument("--seed", default="1", help="the same seed gives the same people (1)")
    example.set_defaults(run=run_example)


def run_train(asked: argparse.Namespace) -> int:
    """Train a model and write it with its card."""
    import hashlib

    import numpy as np

    from eenthuis.connect import outcome_cards as cards
    from eenthuis.connect.outcome_tables import read_training
    from eenthuis.connect.text import content
    from eenthuis.connect.whole_files import write_whole
    from eenthuis.matching.outcome.evidence import learn

    to_write(asked.out)
    months, seed = _months(asked.months), whole_number(asked.seed, "--seed")
    as_of = None if asked.as_of is None else day(asked.as_of, "--as-of")
    named = tuple(name.strip().casefold() for name in asked.named.split(",") if name.strip())
    read = read_training(asked.table, months=months, as_of=as_of, named=named)
    with ExitStack() as stack:
        trained = learn(read.table, rng=np.random.default_rng(seed), tell=bar(stack, "models"))
    request = cards.Training(
        file=asked.table.name,
        file_digest=hashlib.sha256(content(asked.table)).hexdigest(),
        months=months,
        as_of=as_of,
        named=named,
        too_recent=read.too_recent,
        seed=seed,
    )
    write_whole(asked.out, cards.model_files(trained, read.table, request))
    rows = [*_rows(trained.by_household), *(_rows(trained.by_time) if trained.by_time else ())]
    write_rows(rows, form=asked.format, columns=TRAINED)
    _say_how_good(trained)
    return 0


def _months(text: str) -> int:
    months = whole_number(text, "--months")
    if not 1 <= months <= MOST_MONTHS:
        raise InputError(
            "INP-06",
            f"--months must be 1 to {MOST_MONTHS}",
            remedy="Give the months within which work counts, such as 12.",
            location=Location(column="--months", value=text),
        )
    return months


def _rows(split: Split) -> list[dict[str, object]]:
    from eenthuis.matching.outcome.model import Variant

    rows: list[dict[str, object]] = []
    for variant, measures in split.measures.items():
        pooled = variant is Variant.POOLED
        row: dict[str, object] = {"left_out": split.name, "model": variant.value}
        row |= {name: Decimal(f"{found.value:.4f}") for name, found in measures.items()}
        row["log_loss_saved"] = Decimal(f"{split.saved.value:.4f}") if pooled else None
        row["verdict"] = split.verdict.value if pooled else None
        rows.append(row)
    return rows


def _say_how_good(trained: Trained) -> None:
    from eenthuis.connect.outcome_cards import SPLITS, VERDICTS

    for split in (trained.by_household, trained.by_time):
        if split is not None:
            print(f"note: leaving out {SPLITS[split.name][1]}: {VERDICTS[split.verdict][1]}", file=sys.stderr)


def run_score(asked: argparse.Namespace) -> int:
    """Score an instance, and show who gains under every way to combine."""
    import numpy as np

    from eenthuis.connect.instance_extras import read_groupings
    from eenthuis.connect.instances import read_instance
    from eenthuis.connect.outcome_models import read_model
    from eenthuis.connect.outcome_tables import read_members, read_places
    from eenthuis.connect.whole_files import array_file, write_whole
    from eenthuis.matching.groups import own_groupings
    from eenthuis.matching.outcome.gains import who_gains
    from eenthuis.matching.outcome.model import at_places
    from eenthuis.matching.outcome.rollup import Combine, household_scores

    to_write(asked.out)
    _refuse_hidden_scores(asked.instance, asked.out)
    kept = read_model(asked.model)
    instance = read_instance(asked.instance, scored=False)
    problem = instance.problem
    members = read_members(asked.members, kept.model, problem.households)
    combine = _possible(Combine(asked.combine), members)
    told = read_places(asked.places, kept.model, problem.places) if asked.places else (None, None)
    there = at_places(kept.model, problem.places, *told)
    with ExitStack() as stack:
        found = who_gains(
            problem,
            kept.model,
            there,
            members,
            groupings=(*own_groupings(problem), *read_groupings(asked.instance, problem)),
            wishes=_wishes(asked, instance),
            tell=bar(stack, "ways to combine"),
        )
    score = household_scores(kept.model, there, members, households=len(problem.households), combine=combine)
    files = {asked.out.name: array_file(score)}
    if (asked.instance / "pairs.csv").exists():
        files = {"allowed.npy": array_file(np.asarray(problem.allowed)), **files}
    write_whole(asked.out.parent, files)
    write_rows(
        _gain_rows(found),
        form=asked.format,
        columns=GAINS,
        document={"combine": combine.value, "months": kept.months, "model_digest": kept.digest},
    )
    _tell(kept.model, members, there, problem.places, len(problem.households))
    return 0


def _wishes(asked: argparse.Namespace, instance: Instance) -> Wishes:
    from eenthuis.matching.outcome.gains import Wishes
    from eenthuis.terms.linking import Goal

    return Wishes(
        goal=instance.goal or Goal.HOUSED_THEN_SCORE,
        counted=instance.counted,
        weights=instance.weights,
        seed=whole_number(asked.seed, "--seed"),
        threads=max(1, whole_number(asked.threads, "--threads")),
    )


def _refuse_hidden_scores(instance: Path, out: Path) -> None:
    if (instance / "pairs.csv").exists() and out.parent.resolve() == instance.resolve():
        raise InputError(
            "INP-02",
            "an instance with pairs.csv takes its scores from there, not from scores.npy",
            remedy="Copy households.csv, places.csv and groups.csv to another folder, and write the scores there.",
            location=Location(str(instance / "pairs.csv")),
        )


def _possible(asked: Combine, members: Members) -> Combine:
    if asked not in members.ways:
        raise InputError(
            "INP-02",
            "nobody is named as an earner",
            remedy="Add a column 'earner' with 1 for those who are, or combine in another way.",
            location=Location(column="earner"),
        )
    return asked


def _gain_rows(found: WhoGains) -> list[dict[str, object]]:
    wholes = {whole.combine: whole for whole in found.wholes}
    rows: list[dict[str, object]] = []
    for gain in found.gains:
        whole = wholes[gain.combine] if gain.characteristic == "everyone" else None
        rows.append(
            {
                "combine": gain.combine.value,
                "characteristic": gain.characteristic,
                "label": gain.label,
                "members": gain.members,
                "linked": gain.linked,
                "mean_chance": None if gain.chance is None else Decimal(f"{gain.chance:.4f}"),
                "mean_rank": None if gain.rank is None else Decimal(f"{gain.rank:.2f}"),
                "households_linked": whole and whole.households_linked,
                "persons_linked": whole and whole.persons_linked,
                "expected_at_work": whole and Decimal(f"{whole.expected_at_work:.2f}"),
            }
        )
    return rows


def _tell(model: Model, members: Members, there: AtPlaces, places: Sequence[str], households: int) -> None:
    """Say on standard error what the scores do not rest on."""
    from eenthuis.matching.outcome.model import Basis

    for basis, what in ((Basis.REGION, "that of their region"), (Basis.WHOLE, "that of all places together")):
        named = [place for place, own in zip(places, there.basis, strict=True) if own is basis]
        if named:
            more = f" and {len(named) - NAMED_AT_MOST} more" if len(named) > NAMED_AT_MOST else ""
            shown = ", ".join(named[:NAMED_AT_MOST]) + more
            print(
                f"note: {len(named)} places have no effect of their own and take {what}: {shown}",
                file=sys.stderr,
            )
    for coding, column in zip(model.people, members.columns, strict=True):
        strange = coding.strange(column)
        if strange:
            what = "a text" if coding.levels else "a number outside the range"
            print(
                f"note: {strange} members have {what} that training did not know in {coding.name}",
                file=sys.stderr,
            )
    without = households - len(set(members.household.tolist()))
    if without:
        print(
            f"note: {without} households have no members in the table; their score is 0 everywhere",
            file=sys.stderr,
        )


def run_example(asked: argparse.Namespace) -> int:
    """Write invented files."""
    from eenthuis.connect.outcome_example import write_example

    to_write(asked.folder)
    for name in write_example(asked.folder, seed=whole_number(asked.seed, "--seed")):
        print(name)
    return 0
