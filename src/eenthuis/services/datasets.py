"""Open data: the editions of every data set, and their rows as anyone may read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from eenthuis import reference
from eenthuis.connect.lab_report import LEVELS as LAB_LEVELS
from eenthuis.connect.lab_report import fan_name
from eenthuis.forecast.fan import LEVELS
from eenthuis.lab import measures
from eenthuis.reference.datasets import datasets
from eenthuis.rules.months import month_from
from eenthuis.services import lab
from eenthuis.services.access import require
from eenthuis.services.balances import municipality_rows, standing
from eenthuis.services.compositions import composition_lines, receipt_of
from eenthuis.services.estimates import read_estimates
from eenthuis.services.forecasting import SHOWN
from eenthuis.services.reception_pages import read_places_country
from eenthuis.services.reception_reading import years_known
from eenthuis.services.reception_sites import sites_for
from eenthuis.store import announcements, composition, forecasts, reception
from eenthuis.terms.access import Actor
from eenthuis.terms.datasets import Cell, Dataset, DatasetCode, DatasetTable, Edition
from eenthuis.terms.errors import AccessError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.lab_runs import LabKind

WHOLE = Edition("alles")
NEWEST = "nieuwste"
Rows = Iterable[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for what on which day; ``site`` stands before every address in a row."""

    actor: Actor
    today: date
    site: str


@dataclass(frozen=True, slots=True)
class _Source:
    editions: Callable[[Asked], tuple[Edition, ...]]
    rows: Callable[[Asked, str], Rows]


def editions(*, asked: Asked, dataset: Dataset) -> tuple[Edition, ...]:
    """Return the editions of a data set, newest first; none where nothing was published yet."""
    require(asked.actor, "see-published-figures")
    return _SOURCES[dataset.code].editions(asked)


def dataset_of(code: str) -> Dataset:
    """Return a data set by its code.

    Raises
    ------
    AccessError
        ACC-02 when there is none of that name.
    """
    found = datasets().get(DatasetCode(code))
    if found is None:
        raise AccessError(
            "ACC-02",
            f"no data set is called {code[:40]!r}",
            remedy=f"Known data sets: {', '.join(datasets())}.",
        )
    return found


def table(*, asked: Asked, dataset: Dataset, edition: str) -> DatasetTable:
    """Return an edition of a data set with its rows; ``nieuwste`` is the newest one.

    Raises
    ------
    AccessError
        ACC-02 when there is no such edition.
    """
    listed = editions(asked=asked, dataset=dataset)
    found = next((one for one in listed if edition in {one.name, NEWEST}), None)
    if found is None:
        raise AccessError(
            "ACC-02",
            f"{dataset.code} has no edition {edition[:40]!r}",
            remedy="Take one from the page of the data set.",
        )
    return DatasetTable(dataset, found, tuple(_SOURCES[dataset.code].rows(asked, found.name)))


def _half_years(asked: Asked) -> tuple[Edition, ...]:
    del asked
    return tuple(
        Edition(str(one), one.first_day, one.last_day) for one in reversed(announcements.half_years())
    )


def _begun(asked: Asked) -> tuple[Edition, ...]:
    return tuple(one for one in _half_years(asked) if one.first_day and one.first_day <= asked.today)


def _corrected_address(asked: Asked, half_year: HalfYear) -> str:
    return f"{asked.site}/halfjaren/{half_year}/gecorrigeerd/"


def _targets(asked: Asked, edition: str) -> Rows:
    half_year = HalfYear.parse(edition)
    where = standing(half_year, asked.today)
    receipt = f"{asked.site}/ontvangstbewijzen/{where.held.receipt_number}/"
    for row in municipality_rows(where):
        yield (
            edition,
            row.code,
            row.name,
            row.province_code,
            row.inhabitants,
            f"{row.exact.numerator}/{row.exact.denominator}",
            row.net,
            row.swapped,
            row.backlog_or_lead,
            row.corrected,
            receipt,
            _corrected_address(asked, half_year),
        )


def _progress(asked: Asked, edition: str) -> Rows:
    half_year = HalfYear.parse(edition)
    for day in (*half_year.months, half_year.next.first_day):
        if day > asked.today:
            return
        for row in municipality_rows(standing(half_year, day - timedelta(days=1))):
            yield (
                day,
                edition,
                row.code,
                row.name,
                row.corrected,
                row.realised,
                row.linked,
                (Decimal(row.expected.numerator) / row.expected.denominator).quantize(Decimal("0.1")),
                _corrected_address(asked, half_year),
            )


def _composition_months(asked: Asked) -> tuple[Edition, ...]:
    del asked
    return tuple(
        Edition(f"{month:%Y-%m}", month, month) for month in sorted(composition.months(), reverse=True)
    )


