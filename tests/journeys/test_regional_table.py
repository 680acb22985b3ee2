"""The regional table: places offered, a swap both sides agree on, a proposal, and a decision that two people take."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect
from walking import as_account, choose, done, fact, fill_by_keyboard, follow, leave, look, press, sign_in

pytestmark = pytest.mark.browser
TABLE = "/opvangplaatsen/tafel/?provincie=PV26"


def offer_places(page: Page, address: str) -> None:
    """Offer places with the keyboard alone; what was typed stays when a field is wrong."""
    sign_in(page, address, "gemeente-utrecht")
    choose(page, "Opvang", "Opvangplaatsen")
    follow(page, "Provinciale tafel")
    look(page, "regional-table")
    short = fact(page, "Nog tekort")
    follow(page, "Bied plaatsen aan")
    fill_by_keyboard(page, {"#plaatsen": "80", "#eerste": "1 juli"}, "form.ee-form button")
    expect(page.locator("#plaatsen")).to_have_value("80")
    expect(page.locator("#eerste")).to_have_attribute("aria-describedby", "eerste-fout")
    look(page, "place-offer-wrong")
    fill_by_keyboard(page, {"#eerste": "01-07-2026", "#toelichting": "nieuwe locatie"}, "form.ee-form button")
    done(page, "staat op de tafel")
    assert fact(page, "Nog tekort") == short - 80


def swap_places(page: Page, address: str) -> None:
    """Put a swap forward after a look at what it does; it holds once the other municipality agrees."""
    page.goto(address + TABLE)
    page.get_by_text("Leg een ruil voor").click()
    page.get_by_label("Wie doet minder").select_option(label="Utrecht")
    page.get_by_label("Wie doet meer").select_option(label="Amersfoort")
    page.locator("#aantal").fill("25")
    press(page, "Bekijk wat dit doet")
    expect(page.locator("#afspraak")).to_have_attribute("aria-invalid", "true")
    page.locator("#afspraak").fill("Amersfoort vangt er 25 meer op (verzonnen)")
    press(page, "Bekijk wat dit doet")
    look(page, "place-swap")
    press(page, "Leg deze ruil voor")
    done(page, "De ruil is voorgelegd")
    card = page.locator(".ee-card", has_text="25 meer op")
    expect(card).to_contain_text("Wacht op: Amersfoort")
    expect(card.get_by_role("button", name="Neem aan")).to_have_count(0)
    look(page, "regional-table-swap")
    as_account(page, address, "gemeente-amersfoort", TABLE)
    page.locator(".ee-card", has_text="25 meer op").get_by_role("button", name="Neem aan").click()
    done(page, "De ruil geldt nu")


def report(page: Page, address: str) -> None:
    """Choose a proposal for what is short, and report to the minister."""
    as_account(page, address, "provincie-utrecht", TABLE)
    page.locator("#kleinste").fill("100")
    press(page, "Reken opnieuw")
    press(page, "Neem aan als concept zo dicht mogelijk bij de aandelen")
    done(page, "aangenomen als concept")
    press(page, "Doe verslag")
    expect(page.locator("#verslag")).to_have_attribute("aria-invalid", "true")
    page.locator("#verslag").fill("Wij zijn het eens geworden.")
    press(page, "Doe verslag")
    done(page, "Het verslag is gedaan")
    look(page, "regional-table-reported")


def decide(page: Page, address: str) -> str:
    """Write the decision and publish it as a second person; return its address."""
    as_account(page, address, "ministerie", TABLE)
    press(page, "Schrijf het besluit en leg het voor")
    done(page, "Een collega kan het nu bekendmaken")
    expect(page.get_by_role("button", name="Maak bekend als tweede persoon")).to_have_count(0)
    look(page, "allocation-draft")
    path = page.url.removeprefix(address)
    as_account(page, address, "ministerie-2", path)
    press(page, "Trek in")
    expect(page.locator("#waarom")).to_have_attribute("aria-invalid", "true")
    page.goto(address + path)
    press(page, "Maak bekend als tweede persoon")
    done(page, "Het besluit is bekendgemaakt")
    return path


def test_a_province_goes_from_offers_to_a_decision_that_anyone_reads(
    page: Page, address: str, runs_alone: Callable[[], AbstractContextManager[None]]
) -> None:
    with runs_alone():
        offer_places(page, address)
        swap_places(page, address)
        report(page, address)
        path = decide(page, address)
    leave(page)
    page.goto(address + path)
    look(page, "allocation")
    with page.expect_download() as given:
        page.get_by_role("link", name="PDF, toegankelijk").click()
    assert given.value.suggested_filename.endswith(".pdf")
    assert given.value.path().read_bytes().startswith(b"%PDF")
    follow(page, "Reken dit getal na")
    expect(page.locator("main")).to_contain_text("precies dezelfde")
