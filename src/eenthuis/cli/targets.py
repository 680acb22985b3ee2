"""``eenthuis targets``: compute, correct and verify housing targets, without a database."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eenthuis import reference
from eenthuis.cli import target_options
from eenthuis.cli.arguments import day, whole_number
from eenthuis.cli.output import add_format, write_rows
from eenthuis.cli.target_chain import past_half_years
from eenthuis.cli.target_files import read_published
from eenthuis.cli.target_output import (
    CORRECTED_COLUMNS,
    NET_COLUMNS,
    VERIFIED_COLUMNS,
    NationalNumber,
    corrected_columns,
    document,
    earlier_row,
    fit_row,
    name_and_province,
    net_row,
    spoken,
    write_notes,
)
from eenthuis.cli.target_sharing import moved, share
from eenthuis.law import Book, ReferenceRule, law_book
from eenthuis.rules.readings import Reading, explaining, fits
from eenthuis.rules.realisation import corrected_targets
from eenthuis.rules.receipts import Shared, corrected_receipt, net_target_receipt
from eenthuis.rules.targets import reference_date
from eenthuis.terms.errors import Location, ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Rounding
from eenthuis.terms.places import Inhabitants, MunicipalityCode
from eenthuis.terms.targets import Announcement
from eenthuis.terms.version import code_version

UNEXPLAINED = 1
_BEST_FITS = 3
_NAMED_READINGS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command asked for: the targets shared out, the national number used, the law book and its remarks."""

    shared: Shared
    national: NationalNumber
    book: Book
    remarks: tuple[str, ...]

    @property
    def half_year(self) -> HalfYear:
        """The half-year asked for."""
        return self.shared.made.half_year


