"""Municipalities by code, name and day, with the figures that CBS and the Act's followers published."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eenthuis import reference
from eenthuis.terms.errors import ReferenceFactError
from eenthuis.terms.places import LinkingRegion, Merger

NOW = date(2026, 1, 1)
EVERY_DAY = st.dates(date(2019, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("year", "count"),
    [(2019, 355), (2020, 355), (2021, 352), (2022, 345), (2023, 342), (2024, 342), (2025, 342), (2026, 342)],
)
def test_as_many_municipalities_as_cbs_counts_on_1_january(year: int, count: int) -> None:
    assert len(reference.municipalities(date(year, 1, 1))) == count


@pytest.mark.parametrize(("day", "count"), [(date(2022, 3, 23), 345), (date(2022, 3, 24), 344)])
def test_weesp_ends_on_23_march_2022(day: date, count: int) -> None:
    assert len(reference.municipalities(day)) == count
    weesp = reference.municipality("GM0457")
    assert weesp.exists_on(day) is (day < date(2022, 3, 24))


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("Utrecht", NOW, "GM0344"),
        ("utrecht (gemeente)", NOW, "GM0344"),
        ("gm0344", NOW, "GM0344"),
        ("Den Haag", NOW, "GM0518"),
        ("'s-Gravenhage", NOW, "GM0518"),
        ("den bosch", NOW, "GM0796"),
        ("s hertogenbosch", NOW, "GM0796"),
        ("Sudwest Fryslan", NOW, "GM1900"),
        ("Bergen (NH.)", NOW, "GM0373"),
        ("bergen l", NOW, "GM0893"),
        ("Weesp", date(2022, 3, 23), "GM0457"),
        ("Land van Cuijk", date(2022, 1, 1), "GM1982"),
    ],
)
def test_names_and_codes_as_people_write_them(name: str, on: date, code: str) -> None:
    assert reference.find(name, on).code == code


@pytest.mark.parametrize(
    ("name", "on", "code", "told"),
    [
        ("Bergen", NOW, "REF-02", ["Bergen (NH.) (GM0373)", "Bergen (L.) (GM0893)"]),
        ("Utrekt", NOW, "REF-01", ["Did you mean Utrecht (GM0344)?"]),
        ("Qqq", NOW, "REF-01", ["official name or the CBS code"]),
        ("", NOW, "REF-01", ["''"]),
        ("GM9999", NOW, "REF-01", ["GM9999"]),
        ("GM0000", NOW, "REF-01", ["GM0000"]),
        ("Weesp", date(2022, 3, 24), "REF-03", ["until 2022-03-23", "Amsterdam (GM0363)"]),
        ("GM0788", NOW, "REF-03", ["Boxtel", "Oisterwijk", "Tilburg", "Vught"]),
        ("Land van Cuijk", date(2021, 1, 1), "REF-03", ["from 2022-01-01"]),
        ("Utrecht", date(2018, 12, 31), "REF-03", ["from 2019-01-01"]),
    ],
)
def test_names_that_mean_nothing_on_that_day(name: str, on: date, code: str, told: list[str]) -> None:
    with pytest.raises(ReferenceFactError) as caught:
        reference.find(name, on)
    assert caught.value.code == code
    for part in told:
        assert part in str(caught.value)


def test_no_list_before_the_facts_begin() -> None:
    with pytest.raises(ReferenceFactError, match="begin on 2019-01-01"):
        reference.municipalities(date(2018, 12, 31))


@given(on=EVERY_DAY)
def test_every_official_name_and_code_leads_back(on: date) -> None:
    for m in reference.municipalities(on)[:: 1 + on.day]:
        assert reference.find(m.code, on) is m
        assert reference.find(m.official_name, on) is m


@given(on=EVERY_DAY)
def test_the_number_changes_only_on_a_day_of_merger(on: date) -> None:
    after = on + timedelta(days=1)
    changed = {m.code for m in reference.municipalities(on)} ^ {
        m.code for m in reference.municipalities(after)
    }
    merged = {m.giving for m in reference.mergers(on, after)} | {
        m.receiving for m in reference.mergers(on, after)
    }
    assert changed <= merged


@pytest.mark.parametrize("merger", reference.mergers(), ids=lambda m: f"{m.giving} to {m.receiving}")
def test_who_merges_ends_the_day_before(merger: Merger) -> None:
    assert reference.municipality(merger.giving).last_day == merger.day - timedelta(days=1)
    assert reference.municipality(merger.receiving).exists_on(merger.day)
    assert merger.people > 0


@pytest.mark.parametrize(
    ("after", "until", "days"),
    [
        (date(2022, 1, 1), date(2022, 3, 24), {date(2022, 3, 24)}),
        (date(2022, 3, 24), date(2022, 12, 31), set()),
        (date(2022, 12, 31), None, {date(2023, 1, 1)}),
        (None, date(2021, 1, 1), {date(2021, 1, 1)}),
    ],
)
def test_mergers_after_one_day_up_to_another(after: date | None, until: date | None, days: set[date]) -> None:
    assert {m.day for m in reference.mergers(after, until)} == days


def test_twelve_provinces_in_five_linking_regions() -> None:
    """The regions of COA's officers: three provinces in the north and in the centre, two in each other."""
    assert Counter(p.region for p in reference.provinces()) == {
        LinkingRegion.NORTH: 3,
        LinkingRegion.EAST: 2,
        LinkingRegion.CENTRE: 3,
        LinkingRegion.WEST: 2,
        LinkingRegion.SOUTH: 2,
    }
    assert {p.name for p in reference.provinces() if p.region is LinkingRegion.WEST} == {
        "Zuid-Holland",
        "Zeeland",
    }


def test_every_municipality_of_today_has_its_place() -> None:
    living = reference.municipalities(NOW)
    assert {m.province for m in living} == {p.code for p in reference.provinces()}
    assert {m.corop for m in living} == set(reference.corop_areas())
    assert all(m.point and 50.7 < m.point.lat < 53.6 and 3.3 < m.point.lon < 7.3 for m in living)
