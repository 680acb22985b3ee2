"""``eenthuis link explain``: why a household or a place has what it has, and what would change it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from eenthuis.cli.arguments import whole_number
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.progress import bar
from eenthuis.terms.errors import InputError, Location

if TYPE_CHECKING:
    from eenthuis.terms.explaining import BindingCap, Flip, HouseholdExplained, PlaceExplained

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its kind of commands no public name
Row = dict[str, object]

FACTS = ("household_id", "about", "code", "place_id", "use", "score", "cost", "amount", "other_households")


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command."""
    explain = commands.add_parser(
        "explain",
        help="why a household or a place has what it has, and what would change it",
        description=(
            "Explain a proposal: the caps that bind, what other places would cost the rest, and the smallest changes "
            "that flip the outcome, each solved again."
        ),
        epilog="Example: eenthuis link explain INSTANCE proposal.csv certificate.json --household h000012",
    )
    add_proposal(explain)
    which = explain.add_mutually_exclusive_group(required=True)
    which.add_argument("--household", help="household to explain")
    which.add_argument("--place", help="place to explain: who goes there, who came next")
    which.add_argument("--unlinked", action="store_true", help="every household without a place")
    explain.add_argument("--alternatives", default="3", help="other places to look at (3)")
    add_format(explain)
    explain.set_defaults(run=run_explain)


def add_proposal(parser: argparse.ArgumentParser) -> None:
    """Give a command an instance, a proposal and its certificate."""
    parser.add_argument("instance", type=Path, help="instance folder")
    parser.add_argument("proposal", type=Path, help="proposal (CSV)")
    parser.add_argument("old_certificate", metavar="certificate", type=Path, help="its certificate (JSON)")


def run_explain(asked: argparse.Namespace) -> int:
    """Explain one household, one place, or every household without a place."""
    from eenthuis.connect.instances import read_instance
    from eenthuis.connect.overrides import read_solution, stated_overrides
    from eenthuis.matching.around import Around
    from eenthuis.matching.explaining import explain
    from eenthuis.matching.explaining_places import explain_place
    from eenthuis.matching.wishes import changed_problem, wishes_of

    problem = read_instance(asked.instance).problem
    solution = read_solution(asked.proposal, asked.old_certificate, problem)
    most = max(1, whole_number(asked.alternatives, "--alternatives"))
    problem = changed_problem(problem, wishes_of(problem, stated_overrides(asked.old_certificate)))
    around = Around(problem, solution.assignment, solution.certificate)
    if asked.place is not None:
        _known(asked.place, problem.places, "--place", "places.csv")
        place = explain_place(around, problem.places.index(asked.place))
        write_rows(list(_place_rows(place)), form=asked.format, columns=FACTS, document=asdict(place))
        return 0
    if asked.household is not None:
        _known(asked.household, problem.households, "--household", "households.csv")
        one = explain(around, problem.households.index(asked.household), alternatives=most)
        write_rows(list(_rows(one)), form=asked.format, columns=FACTS, document=asdict(one))
        return 0
    out = [
        row for row in range(len(problem.households)) if around.place[around.parties.of_household[row]] < 0
    ]
    every = []
    with ExitStack() as stack:
        tell = bar(stack, "explained")
        for done, row in enumerate(out, start=1):
            every.append(explain(around, row, alternatives=most))
            if tell is not None:
                tell(done, len(out))
    rows = [row for one in every for row in _rows(one)]
    write_rows(
        rows, form=asked.format, columns=FACTS, document={"households": [asdict(one) for one in every]}
    )
    return 0


def _known(name: str, names: tuple[str, ...], option: str, file: str) -> None:
    if name not in names:
        raise InputError(
            "INP-04",
            f"{option} names nothing in {file}",
            remedy=f"Give an identifier that stands in {file}.",
            location=Location(column=option, value=name),
        )


def _fact(household: str, about: str, code: str, **more: object) -> Row:
    return {**dict.fromkeys(FACTS), "household_id": household, "about": about, "code": code, **more}


def _rows(one: HouseholdExplained) -> Iterator[Row]:
    place = one.place or str(one.values.get("place", ""))
    price = one.values.get("price")
    yield _fact(
        one.household,
        "place",
        one.code,
        place_id=place or None,
        use=one.values.get("use"),
        score=one.score if one.place else None,
        cost=short(price) if isinstance(price, float) else None,
        other_households=" ".join(one.together) or None,
    )
    for cap in one.caps:
        yield _cap_row(one.household, cap)
    for other in one.others:
        yield _fact(
            one.household,
            "other",
            other.basis.value,
            place_id=other.place,
            score=short(other.score),
            cost=short(other.cost),
            other_households=" ".join(moved.household for moved in other.displaced) or None,
        )
    for flip in one.flips:
        yield _flip_row(one.household, flip)


def _cap_row(household: str, cap: BindingCap) -> Row:
    return _fact(
        household,
        "cap",
        "full" if cap.is_full else "priced",
        place_id=cap.place,
        use=cap.use,
        cost=short(cap.price),
        amount=f"{cap.used}/{cap.cap}",
    )


def _flip_row(household: str, flip: Flip) -> Row:
    uses = " ".join(use for use, _ in flip.room) or None
    more = " ".join(str(more) for _, more in flip.room)
    amount = more or (short(flip.points) if flip.points else None)
    return _fact(
        household,
        "flip",
        flip.kind.value,
        place_id=flip.place,
        use=uses,
        amount=amount,
        other_households=" ".join(flip.households) or None,
    )


def _place_rows(place: PlaceExplained) -> Iterator[Row]:
    for cap in place.caps:
        yield _cap_row("", cap)
    for one in place.linked:
        yield _fact(
            one.household,
            "linked",
            one.code,
            place_id=place.place,
            score=short(one.score),
            cost=short(one.margin),
        )
    for near in place.next_in_line:
        yield _fact(
            near.household,
            "next",
            "lacks-room" if near.lacking else "dearer",
            place_id=near.place,
            use=" ".join(near.lacking) or None,
            score=short(near.score),
            cost=short(near.cost),
        )


def short(number: float) -> float:
    """Return a measured number with six decimals, which is more than any of them is good for."""
    return round(number, 6)
