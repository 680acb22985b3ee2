"""From a municipality on a rung to a letter that a colleague sends and anyone checks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from walking import look, sign_in

pytestmark = pytest.mark.browser


def leave(page: Page) -> None:
    page.get_by_role("button", name="Afmelden").click()


def test_a_letter_is_written_sent_by_a_colleague_and_checked(page: Page, address: str) -> None:
    sign_in(page, address, "provincie-utrecht")
    page.goto(f"{address}/toezicht/brieven/")
    look(page, "supervision-letters")
    page.locator("input[name=gemeente]").last.check()
    page.get_by_role("button", name="Bekijk de brieven").click()
    look(page, "letters-preview")
    page.get_by_role("button", name="Schrijf en leg voor aan een collega").click()
    expect(page.get_by_role("status")).to_contain_text("1 brief is geschreven")
    leave(page)
    sign_in(page, address, "provincie-utrecht-2")
    page.goto(f"{address}/toezicht/brieven/")
    page.locator("input[name=brief]").first.check()
    page.get_by_role("button", name="Verstuur wat is gekozen").click()
    expect(page.get_by_role("status")).to_contain_text("1 brief is verstuurd")
    page.locator("tr", has_text="verstuurd").first.get_by_role("link").click()
    look(page, "supervision-letter")
    number = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page.locator("main").inner_text())
    assert number is not None
    leave(page)
    page.goto(f"{address}/brief/controle/")
    page.get_by_label("Kenmerk, zoals ABCD-EFGH-2345").fill(number[0])
    page.get_by_role("button", name="Controleer").click()
    expect(page.get_by_role("status")).to_contain_text("provincie Utrecht")
    look(page, "letter-check")
