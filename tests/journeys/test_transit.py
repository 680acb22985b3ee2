"""A transit location from its opening to the money of a month, awarded by a second person."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from walking import as_account, choose, done, fill_by_keyboard, follow, look, press, sign_in

pytestmark = pytest.mark.browser


def test_a_transit_location_goes_from_opening_to_the_payment_of_a_month(
    page: Page, address: str, tmp_path: Path
) -> None:
    stays = tmp_path / "verblijven.csv"
    stays.write_text("person,code,first_day\n1,GM0879,2026-01-05\n2,niets,2026-01-05\n")
    sign_in(page, address, "gemeente-zundert")
    choose(page, "Opvang", "Doorstroomlocaties")
    follow(page, "Voeg een locatie toe")
    fields = {"#naam": "Verzonnen klooster", "#plekken": "3", "#van": "1-1", "#deelnemers": "Breda, Nergens"}
    fill_by_keyboard(page, fields, "form.ee-form button")
    expect(page.get_by_role("alert").locator("li")).to_have_count(2)
    expect(page.locator("#naam")).to_have_value("Verzonnen klooster")
    fill_by_keyboard(page, {"#van": "01-01-2026", "#deelnemers": "Breda"}, "form.ee-form button")
    done(page, "is toegevoegd")
    where = page.url.removeprefix(address)
    page.locator("#bestand").set_input_files(stays)
    press(page, "Neem het bestand op")
    expect(page.get_by_role("alert")).to_contain_text("Rij 3")
    stays.write_text(stays.read_text().replace("niets", "GM0758"))
    page.locator("#bestand").set_input_files(stays)
    press(page, "Neem het bestand op")
    done(page, "opgenomen")
    for person, place in (("3", "Zundert"), ("4", "Rotterdam")):
        page.locator("#persoon").fill(person)
        page.locator("#gekoppeld").fill(place)
        page.locator("#eerste_dag").fill("10-01-2026")
        press(page, "Neem op")
    look(page, "transit-site-filled")
    press(page, "Vraag dit geld aan: januari 2026")
    done(page, "Het geld is gevraagd in dossier")
    expect(page.get_by_role("row", name="personen elders gekoppeld")).to_contain_text("1.836,00")
    file = page.url.removeprefix(address)
    page.goto(address + where)
    expect(page.get_by_role("button", name="Vraag dit geld aan: januari 2026")).to_have_count(0)
    as_account(page, address, "ministerie", file)
    press(page, "Regel voor regel beoordelen")
    done(page, "De stap is vastgelegd")
    expect(page.get_by_role("button", name="Toekennen")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Vier ogen")
    as_account(page, address, "ministerie-2", file)
    press(page, "Toekennen")
    page.locator("#betalen-bedrag").fill("duizend euro")
    press(page, "Betaling vastleggen")
    expect(page.locator("#betalen-bedrag")).to_have_value("duizend euro")
    fill_by_keyboard(page, {"#betalen-bedrag": "1.000"}, "form[action$='betalen/'] button")
    done(page, "De stap is vastgelegd")
    expect(page.locator(".ee-fact", has_text="Betaald")).to_contain_text("1.000,00")
    look(page, "transit-claim-paid")
