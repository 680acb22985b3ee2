"""Accounts made, closed and helped on the machine itself, each in the journal; what cannot be is refused."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from eenthuis.services.account_keeping import add_account, close_account, reset_second_factor
from eenthuis.store import accounts, sign_ins
from eenthuis.store.models import JournalRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

pytestmark = pytest.mark.django_db


def test_an_account_that_was_made_signs_in_until_it_is_closed() -> None:
    password = add_account(name="j.jansen", role="municipality", place="GM0344")
    key = accounts.user_id("j.jansen")
    assert key is not None
    assert accounts.actor(key, "j.jansen") == Actor(
        "j.jansen", Role.MUNICIPALITY, MunicipalityCode("GM0344"), ProvinceCode("PV26")
    )
    client = Client()
    given = {"naam": "j.jansen", "wachtwoord": password}
    assert client.post("/aanmelden/", given).status_code == 302
    assert client.get("/account/").status_code == 200
    close_account(name="j.jansen", why="left")
    assert client.get("/account/").status_code == 403
    assert Client().post("/aanmelden/", given).status_code == 400
    lines = JournalRow.objects.filter(subject="account j.jansen").values_list("action", flat=True)
    assert list(lines) == ["add-account", "close-account"]
    assert password not in str(list(JournalRow.objects.values()))


def test_a_second_factor_is_taken_away_with_its_codes() -> None:
    add_account(name="lead.north", role="coa", region="groningen-friesland-drenthe")
    key = get_user_model().objects.get(username="lead.north").pk
    assert not reset_second_factor(name="lead.north", why="asked")
    sign_ins.begin(key)
    sign_ins.save_codes(key, ["abcdefghjk"])
    assert reset_second_factor(name="lead.north", why="lost telephone")
    assert sign_ins.codes_left(key) == 0
    assert JournalRow.objects.filter(action="reset-second-factor").last().why == "lost telephone"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"name": "J Jansen", "role": "coa"}, "INP-01"),
        ({"name": "jansen", "role": "king"}, "INP-01"),
        ({"name": "jansen", "role": "public"}, "INP-01"),
        ({"name": "jansen", "role": "municipality"}, "INP-04"),
        ({"name": "jansen", "role": "municipality", "place": "GM9999"}, "REF-01"),
        ({"name": "jansen", "role": "ministry", "place": "GM0344"}, "INP-01"),
        ({"name": "jansen", "role": "coa", "region": "moon"}, "INP-01"),
        ({"name": "taken", "role": "coa"}, "STA-01"),
    ],
    ids=["name", "role", "public", "no place", "unknown place", "place too many", "region", "twice"],
)
def test_an_account_that_cannot_be_is_refused(asked: dict[str, str], code: str) -> None:
    add_account(name="taken", role="coa")
    with pytest.raises(EenthuisError) as wrong:
        add_account(**asked)
    assert wrong.value.code == code
    assert get_user_model().objects.count() == 1


def test_nobody_is_closed_without_a_reason_or_by_a_wrong_name() -> None:
    add_account(name="taken", role="coa")
    for name, why in (("taken", " "), ("other", "left")):
        for act in (close_account, reset_second_factor):
            with pytest.raises(EenthuisError, match="INP-04"):
                act(name=name, why=why)
    assert get_user_model().objects.get().is_active
