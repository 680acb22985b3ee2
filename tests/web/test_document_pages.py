"""The pages of residence documents: signalling, making a session, inviting, handing out, checking and moving."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from small_country import AUDITOR, CENTRE, COA, OF_UTRECHT, TODAY

from eenthuis.services import document_plan_work
from eenthuis.services.way import change_centre
from eenthuis.store import accounts, people
from eenthuis.store.document_models import DocumentSessionRow, ResidenceDocumentRow
from eenthuis.store.scope import scope_of, within
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.people import CentreCode, HouseholdId, ReceptionCentre
from eenthuis.terms.places import MunicipalityCode

pytestmark = pytest.mark.django_db
FORM = {
    "nummer": "",
    "huishouden": "PE-000002",
    "klaar": "01-02-2026",
    "geboren": "01-05-1990",
    "foto": "01-01-2026",
    "vingers": "01-01-2026",
    "bsn": "ja",
    "adres": "ja",
}
SESSION = {
    "opvang": CENTRE.code,
    "dag": f"{TODAY:%d-%m-%Y}",
    "team": "Utrecht",
    "begin": "09:30",
    "medewerkers": "2",
    "balies": "1",
    "plaatsen": "6",
    "minuten": "10",
}
ELSEWHERE = ReceptionCentre(CentreCode("OL-002"), "Elders", MunicipalityCode("GM0363"), 90)
DAY = f"/documenten/uitgiftedagen/{CENTRE.code}/{TODAY.isoformat()}/"


def client_of(who: Actor) -> Client:
    accounts.save_account(who, "a long enough password")
    client = Client()
    user = get_user_model().objects.get(username=who.name)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def ind(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Return a browser of the IND."""
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    return client_of(Actor("ind", Role.IND))


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_document_goes_from_signalled_to_checked(ind: Client) -> None:
    signalled = ind.post("/documenten/aanmelden/", FORM, follow=True).content.decode()
    assert "Document D-0000001 is aangemeld." in signalled
    assert "Dit document kan worden uitgereikt, tot en met 1 juli 2026." in signalled
    made = ind.post("/documenten/uitgiftedagen/maken/", SESSION, follow=True).content.decode()
    assert "De uitgiftedag is gemaakt." in made
    assert 'value="D-0000001:1"' in made
    invited = ind.post(DAY, {"huishouden": "D-0000001:1"}, follow=True).content.decode()
    assert "1 bewoner is uitgenodigd." in invited
    step = "/documenten/document/D-0000001/stap/"
    given = ind.post(
        step, {"stap": "uitgereikt", "gezien": "2", "volgende": DAY}, follow=True
    ).content.decode()
    assert "wacht op een collega" in given
    own = ind.post(step, {"stap": "gecontroleerd", "gezien": "3"}, follow=True).content.decode()
    assert "ACC-03" in own
    colleague = client_of(Actor("ind-2", Role.IND))
    checked = colleague.post(step, {"stap": "gecontroleerd", "gezien": "3"}, follow=True).content.decode()
    assert "Uitgereikt en gecontroleerd." in checked
    again = colleague.post(step, {"stap": "gecontroleerd", "gezien": "3"}, follow=True).content.decode()
    assert "STA-07" in again
    listed = text_of(ind, "/documenten/lijst/?soort=uitgereikt")
    assert "D-0000001" in listed
    assert "Opvanglocatie Voorbeeld" in text_of(ind, "/documenten/")
    assert text_of(ind, f"{DAY}daglijst.csv").splitlines() == [
        "time,document,household,state",
        "09:30,D-0000001,PE-000002,handed-out",
    ]
    back = {"stap": "teruggedraaid", "gezien": "4", "reden": "verkeerde kaart"}
    assert "uitreiken teruggedraaid" in colleague.post(step, back, follow=True).content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("nummer", "123456782"),
        ("huishouden", ""),
        ("huishouden", "PE-999999"),
        ("klaar", "gisteren"),
        ("geboren", ""),
        ("geboren", "01-05-2090"),
        ("foto", "31-02-2026"),
        ("vingers", "01-05-1980"),
    ],
)
def test_what_is_typed_wrong_of_a_document_is_told_at_its_field(ind: Client, field: str, typed: str) -> None:
    answer = ind.post("/documenten/aanmelden/", FORM | {field: typed})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert f'href="#{field}"' in text
    assert f'id="{field}"' in text
    assert not ResidenceDocumentRow.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("opvang", ""),
        ("opvang", "OL-999"),
        ("dag", "vandaag"),
        ("dag", "01-01-2020"),
        ("team", ""),
        ("begin", "halftien"),
        ("medewerkers", "1"),
        ("balies", "nul"),
        ("plaatsen", "61"),
        ("minuten", "0"),
    ],
)
def test_what_is_typed_wrong_of_a_session_is_told_at_a_field(ind: Client, field: str, typed: str) -> None:
    answer = ind.post("/documenten/uitgiftedagen/maken/", SESSION | {field: typed})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "-fout" in text
    assert not DocumentSessionRow.objects.exists()


