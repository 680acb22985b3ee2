"""Signing in with a second factor: set once, asked each time, replaced by codes when lost; sessions seen and ended."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import pytest_django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from small_country import COA

from eenthuis.store import accounts
from eenthuis.store.models import JournalRow
from eenthuis.store.sign_in_models import OpenSessionRow, RecoveryCodeRow

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough secret"  # noqa: S105 - invented
STEP = 30


@pytest.fixture
def client(db: None, settings: pytest_django.Settings) -> Client:
    del db
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # quick; what is slow is not tested
    accounts.save_account(COA, PASSWORD)
    return Client()


@pytest.fixture
def required(settings: pytest_django.Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def give_password(client: Client, password: str = PASSWORD) -> str:
    """Sign in as far as the password goes; return where it leads."""
    answer = client.post("/aanmelden/", {"naam": COA.name, "wachtwoord": password})
    return answer.headers.get("Location", "")


def code_now(*, steps: int = 0) -> str:
    """Return what the app shows now, or some steps of thirty seconds later."""
    device = TOTPDevice.objects.get(user__username=COA.name)
    totp = TOTP(device.bin_key, STEP)
    totp.time = timezone.now().timestamp() + steps * STEP
    return f"{totp.token():06d}"


def set_up(client: Client) -> list[str]:
    """Set a second factor in an open session; return the recovery codes."""
    client.get("/account/tweede-stap/")
    page = client.post("/account/tweede-stap/", {"code": code_now()}).content.decode()
    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", page)
    assert len(codes) == 10
    # the code just used counts no more; for the next the clock would have to move
    TOTPDevice.objects.update(last_t=-1)
    return codes


def test_the_second_factor_is_asked_after_the_password(client: Client) -> None:
    assert give_password(client) == "/bureau/"
    set_up(client)
    other = Client()
    assert give_password(other) == "/aanmelden/code/"
    assert other.get("/journaal/").status_code == 403
    assert other.post("/aanmelden/code/", {"code": "12"}).status_code == 400
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert other.post("/aanmelden/code/", {"code": code_now()}).headers["Location"] == "/bureau/"
    assert other.get("/journaal/").status_code == 200
    assert JournalRow.objects.filter(action="set-second-factor", actor=COA.name).count() == 1


def test_a_code_counts_once_and_failures_slow_down(client: Client) -> None:
    give_password(client)
    set_up(client)
    code = code_now()
    first, second = Client(), Client()
    give_password(first)
    assert first.post("/aanmelden/code/", {"code": code}).status_code == 302
    give_password(second)
    assert second.post("/aanmelden/code/", {"code": code}).status_code == 400
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=10)
    assert second.post("/aanmelden/code/", {"code": code}).status_code == 400, "it is still slowed down"
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0, throttling_failure_timestamp=None)
    assert second.post("/aanmelden/code/", {"code": code_now()}).status_code == 302


def test_a_recovery_code_lets_in_once_and_is_kept_as_a_digest(client: Client) -> None:
    give_password(client)
    codes = set_up(client)
    assert not RecoveryCodeRow.objects.filter(digest__contains=codes[0].replace("-", "")).exists()
    for status in (302, 400):
        other = Client()
        give_password(other)
        assert other.post("/aanmelden/code/", {"code": codes[0].upper()}).status_code == status
    assert JournalRow.objects.filter(action="use-recovery-code", actor=COA.name).count() == 1
    assert "Er zijn nog 9 herstelcodes" in client.get("/account/").content.decode()


def test_a_wrong_code_sets_nothing_and_a_new_factor_takes_the_place_of_the_old(client: Client) -> None:
    give_password(client)
    client.get("/account/tweede-stap/")
    assert client.post("/account/tweede-stap/", {"code": "000000"}).status_code == 400
    assert not TOTPDevice.objects.filter(confirmed=True).exists()
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    old = set_up(client)
    key = TOTPDevice.objects.get().key
    client.get("/account/tweede-stap/")
    device = TOTPDevice.objects.get(confirmed=False)
    token = TOTP(device.bin_key, STEP)
    token.time = timezone.now().timestamp()
    client.post("/account/tweede-stap/", {"code": f"{token.token():06d}"})
    assert TOTPDevice.objects.get().key != key
    other = Client()
    give_password(other)
    assert other.post("/aanmelden/code/", {"code": old[0]}).status_code == 400


def test_the_secret_is_drawn_without_the_network_and_typed_over(client: Client) -> None:
    give_password(client)
    page = client.get("/account/tweede-stap/").content.decode()
    assert "<svg " in page
    assert "<title>Code om te scannen met een app voor codes</title>" in page
    assert re.search(r"<code class=\"ee-secret\">(?:[A-Z2-7]{1,4} ?)+</code>", page)


def test_where_it_is_required_nothing_else_opens_before_it_is_set(client: Client, required: None) -> None:
    del required
    assert give_password(client) == "/account/tweede-stap/"
    assert client.get("/journaal/").status_code == 403
    assert client.get("/journaal/").status_code == 403
    set_up(client)
    assert client.get("/journaal/").status_code == 200
    assert OpenSessionRow.objects.get().with_second_factor


def test_the_second_step_waits_no_longer_than_its_patience(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_password(client)
    set_up(client)
    other = Client()
    give_password(other)
    monkeypatch.setattr("eenthuis.web.views.own_account.time.time", lambda: timezone.now().timestamp() + 400)
    assert other.post("/aanmelden/code/", {"code": code_now()}).headers["Location"] == "/aanmelden/"
    assert Client().get("/aanmelden/code/").headers["Location"] == "/aanmelden/"


def test_sessions_are_listed_and_ended_and_nobody_ends_anothers(client: Client) -> None:
    give_password(client)
    second, third = Client(headers={"user-agent": "Telefoon"}), Client()
    give_password(second)
    give_password(third)
    page = client.get("/account/").content.decode()
    assert "Telefoon" in page
    number = OpenSessionRow.objects.get(program="Telefoon").pk
    accounts.save_account(COA.__class__("coa-2", COA.role), PASSWORD)
    stranger = Client()
    stranger.post("/aanmelden/", {"naam": "coa-2", "wachtwoord": PASSWORD})
    assert stranger.post("/account/sessies/", {"sessie": number}).status_code == 404
    assert second.get("/journaal/").status_code == 200
    assert client.post("/account/sessies/", {"sessie": number}).status_code == 302
    assert second.get("/journaal/").status_code == 403
    client.post("/account/sessies/", {})
    assert third.get("/journaal/").status_code == 403
    assert client.get("/journaal/").status_code == 200
    assert stranger.get("/journaal/").status_code == 200
    assert OpenSessionRow.objects.filter(user__username=COA.name).count() == 1
    assert JournalRow.objects.filter(action="end-session").count() == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"nu": "wrong", "nieuw": "another long secret", "nogmaals": "another long secret"}, "nu"),
        ({"nu": PASSWORD, "nieuw": "short", "nogmaals": "short"}, "nieuw"),
        ({"nu": PASSWORD, "nieuw": "password1234", "nogmaals": "password1234"}, "nieuw"),
        ({"nu": PASSWORD, "nieuw": "another long secret", "nogmaals": "another"}, "nogmaals"),
    ],
    ids=["wrong present one", "too short", "too common", "not twice the same"],
)
def test_a_password_that_will_not_do_is_refused_and_says_why(
    client: Client, given: dict[str, str], field: str
) -> None:
    give_password(client)
    answer = client.post("/account/wachtwoord/", given)
    assert answer.status_code == 400
    assert f'id="{field}-fout"' in answer.content.decode()
    assert get_user_model().objects.get(username=COA.name).check_password(PASSWORD)


def test_a_new_password_ends_the_other_sessions(client: Client) -> None:
    give_password(client)
    other = Client()
    give_password(other)
    new = "a quite different secret"
    answer = client.post("/account/wachtwoord/", {"nu": PASSWORD, "nieuw": new, "nogmaals": new})
    assert answer.headers["Location"] == "/account/"
    assert client.get("/journaal/").status_code == 200
    assert other.get("/journaal/").status_code == 403
    assert give_password(Client()) == ""
    assert give_password(Client(), new) == "/bureau/"


def test_guessing_passwords_locks_the_account_for_a_while(client: Client) -> None:
    from axes.models import AccessAttempt

    for _ in range(settings.AXES_FAILURE_LIMIT):
        give_password(client, "wrong guess")
    assert client.post("/aanmelden/", {"naam": COA.name, "wachtwoord": PASSWORD}).status_code in {400, 429}
    assert client.get("/journaal/").status_code == 403
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(hours=1))
    assert give_password(Client()) == "/bureau/"


def test_an_account_has_no_own_page_for_who_is_nobody(client: Client) -> None:
    del client
    for path in ("/account/", "/account/tweede-stap/", "/account/wachtwoord/"):
        assert Client().get(path).status_code == 403
