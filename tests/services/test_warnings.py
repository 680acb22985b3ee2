"""Warnings from the tables: seen by whom they concern, told once to the province, and kept as they change."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from small_country import AUDITOR, COA, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT, announcement

from eenthuis import reference
from eenthuis.forecast.warning import PACE
from eenthuis.forecast.warning_turn import Why
from eenthuis.services import notices, warnings
from eenthuis.services.targets import announce
from eenthuis.store import bulk
from eenthuis.store.supervision_models import WarningRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.errors import AccessError, ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.notices import NoticeKind
from eenthuis.terms.people import HouseholdId, Link
from eenthuis.terms.places import ProvinceCode

pytestmark = pytest.mark.django_db
PROVINCE = ProvinceCode("PV26")
OFFICER = Actor("provincie-utrecht", Role.PROVINCE, None, PROVINCE)
OF_NORTH = Actor("provincie-fryslan", Role.PROVINCE, None, ProvinceCode("PV21"))


@pytest.fixture
def past(db: None) -> None:
    """Fill the tables with three half-years in which each municipality housed about as many as its size asks."""
    del db
    rng = np.random.default_rng(11)
    spans = (HalfYear(2025, 1), HalfYear(2025, 2), HalfYear(2026, 1))
    for half_year in spans:
        announce(actor=MINISTRY, announcement=announcement(half_year, 3_000), today=TODAY)
    links: list[Link] = []
    signed: list[tuple[str, date]] = []
    for place in reference.municipalities(TODAY):
        for half_year in spans:
            for _ in range(int(rng.integers(3, 14))):
                linked = half_year.first_day + timedelta(days=int(rng.integers(0, 170)))
                if linked >= TODAY:
                    continue
                name = HouseholdId(f"PV-{len(links) + 1:06d}")
                links.append(Link(name, place.code, HalfYear.containing(linked), 1, linked, ()))
                done = linked + timedelta(days=int(15 + rng.gamma(2.0, 25)))
                if done < TODAY:
                    signed.append((str(name), done))
    bulk.copy_links(links, reasons=[() for _ in links], decided_by="example")
    bulk.copy_sign_offs(signed, decided_by="example")


def page(actor: Actor = OFFICER) -> warnings.WarningsPage:
    return warnings.read_warnings(actor=actor, province=PROVINCE, today=TODAY)


@pytest.mark.usefixtures("past")
def test_a_province_reads_chances_with_what_they_rest_on_and_how_they_came_out() -> None:
    shown = page()
    assert len(shown.lines) == 26
    assert shown.cases
    assert shown.trials.reliability
    assert shown.days_left == (date(2026, 6, 30) - TODAY).days + 1
    assert {one.key for one in shown.citations} == {
        "warning.threshold", "warning.aim", "warning.home_days", "warning.home_chance",
    }  # fmt: skip
    for line in shown.lines:
        assert line.warned.chance is not None
        assert line.warned.is_low == (line.warned.chance < shown.threshold)


@pytest.mark.usefixtures("past")
def test_a_municipality_sees_its_own_chance_a_province_its_own_and_the_ministry_all() -> None:
    assert [line.code for line in page(OF_UTRECHT).lines] == [UTRECHT]
    assert len(page(MINISTRY).lines) == len(page(AUDITOR).lines) == 26
    for who, code in ((OF_NORTH, "ACC-02"), (OF_ISLAND, "ACC-02"), (COA, "ACC-01"), (ANYONE, "ACC-01")):
        with pytest.raises(AccessError, match=code):
            page(who)
        assert warnings.warned_of(actor=who, municipality=UTRECHT, today=TODAY) is None
    assert warnings.warned_of(actor=OF_UTRECHT, municipality=UTRECHT, today=TODAY) is not None


@pytest.mark.usefixtures("past")
def test_a_province_is_told_once_of_who_newly_falls_under_the_threshold() -> None:
    low = {line.code for line in page().lines if line.warned.is_low}
    assert low
    assert warnings.warn_due(TODAY) >= len(low)
    told = [
        one
        for one in notices.notices_for(actor=OFFICER, most=100).notices
        if one.kind is NoticeKind.WARNING_LOW
    ]
    assert {one.key for one in told} == low
    assert set(told[0].figures) == {"chance", "short"}
    assert warnings.warn_due(TODAY) == 0
    rows = WarningRow.objects.filter(municipality__in=low)
    assert {row.municipality for row in rows} == low
    assert all(row.is_low for row in rows)
    rise = rows.first()
    assert rise is not None
    WarningRow.objects.create(
        municipality=rise.municipality, half_year="2026-I", on=TODAY, chance=400, is_low=False
    )
    assert warnings.warn_due(TODAY) == 1


@pytest.mark.usefixtures("proposal")
def test_without_a_past_no_chance_is_told_and_nobody_is_warned() -> None:
    shown = page()
    assert (shown.trials.chosen, shown.cases) == (PACE, 0)
    assert {line.warned.chance for line in shown.lines} == {None}
    assert Why.TOO_FEW_LINKED in {line.warned.why for line in shown.lines}
    assert warnings.warn_due(TODAY) == 0
    assert not WarningRow.objects.exists()


def test_without_a_target_there_is_nothing_to_warn_of(db: None) -> None:
    del db
    assert warnings.warn_due(TODAY) == 0
    with pytest.raises(ReferenceFactError, match="REF-05"):
        page()
