"""The files handed to ``eenthuis schemes``: applications, entries of a lot, awards, sites and stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eenthuis.cli.flex_files import EXTRA, GROUPS, counts
from eenthuis.cli.target_files import municipality_of
from eenthuis.connect.cells import given, yes_or_no
from eenthuis.connect.tables import Kind, Row, code, day, read_table, whole_number
from eenthuis.connect.text import decoded
from eenthuis.law.schemes import Scheme
from eenthuis.rules.scheme_money import Settlement, settle
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.flex import HomesForGroups
from eenthuis.terms.lots import LotEntry
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import ApplicationId, ConditionKind, ProjectFact, SchemeProject
from eenthuis.terms.transit import PersonNumber, SiteId, TransitSite, TransitStay

FACTS = {fact.value.replace("-", "_"): fact for fact in ProjectFact}


@dataclass(frozen=True, slots=True)
class Application:
    """An application, with its homes for groups where they were given."""

    project: SchemeProject
    homes: HomesForGroups | None


@dataclass(frozen=True, slots=True)
class SettledAward:
    """An application with its settlement, and how many units were shown."""

    application: ApplicationId
    shown_units: int
    settlement: Settlement


def read_applications(file: Path, kinds: dict[ProjectFact, ConditionKind]) -> tuple[Application, ...]:
    """Return applications from a CSV ``application,code,applied_on,units`` with a column for each fact that is known.

    ``kinds`` tells which facts are asked for and how; columns of other facts are left alone. Columns such as
    ``status_holders`` and ``extra_status_holders`` give homes for groups, out of ``units`` homes.

    Raises
    ------
    InputErrors
        With every row that is wrong: REF-01 to REF-03, INP-01 for what cannot be read, INP-03 for an application that
        stands twice, INP-06 for units below 1.
    """
    readers: dict[str, Kind] = {
        column: yes_or_no if kinds.get(fact) is ConditionKind.MUST else whole_number
        for column, fact in FACTS.items()
        if fact in kinds
    }
    table = read_table(
        file,
        columns=("application", "code", "applied_on", "units"),
        optional=("name", *FACTS, *GROUPS, *EXTRA),
        kinds={
            "applied_on": day,
            "units": _at_least_one,
            **readers,
            **dict.fromkeys((*GROUPS, *EXTRA), whole_number),
        },
        unique=("application",),
    )
    return table.each(lambda row: _application(row, readers, kinds))


def read_entries(file: Path) -> tuple[LotEntry, ...]:
    """Return what takes part in a lot from a CSV ``application,category,asked_cents``.

    Raises
    ------
    InputErrors
        With every row that is wrong: INP-01, INP-03 for an application that stands twice, INP-06 for a
        category below 1.
    """
    table = read_table(
        file,
        columns=("application", "category", "asked_cents"),
        optional=("name",),
        kinds={"category": _at_least_one, "asked_cents": whole_number},
        unique=("application",),
    )
    return table.each(
        lambda row: LotEntry(
            ApplicationId(given(row, "application")),
            whole_number(row, "category"),
            whole_number(row, "asked_cents"),
        )
    )


def read_awards(file: Path, scheme: Scheme) -> tuple[SettledAward, ...]:
    """Return the settlement of awards from a CSV ``application,awarded_cents,paid_cents,shown_units``.

    Raises
    ------
    InputErrors
        With every row that is wrong: INP-01, INP-03 for an application that stands twice, INP-06 below 0.
    InputError
        INP-04 when the amount of the scheme is not known.
    """
    unit = scheme.amount_cents
    if unit is None:
        raise InputError(
            "INP-04",
            f"the amount of {scheme.code} is not known",
            remedy="Add the amount to the law book with its source.",
        )
    amounts = ("awarded_cents", "paid_cents", "shown_units")
    table = read_table(
        file,
        columns=("application", *amounts),
        optional=("name",),
        kinds=dict.fromkeys(amounts, whole_number),
        unique=("application",),
    )
    return table.each(lambda row: _settled(row, unit))


def read_transit_sites(file: Path) -> tuple[TransitSite, ...]:
    """Return sites from a CSV ``site,code,places,first_day``, where wanted with ``last_day`` and ``participants``.

    Participants are municipality codes with spaces between them.

    Raises
    ------
    InputErrors
        With every row that is wrong: REF-01 to REF-03, INP-01, INP-03 for a site that stands twice, INP-06 for a site
        without places or that ends before it begins.
    """
    table = read_table(
        file,
        columns=("site", "code", "places", "first_day"),
        optional=("last_day", "participants", "name"),
        kinds={"places": _at_least_one, "first_day": day, "last_day": day},
        unique=("site",),
    )
    return table.each(_site)


def read_stays(file: Path, sites: tuple[TransitSite, ...]) -> tuple[TransitStay, ...]:
    """Return stays from a CSV ``person,site,code,first_day``, with ``last_day`` where the stay ended.

    ``code`` is the municipality the person is linked to.

    Raises
    ------
    InputErrors
        With every row that is wrong: REF-01 to REF-03, INP-01, INP-04 for a site that is not among the sites, INP-06
        for a stay that ends before it begins.
    """
    table = read_table(
        file,
        columns=("person", "site", "code", "first_day"),
        optional=("last_day",),
        kinds={"first_day": day, "last_day": day},
        unique=("person", "site", "first_day"),
    )
    known = {site.site for site in sites}
    return table.each(lambda row: _stay(row, known))


def read_seed(file: Path) -> str:
    """Return the seed of a lot: the first line of a file, without the end of the line.

    Raises
    ------
    InputError
        INP-07 when the file is not there, INP-04 when it is empty.
    """
    lines = decoded(file).splitlines()
    if not lines or not lines[0].strip():
        raise InputError(
            "INP-04",
            "the file of the seed is empty",
            remedy="Write the seed on its first line.",
            location=Location(file.name),
        )
    return lines[0].strip()


def _application(row: Row, readers: dict[str, Kind], kinds: dict[ProjectFact, ConditionKind]) -> Application:
    facts: dict[ProjectFact, int | bool] = {}
    for column in readers:
        if row[column]:
            fact = FACTS[column]
            is_yes_no = kinds[fact] is ConditionKind.MUST
            facts[fact] = yes_or_no(row, column) if is_yes_no else whole_number(row, column)
    applied_on = day(row, "applied_on")
    units = whole_number(row, "units")
    project = SchemeProject(
        application=ApplicationId(given(row, "application")),
        municipality=municipality_of(row, applied_on),
        applied_on=applied_on,
        units=units,
        facts=facts,
    )
    meant, extra = counts(row, GROUPS), counts(row, EXTRA)
    if sum(meant.values()) > units:
        raise InputError(
            "INP-06",
            f"{sum(meant.values())} homes are meant for groups out of {units}",
            remedy="Count every home for one group at most.",
            location=row.where("units"),
        )
    return Application(project, HomesForGroups(units, meant, extra) if meant or extra else None)


def _settled(row: Row, unit_cents: int) -> SettledAward:
    shown = whole_number(row, "shown_units")
    return SettledAward(
        ApplicationId(given(row, "application")),
        shown,
        settle(
            awarded_cents=whole_number(row, "awarded_cents"),
            paid_cents=whole_number(row, "paid_cents"),
            shown_units=shown,
            unit_cents=unit_cents,
        ),
    )


def _site(row: Row) -> TransitSite:
    first = day(row, "first_day")
    return TransitSite(
        site=SiteId(given(row, "site")),
        municipality=municipality_of(row, first),
        places=whole_number(row, "places"),
        first_day=first,
        last_day=_last_day(row),
        participants=frozenset(_participants(row)),
    )


def _participants(row: Row) -> list[MunicipalityCode]:
    words = row["participants"].split()
    return [code(Row(row.file, row.number, {"participants": word}), "participants") for word in words]


def _stay(row: Row, known: set[SiteId]) -> TransitStay:
    site = SiteId(given(row, "site"))
    if site not in known:
        raise InputError(
            "INP-04",
            f"the site {site} is not among the sites",
            remedy="Add the site to the file of sites, or mend its name.",
            location=row.where("site"),
        )
    first = day(row, "first_day")
    return TransitStay(
        person=PersonNumber(given(row, "person")),
        site=site,
        linked_to=municipality_of(row, first),
        first_day=first,
        last_day=_last_day(row),
    )


def _last_day(row: Row) -> date | None:
    if not row["last_day"]:
        return None
    first, last = day(row, "first_day"), day(row, "last_day")
    if last < first:
        raise InputError(
            "INP-06",
            f"it ends before it begins on {first.isoformat()}",
            remedy="Mend one of the two days; both count.",
            location=row.where("last_day"),
        )
    return last


def _at_least_one(row: Row, column: str) -> int:
    return whole_number(row, column, minimum=1)
