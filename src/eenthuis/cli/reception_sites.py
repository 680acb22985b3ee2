"""``eenthuis reception sites check``: a file of reception sites, with every row that cannot stand in the register."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from eenthuis.cli.arguments import day as day_option
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.reception_output import not_deducted_rows
from eenthuis.cli.target_files import municipality_of
from eenthuis.cli.target_output import name_and_province, write_notes
from eenthuis.connect.cells import choice, yes_or_no
from eenthuis.connect.tables import Row, day, read_table, whole_number
from eenthuis.law import law_book
from eenthuis.rules.capacity import layers, places_on
from eenthuis.rules.provincial_tasks import durable_places
from eenthuis.terms.capacity import MOST_PLACES, Site, SiteForm, SiteId, SiteSpan
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors
from eenthuis.terms.reception import PlaceKind

REQUIRED = ("code", "site_name", "kind", "first_day")
OPTIONAL = (
    "site", "name", "province", "form", "for_minors", "durable", "places", "places_today", "last_day", "confirmed",
    "invented",
)  # fmt: skip
COLUMNS = (
    "site", "code", "name", "site_name", "kind", "form", "for_minors", "durable", "places", "first_day", "last_day"
)  # fmt: skip
LONGEST_NAME = 80
NUMBER = re.compile(r"S-[0-9]{7}")
_DAY = timedelta(days=1)


def register_sites(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    sites = commands.add_parser("sites", help="check a file of reception sites")
    below = sites.add_subparsers(dest="sites_command", metavar="COMMAND", required=True)
    check = below.add_parser(
        "check",
        help="say of a file of reception sites which rows cannot stand in the register",
        description="Read a file of reception sites as the register writes it: exit 2 with every row that is wrong, or "
        "list the sites with their places on a day and the durable places that would not be deducted.",
        epilog="Example: eenthuis reception sites check opvanglocaties.csv --on 2026-03-01",
    )
    check.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="CSV code,site_name,kind,places,first_day with site, form, for_minors, durable and last_day; rows with "
        "the same site are its places through time",
    )
    check.add_argument("--on", required=True, metavar="D", help="day of the municipalities and of the places")
    add_format(check)
    check.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Print the sites of a sound file."""
    on = day_option(options.on, "--on")
    sites = read_register(options.file, on)
    law = law_book().reception(on)
    durable = [layer for one in sites if one.is_durable and not one.for_minors for layer in layers(one)]
    kept = not_deducted_rows(durable_places(durable, as_of=on, law=law))
    total = sum(places_on(one.spans, on) for one in sites)
    write_rows(
        [_row(one, on) for one in sites],
        form=options.format,
        columns=COLUMNS,
        document={"on": on, "sites": len(sites), "total": total, "not_deducted": kept},
    )
    notes = [f"{len(sites)} sites, {total} places on {on.isoformat()}; every row can stand in the register."]
    notes += [
        f"{one['code']}: {one['places']} {one['kind']} places not deducted, {one['reason']}." for one in kept
    ]
    write_notes(notes, options.format)
    return 0


def read_register(file: Path, on: date) -> tuple[Site, ...]:
    """Return the sites of a file in the form of the register.

    Raises
    ------
    InputErrors
        With every row that is wrong: REF-01 to REF-03 for the municipality, INP-01 for a word, number or day that
        cannot be read, INP-03 for a site that stands twice, INP-04 for an empty cell, INP-06 for places or days that
        cannot be.
    """
    table = read_table(
        file,
        columns=REQUIRED,
        optional=OPTIONAL,
        kinds={
            "kind": lambda row, column: choice(row, column, PlaceKind),
            "first_day": day,
            "last_day": day,
        },
    )
    read = table.each(lambda row: _site(row, on))
    wrong: list[EenthuisError] = []
    found: dict[str, tuple[Row, Site]] = {}
    for row, site in zip(table.rows, read, strict=True):
        key = site.identifier or f"{site.municipality} {site.name.casefold()}"
        if key not in found:
            found[key] = (row, site)
            continue
        joined = _joined(*found[key], row, site)
        if isinstance(joined, InputError):
            wrong.append(joined)
        else:
            found[key] = (row, joined)
    if wrong:
        raise InputErrors(tuple(wrong))
    return tuple(site for _, site in found.values())


