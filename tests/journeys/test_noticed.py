"""A notice from the officer who links to the municipality that acknowledges, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from walking import look, sign_in

pytestmark = pytest.mark.browser


def test_a_municipality_hears_of_a_link_and_acknowledges_it(page: Page, address: str) -> None:
    sign_in(page, address, "coa")
    page.goto(f"{address}/koppelen/?gemeente=GM0344")
    page.locator("input[name=huishouden]").last.check()
    page.get_by_role("button", name="Bekijk en bevestig").click()
    page.get_by_role("button", name="Bevestig", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("1 huishouden is gekoppeld")
    page.get_by_role("button", name="Afmelden").click()
    sign_in(page, address, "gemeente-utrecht")
    counted = page.get_by_role("link", name=re.compile(r"^Berichten \d+ nieuw"))
    before = int(re.findall(r"\d+", counted.inner_text())[0])
    counted.click()
    expect(page.locator(".ee-notice").first).to_contain_text(
        "Er is een huishouden aan uw gemeente gekoppeld."
    )
    look(page, "notices")
    page.locator(".ee-notice").first.get_by_role("button", name=re.compile("^Bevestig")).click()
    expect(page.get_by_role("status")).to_contain_text("U hebt het bericht bevestigd")
    left = page.locator(".ee-count")
    assert (int(re.findall(r"\d+", left.inner_text())[0]) if left.count() else 0) == before - 1
    page.locator(".ee-notice a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Huishouden")
    page.goto(f"{address}/berichten/agenda/")
    page.get_by_role("button", name=re.compile("adres$")).first.click()
    expect(page.get_by_label("Adres voor uw agenda")).to_have_value(
        re.compile(r"/agenda/[\w-]+/deadlines\.ics$")
    )
    look(page, "calendar")
