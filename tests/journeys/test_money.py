"""Money from asking to settlement by two people, and a round from its promise to a lot that anyone checks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect
from walking import as_account, look, press, sign_in

pytestmark = pytest.mark.browser


def take(page: Page, name: str) -> None:
    press(page, name)
    expect(page.get_by_role("status")).to_contain_text("De stap is vastgelegd")


def test_costs_are_claimed_checked_paid_and_settled_by_two_people(page: Page, address: str) -> None:
    sign_in(page, address, "gemeente-utrecht")
    page.goto(f"{address}/geld/")
    look(page, "money")
    page.get_by_role("link", name="Vraag geld").click()
    look(page, "money-choose")
    page.get_by_role("link", name="Declareer kosten van een opvanglocatie").click()
    press(page, "Dien in")
    expect(page.get_by_role("alert")).to_be_visible()
    look(page, "money-costs-wrong")
    for name, typed in (
        ("titel", "Verzonnen loods"),
        ("van", "01-01-2025"),
        ("tot", "31-12-2025"),
        ("wat_1", "huur"),
        ("bedrag_1", "1.000,50"),
    ):
        page.locator(f"#{name}").fill(typed)
    page.locator("#locatie").select_option(index=1)
    press(page, "Dien in")
    expect(page.get_by_role("status")).to_contain_text("is ingediend")
    path = page.url.removeprefix(address)
    as_account(page, address, "ministerie", path)
    page.locator("#beoordelen-bedrag-1").fill("900")
    page.locator("#beoordelen-waarom-1").fill("een factuur ontbreekt")
    take(page, "Regel voor regel beoordelen")
    as_account(page, address, "ministerie-2", path)
    look(page, "money-file")
    take(page, "Toekennen")
    page.locator("#betalen-bedrag").fill("900")
    take(page, "Betaling vastleggen")
    as_account(page, address, "gemeente-utrecht", path)
    page.locator("#bewijs-vindplaats").fill("jaarrekening")
    take(page, "Bewijs toevoegen")
    as_account(page, address, "ministerie", path)
    page.locator("#voorstellen-bedrag").fill("800")
    page.locator("#voorstellen-waarom").fill("minder gebruikt")
    take(page, "Vaststelling voorstellen")
    as_account(page, address, "ministerie-2", path)
    take(page, "Vaststellen")
    page.locator("#terugontvangen-bedrag").fill("100")
    take(page, "Terugbetaling vastleggen")
    expect(page.locator("main")).to_contain_text("afgerond")
    look(page, "money-file-closed")
    page.goto(f"{address}/geld/overzicht/")
    look(page, "money-overview")


def apply_and_award(page: Page, address: str) -> None:
    """Hand a project in after a look at its conditions, and award it as a second person."""
    sign_in(page, address, "gemeente-utrecht")
    page.goto(f"{address}/geld/vragen/regeling/sft-2025/")
    for name, typed in (
        ("titel", "Verzonnen dijk"),
        ("aantal", "12"),
        ("van", "01-01-2027"),
        ("tot", "01-01-2042"),
        ("months-to-start", "20"),
    ):
        page.locator(f"#{name}").fill(typed)
    press(page, "Toets het project")
    expect(page.locator("#toets")).to_be_visible()
    look(page, "money-apply")
    press(page, "Dien in")
    path = page.url.removeprefix(address)
    as_account(page, address, "ministerie", path)
    take(page, "Regel voor regel beoordelen")
    as_account(page, address, "ministerie-2", path)
    take(page, "Toekennen")
    expect(page.locator("main")).to_contain_text("Bewijs uiterlijk op")


def test_a_project_is_checked_and_a_drawn_round_shows_how_to_check_it(
    page: Page, address: str, runs_alone: Callable[[], AbstractContextManager[None]]
) -> None:
    with runs_alone():  # another journey opens a round of the same scheme
        apply_and_award(page, address)
    page.goto(f"{address}/geld/rekening/?plekken=96000")
    look(page, "reception-bill")
    page.goto(f"{address}/lotingen/")
    look(page, "rounds")
    page.get_by_role("link", name="verzonnen-ronde").click()
    expect(page.locator("main")).to_contain_text("eenthuis schemes draw verzonnen-ronde.csv")
    look(page, "round")
    page.goto(f"{address}/lotingen/aankondigen/")
    page.locator("#naam").fill("verzonnen-tweede")
    press(page, "Maak een zaad")
    expect(page.locator("#zaad")).to_be_visible()
    look(page, "round-open")