def _joined(before: Row, held: Site, row: Row, site: Site) -> Site | InputError:
    """Return a site with one span more, or why the row does not go on where the one before it ended."""
    if not site.identifier:
        return InputError(
            "INP-03",
            f"this site stands in row {before.number} too",
            remedy="Keep one of the two, or give both the number of the site when they are its places through time.",
            location=row.where("site_name"),
        )
    said = ("municipality", "name", "kind", "form", "for_minors", "is_durable")
    if any(getattr(held, one) != getattr(site, one) for one in said):
        return InputError(
            "INP-06",
            f"site {site.identifier} is another one in row {before.number}",
            remedy="Give every row of a site the same municipality, name, kind, form and ticks.",
            location=row.where("site"),
        )
    last = held.last_day
    if last is None or site.first_day != last + _DAY:
        return InputError(
            "INP-06",
            f"the places of row {before.number} last until {last or 'no day'}",
            remedy="Let a row begin on the day after the last day of the row before it.",
            location=row.where("first_day"),
        )
    return Site(
        held.identifier,
        held.municipality,
        held.name,
        held.kind,
        held.form,
        for_minors=held.for_minors,
        is_durable=held.is_durable,
        spans=(*held.spans, *site.spans),
    )


def _site(row: Row, on: date) -> Site:
    problems = tuple(_problems(row))
    if problems:
        raise InputErrors(problems)
    first = day(row, "first_day")
    last = day(row, "last_day") if row["last_day"] else None
    return Site(
        identifier=SiteId(row["site"].upper()),
        municipality=municipality_of(row, on),
        name=row["site_name"],
        kind=choice(row, "kind", PlaceKind),
        form=choice(row, "form", SiteForm) if row["form"] else SiteForm.REGULAR,
        for_minors=_ticked(row, "for_minors"),
        is_durable=_ticked(row, "durable"),
        spans=(SiteSpan(first, last, _places(row)),),
    )


def _problems(row: Row) -> Iterator[InputError]:
    """Yield what is wrong with the cells of a row that can each be read."""
    if row["site"] and not NUMBER.fullmatch(row["site"].upper()):
        yield InputError(
            "INP-01",
            "this is no number of a site",
            remedy="Write it as S-0000012, or leave it empty for a new site.",
            location=row.where("site"),
        )
    if not row["site_name"]:
        yield InputError(
            "INP-04", "no name", remedy="Give a short name, no address.", location=row.where("site_name")
        )
    if len(row["site_name"]) > LONGEST_NAME:
        yield InputError(
            "INP-06",
            f"a name of {len(row['site_name'])} characters",
            remedy=f"Give at most {LONGEST_NAME} characters, and no address.",
            location=row.where("site_name"),
        )
    first, last = day(row, "first_day"), day(row, "last_day") if row["last_day"] else None
    if last is not None and last < first:
        yield InputError(
            "INP-06",
            f"the site ends before it begins on {first.isoformat()}",
            remedy="Mend one of the two days; both count.",
            location=row.where("last_day"),
        )


def _places(row: Row) -> int:
    """Return the places of a row; the list of the register writes those of a day, which may be none."""
    column = "places" if row["places"] else "places_today"
    if not row[column]:
        raise InputError(
            "INP-04",
            "no number of places",
            remedy=f"Give 1 to {MOST_PLACES} places.",
            location=row.where("places"),
        )
    found = whole_number(row, column, 1 if column == "places" else 0)
    if found > MOST_PLACES:
        raise InputError(
            "INP-06",
            f"{found} places",
            remedy=f"Give at most {MOST_PLACES} places; a larger number is taken for a mistake.",
            location=row.where(column),
        )
    return found


def _ticked(row: Row, column: str) -> bool:
    return bool(row[column]) and yes_or_no(row, column)


def _row(site: Site, on: date) -> dict[str, object]:
    name, _province = name_and_province(site.municipality)
    return {
        "site": site.identifier,
        "code": site.municipality,
        "name": name,
        "site_name": site.name,
        "kind": site.kind,
        "form": site.form,
        "for_minors": site.for_minors,
        "durable": site.is_durable,
        "places": places_on(site.spans, on),
        "first_day": site.first_day,
        "last_day": site.last_day,
    }
