"""Pages of transit locations: typed, taken in, told in words, asked, and not found for others."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from small_country import COA, OF_ISLAND, OF_UTRECHT, TODAY

from eenthuis.services import linking
from eenthuis.store import accounts
from eenthuis.store.money_models import MoneyFileRow
from eenthuis.store.transit_models import TransitSiteRow, TransitStayRow
from eenthuis.terms.access import Actor
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.transit import NotPaid
from eenthuis.web.wording_transit import NOT_PAID

pytestmark = pytest.mark.django_db
PAGE = "/doorstroomlocaties/T-0000001/"
SITE = {
    "naam": "Verzonnen kade",
    "plekken": "5",
    "van": "10-01-2026",
    "tot": "30-04-2026",
    "deelnemers": "De Bilt",
}
STAY = {"persoon": "1", "gekoppeld": "GM0310", "eerste_dag": "10-01-2026", "laatste_dag": "20-01-2026"}


def signed_in(who: Actor) -> Client:
    accounts.save_account(who, "a long enough password")
    client = Client()
    user = get_user_model().objects.get(username=who.name)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def of_utrecht(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    client = signed_in(OF_UTRECHT)
    assert client.post("/doorstroomlocaties/toevoegen/", SITE).headers["Location"] == PAGE
    return client


def test_every_reason_has_a_word() -> None:
    assert set(NOT_PAID) == set(NotPaid)


def test_a_site_is_added_filled_read_and_its_month_asked_for(of_utrecht: Client) -> None:
    assert of_utrecht.post(f"{PAGE}verblijf/", STAY).status_code == 302
    shown = of_utrecht.get(PAGE).content.decode()
    for said in ("Verzonnen kade", "748,00", "april 2026", "De Bilt", "<svg", "Vraag dit geld aan"):
        assert said in shown, said
    bill = of_utrecht.get(f"{PAGE}rekening.csv").content.decode().splitlines()
    assert bill == ["site,month,paid_days,elsewhere_days,cents", "T-0000001,2026-01,11,11,74800"]
    days = of_utrecht.get(f"{PAGE}dagen.csv").content.decode().splitlines()
    assert (len(days), days[1]) == (54, "T-0000001,2026-01-10,1,1")
    asked = of_utrecht.post(f"{PAGE}aanvragen/", {"maand": "01-2026"})
    file = MoneyFileRow.objects.get()
    assert (asked.status_code, file.kind, asked.headers["Location"]) == (
        302,
        "transit-claim",
        "/geld/dossiers/G-0000001/",
    )
    assert "748" in of_utrecht.get(asked.headers["Location"]).content.decode()
    assert "748,00 gevraagd" in of_utrecht.get(PAGE).content.decode()
    again = of_utrecht.post(f"{PAGE}aanvragen/", {"maand": "01-2026"})
    assert (again.status_code, "STA-01" in again.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("naam", ""),
        ("plekken", "0"),
        ("van", "2026-01-10"),
        ("tot", "01-01-2026"),
        ("deelnemers", "Nergenshuizen"),
    ],
)
def test_what_is_typed_wrong_is_told_at_its_field(of_utrecht: Client, field: str, value: str) -> None:
    answer = of_utrecht.post("/doorstroomlocaties/toevoegen/", SITE | {field: value})
    assert (answer.status_code, f'id="{field}-fout"' in answer.content.decode()) == (400, True)
    assert TransitSiteRow.objects.count() == 1


def test_a_wrong_file_names_row_column_value_and_remedy_and_keeps_nothing(of_utrecht: Client) -> None:
    content = b"person,code,first_day\n1,GM0344,2026-01-10\n2,GM0363,2026-01-10\n3,GM0344,2025-01-01\n"
    file = SimpleUploadedFile("verblijven.csv", content, content_type="text/csv")
    answer = of_utrecht.post(f"{PAGE}verblijven/", {"bestand": file})
    shown = answer.content.decode()
    assert answer.status_code == 400
    for said in (
        "Rij 3. Kolom code, waarde „GM0363”",
        "Rij 4. Kolom first_day, waarde „2025-01-01”",
        "Geef de CBS-code",
    ):
        assert said in shown, said
    assert not TransitStayRow.objects.exists()
    for wrong in (None, SimpleUploadedFile("leeg.csv", b"")):
        sent = {"bestand": wrong} if wrong else {}
        assert of_utrecht.post(f"{PAGE}verblijven/", sent).status_code == 400
    good = SimpleUploadedFile("goed.csv", content.splitlines()[0] + b"\n1,344,2026-01-10\n")
    assert of_utrecht.post(f"{PAGE}verblijven/", {"bestand": good}).status_code == 302


def test_a_stay_typed_wrong_is_told_at_its_field(of_utrecht: Client) -> None:
    for field, value in (("persoon", "Jansen, A."), ("gekoppeld", "Nergens"), ("eerste_dag", "gisteren")):
        answer = of_utrecht.post(f"{PAGE}verblijf/", STAY | {field: value})
        assert (answer.status_code, f'id="{field}-fout"' in answer.content.decode()) == (400, True)


def test_places_change_with_a_reason(of_utrecht: Client) -> None:
    given = {"plekken": "8", "tot": "", "reden": ""}
    assert of_utrecht.post(f"{PAGE}wijzigen/", given).status_code == 400
    assert of_utrecht.post(f"{PAGE}wijzigen/", given | {"reden": "verbouwd"}).status_code == 302
    assert TransitSiteRow.objects.get(step=2).places == 8


def test_for_another_municipality_it_is_not_found_and_the_public_reads_counts(of_utrecht: Client) -> None:
    assert of_utrecht.post(f"{PAGE}verblijf/", STAY).status_code == 302
    island = signed_in(OF_ISLAND)
    for end in ("", "wijzigen/", "dagen.csv", "rekening.csv"):
        assert island.get(f"{PAGE}{end}").status_code == 404
    for end in ("verblijf/", "verblijven/", "aanvragen/"):
        assert island.post(f"{PAGE}{end}", {"maand": "01-2026"}).status_code == 404
    shown = Client().get("/doorstroomlocaties/").content.decode()
    assert "Open locaties in het land" in shown
    assert "Verzonnen kade" not in shown


JOINS = {"gemeente": "Zeist", "wat": "erbij", "dag": "01-02-2026", "reden": "raadsbesluit"}


def test_who_takes_part_is_changed_from_a_day_with_the_reason(of_utrecht: Client) -> None:
    page = f"{PAGE}deelnemers/"
    assert "De Bilt" in of_utrecht.get(page).content.decode()
    done = of_utrecht.post(page, JOINS, follow=True).content.decode()
    for said in ("De deelnemers zijn gewijzigd.", "Zeist (vanaf 1 februari 2026)"):
        assert said in done
    for field, typed, code in (
        ("gemeente", "Nergenshuizen", "REF-"),
        ("gemeente", "", ""),
        ("gemeente", "Zeist", "STA-01"),
        ("wat", "", ""),
        ("dag", "1 februari", ""),
        ("dag", "01-01-2026", "INP-06"),
        ("reden", "", ""),
    ):
        wrong = of_utrecht.post(page, JOINS | {field: typed})
        text = wrong.content.decode()
        assert (wrong.status_code, f'id="{field}-fout"' in text, code in text) == (400, True, True), field
    assert TransitSiteRow.objects.count() == 2
    assert signed_in(OF_ISLAND).get(page).status_code == 404


def test_a_household_on_two_sites_is_named_to_who_may_see_it(of_utrecht: Client, proposal: int) -> None:
    own = HouseholdId("PE-000002")
    linking.confirm(actor=COA, proposal=proposal, households=(own,), today=TODAY)
    of_utrecht.post("/doorstroomlocaties/toevoegen/", SITE | {"naam": "Verzonnen hof"})
    stay = STAY | {"gekoppeld": "GM0344", "laatste_dag": "", "huishouden": own}
    of_utrecht.post(f"{PAGE}verblijf/", stay)
    later = stay | {"eerste_dag": "01-02-2026", "eerder": "T-0000001/1"}
    assert of_utrecht.post("/doorstroomlocaties/T-0000002/verblijf/", later).status_code == 302
    shown = of_utrecht.get(PAGE).content.decode()
    assert f"/huishoudens/{own}/" in shown
    assert 'href="/doorstroomlocaties/T-0000002/">Verzonnen hof' in shown
    wrong = of_utrecht.post(
        "/doorstroomlocaties/T-0000002/verblijf/", later | {"persoon": "9", "eerder": "x"}
    )
    assert (wrong.status_code, 'id="eerder-fout"' in wrong.content.decode()) == (400, True)