def _composition(asked: Asked, edition: str) -> Rows:
    month = month_from(edition)
    receipt = f"{asked.site}/ontvangstbewijzen/{receipt_of(actor=asked.actor, month=month)}/"
    for line in composition_lines(actor=asked.actor, month=month):
        yield (
            line.month,
            line.place,
            line.name,
            line.stage.value,
            line.characteristic.value,
            line.category,
            line.count,
            line.count is None,
            receipt,
        )


def _whole(asked: Asked) -> tuple[Edition, ...]:
    del asked
    return (WHOLE,)


def _reception(asked: Asked, edition: str) -> Rows:
    del asked, edition
    for one in reference.reception_history():
        yield (one.day, one.quantity, one.number, one.source, one.note)


def _cycles(asked: Asked) -> tuple[Edition, ...]:
    years = sorted(years_known(asked.today), reverse=True)
    return tuple(
        Edition(str(year), date(year, 1, 1), date(year + 1, 12, 31))
        for year in years
        if reception.shares(year) is not None
    )


def _places(asked: Asked, edition: str) -> Rows:
    page = read_places_country(actor=asked.actor, year=int(edition), today=asked.today)
    if page.shares is None:
        return
    for line in page.municipalities:
        yield (
            page.year,
            line.code,
            line.name,
            line.province,
            line.share,
            line.minors,
            page.day,
            line.available,
            page.shares.is_invented,
            f"{asked.site}/ontvangstbewijzen/{page.shares.receipt}/",
        )


def _sites(asked: Asked, edition: str) -> Rows:
    del edition
    for held in sites_for(asked.actor):
        one = held.site
        for span in one.spans:
            yield (
                one.identifier,
                one.municipality,
                one.name,
                one.kind.value,
                one.form.value,
                one.for_minors,
                one.is_durable,
                span.places,
                span.first_day,
                span.last_day,
                one.is_invented,
            )


def _forecast_months(asked: Asked) -> tuple[Edition, ...]:
    del asked
    return tuple(Edition(f"{day:%Y-%m}", day, day) for day in forecasts.made_days())


def _forecasts(asked: Asked, edition: str) -> Rows:
    made_on = next(one.first_day for one in _forecast_months(asked) if one.name == edition)
    if made_on is None:
        return
    for one in forecasts.forecasts(made_on):
        by_level = dict(zip(LEVELS, one.people, strict=True))
        yield (
            one.made_on,
            one.series,
            str(one.half_year),
            one.model,
            *(by_level[level] for level in SHOWN),
        )


def _estimates(asked: Asked, edition: str) -> Rows:
    del edition
    for view in read_estimates(actor=asked.actor):
        made = view.estimate
        yield (
            made.quantity.value,
            str(made.half_year),
            made.kind.value,
            made.low,
            made.middle,
            made.high,
            made.made_on,
            made.until,
            view.is_replaced,
            made.source,
        )


def _lab_runs(asked: Asked) -> tuple[Edition, ...]:
    return tuple(
        Edition(run.address)
        for run in lab.kept(actor=asked.actor)
        if run.state == "done" and run.ask.kind is LabKind.COMPARE
    )


def _scenarios(asked: Asked, edition: str) -> Rows:
    run = lab.read(actor=asked.actor, address=edition)
    units = {one.name: one.unit for one in measures(has_work=True)}
    for which, scenario in enumerate(run.ask.scenarios):
        text = lab.file(actor=asked.actor, address=edition, name=fan_name(which, scenario)).decode()
        for row in csv.DictReader(io.StringIO(text)):
            yield (
                scenario.name,
                row["measure"],
                units[row["measure"]],
                row["half_year"],
                *(Decimal(row[level]) if row[level] else None for level in LAB_LEVELS),
                f"{asked.site}/beleidslab/{edition}/",
            )


_SOURCES: Mapping[DatasetCode, _Source] = {
    DatasetCode("taakstellingen"): _Source(_half_years, _targets),
    DatasetCode("voortgang"): _Source(_begun, _progress),
    DatasetCode("gezinssamenstelling"): _Source(_composition_months, _composition),
    DatasetCode("opvang"): _Source(_whole, _reception),
    DatasetCode("opvangplaatsen"): _Source(_cycles, _places),
    DatasetCode("opvanglocaties"): _Source(_whole, _sites),
    DatasetCode("prognoses"): _Source(_forecast_months, _forecasts),
    DatasetCode("ramingen"): _Source(_whole, _estimates),
    DatasetCode("scenarios"): _Source(_lab_runs, _scenarios),
}
