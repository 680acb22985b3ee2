"""Pages of money: costs and grants handed in, steps with their forms, and words for every code."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from money_examples import KADE, kade
from small_country import MINISTRY, OF_UTRECHT, TODAY

from eenthuis.store import accounts
from eenthuis.store.money_models import MoneyFileRow, MoneyStepRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.lots import RoundStage
from eenthuis.terms.money_files import (
    CostKind,
    EvidenceKind,
    FileKind,
    MoneyRefused,
    MoneyStage,
    MoneyStepKind,
)
from eenthuis.web import wording_money as words

pytestmark = pytest.mark.django_db
COSTS = {
    "titel": "Opvang verzonnen kade",
    "locatie": KADE,
    "van": "01-01-2025",
    "tot": "31-12-2025",
    "soort_1": "rent",
    "wat_1": "huur",
    "bedrag_1": "1.000,50",
    "bewijs_1": "contract",
    "vindplaats_1": "zaak 12",
    "wat_3": "beheer",
    "bedrag_3": "200",
}


def signed_in(who: Actor) -> Client:
    accounts.save_account(who, "a long enough password")
    client = Client()
    user = get_user_model().objects.get(username=who.name)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def of_utrecht(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Client:
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    kade()
    return signed_in(OF_UTRECHT)


def test_every_code_of_money_has_a_word() -> None:
    for codes, known in (
        (FileKind, words.FILE_KINDS),
        (CostKind, words.COST_KINDS),
        (EvidenceKind, words.EVIDENCE_KINDS),
        (MoneyStage, words.MONEY_STAGES),
        (MoneyStepKind, words.MONEY_STEPS),
        (MoneyStepKind, words.MONEY_FORMS),
        (MoneyRefused, words.REFUSED_STEPS),
        (RoundStage, words.ROUND_STAGES),
    ):
        assert set(codes) == set(known)


def test_costs_go_from_a_form_to_a_settlement(of_utrecht: Client) -> None:
    done = of_utrecht.post("/geld/vragen/kosten/", COSTS, follow=True).content.decode()
    assert "Aanvraag G-0000001 is ingediend." in done
    assert "1.200,50" in done
    assert f"Verzonnen kade ({KADE})" in done
    assert f"/opvangplaatsen/locaties/{KADE}/" in done
    ministry, colleague = signed_in(MINISTRY), signed_in(Actor("ministerie-2", Role.MINISTRY))
    file = "/geld/dossiers/G-0000001/"
    cut = {"beoordelen-bedrag-1": "1.000,50", "beoordelen-bedrag-3": "150"}
    wrong = ministry.post(f"{file}beoordelen/", cut)
    assert (wrong.status_code, "beoordelen-waarom-3-fout" in wrong.content.decode()) == (400, True)
    assert not MoneyStepRow.objects.exists()
    ministry.post(f"{file}beoordelen/", cut | {"beoordelen-waarom-3": "geen loonstaat"})
    alone = ministry.post(f"{file}toekennen/", {"toekennen-gezien": "115050"})
    assert (alone.status_code, "vraag een andere" in alone.content.decode()) == (400, True)
    stale = colleague.post(f"{file}toekennen/", {"toekennen-gezien": "1"})
    assert (stale.status_code, "intussen veranderd" in stale.content.decode()) == (400, True)
    colleague.post(f"{file}toekennen/", {"toekennen-gezien": "115050"})
    assert "meer dan er nu" in ministry.post(f"{file}betalen/", {"betalen-bedrag": "2.000"}).content.decode()
    ministry.post(f"{file}betalen/", {"betalen-bedrag": "1.150,50"})
    given = SimpleUploadedFile("bewijs.pdf", b"invented")
    proof = {"bewijs-soort": "annual-accounts", "bewijs-vindplaats": "jaarrekening", "bewijs-bestand": given}
    assert '<option value="annual-accounts">' in of_utrecht.get(file).content.decode()
    of_utrecht.post(f"{file}bewijs/", proof)
    assert len(MoneyStepRow.objects.get(kind="evidence").digest) == 64
    ministry.post(f"{file}voorstellen/", {"voorstellen-bedrag": "1.100", "voorstellen-waarom": "minder"})
    colleague.post(f"{file}vaststellen/", {"vaststellen-gezien": "110000"})
    shown = of_utrecht.get(file).content.decode()
    assert "terug te betalen" in shown
    assert "50,50" in shown
    ministry.post(f"{file}terugontvangen/", {"terugontvangen-bedrag": "50,50"})
    ended = ministry.get(file).content.decode()
    assert "afgerond" in ended
    assert "Wat nu kan" not in ended
    assert "1100" in ministry.get("/geld/overzicht/regelingen.csv").content.decode()


TYPED_WRONG = (
    ("titel", ""),
    ("locatie", ""),
    ("locatie", "S-0000009"),
    ("van", "1 januari"),
    ("tot", "01-12-2024"),
    ("tot", "31-12-2026"),
    ("bedrag_1", "1,000.50"),
    ("bedrag_3", "0"),
    ("wat_3", ""),
)


def test_costs_typed_wrong_are_told_at_their_field_and_kept(of_utrecht: Client) -> None:
    for field, typed in TYPED_WRONG:
        answer = of_utrecht.post("/geld/vragen/kosten/", COSTS | {field: typed})
        text = answer.content.decode()
        assert answer.status_code == 400
        assert f'href="#{field}"' in text
        assert f'id="{field}"' in text
        assert "Opvang verzonnen kade" in text or field == "titel"
    assert not MoneyFileRow.objects.exists()


def test_the_grant_is_reckoned_on_the_registers_before_it_is_asked(of_utrecht: Client) -> None:
    shown = of_utrecht.get("/geld/vragen/plekken/").content.decode()
    assert "niet berekend" in shown
    assert "<dd>80</dd>" in shown
    typed = {
        "titel": "Plekken",
        "dag": "01-02-2026",
        "provincie": "40",
        "vindplaats": "besluit",
        "doe": "toets",
    }
    alone = of_utrecht.post("/geld/vragen/plekken/", typed)
    assert (alone.status_code, 'id="reden-fout"' in alone.content.decode()) == (400, True)
    typed["reden"] = "het aantal van 2024 is nog niet berekend"
    reckoned = of_utrecht.post("/geld/vragen/plekken/", typed).content.decode()
    assert "75.000,00" in reckoned
    assert "ee-tag--assumption" in reckoned
    assert not MoneyFileRow.objects.exists()
    wrong = of_utrecht.post("/geld/vragen/plekken/", typed | {"eigen": "900"})
    assert wrong.status_code == 400
    early = of_utrecht.post("/geld/vragen/plekken/", typed | {"dag": "31-01-2024"})
    assert (early.status_code, 'id="dag-fout"' in early.content.decode()) == (400, True)
    done = of_utrecht.post("/geld/vragen/plekken/", typed | {"doe": "indienen"}, follow=True).content.decode()
    assert "ingediend" in done
    assert "wijkt af van de registers" in done
    assert typed["reden"] in done


def test_anybody_reckons_the_bill_of_reception_with_the_source_of_every_price(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    shown = client.get("/geld/rekening/?plekken=96.000").content.decode()
    assert "3.840 miljoen euro" in shown
    assert "3.840.000.000,00" in shown
    assert "ee-tag--assumption" in shown
    assert "nieuws.nl" in shown
    rows = client.get("/geld/rekening/rekening.csv?plekken=96000").content.decode().splitlines()
    assert rows[2] == "middle,96000,72000,24000,3000000,7000000,384000000000"
    assert "nog geen raming" in client.get("/geld/rekening/").content.decode()
    assert client.get("/geld/rekening/?plekken=veel").status_code == 400