def test_who_cannot_be_served_yet_stands_on_a_list_with_what_helps(ind: Client) -> None:
    ind.post("/documenten/aanmelden/", FORM | {"adres": "", "foto": ""} | {"nummer": "IND-1"})
    page = ind.post("/documenten/aanmelden/", {name: FORM[name] for name in FORM if name != "adres"})
    assert page.status_code == 302
    listed = text_of(ind, "/documenten/lijst/?waarom=no-photo")
    assert ("document/IND-1/" in listed, "document/D-0000001/" in listed) == (True, False)
    assert "Vraag het COA om inschrijving op een adres." in text_of(ind, "/documenten/")
    rows = text_of(ind, "/documenten/lijst.csv").splitlines()
    assert [row.split(",")[5] for row in rows[1:]] == ["no-address", "no-photo"]
    change = FORM | {"gezien": "1", "reden": "foto gemaakt"}
    assert ind.post("/documenten/document/IND-1/", change | {"reden": " "}).status_code == 400
    assert ind.post("/documenten/document/IND-1/", change | {"gezien": "7"}).status_code == 400
    assert ind.post("/documenten/document/IND-1/", change).status_code == 302


def test_a_cancelled_session_is_made_up_for_by_a_person(ind: Client) -> None:
    ind.post("/documenten/aanmelden/", FORM)
    ind.post("/documenten/uitgiftedagen/maken/", SESSION)
    assert "INP-04" in ind.post(DAY, {}, follow=True).content.decode()
    ind.post(DAY, {"huishouden": "D-0000001:1"})
    assert ind.post(f"{DAY}afzeggen/", {"reden": ""}).status_code == 400
    after = ind.post(f"{DAY}afzeggen/", {"reden": "ziekte"}, follow=True).content.decode()
    assert "1 bewoner krijgt een nieuwe afspraak" in after
    assert "geen uitgiftedag met plaats" in after
    later = TODAY + timedelta(days=14)
    ind.post("/documenten/uitgiftedagen/maken/", SESSION | {"dag": f"{later:%d-%m-%Y}"})
    page = text_of(ind, "/documenten/wijzigingen/")
    key = f"D-0000001 3 {CENTRE.code} {later.isoformat()} 0"
    assert key in page
    for wrong in ("", "D-0000001", f"D-0000001 3 {CENTRE.code} morgen 0", "D-1 x OL-1 2026-03-09 y"):
        told = ind.post("/documenten/wijzigingen/", {"afspraak": wrong} if wrong else {}, follow=True)
        assert "Kies eerst een afspraak." in told.content.decode()
    stale = ind.post("/documenten/wijzigingen/", {"afspraak": key.replace(" 3 ", " 2 ")}, follow=True)
    assert "STA-07" in stale.content.decode()
    done = ind.post("/documenten/wijzigingen/", {"afspraak": key}, follow=True).content.decode()
    assert "1 nieuwe afspraak is gemaakt." in done
    assert ind.get(f"/documenten/uitgiftedagen/{CENTRE.code}/gisteren/").status_code == 404


def test_a_municipality_sees_its_own_counts_and_coa_cannot_change_anything(ind: Client) -> None:
    ind.post("/documenten/aanmelden/", FORM)
    of_utrecht = client_of(OF_UTRECHT)
    own = text_of(of_utrecht, "/documenten/")
    assert "Huishoudens die aan uw gemeente zijn gekoppeld" in own
    assert "D-0000001" not in own
    assert of_utrecht.get("/documenten/lijst/").status_code == 403
    coa = client_of(COA)
    assert "D-0000001" in text_of(coa, "/documenten/lijst/?soort=wacht")
    assert coa.post("/documenten/document/D-0000001/stap/", {"stap": "uitgereikt"}).status_code == 403
    assert coa.post("/documenten/aanmelden/", FORM).status_code == 403
    assert "D-0000001" in text_of(client_of(AUDITOR), "/documenten/lijst.csv?soort=wacht")


