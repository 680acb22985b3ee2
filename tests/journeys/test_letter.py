"""The letter: a case worker hands out a code, and the person concerned reads with it, once, in its own language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from walking import look, sign_in

pytestmark = pytest.mark.browser


def test_a_letter_is_read_with_a_code_that_works_once(page: Page, browser: Browser, address: str) -> None:
    sign_in(page, address, "gemeente-utrecht")
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name="Brief voor het huishouden").click()
    page.get_by_role("button", name="Maak een code").click()
    expect(page.get_by_role("heading", name="Geef dit aan het huishouden")).to_be_visible()
    look(page, "letter-staff")
    number, code = (
        page.locator(".ee-list dt", has_text=name).locator("+ dd").inner_text()
        for name in ("Nummer van de brief", "Code")
    )

    reader = browser.new_context(java_script_enabled=True, bypass_csp=True)
    own = reader.new_page()
    own.goto(f"{address}/brief/?taal=ar")
    assert own.locator("html").get_attribute("dir") == "rtl"
    look(own, "letter-open-ar")
    own.locator("#nummer").fill(number)
    own.locator("#code").fill("AAAAA AAAAA")
    own.locator("form button").click()
    expect(own.get_by_role("alert")).to_be_visible()
    own.locator("#code").fill(code)
    own.locator("form button").click()
    expect(own.get_by_role("heading", level=1)).to_have_text("سكنك في هولندا")
    expect(own.locator("main")).to_contain_text("Utrecht")
    look(own, "letter-read-ar")
    with own.expect_download() as saved:
        own.get_by_role("link", name="(PDF)").click()
    assert saved.value.suggested_filename == "brief-ar.pdf"
    own.get_by_role("link", name="ትግርኛ").click()
    expect(own.get_by_role("heading", level=1)).to_have_text("መንበሪ ቤትኩም ኣብ ሆላንድ")
    look(own, "letter-read-ti")
    own.locator("main form button").click()
    expect(own.get_by_role("status")).to_be_visible()
    own.locator("#nummer").fill(number)
    own.locator("#code").fill(code)
    own.locator("form button").click()
    expect(own.get_by_role("alert")).to_be_visible()
    reader.close()
