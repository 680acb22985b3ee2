"""Asking for a proposal in a real browser: followed while it goes on, stopped, and laid open."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from playwright.sync_api import Page, expect
from walking import look, sign_in, tab_to

pytestmark = pytest.mark.browser
PATIENCE_MS = 240_000


def ready(page: Page) -> None:
    """Wait until the run on the page has made its proposal."""
    expect(page.get_by_role("status")).to_contain_text("Klaar", timeout=PATIENCE_MS)


def test_a_proposal_is_asked_for_by_keyboard_followed_stopped_and_checked(page: Page, address: str) -> None:
    sign_in(page, address, "coa")
    page.goto(f"{address}/koppelen/voorstel/")
    page.get_by_label("Minste winst").fill("veel")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("getal in van 0,1")
    look(page, "propose-problem")
    page.get_by_label("Minste winst").fill("")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/koppelen/rekenen/\d+/$"))
    expect(page.get_by_text("Mensen met een plek")).to_be_visible(timeout=PATIENCE_MS)
    look(page, "run")
    page.goto(f"{address}/koppelen/")
    page.get_by_role("link", name="Er wordt een nieuw voorstel gemaakt").click()
    if page.locator("#stoppen button").count():
        tab_to(page, "#stoppen button")
        page.keyboard.press("Enter")
    ready(page)
    look(page, "run-done")
    page.get_by_role("link", name="Bewijs, vergelijking").click()
    expect(page.get_by_role("heading", level=2, name="Wie krijgt wat")).to_be_visible()
    assert page.locator("section[aria-labelledby=vergelijk] tbody tr").count() == 6

    with page.expect_download() as got:
        page.get_by_role("link", name="Map om te controleren").click()
    with zipfile.ZipFile(got.value.path()) as archive:
        names = set(archive.namelist())
        certificate = json.load(io.TextIOWrapper(archive.open("certificate.json"), encoding="utf-8"))
    assert {"households.csv", "places.csv", "scores.npy", "allowed.npy", "proposal.csv"} <= names
    assert all(check["violations"] == 0 for check in certificate["checks"])
    page.goto(f"{address}/journaal/")
    expect(page.locator("main")).to_contain_text("voorstel gevraagd")


def test_the_page_of_a_run_works_without_a_script(page: Page, address: str) -> None:
    browser = page.context.browser
    assert browser is not None
    with browser.new_context(java_script_enabled=False, locale="nl-NL") as context:
        plain = context.new_page()
        sign_in(plain, address, "coa")
        plain.goto(f"{address}/koppelen/")
        plain.locator("form[action$='/koppelen/voorstel/'] button").click()
        expect(plain).to_have_url(re.compile(r"/koppelen/rekenen/\d+/$"))
        for _ in range(600):
            if "Klaar" in plain.get_by_role("status").inner_text():
                break
            stop = plain.locator("#stoppen button")
            if stop.count() and "Mensen met een plek" in plain.locator("#verloop").inner_text():
                stop.click()
            else:
                plain.get_by_role("link", name="Ververs deze pagina").click()
                plain.wait_for_timeout(500)
        expect(plain.get_by_role("link", name="Bekijk het voorstel")).to_be_visible()
