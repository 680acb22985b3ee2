"""The administrator's pages about accounts: every step journalled, never alone where it takes two, never on oneself."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import pytest_django
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from small_country import COA

from eenthuis.services.break_glass import seal_account
from eenthuis.services.calendars import renew_calendar
from eenthuis.services.notices import notices_for
from eenthuis.store import accounts, grants, sign_ins
from eenthuis.store.account_models import GrantRow
from eenthuis.store.models import AccountRow, JournalRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import StateError

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough secret"  # noqa: S105 - invented
ONE, TWO = Actor("beheer-een", Role.ADMINISTRATOR), Actor("beheer-twee", Role.ADMINISTRATOR)
AUDITOR = Actor("auditor", Role.AUDITOR)
NEW = {"naam": "j.jansen", "email": "J.Jansen@utrecht.example", "rol": "municipality", "plaats": "gm0344"}


@pytest.fixture(autouse=True)
def filled(db: None, settings: pytest_django.Settings) -> None:
    del db
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for who in (COA, ONE, TWO, AUDITOR):
        accounts.save_account(who, PASSWORD)


def client_of(who: Actor, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/aanmelden/", {"naam": who.name, "wachtwoord": password})
    return client


def do(client: Client, name: str, what: str, **more: str) -> int:
    path = f"/beheer/accounts/van/{name}/doen/"
    return client.post(path, {"wat": what, "reden": "gezien", **more}).status_code


def last(action: str) -> JournalRow:
    return JournalRow.objects.filter(action=action).latest("id")


def after(action: str, key: str) -> object:
    """Return what the last line of an action says was so afterwards."""
    return JournalRow.objects.filter(action=action).values_list(f"after__{key}", flat=True).latest("id")


def before(action: str, key: str) -> object:
    """Return what the last line of an action says was so before."""
    return JournalRow.objects.filter(action=action).values_list(f"before__{key}", flat=True).latest("id")


def key_of(name: str) -> int:
    return int(get_user_model().objects.get(username=name).pk)


def test_accounts_are_searched_and_filtered() -> None:
    client = client_of(ONE)
    page = client.get("/beheer/accounts/").content.decode()
    assert re.findall(r"/beheer/accounts/van/([\w.-]+)/", page) == [
        "auditor",
        "beheer-een",
        "beheer-twee",
        "coa",
    ]
    for query, names in (
        ("zoek=TWEE", ["beheer-twee"]),
        ("rol=coa", ["coa"]),
        ("stand=closed", []),
        ("stand=onzin&rol=onzin&pagina=9", ["auditor", "beheer-een", "beheer-twee", "coa"]),
    ):
        page = client.get(f"/beheer/accounts/?{query}").content.decode()
        assert re.findall(r"/beheer/accounts/van/([\w.-]+)/", page) == names
    assert do(client, "coa", "close") == 302
    page = client.get("/beheer/accounts/?stand=closed").content.decode()
    assert re.findall(r"/beheer/accounts/van/([\w.-]+)/", page) == ["coa"]


@pytest.mark.parametrize("path", ["", "uitnodigen/", "van/coa/"])
def test_the_pages_are_the_administrators_alone(path: str) -> None:
    for who, status in ((ONE, 200), (COA, 403), (AUDITOR, 403)):
        assert client_of(who).get(f"/beheer/accounts/{path}").status_code == status
    assert client_of(ONE).get("/beheer/accounts/van/nobody/").status_code == 404


def test_who_is_invited_gets_a_link_once_and_signs_in_with_it() -> None:
    client = client_of(ONE)
    answer = client.post("/beheer/accounts/uitnodigen/", NEW)
    page = answer.content.decode()
    (path,) = re.findall(r"(/uitnodiging/[\w-]+/)</code>", page)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "j.jansen@utrecht.example" in page
    row = AccountRow.objects.get(user__username="j.jansen")
    assert (row.role, row.municipality, row.province) == ("municipality", "GM0344", "PV26")
    assert not row.user.has_usable_password()
    assert (
        "stand=invited"
        not in client.get("/beheer/accounts/?stand=invited").content.decode().split("<table")[1]
    )
    assert "j.jansen" in client.get("/beheer/accounts/?stand=invited").content.decode()
    guest = Client()
    assert (
        guest.post(path, {"nieuw": "another long word", "nogmaals": "another long word"}).status_code == 302
    )
    assert guest.get("/werk/").status_code == 200
    assert after("add-account", "place") == "GM0344"
    assert last("invite").actor == ONE.name
    assert client.post("/beheer/accounts/uitnodigen/", NEW).status_code == 400


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"naam": "J Jansen"}, "naam"),
        ({"naam": "coa"}, "naam"),
        ({"email": "jansen"}, "email"),
        ({"rol": "king"}, "rol"),
        ({"plaats": "GM9999"}, "plaats"),
        ({"plaats": ""}, "plaats"),
        ({"rol": "coa", "plaats": "GM0344"}, "plaats"),
        ({"rol": "coa", "plaats": "", "regio": "maan"}, "regio"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(given: dict[str, str], field: str) -> None:
    answer = client_of(ONE).post("/beheer/accounts/uitnodigen/", NEW | given)
    assert answer.status_code == 400
    assert f'id="{field}-fout"' in answer.content.decode()
    assert not AccountRow.objects.filter(user__username="j.jansen").exists()


def test_a_role_is_changed_with_what_was_before_and_the_sessions_end() -> None:
    client, coa = client_of(ONE), client_of(COA)
    assert coa.get("/journaal/").status_code == 200
    given = {"rol": "province", "plaats": "PV26", "reden": "andere baan"}
    assert client.post("/beheer/accounts/van/coa/", given | {"reden": ""}).status_code == 400
    assert client.post("/beheer/accounts/van/coa/", given).status_code == 302
    assert coa.get("/bureau/").status_code == 403
    line = last("change-account")
    assert line.why == "andere baan"
    assert (before("change-account", "role"), after("change-account", "role")) == ("coa", "province")
    assert client_of(COA).get("/journaal/").status_code == 403


def test_an_account_is_closed_signed_out_reset_and_opened_again() -> None:
    client, coa = client_of(ONE), client_of(COA)
    sign_ins.begin(key_of("coa"))
    assert do(client, "coa", "close", reden=" ") == 302
    assert coa.get("/journaal/").status_code == 200, "without a reason nothing is done"
    assert do(client, "coa", "sessions") == 302
    assert coa.get("/journaal/").status_code == 403
    assert last("end-session").before == {"sessions": 1}
    assert do(client, "coa", "reset") == 302
    assert last("reset-second-factor").before == {"second_factor": True}
    assert do(client, "coa", "close") == 302
    assert client_of(COA).get("/journaal/").status_code == 403
    assert do(client, "coa", "reopen") == 302
    assert client_of(COA).get("/journaal/").status_code == 200
    assert do(client, "coa", "invite", email="coa@example.nl") == 200
    assert do(client, "coa", "dance") == 302
    assert JournalRow.objects.filter(subject="account coa", actor=ONE.name).count() == 5


def test_what_an_account_gets_outside_the_pages_ends_when_it_is_closed() -> None:
    secret = renew_calendar(actor=COA)
    feed = f"/agenda/{secret}/deadlines.ics"
    assert Client().get(feed).status_code == 200
    assert do(client_of(ONE), "coa", "close") == 302
    assert Client().get(feed).status_code == 404


@pytest.mark.parametrize("what", ["close", "reset", "sessions", "invite", "reopen", "link", "unlink"])
def test_nobody_changes_their_own_account(what: str) -> None:
    client = client_of(ONE)
    assert do(client, ONE.name, what, email="a@example.nl") == 403
    given = {"rol": "coa", "reden": "moe"}
    assert client.post(f"/beheer/accounts/van/{ONE.name}/", given).status_code == 403
    assert client.get("/beheer/accounts/").status_code == 200


@pytest.mark.parametrize("what", ["reset", "invite", "reopen", "link"])
def test_one_administrator_does_not_let_another_in_anew(what: str) -> None:
    assert do(client_of(ONE), TWO.name, what, email="a@example.nl") == 403


def test_the_last_administrator_stays() -> None:
    client = client_of(ONE)
    assert do(client, TWO.name, "close") == 302
    sealed = Actor("nood", Role.ADMINISTRATOR)
    opened = client_of(sealed, seal_account(name="nood"))
    assert do(opened, ONE.name, "close") == 403
    given = {"rol": "coa", "reden": "weg"}
    assert opened.post(f"/beheer/accounts/van/{ONE.name}/", given).status_code == 403


@pytest.mark.parametrize("name", ["j.jansen", "coa"])
def test_the_role_of_administrator_takes_two(name: str) -> None:
    one, two = client_of(ONE), client_of(TWO)
    if name == "coa":
        given = {"rol": "administrator", "plaats": "", "reden": "versterking"}
        assert one.post("/beheer/accounts/van/coa/", given).status_code == 302
        assert one.post("/beheer/accounts/van/coa/", given).status_code == 400, "it waits already"
    else:
        given = NEW | {"rol": "administrator", "plaats": "", "reden": "versterking"}
        assert one.post("/beheer/accounts/uitnodigen/", given).status_code == 302
    assert accounts.user_id("j.jansen") is None
    assert [told.kind for told in notices_for(actor=TWO).notices] == ["administrator-asked"]
    (asked,) = grants.open_grants()
    path = f"/beheer/accounts/gevraagd/{asked.number}/"
    assert f"Ken toe aan {name}" not in one.get("/beheer/accounts/").content.decode()
    assert f"Ken toe aan {name}" in two.get("/beheer/accounts/").content.decode()
    assert one.post(path, {"besluit": "ja"}).status_code == 403
    assert client_of(COA).post(path, {"besluit": "ja"}).status_code == 403
    assert not AccountRow.objects.filter(role="administrator", user__username=name).exists()
    answer = two.post(path, {"besluit": "ja"})
    assert ("/uitnodiging/" in answer.content.decode()) == (name == "j.jansen")
    assert AccountRow.objects.get(user__username=name).role == "administrator"
    assert two.post(path, {"besluit": "ja"}).status_code == 404
    assert last("grant-administrator").actor == TWO.name
    assert after("grant-administrator", "asked_by") == ONE.name


def test_who_asked_may_take_it_back_and_another_may_refuse() -> None:
    given = {"rol": "administrator", "plaats": "", "reden": "versterking"}
    for client in (client_of(ONE), client_of(TWO)):
        client_of(ONE).post("/beheer/accounts/van/coa/", given)
        (asked,) = grants.open_grants()
        assert (
            client.post(f"/beheer/accounts/gevraagd/{asked.number}/", {"besluit": "nee"}).status_code == 302
        )
        assert not grants.open_grants()
    assert AccountRow.objects.get(user__username="coa").role == "coa"


def test_the_database_refuses_who_grants_what_they_asked() -> None:
    number = grants.ask("coa", "", "versterking", asked_by=ONE.name)
    with pytest.raises(IntegrityError), transaction.atomic():
        grants.decide(number, is_granted=True, decided_by=ONE.name)
    assert GrantRow.objects.get().is_granted is None


def test_the_sealed_account_opens_once_tells_everybody_and_ends_by_itself(
    settings: pytest_django.Settings,
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    password = seal_account(name="nood")
    sealed = Actor("nood", Role.ADMINISTRATOR)
    assert client_of(sealed, "a wrong password").get("/beheer/accounts/").status_code == 403
    client = client_of(sealed, password)
    assert client.get("/beheer/accounts/").status_code == 200
    for who in (ONE, AUDITOR):
        (told,) = notices_for(actor=who).notices
        assert (told.kind, told.figures) == ("glass-broken", {"minutes": 60})
    assert last("break-glass").subject == "account nood"
    assert client_of(sealed, password).get("/beheer/accounts/").status_code == 403, "it opens once"
    assert do(client, ONE.name, "reset") == 302, "it helps an administrator who is locked out"
    AccountRow.objects.filter(user__username="nood").update(open_until=timezone.now() - timedelta(seconds=1))
    assert client.get("/beheer/accounts/").status_code == 403
    again = client_of(sealed, seal_account(name="nood"))
    assert again.get("/beheer/accounts/").status_code == 200
    with pytest.raises(StateError, match="STA-01"):
        seal_account(name="coa")
