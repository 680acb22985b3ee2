"""``eenthuis targets``: compute, correct and verify housing targets, without a database."""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

from eenthuis import reference
from eenthuis.cli.arguments import day, whole_number
from eenthuis.cli.output import add_format, write_rows
from eenthuis.connect.tables import Row, read_table
from eenthuis.connect.tables import code as municipality_code
from eenthuis.connect.tables import half_year as half_year_cell
from eenthuis.connect.tables import whole_number as whole_cell
from eenthuis.law import ReferenceRule, TargetLaw, law_book
from eenthuis.rules.announcing import remarks
from eenthuis.rules.receipts import chained, corrected_receipt, exact_text, net_target_receipt
from eenthuis.rules.reorganisation import inhabitants_for
from eenthuis.rules.rounding import rounded
from eenthuis.rules.targets import net_targets, reference_date
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, Location, ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Rounding
from eenthuis.terms.places import Inhabitants, MunicipalityCode
from eenthuis.terms.targets import NetTargets
from eenthuis.terms.version import code_version

NET_COLUMNS = ("code", "name", "province", "inhabitants", "reference_date", "exact", "net_target")
CORRECTED_COLUMNS = (*NET_COLUMNS, "backlog_or_lead", "corrected_target", "pace_per_month")
VERIFIED_COLUMNS = ("code", "name", "published", "computed", "difference", "explanation")
UNEXPLAINED = 1
_CENTS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command asked for: the half-year, its number, the law and the inhabitants used."""

    half_year: HalfYear
    national: int
    law: TargetLaw
    inhabitants: Inhabitants
    made: NetTargets


def register(parser: argparse.ArgumentParser) -> None:
    """Add the three commands."""
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
        help="CSV code,half_year,realised of earlier half-years; a column national gives numbers not packaged",
    )
    correct.set_defaults(run=run_correct)
    verify = commands.add_parser(
        "verify",
        help="compare published targets with computed ones",
        description="Compare a published list with computed targets and explain what differs.",
        epilog="Example: eenthuis targets verify published.csv --half-year 2023-I",
    )
    verify.add_argument("file", type=Path, metavar="FILE", help="CSV code,published")
    _shared_options(verify)
    verify.set_defaults(run=run_verify)


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
    parser.add_argument(
        "--rounding", choices=[r.value for r in Rounding], help="another rounding, as an assumption"
    )
    parser.add_argument(
        "--reference-rule",
        choices=[r.value for r in ReferenceRule],
        help="another rule for the reference date, as an assumption",
    )
    add_format(parser)


def run_compute(options: argparse.Namespace) -> int:
    """Print the net targets."""
    asked = _asked(options)
    rows = [_net_row(asked, index) for index in range(len(asked.made.targets))]
    write_rows(rows, form=options.format, columns=NET_COLUMNS, document=_document(asked, options))
    return 0


def run_correct(options: argparse.Namespace) -> int:
    """Print the corrected targets."""
    asked = _asked(options)
    earlier = _earlier(options.realised, asked)
    net = {target.municipality: target.people for target in asked.made.targets}
    made = tuple(
        chained(
            municipality=code, half_year=asked.half_year, net=people, swapped=0, earlier=earlier.get(code, ())
        )
        for code, people in net.items()
    )
    rows = [
        _net_row(asked, index)
        | {
            "backlog_or_lead": target.backlog_or_lead,
            "corrected_target": target.people,
            "pace_per_month": _decimal(target.pace_per_month),
        }
        for index, target in enumerate(made)
    ]
    receipt = corrected_receipt(
        half_year=asked.half_year,
        net=net,
        swapped={},
        carried=earlier,
        made=made,
        as_of=asked.half_year.first_day,
        code_version=code_version(),
    )
    document = _document(asked, options) | {
        "total_corrected": sum(target.people for target in made),
        "receipt": receipt,
    }
    write_rows(rows, form=options.format, columns=CORRECTED_COLUMNS, document=document)
    return 0


def run_verify(options: argparse.Namespace) -> int:
    """Print published beside computed; exit 1 when a difference has no explanation."""
    asked = _asked(options)
    computed = {target.municipality: target.people for target in asked.made.targets}
    published = _published(options.file, asked)
    rows: list[dict[str, object]] = []
    for code, number in published.items():
        difference = number - computed[code]
        rows.append(
            {
                "code": code,
                "name": reference.municipality(code).name,
                "published": number,
                "computed": computed[code],
                "difference": difference,
                "explanation": _explanation(asked, code, number) if difference else "",
            }
        )
    unexplained = [row for row in rows if row["difference"] and not row["explanation"]]
    document = _document(asked, options) | {
        "compared": len(rows),
        "different": sum(1 for row in rows if row["difference"]),
        "unexplained": len(unexplained),
    }
    write_rows(rows, form=options.format, columns=VERIFIED_COLUMNS, document=document)
    return UNEXPLAINED if unexplained else 0


def _asked(options: argparse.Namespace) -> Asked:
    half_year = HalfYear.parse(options.half_year)
    law = _law(half_year, options)
    if options.national is None:
        national = reference.announcement_in_force(half_year, half_year.last_day).people
    else:
        national = whole_number(options.national, "--national")
    counted = _inhabitants(options.inhabitants, reference_date(half_year, law.reference_rule))
    inhabitants = inhabitants_for(
        half_year=half_year, counted=counted, mergers=reference.mergers(), rule=law.reorganisation
    )
    made = net_targets(half_year=half_year, national=national, inhabitants=inhabitants, law=law)
    return Asked(half_year, national, law, inhabitants, made)


def _law(half_year: HalfYear, options: argparse.Namespace) -> TargetLaw:
    book = law_book()
    changes = {
        key: value
        for key, value in (
            ("targets.rounding", options.rounding),
            ("targets.reference_rule", options.reference_rule),
        )
        if value
    }
    book.targets(half_year)
    return (book.assuming(changes, why="asked for on the command line") if changes else book).targets(
        half_year
    )


def _inhabitants(file: Path | None, on: date) -> Inhabitants:
    if file is None:
        return reference.inhabitants(on)
    table = read_table(
        file,
        columns=("code", "inhabitants"),
        optional=("name",),
        kinds={"inhabitants": whole_cell},
        unique=("code",),
    )
    people = dict(table.each(lambda row: (_code(row, on), whole_cell(row, "inhabitants"))))
    missing = [m for m in reference.municipalities(on) if m.code not in people]
    if missing:
        raise InputErrors(
            tuple(
                ReferenceFactError(
                    "REF-04",
                    f"no inhabitants for {m.name} ({m.code}) on {on.isoformat()}",
                    remedy="Add a row for it.",
                    location=Location(str(file), column="code", value=m.code),
                )
                for m in missing
            )
        )
    return Inhabitants(on, people, sum(people.values()), str(file.name))


def _code(row: Row, on: date) -> MunicipalityCode:
    if not row["code"]:
        return municipality_code(row)
    try:
        return reference.find(row["code"], on).code
    except ReferenceFactError as wrong:
        raise ReferenceFactError(
            wrong.code, wrong.message, remedy=wrong.remedy, location=row.where("code")
        ) from wrong


def _published(file: Path, asked: Asked) -> dict[MunicipalityCode, int]:
    table = read_table(
        file,
        columns=("code", "published"),
        optional=("name",),
        kinds={"published": whole_cell},
        unique=("code",),
    )
    on = asked.half_year.first_day
    return dict(table.each(lambda row: (_code(row, on), whole_cell(row, "published"))))


@dataclass(frozen=True, slots=True)
class _Realised:
    code: MunicipalityCode
    half_year: HalfYear
    people: int
    national: int | None
    row: Row


def _earlier(file: Path, asked: Asked) -> dict[MunicipalityCode, tuple[tuple[int, int], ...]]:
    table = read_table(
        file,
        columns=("code", "half_year", "realised"),
        optional=("national", "name"),
        kinds={"half_year": half_year_cell, "realised": whole_cell, "national": whole_cell},
        unique=("code", "half_year"),
    )
    read = table.each(lambda row: _realised_row(row, asked.half_year))
    nationals = _nationals(read)
    half_years = sorted(nationals)
    _check_chain(half_years, asked.half_year, str(file))
    targets = {half_year: _net_of(half_year, number) for half_year, number in nationals.items()}
    realised: defaultdict[MunicipalityCode, dict[HalfYear, int]] = defaultdict(dict)
    for one in read:
        for code in _successors(one.code, asked.half_year.first_day):
            if code not in targets[one.half_year]:
                raise _unreadable(one, f"{code} has no target in {one.half_year}")
            held = realised[code]
            held[one.half_year] = held.get(one.half_year, 0) + one.people
    errors = [
        InputError(
            "INP-04",
            f"{reference.municipality(target.municipality).name} ({target.municipality}) has no row for {half_year}",
            remedy="Add the row; write 0 where nobody was housed.",
            location=Location(str(file), column="code", value=target.municipality),
        )
        for target in asked.made.targets
        for half_year in half_years
        if half_year not in realised[target.municipality]
    ]
    if errors:
        raise InputErrors(tuple(errors))
    return {
        code: tuple((targets[half_year][code], held[half_year]) for half_year in half_years)
        for code, held in realised.items()
    }


def _realised_row(row: Row, half_year: HalfYear) -> _Realised:
    earlier = half_year_cell(row)
    if earlier >= half_year:
        raise InputError(
            "INP-06",
            f"{earlier} does not lie before {half_year}",
            remedy="Give earlier half-years only.",
            location=row.where("half_year"),
        )
    national = whole_cell(row, "national") if row["national"] else None
    return _Realised(_code(row, earlier.first_day), earlier, whole_cell(row, "realised"), national, row)


def _nationals(read: tuple[_Realised, ...]) -> dict[HalfYear, int]:
    found: dict[HalfYear, int] = {}
    errors: list[EenthuisError] = []
    errors.extend(
        _unreadable(one, f"{one.half_year} has two national numbers", "national")
        for one in read
        if one.national is not None and found.setdefault(one.half_year, one.national) != one.national
    )
    if errors:
        raise InputErrors(tuple(errors))
    for one in read:
        if one.half_year not in found:
            found[one.half_year] = reference.announcement_in_force(
                one.half_year, one.half_year.last_day
            ).people
    return found


def _check_chain(half_years: list[HalfYear], half_year: HalfYear, file: str) -> None:
    for earlier, later in zip(half_years, [*half_years[1:], half_year], strict=True):
        if earlier.next != later:
            raise InputError(
                "INP-04",
                f"{earlier.next} is missing between {earlier} and {later}",
                remedy="Give every half-year up to the one before the target; nothing is filled in.",
                location=Location(file, column="half_year"),
            )


def _net_of(half_year: HalfYear, national: int) -> dict[MunicipalityCode, int]:
    law = law_book().targets(half_year)
    counted = reference.inhabitants(reference_date(half_year, law.reference_rule))
    inhabitants = inhabitants_for(
        half_year=half_year, counted=counted, mergers=reference.mergers(), rule=law.reorganisation
    )
    made = net_targets(half_year=half_year, national=national, inhabitants=inhabitants, law=law)
    return {target.municipality: target.people for target in made.targets}


def _successors(code: MunicipalityCode, on: date) -> tuple[MunicipalityCode, ...]:
    if reference.municipality(code).exists_on(on):
        return (code,)
    into = [m.receiving for m in reference.mergers() if m.giving == code]
    return tuple(into[:1])


def _unreadable(one: _Realised, problem: str, column: str = "code") -> InputError:
    return InputError("INP-01", problem, remedy="Mend the row.", location=one.row.where(column))


def _explanation(asked: Asked, code: MunicipalityCode, published: int) -> str:
    """Name the other reading of the law or of the facts that gives the published number."""
    nationals = dict.fromkeys([asked.national, *(a.people for a in reference.announcements(asked.half_year))])
    for national in nationals:
        for rule in ReferenceRule:
            for rounding in Rounding:
                if _share(asked, code, national, rule, rounding) == published:
                    return _named(asked, national, rule, rounding)
    return ""


def _share(
    asked: Asked, code: MunicipalityCode, national: int, rule: ReferenceRule, rounding: Rounding
) -> int | None:
    if rule is asked.law.reference_rule:
        inhabitants = asked.inhabitants
    else:
        try:
            counted = reference.inhabitants(reference_date(asked.half_year, rule))
        except ReferenceFactError:
            return None
        inhabitants = inhabitants_for(
            half_year=asked.half_year,
            counted=counted,
            mergers=reference.mergers(),
            rule=asked.law.reorganisation,
        )
    return rounded(national * inhabitants.people[code], inhabitants.country, rounding)


def _named(asked: Asked, national: int, rule: ReferenceRule, rounding: Rounding) -> str:
    parts = []
    if national != asked.national:
        parts.append(f"national number {national} instead of {asked.national}")
    if rule is not asked.law.reference_rule:
        parts.append(
            f"inhabitants of {reference_date(asked.half_year, rule)} ({rule.value}) instead of "
            f"{asked.inhabitants.reference_date} ({asked.law.reference_rule.value})"
        )
    if rounding is not asked.law.rounding:
        parts.append(f"{rounding.value} rounding instead of {asked.law.rounding.value}")
    return "fits " + " and ".join(parts)


def _net_row(asked: Asked, index: int) -> dict[str, object]:
    target = asked.made.targets[index]
    place = reference.municipality(target.municipality)
    province = next(p for p in reference.provinces() if p.code == place.province)
    return {
        "code": target.municipality,
        "name": place.name,
        "province": province.name,
        "inhabitants": target.inhabitants,
        "reference_date": asked.made.reference_date,
        "exact": exact_text(target.exact),
        "net_target": target.people,
    }


def _document(asked: Asked, options: argparse.Namespace) -> dict[str, object]:
    announced = day(options.announced, "--announced") if options.announced else None
    by_key = {citation.key: citation for citation in asked.law.citations}
    return {
        "half_year": asked.half_year,
        "national": asked.national,
        "total": asked.made.total,
        "rule": {
            "rounding": by_key["targets.rounding"],
            "reference_date": by_key["targets.reference_rule"],
            "formula": by_key.get("targets.share"),
        },
        "remarks": list(asked.made.remarks),
        "legal_remarks": [
            remark.value
            for remark in remarks(
                half_year=asked.half_year,
                people=asked.national,
                announced_on=announced,
                replaced_people=None,
                law=replace(asked.law),
            )
        ],
        "receipt": net_target_receipt(
            made=asked.made,
            inhabitants=asked.inhabitants,
            law=asked.law,
            as_of=announced or asked.half_year.first_day,
            code_version=code_version(),
        ),
    }


def _decimal(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / share.denominator).quantize(_CENTS, ROUND_HALF_UP)
