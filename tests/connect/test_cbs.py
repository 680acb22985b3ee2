"""Inhabitants out of CBS open data, in each shape it comes in, and everything that may be wrong with it.

The lines are made from the packaged figures in the shapes of StatLine table 03759ned; no file of CBS is stored.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from eenthuis import reference
from eenthuis.connect.cbs import read_inhabitants, write_inhabitants
from eenthuis.connect.cbs_shapes import folded
from eenthuis.connect.tables import code, read_table, whole_number
from eenthuis.reference.counted import published_totals
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors

DAY = date(2022, 1, 1)
Cells = dict[str, object]


def regions(day: date = DAY) -> dict[str, int | None]:
    """Country, provinces, municipalities and, as CBS does, one that no longer exists, without a number."""
    figures: dict[str, int | None] = dict(published_totals(day))
    figures.update({str(code): people for code, people in reference.inhabitants(day).people.items()})
    return figures | {"LD01": 1, "GM0003": None}


def wide(figures: dict[str, int | None], year: int = 2022) -> list[Cells]:
    return [
        {
            "ID": number,
            "Geslacht": sex,
            "Leeftijd": "10000",
            "BurgerlijkeStaat": "T001019",
            "RegioS": region.ljust(6),
            "Perioden": f"{period}JJ00",
            "BevolkingOp1Januari_1": people if sex == "T001038" else 7,
            "GemiddeldeBevolking_2": 17700981.5,
        }
        for number, (region, people) in enumerate(figures.items())
        for sex in ("T001038", "3000   ")
        for period in (year - 1, year)
    ]


def long(figures: dict[str, int | None], year: int = 2022) -> list[Cells]:
    return [
        {
            "Id": number,
            "Measure": measure,
            "ValueAttribute": "None" if people is not None else "Impossible",
            "Value": value,
            "StringValue": None,
            "BurgerlijkeStaat": "T001019",
            "Geslacht": "T001038",
            "Leeftijd": "10000",
            "RegioS": region,
            "Perioden": f"{year}JJ00",
        }
        for number, (region, people) in enumerate(figures.items())
        for measure, value in (("M000352", people and float(people)), ("M000365", 12.5))
    ]


def named(figures: dict[str, int | None], year: int = 2022) -> list[Cells]:
    """As StatLine's web page exports it: names for codes, units in the columns, a decimal comma beside."""
    names = {"NL01": "Nederland", "LD01": "Noord-Nederland (LD)"}
    names |= {p.code: f"{p.name} (PV)" for p in reference.provinces()}
    return [
        {
            "Geslacht": "Totaal mannen en vrouwen",
            "Leeftijd": "Totaal",
            "Burgerlijke staat": "Totaal burgerlijke staat",
            "Regio's": names.get(region) or reference.municipality(region).official_name,
            "Perioden": str(year),
            "Bevolking op 1 januari (aantal)": "." if people is None else people,
            "Gemiddelde bevolking  (aantal)": "17700981,5",
        }
        for region, people in figures.items()
    ]


def as_csv(rows: Iterable[Cells], *, around: bool = False) -> str:
    out = io.StringIO()
    listed = list(rows)
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    if around:
        writer.writerow(["Bevolking op 1 januari en gemiddeld; geslacht, leeftijd en regio"])
    writer.writerow(listed[0])
    writer.writerows(["" if cell is None else cell for cell in row.values()] for row in listed)
    if around:
        writer.writerow(["Bron: CBS"])
    return out.getvalue()


def as_json(rows: Iterable[Cells], **beside: str) -> str:
    return json.dumps({"odata.metadata": "…", **beside, "value": list(rows)})


def put(folder: Path, text: str, name: str = "cbs.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def errors(*paths: Path, day: date = DAY, measure: str | None = None) -> tuple[EenthuisError, ...]:
    with pytest.raises(InputError) as caught:
        read_inhabitants(paths, reference_date=day, measure=measure)
    return caught.value.errors if isinstance(caught.value, InputErrors) else (caught.value,)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lambda figures: as_csv(wide(figures)), id="portal CSV"),
        pytest.param(lambda figures: as_csv(named(figures), around=True), id="website CSV"),
        pytest.param(lambda figures: "\ufeff" + as_csv(named(figures)), id="website CSV with mark"),
        pytest.param(lambda figures: as_json(wide(figures)), id="older OData"),
        pytest.param(lambda figures: as_json(long(figures)), id="newer OData"),
        pytest.param(lambda figures: json.dumps(long(figures)), id="rows alone"),
    ],
)
def test_every_shape_gives_the_published_figures(
    tmp_path: Path, text: Callable[[dict[str, int | None]], str]
) -> None:
    read = read_inhabitants([put(tmp_path, text(regions()))], reference_date=DAY)
    assert read.people == reference.inhabitants(DAY).people
    assert (read.country, read.reference_date, read.source) == (17_590_672, DAY, "CBS, cbs.csv")


def test_pages_are_read_together_and_all_of_them(tmp_path: Path) -> None:
    rows = long(regions())
    first = put(tmp_path, as_json(rows[:300], **{"@odata.nextLink": "…"}), "1.json")
    last = put(tmp_path, as_json(rows[300:]), "2.json")
    assert read_inhabitants([first, last], reference_date=DAY).people == reference.inhabitants(DAY).people
    (error,) = errors(first)
    assert (error.code, "more pages" in error.message) == ("INP-04", True)


