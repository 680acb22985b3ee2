"""Five ways side by side from the tables, and a number announced from the page that overwrites nothing."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from fractions import Fraction

import pytest
from django.test import Client
from small_country import BEFORE, COA, HALF_YEAR, MINISTRY, TODAY, UTRECHT

from eenthuis.rules.announcing import Remark
from eenthuis.rules.interim import Standing, Way
from eenthuis.services.announced import views
from eenthuis.services.interim import announce_interim, read_interim
from eenthuis.terms.access import ANYONE
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.web import interim_words as words

pytestmark = pytest.mark.django_db


def test_lowering_helps_now_and_setting_off_helps_next(proposal: int) -> None:
    assert proposal
    page = read_interim(actor=ANYONE, half_year=HALF_YEAR, expected=12_000, following=14_000, today=TODAY)
    by_way = {option.way: option for option in page.options}
    assert (page.announced, by_way[Way.ANNOUNCE].number, by_way[Way.SET_OFF].next_number) == (
        15_000,
        12_000,
        11_000,
    )
    assert Standing.NO_GROUND in by_way[Way.ANNOUNCE].standing
    assert by_way[Way.ANNOUNCE].backlog < by_way[Way.LEAVE].backlog
    assert by_way[Way.EXCUSE].climbing <= by_way[Way.LEAVE].climbing
    (utrecht,) = [row for row in page.rows if row.code == UTRECHT]
    assert utrecht.effects[Way.LEAVE].gain == utrecht.effects[Way.SCENARIO].gain == 0
    assert utrecht.effects[Way.ANNOUNCE].gain > 0
    for province in page.provinces:
        own = [row for row in page.rows if row.province == province.code]
        assert province.gains[Way.ANNOUNCE] == sum(row.effects[Way.ANNOUNCE].gain for row in own)
    assert {one.key for one in page.citations} == set(words.SETTINGS)
    assert not page.may_announce


def test_left_out_the_numbers_are_those_last_told(proposal: int) -> None:
    assert proposal
    page = read_interim(actor=MINISTRY, half_year=HALF_YEAR, expected=None, following=None, today=TODAY)
    assert (page.expected, page.following, page.share, page.may_announce) == (
        15_000,
        15_000,
        Fraction(0),
        True,
    )


def test_a_lower_number_is_announced_with_its_remark_and_the_first_stays(proposal: int) -> None:
    assert proposal
    asked = {"half_year": HALF_YEAR, "people": 12_000, "source": "Kamerbrief", "note": "minder vergunningen"}
    with pytest.raises(AccessError, match="ACC-01"):
        announce_interim(actor=COA, today=TODAY, **asked)  # type: ignore[arg-type]
    made = announce_interim(actor=MINISTRY, today=TODAY, **asked)  # type: ignore[arg-type]
    first, second = views(HALF_YEAR)
    assert (first.announcement.people, first.is_in_force, second.announcement.people) == (
        15_000,
        False,
        12_000,
    )
    assert second.announcement.announced_on == TODAY
    assert {Remark.NO_GROUND, Remark.DOWN_IS_PRACTICE} <= set(made.view.remarks)
    with pytest.raises(StateError, match="STA-01"):
        announce_interim(actor=MINISTRY, today=date(2026, 7, 1), **asked)  # type: ignore[arg-type]


def test_a_half_year_that_is_not_in_progress_or_a_number_that_is_none_is_refused(proposal: int) -> None:
    assert proposal
    with pytest.raises(InputError, match="INP-06"):
        read_interim(actor=ANYONE, half_year=BEFORE, expected=1, following=1, today=TODAY)
    client = Client()
    assert client.get("/halfjaren/2026-I/bijstellen/?verwacht=banaan").status_code == 400
    assert client.get("/api/v1/bijstellingen/2026-I?verwacht=-1").status_code == 400
    assert client.get("/halfjaren/2031-I/bijstellen/").status_code == 404


def test_page_csv_and_api_say_the_same(proposal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    client = Client()
    asked = "verwacht=12000&volgend=14000"
    page = client.get(f"/halfjaren/2026-I/bijstellen/?{asked}").content.decode()
    assert str(words.WAYS[Way.EXCUSE]) in page
    rows = list(
        csv.DictReader(
            io.StringIO(client.get(f"/halfjaren/2026-I/bijstellen/gemeenten.csv?{asked}").content.decode())
        )
    )
    told = json.loads(client.get(f"/api/v1/bijstellingen/2026-I?{asked}").content)
    assert [one["manier"] for one in told] == [way.value for way in Way]
    each = json.loads(
        client.get(f"/api/v1/bijstellingen/2026-I/gemeenten?manier=set-off&pageSize=400&{asked}").content
    )
    set_off = [row for row in rows if row["way"] == "set-off"]
    assert [int(row["gain"]) for row in set_off] == [one["winst"] for one in each]
    assert sum(int(row["gain"]) > 0 for row in set_off) == told[1]["gemeentenDieWinnen"]


def test_every_way_and_standing_has_a_word() -> None:
    assert set(words.WAYS) == set(words.MEANINGS) == set(Way)
    assert set(words.STANDINGS) == set(Standing)
