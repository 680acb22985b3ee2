"""Rounds of schemes: promised beforehand, published, drawn by a second person, and drawn again by anyone."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from small_country import MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.cli.main import main
from eenthuis.rules.lots import commitment_of
from eenthuis.services.money_asked import SchemeAsked
from eenthuis.services.money_asking import ask_scheme
from eenthuis.services.money_files import read_file, read_files, take_step
from eenthuis.services.money_overview import read_overview
from eenthuis.services.receipts import verify_receipt
from eenthuis.services.scheme_rounds import draw_round, open_round, publish_list, read_round
from eenthuis.store import accounts
from eenthuis.store.money_models import MoneyFileRow, MoneyStepRow, SchemeRoundRow, SchemeRoundStepRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.errors import AccessError, EenthuisError, InputError, StateError
from eenthuis.terms.lots import RoundStage, SchemeRound
from eenthuis.terms.money_files import CheckedLine, MoneyFileId, MoneyStage, MoneyStep, MoneyStepKind
from eenthuis.terms.schemes import SchemeCode, WhenShort

pytestmark = pytest.mark.django_db
COLLEAGUE = Actor("ministerie-2", Role.MINISTRY)
SEED = "0123456789abcdef" * 4
CLOSES = TODAY + timedelta(days=10)
AFTER = CLOSES + timedelta(days=1)
ROUND = SchemeRound(
    key=0,
    name="verzonnen-2026",
    scheme=SchemeCode("sft-2025"),
    opens_on=TODAY,
    closes_on=CLOSES,
    budget_cents=70 * 14_000_00,
    when_short=WhenShort.STOP,
    order_why="er wordt meer gevraagd dan er is (verzonnen)",
    commitment=commitment_of(round_name="verzonnen-2026", seed=SEED),
    public_value_named="",
    opened_by="",
    opened_on=TODAY,
)


def asked(title: str, actor: Actor = OF_UTRECHT, units: int = 20) -> MoneyFileId:
    place = actor.municipality or UTRECHT
    wanted = SchemeAsked(place, title, ROUND.scheme, None, units, {}, TODAY, date(2041, 1, 1))
    return ask_scheme(actor=actor, asked=wanted, today=TODAY)


def check(number: MoneyFileId, category: int, cents: int | None = None, who: Actor = MINISTRY) -> None:
    file = read_file(actor=who, identifier=number).line.file
    line = CheckedLine(1, file.asked_cents if cents is None else cents, "" if cents is None else "past niet")
    step = MoneyStep(MoneyStepKind.CHECKED, AFTER, "", lines=(line,), category=category)
    take_step(actor=who, identifier=number, step=step, today=AFTER)


@pytest.fixture
def applied() -> tuple[MoneyFileId, ...]:
    open_round(actor=MINISTRY, asked=ROUND, today=TODAY)
    numbers = (*(asked(f"project {name}") for name in "abcd"), asked("eiland", OF_ISLAND))
    for place, number in enumerate(numbers):
        check(number, category=1 if place < 2 else 2)
    return numbers


def test_a_lot_awards_what_the_budget_reaches_and_the_command_draws_the_same(
    applied: tuple[MoneyFileId, ...], client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish_list(actor=MINISTRY, name=ROUND.name, today=AFTER).entries_digest.startswith("sha256:")
    with pytest.raises(AccessError, match="ACC-03"):
        draw_round(actor=MINISTRY, name=ROUND.name, seed=SEED, public_value="", today=AFTER)
    with pytest.raises(StateError, match="STA-10"):
        draw_round(actor=COLLEAGUE, name=ROUND.name, seed=SEED[1:] + "0", public_value="", today=AFTER)
    assert not MoneyStepRow.objects.exclude(kind="checked").exists()
    made = draw_round(actor=COLLEAGUE, name=ROUND.name, seed=SEED, public_value="", today=AFTER)
    assert [one.entry.category for one in made.drawn] == [1, 1, 2, 2, 2]
    assert [bool(one.awarded_cents) for one in made.drawn] == [True, True, True, False, False]
    page = read_round(actor=ANYONE, name=ROUND.name, today=AFTER)
    assert (page.stage, page.made) == (RoundStage.DRAWN, made)
    assert verify_receipt(actor=ANYONE, number=page.round.receipt).is_same
    stages = [read_file(actor=MINISTRY, identifier=number).line.state.stage for number in applied]
    assert (stages.count(MoneyStage.AWARDED), stages.count(MoneyStage.REFUSED)) == (3, 2)
    entries = tmp_path / "entries.csv"
    entries.write_bytes(client.get(f"/lotingen/{ROUND.name}/lijst.csv").content)
    seed = tmp_path / "seed.txt"
    seed.write_text(SEED)
    written = ["schemes", "draw", str(entries), "--seed-file", str(seed), "--round", ROUND.name]
    written += ["--commitment", ROUND.commitment, "--budget-cents", str(ROUND.budget_cents)]
    assert main([*written, "--when-short", "stop", "--as-of", AFTER.isoformat(), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    told = json.loads(client.get(f"/lotingen/{ROUND.name}/loting.json").content)
    assert [row["application"] for row in rows] == [one["application"] for one in told["drawn"]]
    assert [row["key"] for row in rows] == [one.key for one in made.drawn]
    (line,) = [one for one in read_overview(actor=MINISTRY, today=TODAY).schemes if one.code == ROUND.scheme]
    assert (line.budget_cents, line.awarded_cents) == (70 * 14_000_00, 60 * 14_000_00)
    assert line.left_cents == 10 * 14_000_00


def test_who_checked_an_application_does_not_draw_and_then_nothing_is_drawn(
    applied: tuple[MoneyFileId, ...],
) -> None:
    check(applied[0], 1, who=COLLEAGUE)
    publish_list(actor=MINISTRY, name=ROUND.name, today=AFTER)
    with pytest.raises(AccessError, match="ACC-03"):
        draw_round(actor=COLLEAGUE, name=ROUND.name, seed=SEED, public_value="", today=AFTER)
    assert not SchemeRoundStepRow.objects.filter(kind="drawn").exists()
    assert {line.state.stage for line in read_files(actor=MINISTRY).lines} == {MoneyStage.CHECKED}


def test_a_list_is_whole_before_it_is_published_and_stands_still_after(
    applied: tuple[MoneyFileId, ...],
) -> None:
    with pytest.raises(StateError, match="STA-06"):
        publish_list(actor=MINISTRY, name=ROUND.name, today=CLOSES)
    check(applied[0], category=0)
    with pytest.raises(StateError, match="no category"):
        publish_list(actor=MINISTRY, name=ROUND.name, today=AFTER)
    check(applied[0], category=3, cents=0)
    found = publish_list(actor=MINISTRY, name=ROUND.name, today=AFTER)
    assert len(found.entries) == 4
    with pytest.raises(StateError, match="published"):
        check(applied[1], category=1)
    with pytest.raises(StateError, match="STA-06"):
        publish_list(actor=MINISTRY, name=ROUND.name, today=AFTER)
    step = MoneyStep(MoneyStepKind.AWARDED, AFTER, "", cents=20 * 14_000_00)
    with pytest.raises(StateError, match="the lot"):
        take_step(actor=COLLEAGUE, identifier=applied[1], step=step, today=AFTER)
    step = MoneyStep(MoneyStepKind.REFUSED, AFTER, "", why="voldoet niet")
    assert (
        take_step(actor=COLLEAGUE, identifier=applied[0], step=step, today=AFTER).stage is MoneyStage.REFUSED
    )


def test_an_application_that_was_not_checked_holds_the_list_up() -> None:
    open_round(actor=MINISTRY, asked=ROUND, today=TODAY)
    with pytest.raises(StateError, match="nothing takes part"):
        publish_list(actor=MINISTRY, name=ROUND.name, today=AFTER)
    asked("nog open")
    with pytest.raises(StateError, match="not checked"):
        publish_list(actor=MINISTRY, name=ROUND.name, today=AFTER)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": "Verzonnen 2026"}, InputError),
        ({"commitment": "abc"}, InputError),
        ({"budget_cents": 0}, InputError),
        ({"order_why": " "}, InputError),
        ({"opens_on": TODAY - timedelta(days=1)}, StateError),
        ({"closes_on": TODAY - timedelta(days=1)}, StateError),
        ({"scheme": SchemeCode("sft-2023")}, StateError),
    ],
)
def test_a_round_that_does_not_fit_is_refused(changes: dict[str, object], wrong: type[EenthuisError]) -> None:
    with pytest.raises(wrong):
        open_round(actor=MINISTRY, asked=replace(ROUND, **changes), today=TODAY)  # type: ignore[arg-type]
    assert not SchemeRoundRow.objects.exists()


def test_a_round_has_a_name_of_its_own_and_is_for_the_ministry() -> None:
    with pytest.raises(AccessError, match="ACC-01"):
        open_round(actor=OF_UTRECHT, asked=ROUND, today=TODAY)
    open_round(actor=MINISTRY, asked=ROUND, today=TODAY)
    with pytest.raises(InputError, match="INP-03"):
        open_round(actor=MINISTRY, asked=ROUND, today=TODAY)
    with pytest.raises(AccessError, match="ACC-02"):
        read_round(actor=ANYONE, name="bestaat-niet", today=TODAY)


# Pages


def signed_in(who: Actor) -> Client:
    accounts.save_account(who, "a long enough password")
    client = Client()
    user = get_user_model().objects.get(username=who.name)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


FORM = {
    "titel": "Verzonnen kade",
    "project": "",
    "aantal": "10",
    "van": "01-04-2026",
    "tot": "01-04-2041",
    "months-to-start": "20",
}


@pytest.fixture
def of_utrecht(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Client:
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    return signed_in(OF_UTRECHT)


def test_a_project_is_checked_on_the_page_and_then_handed_in(of_utrecht: Client) -> None:
    address = "/geld/vragen/regeling/sft-2025/"
    shown = of_utrecht.post(address, FORM | {"doe": "toets"}).content.decode()
    assert "voldoet niet" in shown
    assert "ten hoogste 18" in shown
    assert "140.000,00" in shown
    assert not MoneyFileRow.objects.exists()
    done = of_utrecht.post(address, FORM | {"doe": "indienen"}, follow=True)
    assert "Aanvraag G-0000001 is ingediend." in done.content.decode()
    assert "Verzonnen kade" in of_utrecht.get("/geld/").content.decode()
    assert "560000" not in of_utrecht.get("/geld/geld.csv").content.decode()


TYPED_WRONG = (
    ("titel", ""),
    ("project", "F-9999999"),
    ("aantal", "0"),
    ("aantal", "tien"),
    ("van", "2026-04-01"),
    ("tot", ""),
    ("tot", "01-04-2020"),
    ("months-to-start", "spoedig"),
)


def test_what_is_typed_wrong_is_told_at_its_field_and_kept(of_utrecht: Client) -> None:
    for field, typed in TYPED_WRONG:
        answer = of_utrecht.post("/geld/vragen/regeling/sft-2025/", FORM | {field: typed, "doe": "indienen"})
        text = answer.content.decode()
        assert answer.status_code == 400
        assert f'href="#{field}"' in text
        assert f'id="{field}"' in text
        assert not typed or field == "project" or f'value="{typed}"' in text
    assert not MoneyFileRow.objects.exists()


def test_the_ministry_announces_a_round_with_a_seed_that_is_kept_nowhere(of_utrecht: Client) -> None:
    ministry = signed_in(MINISTRY)
    typed = {
        "naam": "verzonnen-2026",
        "regeling": "sft-2025",
        "opent": "03-03-2026",
        "sluit": "13-03-2026",
        "budget": "980.000",
        "waarom": "verzonnen",
        "waarde": "",
    }
    made = ministry.post("/lotingen/aankondigen/", typed | {"doe": "zaad"}).content.decode()
    seed = made.split('id="zaad">')[1][:64]
    promise = commitment_of(round_name="verzonnen-2026", seed=seed)
    assert promise in made
    wrong = ministry.post("/lotingen/aankondigen/", typed | {"doe": "nu", "belofte": "abc", "budget": "x"})
    assert (wrong.status_code, "budget-fout" in wrong.content.decode()) == (400, True)
    done = ministry.post("/lotingen/aankondigen/", typed | {"doe": "nu", "belofte": promise}, follow=True)
    assert "De ronde is aangekondigd." in done.content.decode()
    assert seed not in str(list(SchemeRoundRow.objects.values()))
    shown = of_utrecht.get("/geld/vragen/regeling/sft-2025/").content.decode()
    assert "ronde verzonnen-2026" in shown
    early = ministry.post("/lotingen/verzonnen-2026/bekendmaken/")
    assert early.status_code == 400
