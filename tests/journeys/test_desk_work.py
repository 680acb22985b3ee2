"""Work from a desk in a real browser: search, a filter that is kept, and a whole task with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from walking import look, sign_in, tab_to

pytestmark = pytest.mark.browser


def test_several_households_are_signed_off_with_the_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/aanmelden/")
    tab_to(page, "button[name=account][value=coa]")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/bureau/$"))
    tab_to(page, "nav a[href='/werk/']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/werk/$"))
    tab_to(page, "#soort")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, ".ee-filter button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("soort=house"))
    for _ in range(2):
        tab_to(page, "input[name=huishouden]:not(:checked)")
        page.keyboard.press("Space")
    chosen = page.locator("input[name=huishouden]:checked")
    names = [str(one.get_attribute("value")) for one in chosen.all()]
    assert len(names) == 2
    tab_to(page, "button[name=actie][value=sign-off]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Er is nog niets gedaan")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(2)
    rows = {name: page.locator("tbody tr", has_text=name).inner_text() for name in names}
    happens = [name for name in names if "gebeurt niet" not in rows[name]]
    assert happens, rows
    look(page, "bulk")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Huishoudens afmelden bij het COA")
    expect(page.get_by_role("status")).to_contain_text(f"Voor {len(happens)} huishouden")
    for name in happens:
        expect(page.locator("tbody tr", has_text=name)).to_contain_text("gedaan")


def test_a_search_goes_to_the_one_thing_found_and_tells_nothing_of_the_rest(page: Page, address: str) -> None:
    sign_in(page, address, "gemeente-utrecht")
    own = page.locator("tbody th a").first.inner_text()
    page.get_by_label("Zoek een huishouden").fill(own.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Huishouden {own}")
    answers = []
    for number in ("PE-000002", "PE-999999"):
        page.goto(f"{address}/zoeken/?vraag={number}")
        answers.append(page.locator("main").inner_text())
    assert answers[0] == answers[1]
    page.goto(f"{address}/zoeken/?vraag=berg")
    look(page, "search")


def test_a_filter_is_kept_under_a_name_and_counted_on_the_desk(page: Page, address: str) -> None:
    sign_in(page, address, "coa")
    page.goto(f"{address}/werk/?termijn=late&regio=zuid-holland-zeeland")
    count = re.findall(r"[\d.]+", page.locator("#tabel caption").inner_text())[0]
    page.get_by_text("Bewaarde filters").click()
    page.get_by_label("Bewaar dit filter").fill("Te laat in het westen")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.goto(f"{address}/bureau/")
    line = page.locator(".ee-saved li", has_text="Te laat in het westen")
    expect(line.locator(".ee-count")).to_have_text(count)
    line.get_by_role("link").click()
    expect(page).to_have_url(re.compile("regio=zuid-holland-zeeland"))
    page.goto(f"{address}/bureau/")
    page.get_by_role("button", name="Verwijder Te laat in het westen").click()
    expect(page.locator(".ee-saved")).to_have_count(0)