def test_an_invitation_is_told_in_four_languages_and_for_a_calendar(ind: Client) -> None:
    for born in ("01-05-1990", "03-02-1991"):
        ind.post("/documenten/aanmelden/", FORM | {"geboren": born})
    ind.post("/documenten/uitgiftedagen/maken/", SESSION | {"balies": "1"})
    page = "/documenten/document/D-0000001/"
    assert ind.get(f"{page}uitnodiging/").status_code == 404
    ind.post(DAY, {"huishouden": "D-0000001:1 D-0000002:1"})
    coa = client_of(COA)
    told = text_of(coa, f"{page}uitnodiging/")
    assert "Om 09:30: document D-0000001." in told
    assert "Om 09:40: document D-0000002." in told
    assert "nog worden nagekeken" in told
    for code, word in (("en", "At 09:30"), ("ar", 'dir="rtl"'), ("ti", "09:40")):
        assert word in text_of(coa, f"{page}uitnodiging/?taal={code}")
    for code in ("nl", "ar"):
        made = coa.get(f"{page}uitnodiging.{code}.pdf")
        assert (made.status_code, made.content[:5]) == (200, b"%PDF-")
    assert coa.get(f"{DAY}daglijst.pdf").content[:5] == b"%PDF-"
    calendar = text_of(coa, f"{page}afspraak.ics")
    assert "DTSTART:20260303T083000Z\r\nDTEND:20260303T084000Z" in calendar
    assert calendar.count("BEGIN:VEVENT") == 2
    assert "PE-000002" not in calendar
    own = text_of(coa, "/documenten/uitgiftedagen.ics?team=Utrecht")
    assert own.count("BEGIN:VEVENT") == 1
    assert "BEGIN:VEVENT" not in text_of(coa, "/documenten/uitgiftedagen.ics?team=Zwolle")


def test_the_desks_say_what_is_due(ind: Client) -> None:
    ind.post("/documenten/aanmelden/", FORM)
    ind.post("/documenten/uitgiftedagen/maken/", SESSION)
    desk = text_of(ind, "/bureau/")
    assert "1 verblijfsdocument kan worden uitgereikt en wacht op een afspraak." in desk
    assert "Vandaag is er 1 uitgiftedag." in desk
    assert "Binnen een week komt de IND 1 keer naar een opvanglocatie." in text_of(client_of(COA), "/bureau/")


def test_a_plan_is_asked_for_looked_at_and_confirmed(ind: Client) -> None:
    for born in ("01-05-1990", "03-02-1991"):
        ind.post("/documenten/aanmelden/", FORM | {"geboren": born})
    address = "/documenten/plannen/"
    for field, typed in (("medewerkers", "veel"), ("bussen", "0"), ("medewerkers", "999")):
        answer = ind.post(address, {"medewerkers": "4", "bussen": "1"} | {field: typed})
        assert (answer.status_code, f'href="#{field}"' in answer.content.decode()) == (400, True)
    asked = ind.post(address, {"medewerkers": "4", "bussen": "1"})
    page = asked["Location"]
    assert "wacht op een programma dat rekent" in text_of(ind, page).lower()
    assert document_plan_work.work_once("worker") is not None
    found = text_of(ind, page)
    assert "2 mensen krijgen een document, verdeeld over 1 weken." in found
    assert "Bevestig dit plan en nodig uit" in found
    assert "1 opvanglocaties met een uitgiftedag, en de wegen van teams van 1 loketten." in found
    assert "Bekijk het plan" in ind.get(page, headers={"HX-Request": "true"}).content.decode()
    (row,) = text_of(ind, f"{page}dagen.csv").splitlines()[1:]
    assert row.split(",")[7] == "2"
    coa = client_of(COA)
    assert "Bevestig dit plan" not in text_of(coa, page)
    assert coa.post(f"{page}bevestigen/").status_code == 403
    done = ind.post(f"{page}bevestigen/", follow=True).content.decode()
    assert "2 bewoners zijn uitgenodigd, 0 konden niet meer" in done
    assert "STA-01" in ind.post(f"{page}bevestigen/", follow=True).content.decode()
    ind.post(address, {"medewerkers": "4", "bussen": "1"})
    number = int(page.rstrip("/").rsplit("/", 1)[1]) + 1
    assert "Gestopt." in ind.post(f"{address}{number}/stoppen/", follow=True).content.decode()


