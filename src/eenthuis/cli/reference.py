"""``eenthuis reference``: check, show and renew the packaged public facts, without a database."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from eenthuis import reference
from eenthuis.cli.arguments import day
from eenthuis.cli.output import add_format, write_rows
from eenthuis.connect import boundaries, cbs, clock
from eenthuis.reference import CheckResult
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import Inhabitants, Municipality

CHECK_COLUMNS = ("verdict", "check", "subject", "expected", "found")
MUNICIPALITY_COLUMNS = (
    "code", "name", "official_name", "province", "corop", "first_day", "last_day", "inhabitants",
    "reference_date", "other_names",
)  # fmt: skip
ANNOUNCEMENT_COLUMNS = (
    "identifier", "half_year", "people", "announced_on", "known_by", "status", "replaces", "source", "note",
)  # fmt: skip
INHABITANTS_COLUMNS = ("code", "name", "province", "inhabitants", "reference_date")
RECEPTION_COLUMNS = ("day", "quantity", "number", "source", "note")
DIFFERENT = 1
_NAMED_IN_FULL = 5
_FARTHEST = 5000


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    check = commands.add_parser(
        "check",
        help="check the packaged facts against each other and the published totals",
        description="Check the packaged facts; exit 1 when a check fails.",
        epilog="Example: eenthuis reference check --format csv",
    )
    add_format(check)
    check.set_defaults(run=run_check)
    show = commands.add_parser(
        "show",
        help="show one municipality",
        description="Show what is known of a municipality on a day.",
        epilog="Example: eenthuis reference show municipality Weesp --on 2022-03-23",
    )
    show.add_argument("what", choices=["municipality"])
    show.add_argument("name", metavar="NAME", help="name or CBS code")
    show.add_argument("--on", metavar="DAY", help="the day asked about; left out, today")
    add_format(show)
    show.set_defaults(run=run_show)
    listed = commands.add_parser(
        "announcements",
        help="national numbers per half-year, with their sources",
        description="List the packaged national numbers; a later one replaces an earlier one, both stay.",
        epilog="Example: eenthuis reference announcements --half-year 2025-I",
    )
    listed.add_argument("--half-year", metavar="H", help="such as 2025-I; left out, all")
    add_format(listed)
    listed.set_defaults(run=run_announcements)
    counted = commands.add_parser(
        "inhabitants",
        help="inhabitants per municipality on a 1 January",
        description="List the packaged inhabitants of every municipality on a reference date.",
        epilog="Example: eenthuis reference inhabitants --on 2021-01-01 --format csv",
    )
    counted.add_argument("--on", required=True, metavar="DAY", help="a reference date, such as 2021-01-01")
    add_format(counted)
    counted.set_defaults(run=run_inhabitants)
    waiting = commands.add_parser(
        "reception",
        help="published counts of people in reception",
        description="List the packaged counts of people and status holders in reception.",
        epilog="Example: eenthuis reference reception --format csv",
    )
    add_format(waiting)
    waiting.set_defaults(run=run_reception)
    _register_load(commands)


def _register_load(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    load = commands.add_parser(
        "load",
        help="read newer files: inhabitants of CBS, boundaries",
        description="Read newer facts from files of CBS; nothing is written when something is wrong.",
        epilog="Example: eenthuis reference load inhabitants cbs.csv --reference-date 2027-01-01 --out new.csv",
    )
    kinds = load.add_subparsers(dest="kind", metavar="KIND", required=True)
    counted = kinds.add_parser(
        "inhabitants",
        help="a CSV or JSON file of StatLine table 03759ned or 70072ned",
        description="Read inhabitants from CBS open data and write the CSV that targets compute reads.",
        epilog="Example: eenthuis reference load inhabitants cbs.json --reference-date 2025-01-01 --out new.csv",
    )
    counted.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the file, or all its pages")
    counted.add_argument("--reference-date", required=True, metavar="D", help="a 1 January")
    counted.add_argument("--measure", metavar="NAME", help="column or measure code, when it is another one")
    counted.add_argument("--out", required=True, type=Path, metavar="CSV", help="where code,inhabitants goes")
    counted.set_defaults(run=run_load_inhabitants)
    drawn = kinds.add_parser(
        "boundaries",
        help="a GeoJSON or TopoJSON file of municipalities",
        description="Read municipal boundaries, simplify them and keep them for the map on the pages.",
        epilog="Example: eenthuis reference load boundaries gemeenten.geojson",
    )
    drawn.add_argument(
        "file", type=Path, metavar="FILE", help="in WGS84 degrees or on the Dutch grid (RD New)"
    )
    drawn.add_argument("--code-property", metavar="NAME", help="property with the CBS code, when unusual")
    drawn.add_argument(
        "--metres", metavar="M", default=str(int(boundaries.METRES)), help="tolerance of the simplification"
    )
    drawn.add_argument(
        "--out", type=Path, metavar="JSON", help="left out, boundaries.json in the folder of the installation"
    )
    drawn.set_defaults(run=run_load_boundaries)


def run_check(options: argparse.Namespace) -> int:
    """Print every check; exit 1 when one fails."""
    return report(reference.checks(), form=options.format)


def report(results: Sequence[CheckResult], *, form: str) -> int:
    """Print checks and return 1 when one of them fails."""
    rows = [
        {
            "verdict": "holds" if result.holds else "FAILS",
            "check": result.check,
            "subject": result.subject,
            "expected": result.expected,
            "found": result.found,
        }
        for result in results
    ]
    failing = sum(1 for result in results if not result.holds)
    write_rows(
        rows,
        form=form,
        columns=CHECK_COLUMNS,
        document={"checks": len(rows), "failing": failing},
    )
    _tell(f"{len(rows)} checks, {failing} failing")
    return DIFFERENT if failing else 0


def run_show(options: argparse.Namespace) -> int:
    """Print one municipality as it was on a day."""
    on = day(options.on, "--on") if options.on else clock.today()
    found = reference.find(options.name, on)
    row = _municipality_row(found, on)
    write_rows([row], form=options.format, columns=MUNICIPALITY_COLUMNS)
    return 0


def _municipality_row(found: Municipality, on: date) -> dict[str, object]:
    counted = [known for known in reference.reference_dates() if known <= on and found.exists_on(known)]
    people = reference.inhabitants(counted[-1]).people[found.code] if counted else ""
    provinces = {province.code: province.name for province in reference.provinces()}
    return {
        "code": found.code,
        "name": found.name,
        "official_name": found.official_name,
        "province": provinces[found.province],
        "corop": reference.corop_areas().get(found.corop, ""),
        "first_day": found.first_day,
        "last_day": found.last_day or "",
        "inhabitants": people,
        "reference_date": counted[-1] if counted else "",
        "other_names": "; ".join(found.other_names),
    }


def run_announcements(options: argparse.Namespace) -> int:
    """Print the national numbers, of one half-year or all."""
    half_year = HalfYear.parse(options.half_year) if options.half_year else None
    listed = reference.announcements(half_year)
    if half_year is not None and not listed:
        reference.announcement_in_force(half_year, half_year.last_day)
    rows = [
        {column: _blank(getattr(announcement, column)) for column in ANNOUNCEMENT_COLUMNS}
        for announcement in listed
    ]
    write_rows(rows, form=options.format, columns=ANNOUNCEMENT_COLUMNS)
    return 0


def run_inhabitants(options: argparse.Namespace) -> int:
    """Print the inhabitants of every municipality on a reference date."""
    counted = reference.inhabitants(day(options.on, "--on"))
    provinces = {province.code: province.name for province in reference.provinces()}
    rows: list[dict[str, object]] = []
    for code, people in sorted(counted.people.items()):
        found = reference.municipality(code)
        rows.append(
            {
                "code": code,
                "name": found.name,
                "province": provinces[found.province],
                "inhabitants": people,
                "reference_date": counted.reference_date,
            }
        )
    document = {"country": counted.country, "source": counted.source, "credit": "Bron: CBS"}
    write_rows(rows, form=options.format, columns=INHABITANTS_COLUMNS, document=document)
    return 0


def run_reception(options: argparse.Namespace) -> int:
    """Print the counts of people in reception."""
    rows = [
        {column: getattr(count, column) for column in RECEPTION_COLUMNS}
        for count in reference.reception_history()
    ]
    write_rows(rows, form=options.format, columns=RECEPTION_COLUMNS)
    return 0


def run_load_inhabitants(options: argparse.Namespace) -> int:
    """Read CBS files and write ``code,inhabitants``."""
    on = day(options.reference_date, "--reference-date")
    counted = cbs.read_inhabitants(options.files, reference_date=on, measure=options.measure)
    with _writing(options.out):
        cbs.write_inhabitants(counted, options.out)
    _tell(
        f"{len(counted.people)} municipalities, {counted.country} inhabitants on {on} written to {options.out}"
    )
    _tell(_compared(counted))
    return 0


def _compared(counted: Inhabitants) -> str:
    if counted.reference_date not in reference.reference_dates():
        return "Nothing is packaged for this day to compare with. Bron: CBS"
    packaged = reference.inhabitants(counted.reference_date).people
    different = sorted(code for code in packaged if packaged[code] != counted.people[code])
    if not different:
        return "Equal to the packaged figures. Bron: CBS"
    return f"Differs from the packaged figures for {_listed(different)}. Bron: CBS"


def run_load_boundaries(options: argparse.Namespace) -> int:
    """Read boundaries and keep them, simplified, for the map."""
    read = boundaries.read_boundaries(
        options.file, code_property=options.code_property, metres=_metres(options.metres)
    )
    out = options.out or _kept()
    with _writing(out):
        boundaries.save(read, out)
    _tell(f"{len(read)} municipalities written to {out}. Bron: {boundaries.CREDIT}")
    latest = {m.code for m in reference.municipalities(reference.reference_dates()[-1])}
    if latest - set(read):
        _tell(f"No boundary for {_listed(sorted(latest - set(read)))}; the map leaves them out")
    if set(read) - latest:
        _tell(f"Not a municipality of the latest list: {_listed(sorted(set(read) - latest))}")
    return 0


def _kept() -> Path:
    """Return where the pages look for boundaries."""
    from eenthuis.connect.postgres import home

    return home() / "boundaries.json"


def _metres(written: str) -> float:
    try:
        metres = float(written)
    except ValueError:
        metres = -1.0
    if not 0 <= metres <= _FARTHEST:
        raise InputError(
            "INP-06",
            f"--metres is {written!r}",
            remedy=f"Give a number of metres from 0 to {_FARTHEST}.",
            location=Location(column="--metres", value=written),
        )
    return metres


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as wrong:
        raise InputError(
            "INP-07",
            f"{path} cannot be written: {wrong.strerror}",
            remedy="Give the path of a file in a folder that exists and that you may write in.",
            location=Location(path.name),
        ) from wrong


def _listed(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[:_NAMED_IN_FULL])
    more = len(codes) - _NAMED_IN_FULL
    return f"{shown} and {more} more" if more > 0 else shown


def _blank(value: object) -> object:
    return "" if value is None else value


def _tell(line: str) -> None:
    """Say how it went beside the table, where a pipe does not take it along."""
    print(line, file=sys.stderr)