def test_what_is_written_is_read_by_the_reader_of_tables(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    write_inhabitants(reference.inhabitants(DAY), out)
    table = read_table(out, columns=("code", "inhabitants"), unique=("code",))
    assert dict(table.each(lambda row: (code(row), whole_number(row, "inhabitants")))) == (
        reference.inhabitants(DAY).people
    )


def test_another_measure_may_be_named(tmp_path: Path) -> None:
    rows = [{**row, "Measure": row["Measure"].replace("352", "999")} for row in long(regions())]  # type: ignore[attr-defined]
    path = put(tmp_path, as_json(rows))
    (error,) = errors(path)
    assert error.code == "INP-02"
    assert "M000365, M000999" in error.message
    assert read_inhabitants([path], reference_date=DAY, measure="M000999").country == 17_590_672


def changed(**figures: int | None) -> dict[str, int | None]:
    return regions() | figures


@pytest.mark.parametrize(
    ("figures", "codes", "told"),
    [
        (changed(GM0344=1), ["REF-06", "REF-06"], "PV26 add up to"),
        (changed(PV26=1), ["REF-06"], "where the file gives 1"),
        (changed(GM0344=None), ["REF-04"], "Utrecht (GM0344) existed on 2022-01-01"),
        (changed(GM0003=5), ["REF-03"], "Eemsdelta (GM1979)"),
        (changed(GM7777=5), ["REF-01"], "'GM7777'"),
    ],
)
def test_what_contradicts_is_refused(
    tmp_path: Path, figures: dict[str, int | None], codes: list[str], told: str
) -> None:
    found = errors(put(tmp_path, as_json(wide(figures))))
    assert [error.code for error in found] == codes
    assert told in "\n".join(str(error) for error in found)


def test_many_missing_municipalities_are_counted_not_listed(tmp_path: Path) -> None:
    found = errors(put(tmp_path, as_json(wide({"GM0344": 361_966}))))
    assert [error.code for error in found] == ["REF-04"] * 6
    assert found[-1].message.startswith("339 more")


def test_a_file_of_men_only_counts_nobody(tmp_path: Path) -> None:
    rows = [row | {"Geslacht": "3000   "} for row in wide(regions())]
    assert {error.code for error in errors(put(tmp_path, as_csv(rows)))} == {"REF-04"}


def test_a_region_twice_is_refused(tmp_path: Path) -> None:
    rows = wide(regions())
    (error,) = errors(put(tmp_path, as_json([*rows, rows[1]])))
    assert error.code == "INP-03"


def test_a_number_that_is_none_is_refused_with_its_row(tmp_path: Path) -> None:
    rows = wide(regions())
    rows[1]["BevolkingOp1Januari_1"] = "17.590.672"
    (error,) = errors(put(tmp_path, as_csv(rows)))
    assert error.code == "INP-01"
    assert error.location is not None
    assert (error.location.row, error.location.value) == (3, "17.590.672")


def test_a_later_year_needs_the_total_of_the_country(tmp_path: Path) -> None:
    day = date(2031, 1, 1)
    figures: dict[str, int | None] = {"GM0344": 400_000, "GM2099": 50_000}
    (error,) = errors(put(tmp_path, as_json(wide(figures, 2031))), day=day)
    assert error.code == "REF-04"
    whole = put(tmp_path, as_json(wide(figures | {"NL01": 450_000, "PV26": 999}, 2031)))
    assert read_inhabitants([whole], reference_date=day).people == {"GM0344": 400_000, "GM2099": 50_000}
    short = put(tmp_path, as_json(wide(figures | {"NL01": 460_000}, 2031)))
    assert [error.code for error in errors(short, day=day)] == ["REF-06"]


@pytest.mark.parametrize(
    ("text", "wrong", "told"),
    [
        ("", "INP-02", "no row names a region and a period"),
        ("code;people\nGM0344;1\n", "INP-02", "RegioS and Perioden"),
        ('RegioS;Perioden;X_1\n"GM0344;2022JJ00;1\n', "INP-01", "cannot be split"),
        ("RegioS;Perioden;BevolkingOp1Januari_1\nGM0344;2022JJ00\n", "INP-02", "2 cells"),
        ('{"value": [', "INP-01", "breaks off"),
        ('{"value": []}', "INP-02", "no list of rows"),
        ('{"value": [{"a": 1}]}', "INP-02", "no region and period"),
        ("RegioS;Perioden;Iets_1\nGM0344;2022JJ00;1\n", "INP-02", "--measure"),
        ("RegioS;Perioden;BevolkingOp1Januari_1\nGM0344;2019JJ00;1\n", "INP-04", "it has 2019JJ00"),
        ("RegioS;Perioden;BevolkingOp1Januari_1\n", "INP-02", "--measure"),
    ],
)
def test_a_file_that_is_no_such_table(tmp_path: Path, text: str, wrong: str, told: str) -> None:
    (error,) = errors(put(tmp_path, text))
    assert error.code == wrong
    assert told in str(error)


def test_only_the_first_of_january_is_a_reference_date(tmp_path: Path) -> None:
    (error,) = errors(put(tmp_path, ""), day=date(2022, 7, 1))
    assert (error.code, error.remedy) == ("INP-06", "Use --reference-date 2022-01-01.")


@pytest.mark.parametrize("written", ["BevolkingOp1Januari_1", "Bevolking op 1 januari (aantal)"])
def test_a_column_has_one_folded_name(written: str) -> None:
    assert folded(written) == "bevolkingop1januari"