def test_a_plan_made_again_says_what_changes_before_it_is_confirmed(ind: Client) -> None:
    ind.post("/documenten/aanmelden/", FORM)
    address = "/documenten/plannen/"
    first = ind.post(address, {"medewerkers": "4", "bussen": "1"})["Location"]
    assert document_plan_work.work_once("worker") is not None
    assert "Wat er verandert" not in text_of(ind, first)
    assert len(text_of(ind, f"{first}wijzigingen.csv").splitlines()) == 1
    ind.post(f"{first}bevestigen/")
    people.save_centres([ELSEWHERE])
    with within(scope_of(COA)):
        change_centre(
            actor=COA, household=HouseholdId(FORM["huishouden"]), centre=ELSEWHERE.code, on=TODAY, today=TODAY
        )
    offered = text_of(ind, "/documenten/wijzigingen/")
    assert 'name="soort" value="opnieuw"' in offered
    page = ind.post(address, {"medewerkers": "4", "bussen": "1", "soort": "opnieuw"})["Location"]
    assert document_plan_work.work_once("worker") is not None
    found = text_of(ind, page)
    for words in ("Wat er verandert", "verhuisd naar een andere opvanglocatie", "Elders", "Na: dit plan"):
        assert words in found
    assert "Deze uitgiftedagen gaan niet door" in found
    (row,) = text_of(client_of(COA), f"{page}wijzigingen.csv").splitlines()[1:]
    number, household, centre, before, now, why = row.split(",")
    assert (number, household, centre, why) == ("D-0000001", "PE-000002", "Elders", "moved-centre")
    assert before.startswith(CENTRE.name)
    assert now.startswith("Elders")
    done = ind.post(f"{page}bevestigen/", follow=True).content.decode()
    assert "1 bewoners zijn uitgenodigd, 0 konden niet meer" in done
    assert "opnieuw" in text_of(ind, address)


def test_files_of_coordinates_and_teams_are_loaded_with_every_wrong_cell_told(ind: Client) -> None:
    address = "/documenten/reizen/"

    def loaded(kind: str, content: bytes, **other: str) -> str:
        file = SimpleUploadedFile("opgave.csv", content, content_type="text/csv")
        form = {"soort": kind, "bestand": file, "vanaf": "03-03-2026", "bron": "Opgave IND"} | other
        return ind.post(address, form, follow=True).content.decode()

    assert "punt van de gemeente" in text_of(client_of(COA), address)
    wrong = loaded("coordinaten", b"code,lat,lon\nOL-001,4.9,52.3\nOL-999,52.1,5.1\n")
    assert "Er is niets geladen" in wrong
    assert "<td>lat</td><td>4.9</td>" in wrong
    assert "Schrijf de breedtegraad" in wrong
    assert "OL-999" in loaded("coordinaten", b"code,lat,lon\nOL-999,52.1,5.1\n")
    for field, typed in (("bron", ""), ("vanaf", "morgen"), ("vanaf", "01-01-2040"), ("soort", "iets")):
        told = loaded("coordinaten", b"code,lat,lon\nOL-001,52.1,5.1\n", **{field: typed})
        assert f'href="#{field}"' in told
    assert ind.post(address, {"soort": "teams", "vanaf": "03-03-2026", "bron": "x"}).status_code == 400
    assert "Het bestand is geladen: 1 rijen." in loaded("coordinaten", b"code,lat,lon\nOL-001,52.5,6.1\n")
    assert "Het bestand is geladen: 1 rijen." in loaded("teams", b"code,desk,staff,vans\nA,IND-ZWOLLE,4,1\n")
    page = text_of(ind, address)
    for words in ("Opgave IND", "52.5000, 6.1000", "Eigen teams, vanaf 3 maart 2026"):
        assert words in page
    assert "Er zijn 1 eigen teams geladen" in text_of(ind, "/documenten/plannen/")
    ind.post("/documenten/aanmelden/", FORM)
    plan = ind.post("/documenten/plannen/", {"medewerkers": "", "bussen": ""})["Location"]
    assert document_plan_work.work_once("worker") is not None
    shown = text_of(ind, plan)
    assert "Met de eigen teams die waren geladen." in shown
    assert "1 van 2 loketten en opvanglocaties hebben eigen coördinaten" in shown
    coa = client_of(COA)
    assert "Laad het bestand" not in text_of(coa, address)
    assert coa.post(address, {"soort": "teams"}).status_code == 403
