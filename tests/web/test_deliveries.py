"""The administrator's page of systems and deliveries, and everybody's own overview by mail."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from small_country import COA, OF_UTRECHT, TODAY

from eenthuis.services import linking
from eenthuis.store import accounts
from eenthuis.store.delivery_models import DeliveryRow, MailDigestRow, SubscriberRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.people import HouseholdId

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Actor("beheer", Role.ADMINISTRATOR)
GOOD = {
    "naam": "zaaksysteem",
    "adres": "https://example.nl/hook",
    "contact": "x@example.nl",
    "rol": "municipality",
    "plaats": "GM0344",
}


@pytest.fixture
def client(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Client:
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    for who in (ADMINISTRATOR, OF_UTRECHT):
        accounts.save_account(who, "a-long-password")
    return as_(ADMINISTRATOR)


def as_(who: Actor) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=who.name))
    return client


def test_a_system_is_added_and_its_secret_is_shown_once(client: Client) -> None:
    shown = client.post("/beheer/abonnees/", GOOD).content.decode()
    (secret,) = re.findall(r"<code class=\"ee-break\">([0-9a-f]{64})</code>", shown)
    page = client.get("/beheer/afleveringen/").content.decode()
    assert "https://example.nl/hook" in page
    assert "gemeente, Utrecht" in page
    assert secret not in page
    number = SubscriberRow.objects.get().pk
    again = client.post(f"/beheer/abonnees/{number}/", {"wat": "vernieuwen"}).content.decode()
    assert secret not in again
    client.post(f"/beheer/abonnees/{number}/", {"wat": "pauzeren"})
    assert "gepauzeerd" in client.get("/beheer/afleveringen/").content.decode()
    client.post(f"/beheer/abonnees/{number}/", {"wat": "hervatten"})
    assert SubscriberRow.objects.get().is_active
    assert client.post("/beheer/abonnees/99/", {"wat": "hervatten"}).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("naam", ""),
        ("naam", "x" * 81),
        ("adres", ""),
        ("adres", "http://example.nl"),
        ("adres", "https://10.0.0.1/"),
        ("adres", "https://x.nl/" + "x" * 400),
        ("contact", "nobody"),
        ("rol", "king"),
        ("rol", "public"),
        ("plaats", "PV26"),
        ("plaats", "GM9999"),
        ("plaats", "PV99"),
    ],
)
def test_what_is_wrong_with_a_system_is_told_beside_its_field(client: Client, field: str, value: str) -> None:
    answer = client.post("/beheer/abonnees/", {**GOOD, field: value})
    assert answer.status_code == 400
    assert f'id="{field}-fout"' in answer.content.decode()
    assert not SubscriberRow.objects.exists()


def test_failed_deliveries_are_listed_and_sent_again(client: Client, proposal: int) -> None:
    client.post("/beheer/abonnees/", GOOD)
    linking.confirm(actor=COA, proposal=proposal, households=(HouseholdId("PE-000001"),), today=TODAY)
    DeliveryRow.objects.update(state="failed", attempts=8, problem="HTTP 500")
    page = client.get("/beheer/afleveringen/").content.decode()
    assert "HTTP 500" in page
    assert "PE-0" not in page
    number = DeliveryRow.objects.get().pk
    answer = client.post("/beheer/afleveringen/opnieuw/", {"aflevering": [number, "x"]}, follow=True)
    assert "1 aflevering wordt opnieuw geprobeerd." in answer.content.decode()
    assert DeliveryRow.objects.get().state == "waiting"
    assert "Volgende poging" in client.get("/beheer/afleveringen/?stand=waiting").content.decode()


def test_the_overview_is_asked_for_and_ended_by_whoever_gets_it(client: Client) -> None:
    own = as_(OF_UTRECHT)
    assert own.post("/berichten/e-mail/", {"adres": "nobody\nBcc: x@y.nl"}).status_code == 400
    own.post("/berichten/e-mail/", {"adres": "iemand@gemeente.example"})
    assert MailDigestRow.objects.get().address == "iemand@gemeente.example"
    assert "Stuur geen overzicht meer" in own.get("/berichten/e-mail/").content.decode()
    assert "iemand@" not in client.get("/berichten/e-mail/").content.decode()
    own.post("/berichten/e-mail/", {"wat": "stoppen"})
    assert not MailDigestRow.objects.exists()


def test_only_the_administrator_manages_deliveries(client: Client) -> None:
    assert client.get("/beheer/afleveringen/").status_code == 200
    own = as_(OF_UTRECHT)
    assert own.get("/beheer/afleveringen/").status_code == 403
    assert own.post("/beheer/abonnees/", GOOD).status_code == 403
    assert own.post("/beheer/afleveringen/opnieuw/").status_code == 403
