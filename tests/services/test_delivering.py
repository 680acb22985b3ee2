"""What is told reaches others: signed events, tried again with growing waits, and one overview a day by real mail."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from cloudevents.v1.http import from_http
from django.db import connection
from pytest_django.fixtures import Settings
from receivers import event_server, mail_server
from small_country import COA, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.connect.webhooks import SIGNATURE
from eenthuis.services import linking, notices, subscribers
from eenthuis.services.delivering import WAITS, deliver_once, tend
from eenthuis.services.subscribers import Granted
from eenthuis.store import accounts
from eenthuis.store.delivery_models import DeliveryRow
from eenthuis.store.models import JournalRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, InputError, SetupError
from eenthuis.terms.notices import Addressee
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
ONE, TWO, THREE = (HouseholdId(f"PE-{number:06d}") for number in range(1, 4))
ADMINISTRATOR = Actor("beheer", Role.ADMINISTRATOR)
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
TO_UTRECHT = Addressee(Role.MUNICIPALITY, municipality=UTRECHT)


@pytest.fixture(autouse=True)
def outside(settings: Settings) -> None:
    settings.WEBHOOK_NETWORKS = "127.0.0.0/8"
    settings.SITE_ADDRESS = "https://eenthuis.example"
    settings.OIN = "00000001003214345000"
    settings.EMAIL_SERVER = ""


def subscribed(address: str, to: Addressee = TO_UTRECHT) -> Granted:
    return subscribers.subscribe(
        actor=ADMINISTRATOR, name="zaaksysteem", address=address, contact="x@example.nl", to=to
    )


def confirm(proposal: int, *names: HouseholdId) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=names, today=TODAY)


def come(seconds: int) -> None:
    """Let time pass for every delivery that waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update store_deliveryrow set next_at = next_at - make_interval(secs => %s)", [seconds]
        )