def register(parser: argparse.ArgumentParser) -> None:
    """Add the commands."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    compute = commands.add_parser(
        "compute",
        help="net target of every municipality",
        description="Compute the net target of every municipality from the national number.",
        epilog="Example: eenthuis targets compute --half-year 2023-I --national 21200 --format csv",
    )
    _shared_options(compute)
    compute.set_defaults(run=run_compute)
    correct = commands.add_parser(
        "correct",
        help="corrected targets after backlog and lead",
        description="Carry backlog and lead of earlier half-years over into the target.",
        epilog="Example: eenthuis targets correct --half-year 2023-I --national 21200 --realised realised.csv",
    )
    _shared_options(correct)
    correct.add_argument(
        "--realised",
        required=True,
        type=Path,
        metavar="FILE",
        help="CSV code,half_year,realised of earlier half-years; a column national may give their numbers",
    )
    correct.add_argument(
        "--announcements", type=Path, metavar="FILE", help="CSV half_year,national of the earlier half-years"
    )
    correct.set_defaults(run=run_correct)
    verify = commands.add_parser(
        "verify",
        help="compare published targets with computed ones",
        description="Compare a published list with computed targets; exit 1 when a difference has no explanation.",
        epilog="Example: eenthuis targets verify published.csv --half-year 2023-I",
    )
    verify.add_argument("file", type=Path, metavar="FILE", help="CSV code,published")
    _shared_options(verify)
    verify.add_argument(
        "--or-national",
        action="append",
        default=[],
        metavar="N",
        help="another national number in circulation, tried as an explanation; may be repeated",
    )
    verify.set_defaults(run=run_verify)
    target_options.register(commands)


def _shared_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--half-year", required=True, metavar="H", help="such as 2023-I")
    parser.add_argument(
        "--national",
        metavar="N",
        help="national number in people; left out, the packaged announcement is used",
    )
    parser.add_argument("--announced", metavar="DAY", help="day of publication, for the thirteen-week check")
    parser.add_argument(
        "--inhabitants",
        type=Path,
        metavar="FILE",
        help="CSV code,inhabitants instead of the packaged figures",
    )
    parser.add_argument("--rounding", choices=list(Rounding), help="another rounding, as an assumption")
    parser.add_argument(
        "--reference-rule",
        choices=list(ReferenceRule),
        help="another rule for the reference date, as an assumption",
    )
    add_format(parser)


def run_compute(options: argparse.Namespace) -> int:
    """Print the net targets."""
    asked = _asked(options)
    made = asked.shared.made
    told = document(asked.shared, asked.national, more_remarks=asked.remarks)
    receipt = net_target_receipt(
        made=made,
        inhabitants=asked.shared.inhabitants,
        law=asked.shared.law,
        as_of=asked.national.announced_on or made.half_year.first_day,
        code_version=code_version(),
    )
    told |= {"receipt_number": receipt.number, "receipt": receipt}
    rows = [net_row(target, made.reference_date) for target in made.targets]
    write_rows(rows, form=options.format, columns=NET_COLUMNS, document=told)
    write_notes(_notes(asked, told), options.format)
    return 0


def run_correct(options: argparse.Namespace) -> int:
    """Print the corrected targets."""
    asked = _asked(options)
    made = asked.shared.made
    past = past_half_years(
        asked=made.half_year,
        realised_file=options.realised,
        announcements_file=options.announcements,
        book=asked.book,
    )
    progress = asked.book.progress(made.half_year)
    mergers = reference.mergers(past[0][1].half_year.first_day, made.half_year.first_day)
    targets = corrected_targets(
        net=made,
        past=[one for _, one in past],
        mergers=mergers,
        realisation=asked.book.realisation(made.half_year),
        progress=progress,
    )
    receipt = corrected_receipt(
        asked=asked.shared,
        past=past,
        mergers=mergers,
        months=progress.months,
        made=targets,
        as_of=made.half_year.first_day,
        code_version=code_version(),
    )
    begins = (
        f"The chain begins on {past[0][1].half_year.first_day} without backlog or lead; "
        "what was carried in before is not in the file."
    )
    told = document(asked.shared, asked.national, more_remarks=(*asked.remarks, begins))
    told |= {
        "total_corrected": sum(target.people for target in targets),
        "total_backlog": sum(max(target.backlog_or_lead, 0) for target in targets),
        "total_lead": -sum(min(target.backlog_or_lead, 0) for target in targets),
        "earlier": [earlier_row(shared, one) for shared, one in past],
        "receipt_number": receipt.number,
        "receipt": receipt,
    }
    rows = [
        net_row(net, made.reference_date) | corrected_columns(target)
        for net, target in zip(made.targets, targets, strict=True)
    ]
    write_rows(rows, form=options.format, columns=CORRECTED_COLUMNS, document=told)
    write_notes(_notes(asked, told), options.format)
    return 0


def run_verify(options: argparse.Namespace) -> int:
    """Print published beside computed; exit 1 when a difference has no explanation."""
    asked = _asked(options)
    published = read_published(options.file, asked.half_year)
    law, made = asked.shared.law, asked.shared.made
    used = Reading(made.national, law.reference_rule, law.rounding)
    nationals = [
        *(announcement.people for announcement in reference.announcements(made.half_year)),
        *(whole_number(number, "--or-national") for number in options.or_national),
    ]
    counted = _every_count(asked)
    computed = {target.municipality: target.people for target in made.targets}
    _require_known(published, computed, options.file)
    rows: list[dict[str, object]] = []
    for code, number in published.items():
        others = explaining(used=used, nationals=nationals, counted=counted, code=code, published=number)
        said = " or ".join(spoken(other, used, made.half_year) for other in others[:_NAMED_READINGS])
        rows.append(
            {
                "code": code,
                "name": name_and_province(code)[0],
                "published": number,
                "computed": computed[code],
                "difference": number - computed[code],
                "explanation": f"fits {said}" if said and number != computed[code] else "",
            }
        )
    unexplained = [row for row in rows if row["difference"] and not row["explanation"]]
    best = fits(used=used, nationals=nationals, counted=counted, published=published)[:_BEST_FITS]
    told = document(asked.shared, asked.national, more_remarks=asked.remarks) | {
        "compared": len(rows),
        "different": sum(1 for row in rows if row["difference"]),
        "unexplained": len(unexplained),
        "total_published": sum(published.values()),
        "best_fits": [fit_row(fit, used, made.half_year) for fit in best],
    }
    write_rows(rows, form=options.format, columns=VERIFIED_COLUMNS, document=told)
    counts = (
        f"{told['compared']} compared, {told['different']} differ, {told['unexplained']} without explanation."
    )
    told_fits = [
        f"{fit.equal} of {fit.compared} fit {spoken(fit.reading, used, made.half_year)}." for fit in best
    ]
    write_notes([counts, *told_fits, *asked.shared.made.remarks, *asked.remarks], options.format)
    return UNEXPLAINED if unexplained else 0


def _notes(asked: Asked, told: Mapping[str, object]) -> list[str]:
    made = asked.shared.made
    listed = told["remarks"]
    total = f"Total {made.total} for a national number of {made.national}; each share is rounded by itself."
    return [total, *(str(remark) for remark in listed)] if isinstance(listed, list) else [total]


def _asked(options: argparse.Namespace) -> Asked:
    half_year = HalfYear.parse(options.half_year)
    law_book().targets(half_year)
    book = _book(options)
    national = _national(options, half_year)
    shared, remarks = share(half_year, national.people, book, options.inhabitants)
    if national.announcement is not None and national.announcement.note:
        remarks = (*remarks, f"On the national number: {national.announcement.note}.")
    return Asked(shared, national, book, remarks)


def _book(options: argparse.Namespace) -> Book:
    changes = {
        key: str(value)
        for key, value in (
            ("targets.rounding", options.rounding),
            ("targets.reference_rule", options.reference_rule),
        )
        if value
    }
    return law_book().assuming(changes, why="asked for on the command line") if changes else law_book()


def _national(options: argparse.Namespace, half_year: HalfYear) -> NationalNumber:
    given = None if options.national is None else whole_number(options.national, "--national")
    announced = None if options.announced is None else day(options.announced, "--announced")
    if given is None:
        found = reference.announcement_in_force(half_year, announced or half_year.last_day)
        return NationalNumber(found.people, announced or found.announced_on, found, _replaced(found))
    match = next((one for one in reference.announcements(half_year) if one.people == given), None)
    if match is None or announced not in {None, match.announced_on}:
        return NationalNumber(given, announced, None, None)
    return NationalNumber(given, announced or match.announced_on, match, _replaced(match))


def _replaced(found: Announcement) -> Announcement | None:
    return next((one for one in reference.announcements() if one.identifier == found.replaces), None)


def _every_count(asked: Asked) -> dict[ReferenceRule, Inhabitants]:
    found = {asked.shared.law.reference_rule: asked.shared.inhabitants}
    for rule in ReferenceRule:
        if rule not in found:
            try:
                counted = reference.inhabitants(reference_date(asked.half_year, rule))
            except ReferenceFactError:
                continue
            found[rule] = moved(counted, asked.half_year, asked.book)[0]
    return found


def _require_known(
    published: Mapping[MunicipalityCode, int], computed: Mapping[MunicipalityCode, int], file: Path
) -> None:
    if unknown := sorted(published.keys() - computed.keys()):
        raise ReferenceFactError(
            "REF-01",
            f"no target was computed for {', '.join(unknown)}",
            remedy="Use the codes of the municipalities of the half-year.",
            location=Location(file.name, column="code", value=unknown[0]),
        )
