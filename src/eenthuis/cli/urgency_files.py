"""The register of urgency schemes handed to ``eenthuis urgency``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from eenthuis.cli.target_files import municipality_of
from eenthuis.connect.cells import choice, choices, given, of_kind, yes_or_no
from eenthuis.connect.tables import Row, day, read_table
from eenthuis.terms.errors import InputError
from eenthuis.terms.urgency import OfferOrder, TargetProvision, UrgencyGroup, UrgencyScheme

COLUMNS = ("code", "first_day", "has_scheme", "names_status_holders", "provision", "source")
OPTIONAL = ("last_day", "groups", "order", "name")


def read_register(file: Path, on: date) -> tuple[UrgencyScheme, ...]:
    """Return entries from a CSV with :data:`COLUMNS` and, where wanted, :data:`OPTIONAL`.

    Raises
    ------
    InputErrors
        With every row that is wrong: REF-01 to REF-03 for what is no municipality of the day, INP-01 for what cannot be
        read, INP-03 for a municipality with two entries from one day, INP-04 for a source that is missing, INP-06 for
        an entry that ends before it begins.
    """
    table = read_table(
        file,
        columns=COLUMNS,
        optional=OPTIONAL,
        kinds={
            "first_day": day,
            "last_day": day,
            "has_scheme": yes_or_no,
            "names_status_holders": yes_or_no,
            "provision": of_kind(TargetProvision, choice),
            "groups": of_kind(UrgencyGroup, choices),
            "order": of_kind(OfferOrder, choices),
        },
        unique=("code", "first_day"),
    )
    return table.each(lambda row: _entry(row, on))


def _entry(row: Row, on: date) -> UrgencyScheme:
    first = day(row, "first_day")
    last = day(row, "last_day") if row["last_day"] else None
    if last is not None and last < first:
        raise InputError(
            "INP-06",
            f"the entry ends before it begins on {first.isoformat()}",
            remedy="Mend one of the two days; both count.",
            location=row.where("last_day"),
        )
    return UrgencyScheme(
        municipality=municipality_of(row, on),
        first_day=first,
        last_day=last,
        has_scheme=yes_or_no(row, "has_scheme"),
        names_status_holders=yes_or_no(row, "names_status_holders"),
        provision=choice(row, "provision", TargetProvision),
        groups=frozenset(choices(row, "groups", UrgencyGroup)),
        order=choices(row, "order", OfferOrder),
        source=given(row, "source"),
    )
