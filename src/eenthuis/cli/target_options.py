"""``eenthuis targets options``: five ways with a number that turns out otherwise inside its half-year."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from eenthuis import reference
from eenthuis.cli.arguments import day, whole_number
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.target_files import municipality_of
from eenthuis.cli.target_output import name_and_province, write_notes
from eenthuis.cli.target_sharing import share
from eenthuis.connect import tables
from eenthuis.law import law_book
from eenthuis.rules.interim import Effect, Laws, Now, Option, Question, Way, deviation, options
from eenthuis.rules.judgement import word
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode

SUMMARY_COLUMNS = (
    "way", "standing", "number", "next_number", "corrected", "carried_out_backlog", "next_corrected",
    "gaining", "losing", "could_climb",
)  # fmt: skip
EACH_COLUMNS = (
    "way", "code", "name", "corrected", "foreseen", "carried_out", "next_corrected", "gain", "verdict",
)  # fmt: skip
WHOLE = ("carried_in", "swapped")
LEAST = -1_000_000
"""A lead beyond which a number is taken to be a slip of the pen."""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "options",
        help="five ways with a number that turns out too high or too low",
        description="Show five ways side by side for a half-year in progress, with their standing in law and their "
        "effect per municipality. Nothing is decided by it.",
        epilog="Example: eenthuis targets options --half-year 2025-I --expected 15000 --as-of 2025-04-01",
    )
    parser.add_argument("--half-year", required=True, metavar="H", help="the half-year in progress")
    parser.add_argument(
        "--announced", metavar="N", help="number in force, in people; left out, as packaged for the day"
    )
    parser.add_argument("--expected", required=True, metavar="N", help="number now expected, in people")
    parser.add_argument(
        "--following",
        metavar="N",
        help="number of the next half-year before anything is set off; left out, the number expected",
    )
    parser.add_argument("--as-of", required=True, metavar="DAY", help="day of the half-year")
    parser.add_argument(
        "--progress",
        type=Path,
        metavar="FILE",
        help="CSV code,carried_in,swapped,foreseen: backlog (or lead, below 0), change by swaps, people foreseen",
    )
    parser.add_argument("--each", action="store_true", help="a row per way and municipality")
    add_format(parser)
    parser.set_defaults(run=run_options)


def run_options(chosen: argparse.Namespace) -> int:
    """Print the ways."""
    question, laws, remarks = _asked(chosen)
    half_year = question.half_year
    now = read_now(chosen.progress, half_year) if chosen.progress else {}
    found = options(question, now, laws)
    rows = (
        [_each(one.way, effect) for one in found for effect in one.effects]
        if chosen.each
        else [_summary(one) for one in found]
    )
    document = {
        "half_year": str(half_year),
        "announced": question.announced,
        "expected": question.expected,
        "following": question.following,
        "as_of": question.as_of,
        "deviation": deviation(question),
        "ways": [_summary(one) for one in found],
    }
    write_rows(
        rows,
        form=chosen.format,
        columns=EACH_COLUMNS if chosen.each else SUMMARY_COLUMNS,
        document=document,
    )
    write_notes([*remarks, ASSUMED], chosen.format)
    return 0


def _asked(chosen: argparse.Namespace) -> tuple[Question, Laws, tuple[str, ...]]:
    """Return what is asked, what holds, and remarks on the inhabitants."""
    half_year, as_of = HalfYear.parse(chosen.half_year), day(chosen.as_of, "--as-of")
    expected = whole_number(chosen.expected, "--expected")
    announced = (
        whole_number(chosen.announced, "--announced")
        if chosen.announced
        else reference.announcement_in_force(half_year, as_of).people
    )
    following = whole_number(chosen.following, "--following") if chosen.following else expected
    book = law_book()
    shared, remarks = share(half_year, announced, book)
    later, more = share(half_year.next, following, book)
    question = Question(
        half_year=half_year,
        announced=announced,
        expected=expected,
        following=following,
        as_of=as_of,
        inhabitants=shared.inhabitants,
        following_inhabitants=later.inhabitants,
    )
    places = reference.supervising_places()
    by_place = {place: book.supervision(half_year.first_day, place) for place in set(places.values())}
    laws = Laws(
        targets=shared.law,
        following=later.law,
        realisation=book.realisation(half_year),
        supervision={code: by_place[places[code]] for code in shared.inhabitants.people},
    )
    return question, laws, (*remarks, *more)


ASSUMED = (
    "Where no one is foreseen for a municipality, it is taken to house everyone who comes to it; "
    "gain is people fewer to house in the next half-year than when the number is left."
)


def read_now(file: Path, half_year: HalfYear) -> Mapping[MunicipalityCode, Now]:
    """Return where municipalities stand, from a file; a part of the country will do.

    Raises
    ------
    InputErrors
        With every row that is wrong.
    """
    table = tables.read_table(
        file,
        columns=("code",),
        optional=("name", "carried_in", "swapped", "foreseen"),
        kinds={"carried_in": _signed, "swapped": _signed, "foreseen": tables.whole_number},
        unique=("code",),
    )

    def read(row: tables.Row) -> tuple[MunicipalityCode, Now]:
        foreseen = tables.whole_number(row, "foreseen") if row["foreseen"] else None
        changes = {name: _signed(row, name) for name in WHOLE if row[name]}
        return municipality_of(row, half_year.first_day), Now(foreseen=foreseen, **changes)

    return dict(table.each(read))


def _signed(row: tables.Row, column: str) -> int:
    return tables.whole_number(row, column, minimum=LEAST)


def _summary(one: Option) -> dict[str, object]:
    return {
        "way": one.way.value,
        "standing": " ".join(standing.value for standing in one.standing),
        "number": one.number,
        "next_number": one.next_number,
        "corrected": sum(effect.corrected for effect in one.effects),
        "carried_out_backlog": one.backlog,
        "next_corrected": sum(effect.next_corrected for effect in one.effects),
        "gaining": sum(effect.gain > 0 for effect in one.effects),
        "losing": sum(effect.gain < 0 for effect in one.effects),
        "could_climb": one.climbing,
    }


def _each(way: Way, effect: Effect) -> dict[str, object]:
    return {
        "way": way.value,
        "code": effect.municipality,
        "name": name_and_province(effect.municipality)[0],
        "corrected": effect.corrected,
        "foreseen": effect.foreseen,
        "carried_out": effect.carried_out,
        "next_corrected": effect.next_corrected,
        "gain": effect.gain,
        "verdict": word(effect.judgement),
    }
