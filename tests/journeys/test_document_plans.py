"""From a plan to a document in hand: asked by keyboard, confirmed, somebody stays away, people move, all made again."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect
from walking import choose, fact, look, sign_in, tab_to

pytestmark = pytest.mark.browser
MOVED = "verhuisd naar een andere opvanglocatie"
PATIENCE_MS = 180_000
"""The first plan of a program compiles its loops."""


def ask_by_keyboard(page: Page, button: str) -> None:
    """Fill the central form and send it without a mouse, then wait until the plan is made."""
    tab_to(page, "#medewerkers")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("8")
    tab_to(page, "#bussen")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2")
    tab_to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    ready = page.get_by_role("link", name="Bekijk het plan")
    done = page.get_by_role("button", name="Bevestig dit plan en nodig uit")
    expect(ready.or_(done)).to_be_visible(timeout=PATIENCE_MS)
    page.reload()
    expect(done).to_be_visible()


def confirm(page: Page) -> None:
    page.get_by_role("button", name="Bevestig dit plan en nodig uit").click()
    expect(page.get_by_role("status").first).to_contain_text("uitgenodigd")


def as_somebody_else(page: Page, address: str, account: str) -> None:
    page.get_by_role("button", name="Afmelden").click()
    sign_in(page, address, account)


def test_a_plan_becomes_invitations_is_made_again_and_ends_with_a_checked_document(
    page: Page, address: str, runs_alone: Callable[[], AbstractContextManager[None]]
) -> None:
    with runs_alone():
        sign_in(page, address, "ind")
        choose(page, "Opvang", "Verblijfsdocumenten")
        page.get_by_role("link", name="Plannen", exact=True).click()
        expect(page.locator("h1")).to_have_text("Uitgiftedagen plannen")
        look(page, "document-plans")
        page.get_by_role("link", name="Loketten, teams en coördinaten").click()
        expect(page.locator("h1")).to_have_text("Loketten, teams en coördinaten")
        look(page, "document-travel")
        page.go_back()
        ask_by_keyboard(page, "button:not([name])")
        expect(page.locator("svg.ee-figure--travel")).to_be_visible()
        look(page, "document-plan")
        confirm(page)
        moved = invitation_of_somebody(page, address)
        somebody_stays_away(page, address)
        move(page, address, moved)
        plan_again(page, address)
        handed_out_by_two(page, address)


def invitation_of_somebody(page: Page, address: str) -> str:
    """Look at the invitation of somebody who was told a day that has yet to come; return the household."""
    page.goto(f"{address}/documenten/lijst/?soort=uitgenodigd")
    household = page.locator("tbody tr").last.locator("td").first.inner_text()
    page.locator("tbody tr").last.locator("th a").click()
    page.get_by_role("link", name="in vier talen, en voor de agenda").click()
    expect(page.locator("main")).to_contain_text(household)
    return household


def todays_session(page: Page, address: str) -> None:
    page.goto(f"{address}/documenten/uitgiftedagen/")
    page.locator("tr", has_text="Team IND").locator("a[href$='2026-03-03/']").click()
    expect(page.get_by_role("heading", name="Daglijst")).to_be_visible()


def somebody_stays_away(page: Page, address: str) -> None:
    todays_session(page, address)
    row = page.locator("tr", has=page.get_by_role("button", name=re.compile("^Niet gekomen"))).last
    number = row.locator("th, td").nth(1).inner_text()
    row.get_by_role("button", name=f"Niet gekomen {number}").click()
    expect(page.get_by_role("status").first).to_contain_text(number)
    missed = page.locator("section", has=page.get_by_role("heading", name="Niet gelukt"))
    expect(missed).to_contain_text(number)
    look(page, "document-no-show")


def move(page: Page, address: str, household: str) -> None:
    as_somebody_else(page, address, "coa")
    page.goto(f"{address}/huishoudens/{household}/stappen/andere-opvang/")
    here = page.locator("select[name=opvang] option")
    other = here.nth(3).get_attribute("value")
    assert other
    page.locator("select[name=opvang]").select_option(other)
    with page.expect_navigation():
        page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_role("status").first).to_be_visible()
    as_somebody_else(page, address, "ind")


def plan_again(page: Page, address: str) -> None:
    page.goto(f"{address}/documenten/wijzigingen/")
    expect(page.locator("table")).to_contain_text(MOVED)
    look(page, "document-changes")
    ask_by_keyboard(page, "section[aria-labelledby=opnieuw] button")
    changes = page.locator("section", has=page.get_by_role("heading", name="Wat er verandert"))
    expect(changes).to_contain_text(MOVED)
    assert fact(page, "Houden hun afspraak") > 0
    look(page, "document-plan-again")
    confirm(page)
    page.goto(f"{address}/documenten/plannen/")
    expect(page.locator("tbody tr").first).to_contain_text("bevestigd")


def handed_out_by_two(page: Page, address: str) -> None:
    todays_session(page, address)
    give = page.get_by_role("button", name=re.compile("^Uitgereikt D-")).first
    number = give.inner_text().split()[-1]
    give.click()
    expect(page.locator("tr", has_text=number)).to_contain_text("wacht op een collega")
    as_somebody_else(page, address, "ind-2")
    todays_session(page, address)
    page.get_by_role("button", name=f"Gecontroleerd {number}").click()
    expect(page.locator("tr", has_text=number)).to_contain_text("uitgereikt en gecontroleerd")