def verifier() -> object:
    """Return the function that the how-to page gives to who receives events."""
    page = (ROOT / "docs" / "how-to" / "get-notices-outside.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len([line for line in code.splitlines() if line.strip()]) <= 12
    names: dict[str, object] = {}
    exec(compile(code, "how-to", "exec"), names)  # noqa: S102 - the page's own example
    return names["is_genuine"]


def test_a_link_reaches_its_municipality_as_a_signed_event_without_its_household(proposal: int) -> None:
    with event_server() as taken:
        granted = subscribed(taken.address)
        confirm(proposal, ONE, THREE)
        assert deliver_once(now=NOW)
        assert not deliver_once(now=NOW)
        ((headers, body),) = taken.events
    event = from_http(headers, body)
    assert event["source"] == "urn:nld:oin:00000001003214345000:systeem:eenthuis"
    assert event["type"] == "nl.eenthuis.bericht.link-confirmed"
    assert re.fullmatch(r"link:\d+", str(event["subject"]))
    assert datetime.fromisoformat(str(event["time"])).tzinfo is not None
    assert event["dataschema"] == "https://eenthuis.example/static/eenthuis/schemas/bericht-1.json"
    schema = json.loads(
        (resources.files("eenthuis.web") / "static/eenthuis/schemas/bericht-1.json").read_text("utf-8")
    )
    jsonschema.validate(event.data, schema, format_checker=jsonschema.FormatChecker())
    assert b"PE-0" not in body
    is_genuine = verifier()
    assert callable(is_genuine)
    at = int(NOW.timestamp())
    assert is_genuine(granted.secret, headers[SIGNATURE], body, now=at + 60)
    assert not is_genuine(granted.secret, headers[SIGNATURE], body + b" ", now=at)
    assert not is_genuine("another", headers[SIGNATURE], body, now=at)
    assert not is_genuine(granted.secret, headers[SIGNATURE], body, now=at + 3600)


def test_an_event_that_fails_is_tried_again_ever_later_under_the_same_name(proposal: int) -> None:
    with event_server(500, 503) as taken:
        subscribed(taken.address)
        confirm(proposal, ONE)
        for wait in WAITS[:2]:
            assert deliver_once(now=NOW)
            assert not deliver_once(now=NOW)
            come(wait - 5)
            assert not deliver_once(now=NOW)
            come(5)
        assert deliver_once(now=NOW)
        assert len({json.loads(body)["id"] for _, body in taken.events}) == 1
        assert len(taken.events) == 3
    row = DeliveryRow.objects.get()
    assert (row.state, row.attempts, row.problem) == ("delivered", 3, "")
    assert list(WAITS) == sorted(WAITS)


def test_what_never_arrives_is_listed_and_the_administrator_sends_it_again(proposal: int) -> None:
    with event_server() as gone:
        address = gone.address
    granted = subscribed(address)
    confirm(proposal, ONE, TWO)
    for _ in range(2 * (len(WAITS) + 1)):
        assert deliver_once(now=NOW)
        come(WAITS[-1])
    assert not deliver_once(now=NOW)
    page = subscribers.read_deliveries(actor=ADMINISTRATOR)
    assert page.counts == {"failed": 2}
    assert {line.attempts for line in page.deliveries} == {len(WAITS) + 1}
    assert page.deliveries[0].problem.startswith("no connection")
    with event_server() as taken:
        subscriber = DeliveryRow.objects.select_related("subscriber").earliest("id").subscriber
        assert subscriber is not None
        subscriber.address = taken.address
        subscriber.save()
        numbers = tuple(line.number for line in page.deliveries)
        assert subscribers.send_again(actor=ADMINISTRATOR, numbers=numbers) == 2
        assert deliver_once(now=NOW)
        assert deliver_once(now=NOW)
        assert len(taken.events) == 2
    assert subscribers.read_deliveries(actor=ADMINISTRATOR).counts == {"delivered": 2}
    assert JournalRow.objects.filter(action="send-again", actor="beheer").count() == 1
    assert granted.secret not in json.dumps(list(JournalRow.objects.values("after", "before")))


def test_one_receiver_that_does_not_answer_holds_up_nobody_else(proposal: int) -> None:
    with event_server() as gone:
        dead = gone.address
    with event_server() as taken:
        subscribed(dead)
        subscribed(taken.address)
        confirm(proposal, ONE, TWO)
        tries = 0
        while deliver_once(now=NOW):
            tries += 1
        assert (tries, len(taken.events)) == (3, 2)


def test_a_subscriber_gets_what_is_for_its_role_and_place_from_then_on(proposal: int) -> None:
    confirm(proposal, ONE)
    with event_server() as taken:
        subscribed(taken.address, Addressee(Role.MUNICIPALITY))
        subscribed(taken.address)
        subscribed(taken.address, Addressee(Role.PROVINCE, province=ProvinceCode("PV26")))
        confirm(proposal, TWO, THREE)
        while deliver_once(now=NOW):
            pass
        places = sorted(json.loads(body)["data"]["plaats"] for _, body in taken.events)
    assert places == ["GM0060", "GM0344", "GM0344"]


def test_a_new_secret_signs_and_a_paused_subscriber_gets_nothing(proposal: int) -> None:
    with event_server() as taken:
        first = subscribed(taken.address)
        again = subscribers.renew_secret(actor=ADMINISTRATOR, number=first.subscriber.number)
        assert again.secret != first.secret
        confirm(proposal, ONE)
        subscribers.set_active(actor=ADMINISTRATOR, number=first.subscriber.number, is_active=False)
        confirm(proposal, TWO)
        assert deliver_once(now=NOW)
        assert not deliver_once(now=NOW)
        assert taken.events == []
    assert [row.state for row in DeliveryRow.objects.all()] == ["nothing"]


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("https://10.0.0.1/", TO_UTRECHT),
        ("http://example.nl/", TO_UTRECHT),
        ("https://example.nl/", Addressee(Role.COA, municipality=UTRECHT)),
        ("https://example.nl/", Addressee(Role.MUNICIPALITY, province=ProvinceCode("PV26"))),
        ("https://example.nl/", Addressee(Role.PROVINCE, municipality=MunicipalityCode("GM0344"))),
    ],
)
def test_what_cannot_be_subscribed_is_refused(address: str, to: Addressee) -> None:
    with pytest.raises(InputError, match="INP-01"):
        subscribed(address, to)
    with pytest.raises(AccessError, match="ACC-01"):
        subscribers.read_deliveries(actor=COA)


