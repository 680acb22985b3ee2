"""The pages and the API of supervision: words for every code, tables with their CSV, and bad input told plainly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from small_country import TODAY, UTRECHT

from eenthuis.law import law_book
from eenthuis.law.book import NATION
from eenthuis.rules.case_entries import Obstacle, Part
from eenthuis.rules.judgement import Ground, GroundKind
from eenthuis.rules.substitution import Duty
from eenthuis.services.case_files import record
from eenthuis.store import accounts
from eenthuis.store.supervision_models import ContactRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.case_file import Contact, ContactKind
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import ProvinceCode
from eenthuis.terms.supervision import Entry, FigureKind, Letter, Regime, Scope, Step, Talk
from eenthuis.web import wording_case_files as case_words
from eenthuis.web import wording_supervision as words
from eenthuis.web.views.case_files import FIELDS

PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, ProvinceCode("PV26"))


@pytest.fixture
def province(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Client:
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    accounts.save_account(PROVINCE, "a long enough password")
    client = Client()
    user = get_user_model().objects.get(username=PROVINCE.name)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def test_every_code_of_supervision_has_a_word() -> None:
    for codes, known in (
        (Step, words.STEPS),
        (Entry, words.ENTRIES),
        (Talk, words.TALKS),
        (Letter, words.LETTERS),
        (Regime, words.REGIMES),
        (Scope, words.SCOPES),
        (GroundKind, words.REASONS),
        (FigureKind, words.FIGURES),
    ):
        assert set(codes) == set(known)
    for kind in GroundKind:
        assert "%" not in words.reason(Ground(kind, 3, 4, TODAY))
    unnamed = [
        one.key
        for one in law_book().supervision(TODAY, NATION).citations
        if words.law_name(one.key) == one.key
    ]
    assert not unnamed


@pytest.mark.django_db
def test_a_province_goes_to_its_own_list_and_keeps_it(province: Client) -> None:
    shown = province.get("/toezicht/", follow=True)
    assert shown.redirect_chain == [("/toezicht/provincies/PV26/", 302)]
    assert "niet vastgelegd" in shown.content.decode()
    kept = province.post(
        "/toezicht/provincies/PV26/vastleggen/", {"dag": "2026-01-01"}, follow=True
    ).content.decode()
    assert "26 beoordelingen zijn vastgelegd." in kept
    assert "niet vastgelegd" not in kept
    again = province.post("/toezicht/provincies/PV26/vastleggen/", {"dag": "2026-01-01"}, follow=True)
    assert "er is niets veranderd" in again.content.decode()


@pytest.mark.django_db
def test_every_table_has_its_csv(province: Client) -> None:
    province.post("/toezicht/provincies/PV26/vastleggen/", {"dag": "2026-01-01"})
    for name, lines in (("beoordelingen.csv", 27), ("vastgelegd.csv", 27)):
        text = province.get(f"/toezicht/provincies/PV26/{name}").content.decode()
        assert len(text.splitlines()) == lines
        assert UTRECHT in text
    ladder = province.get("/toezicht/provincies/PV26/ladder.csv").content.decode()
    assert "supervision.rung.1.term_weeks" in ladder
    assert ",assumption," in ladder


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/toezicht/provincies/PV26/?dag=2026-13-01", 400, "INP-01"),
        ("/toezicht/provincies/PV26/?dag=2030-01-01", 400, "INP-06"),
        ("/toezicht/provincies/PV20/", 404, "ACC-02"),
        ("/toezicht/provincies/PV26/ladder/?dag=1900-01-01", 404, "LAW-01"),
    ],
)
def test_what_cannot_be_shown_is_told(province: Client, address: str, status: int, said: str) -> None:
    answer = province.get(address)
    assert (answer.status_code, said in answer.content.decode()) == (status, True)


@pytest.mark.django_db
def test_the_api_gives_the_same_readings(province: Client) -> None:
    answer = province.get("/api/v1/beoordelingen?provincie=PV26&pageSize=400")
    rows = answer.json()
    assert len(rows) == 26
    one = next(row for row in rows if row["gemeenteCode"] == UTRECHT)
    assert (one["oordeel"], one["voorgesteldeTrede"], one["ontvangstbewijsNummer"]) == (
        "behind-excusable",
        0,
        None,
    )
    assert province.get("/api/v1/beoordelingen?provincie=PV20").status_code == 404
    assert Client().get("/api/v1/beoordelingen?provincie=PV26").status_code in {401, 403}


FILE = "/toezicht/gemeenten/GM0344/"


@pytest.mark.django_db
def test_an_entry_is_added_corrected_and_told_by_csv(province: Client) -> None:
    plan = {
        "soort": "plan", "dag": "2026-02-01", "tekst": "Inhalen", "halfjaar": "2026-I", "tot": "2026-06-30",
        "aantal": "12",
    }  # fmt: skip
    shown = province.post(f"{FILE}vastleggen/", plan, follow=True).content.decode()
    assert "Het staat in het dossier." in shown
    assert "verbeterplan afgesproken" in shown
    number = shown.split("?verbeter=")[1].split("#")[0]
    assert f'name="vervangt" value="{number}"' in province.get(f"{FILE}?verbeter={number}").content.decode()
    province.post(f"{FILE}vastleggen/", {**plan, "aantal": "14", "vervangt": number})
    text = province.get(f"{FILE}tijdlijn.csv").content.decode()
    assert len(text.splitlines()) == 2
    assert ",14," in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"soort": "anders"}, 400, "Kies wat u vastlegt."),
        ({"dag": "3 maart"}, 400, "Schrijf de dag als"),
        ({"dag": ""}, 409, "niet ingevuld"),
        ({"tekst": ""}, 409, "omschrijving"),
        ({"soort": "plan"}, 409, "halfjaar, laatste dag, aantal"),
        ({"soort": "plan", "halfjaar": "2026"}, 400, "Schrijf het jaar"),
        ({"soort": "plan", "aantal": "-3"}, 400, "heel getal"),
        ({"soort": "rung-put-forward", "halfjaar": "2025-II", "trede": "3", "tekst": ""}, 409, "Trede 1, 2"),
        ({"soort": "rung-put-forward", "halfjaar": "2025-II", "trede": "9"}, 409, "treden 1 tot en met 6"),
        ({"soort": "decision"}, 409, "Deze stap kan nog niet"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_kept(
    province: Client, given: dict[str, str], status: int, said: str
) -> None:
    answer = province.post(
        f"{FILE}vastleggen/", {"soort": "note", "dag": "2026-03-01", "tekst": "x", **given}
    )
    text = answer.content.decode()
    assert (answer.status_code, said in text) == (status, True)
    assert "Er is niets vastgelegd" in text
    assert "Er staat nog niets in dit dossier." in province.get(FILE).content.decode()


@pytest.mark.django_db
def test_a_notice_of_a_rung_leads_to_the_file(province: Client) -> None:
    colleague = Actor("provincie-utrecht-2", Role.PROVINCE, None, ProvinceCode("PV26"))
    for who, new in (
        (
            PROVINCE,
            Contact(0, ContactKind.RUNG_PUT_FORWARD, TODAY, "x", "", half_year=HalfYear(2025, 2), rung=1),
        ),
        (colleague, Contact(0, ContactKind.RUNG_CONFIRMED, TODAY, "", "")),
    ):
        about = ContactRow.objects.order_by("id").values_list("id", flat=True).first()
        record(actor=who, municipality=UTRECHT, new=replace(new, about=about), today=TODAY)
    listed = province.get("/berichten/").content.decode()
    assert "trede van de interventieladder" in listed
    number = listed.split("bericht=")[1].split('"')[0]
    assert province.get(f"/berichten/openen/?bericht={number}").headers["Location"] == FILE


def test_every_code_of_a_file_has_a_word() -> None:
    for codes, known in (
        (ContactKind, case_words.KINDS),
        (Part, case_words.PARTS),
        (Obstacle, case_words.OBSTACLES),
        (Duty, case_words.DUTIES),
    ):
        assert set(codes) == set(known)
    assert set(FIELDS) - {"formulier", "tekst"} == set(case_words.PROBLEMS)
