"""``eenthuis urgency``: the register of urgency schemes on a day, and what the law asks of each."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from eenthuis import reference
from eenthuis.cli.arguments import day
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.target_output import name_and_province, paper, write_notes
from eenthuis.cli.urgency_files import read_register
from eenthuis.law import law_book
from eenthuis.law.urgency import UrgencyLaw, published_urgency, urgency_law
from eenthuis.rules.urgency import FigureCheck, NationalFigures, check_urgency, in_force, national_figures
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.urgency import UrgencyScheme

LIST_COLUMNS = (
    "code",
    "name",
    "first_day",
    "last_day",
    "has_scheme",
    "names_status_holders",
    "provision",
    "groups",
    "order",
    "source",
)
CHECK_COLUMNS = ("code", "name", "shortcoming", "group", "asked_since", "instrument", "article", "source")
FOUND = 1
"""Exit code when the law asks for something that the register does not show."""


def register(parser: argparse.ArgumentParser) -> None:
    """Add the two commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, run, told in (
        ("list", run_list, "what each municipality in a register has on a day"),
        (
            "check",
            run_check,
            "what the law asks on a day and the register does not show, and national figures",
        ),
    ):
        one = commands.add_parser(
            name,
            help=told,
            description=f"Show {told}."
            + (" Ends with 1 when something is missing." if name == "check" else ""),
            epilog=f"Example: eenthuis urgency {name} register.csv --as-of 2026-07-01",
        )
        one.add_argument(
            "file",
            type=Path,
            metavar="FILE",
            help="CSV code,first_day,has_scheme,names_status_holders,provision,source and where wanted "
            "last_day,groups,order",
        )
        one.add_argument("--as-of", required=True, metavar="D", help="day of the register and of the law")
        add_format(one)
        one.set_defaults(run=run)


def run_list(options: argparse.Namespace) -> int:
    """Print what holds on the day."""
    on, held, law = _asked(options)
    rows = [_entry_row(held[code]) for code in sorted(held)]
    write_rows(rows, form=options.format, columns=LIST_COLUMNS, document={"as_of": on, "law": law.citations})
    write_notes([f"{len(rows)} municipalities in the register on {on.isoformat()}."], options.format)
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Print what is missing, and the register beside the published figures."""
    on, held, law = _asked(options)
    rows = [
        {
            "code": code,
            "name": name_and_province(code)[0],
            "shortcoming": finding.shortcoming,
            "group": finding.group,
            "asked_since": finding.citation.first_day,
            "instrument": finding.citation.instrument,
            "article": finding.citation.article,
            "source": finding.citation.source,
        }
        for code in sorted(held)
        for finding in check_urgency(held[code], law)
    ]
    municipalities = len(reference.municipalities(_boundaries(on)))
    figures = national_figures(held, municipalities, published_urgency(law_book(), on))
    document = {
        "as_of": on,
        "law": law.citations,
        "filled": figures.filled,
        "municipalities": figures.municipalities,
        "with_scheme": _figure(figures.with_scheme),
        "dropped": _figure(figures.dropped),
    }
    write_rows(rows, form=options.format, columns=CHECK_COLUMNS, document=document)
    write_notes(_notes(figures), options.format)
    return FOUND if rows else 0


def _asked(options: argparse.Namespace) -> tuple[date, Mapping[MunicipalityCode, UrgencyScheme], UrgencyLaw]:
    on = day(options.as_of, "--as-of")
    law = urgency_law(law_book(), on)
    return on, in_force(read_register(options.file, _boundaries(on)), on), law


def _boundaries(on: date) -> date:
    """Return the day, or the first one whose municipalities are packaged."""
    return max(on, reference.reference_dates()[0])


def _entry_row(entry: UrgencyScheme) -> dict[str, object]:
    return {
        "code": entry.municipality,
        "name": name_and_province(entry.municipality)[0],
        "first_day": entry.first_day,
        "last_day": entry.last_day,
        "has_scheme": entry.has_scheme,
        "names_status_holders": entry.names_status_holders,
        "provision": entry.provision,
        "groups": " ".join(sorted(entry.groups)),
        "order": " ".join(entry.order),
        "source": entry.source,
    }


def _figure(check: FigureCheck) -> dict[str, object]:
    published = check.published
    return {
        "counted": check.counted,
        "of": check.of,
        "published": None if published is None else published.part,
        "published_source": None if published is None else paper(published.citation),
        "difference": check.difference,
    }


def _notes(figures: NationalFigures) -> list[str]:
    notes = [f"{figures.filled} of {figures.municipalities} municipalities are in the register."]
    for what, check in (("have a scheme", figures.with_scheme), ("dropped status holders", figures.dropped)):
        told = "nothing was published by then"
        if check.published is not None:
            told = f"published was {_percent(check.published.part)} ({check.published.citation.article})"
        notes.append(f"{check.counted} of {check.of} {what}; {told}.")
    return notes


def _percent(part: Fraction) -> str:
    tenths = (part * 1000 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10} %"