def mailed(who: Actor, address: str = "iemand@gemeente.example") -> None:
    accounts.save_account(who, "a-long-password")
    subscribers.set_mail_address(actor=who, address=address)


def test_the_overview_tells_once_a_day_what_is_new_and_nothing_of_a_person(
    proposal: int, settings: Settings
) -> None:
    with mail_server() as box:
        settings.EMAIL_SERVER = box.address
        mailed(OF_UTRECHT)
        confirm(proposal, ONE, TWO)
        assert tend(now=NOW.replace(hour=settings.OVERVIEW_HOUR - 1), today=TODAY) == 0
        assert tend(now=NOW, today=TODAY) == 1
        assert tend(now=NOW, today=TODAY) == 0
        assert deliver_once(now=NOW)
        assert not deliver_once(now=NOW)
        (mail,) = box.mails
    assert (mail["To"], mail["Auto-Submitted"]) == ("iemand@gemeente.example", "auto-generated")
    assert mail["Subject"] == "Eenthuis: 3 nieuwe berichten"
    assert mail["Message-ID"].endswith("@eenthuis.example>")
    text = mail.get_content()
    assert text.count("Er is een huishouden aan uw gemeente gekoppeld. (Utrecht)") == 2
    assert "Bevestigen kan tot en met 08-03-2026." in text
    assert "https://eenthuis.example/berichten/" in text
    assert not re.search(r"P[EV]-\d", text)


def test_who_has_read_everything_gets_no_mail_and_a_mail_server_that_is_away_is_tried_again(
    proposal: int, settings: Settings
) -> None:
    with mail_server() as box:
        settings.EMAIL_SERVER = box.address
        mailed(OF_UTRECHT)
        mailed(OF_ISLAND)
        confirm(proposal, ONE)
        island = notices.notices_for(actor=OF_ISLAND).notices
        notices.mark_read(actor=OF_ISLAND, numbers=tuple(one.number for one in island))
        assert tend(now=NOW, today=TODAY) == 2
        box.refuses = "451 later"
        assert deliver_once(now=NOW)
        assert deliver_once(now=NOW)
        assert sorted(DeliveryRow.objects.values_list("state", "problem")) == [
            ("nothing", ""),
            ("waiting", "SMTP 451"),
        ]
        box.refuses = ""
        come(WAITS[0])
        assert deliver_once(now=NOW)
        assert len(box.mails) == 1
        subscribers.set_mail_address(actor=OF_UTRECHT, address="")
        assert tend(now=NOW, today=TODAY + timedelta(days=1)) == 1, "the island's own"


def test_late_acknowledgements_are_escalated_when_a_worker_tends(proposal: int) -> None:
    confirm(proposal, ONE)
    assert tend(now=NOW, today=TODAY + timedelta(days=6)) == 1
    assert tend(now=NOW, today=TODAY + timedelta(days=6)) == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EMAIL_SERVER", "banana"),
        ("EMAIL_SERVER", "smtp://x:99999"),
        ("EMAIL_SERVER", "smtp://"),
        ("WEBHOOK_NETWORKS", "10.0.0.0/99"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(settings: Settings, name: str, value: str) -> None:
    setattr(settings, name, value)
    with pytest.raises(SetupError, match="SET-04"):
        tend(now=NOW, today=TODAY)
