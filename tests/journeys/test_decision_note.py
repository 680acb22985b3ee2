"""From the register of recommendations to a decision note that two people make public, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from walking import choose, fill_by_keyboard, leave, look, press, sign_in

pytestmark = pytest.mark.browser
OFFICIAL = "Sjoukje Wiersma"
COMMENT = "Wij halen mensen graag zelf op bij het azc (verzonnen)."


def comment(page: Page, address: str) -> None:
    """Say something of a recommendation as a partner, which nobody outside the chain reads."""
    sign_in(page, address, "gemeente-zundert")
    page.goto(f"{address}/aanbevelingen/3/")
    press(page, "Plaats de reactie")
    expect(page.locator("#reactie")).to_have_attribute("aria-invalid", "true")
    fill_by_keyboard(page, {"#reactie": COMMENT}, "form[action$='reactie/'] button")
    expect(page.locator("section[aria-labelledby=reacties]")).to_contain_text(COMMENT)
    leave(page)
    page.goto(f"{address}/aanbevelingen/3/")
    expect(page.locator("main")).not_to_contain_text(COMMENT)


def draw_up(page: Page, address: str) -> str:
    """Draw up a note from the register and put it forward; return its address."""
    sign_in(page, address, "ministerie")
    choose(page, "Beleid en toezicht", "Aanbevelingen")
    look(page, "recommendations")
    page.get_by_role("link", name="Reik verblijfsdocumenten uit in het azc").click()
    expect(page.locator("section[aria-labelledby=reacties]")).to_contain_text(COMMENT)
    look(page, "recommendation")
    page.goto(f"{address}/aanbevelingen/notas/")
    look(page, "decision-notes")
    page.get_by_label("3. Reik verblijfsdocumenten uit in het azc").check()
    page.get_by_role("button", name="Stel de nota op").click()
    look(page, "decision-note-edit")
    page.locator("#financial").fill(f"Er zijn geen kosten. Vragen: {OFFICIAL}, s.wiersma@ind.example.")
    page.locator("#grond-legal").select_option(
        label="nee: persoonlijke beleidsopvattingen voor intern beraad"
    )
    page.get_by_role("button", name="Bewaar als nieuwe versie").click()
    expect(page.get_by_role("status")).to_contain_text("Bewaard als nieuwe versie")
    page.get_by_role("button", name="Leg voor aan een collega").click()
    expect(page.get_by_text("een collega die er niet aan schreef")).to_be_visible()
    where = page.url
    leave(page)
    return where


def test_a_note_is_drawn_up_approved_by_a_colleague_and_made_public(page: Page, address: str) -> None:
    comment(page, address)
    where = draw_up(page, address)
    sign_in(page, address, "ministerie-2")
    page.goto(f"{address}/berichten/?soort=note-put-forward")
    page.locator(".ee-notice a").first.click()
    expect(page).to_have_url(where)
    look(page, "decision-note-draft")
    page.get_by_role("button", name="Keur deze versie goed").click()
    page.get_by_role("link", name="Persoonsgegevens weglaten en openbaar maken").click()
    expect(page.locator("mark").filter(has_text=OFFICIAL)).to_be_visible()
    look(page, "decision-note-marks")
    page.get_by_label("blijft staan, omdat:").first.check()
    page.get_by_role("button", name="Leg deze besluiten vast").click()
    expect(page.get_by_role("alert").locator("li")).to_have_count(1)
    look(page, "decision-note-marks-wrong")
    page.get_by_label("laat weg").first.check()
    page.get_by_role("button", name="Leg deze besluiten vast").click()
    expect(page.get_by_role("status")).to_contain_text("Vastgelegd")
    page.get_by_role("button", name="Maak de nota openbaar").click()
    expect(page.get_by_role("status")).to_contain_text("De nota is openbaar")
    public = page.url
    leave(page)
    page.goto(public)
    look(page, "decision-note")
    shown = page.content()
    assert "Wiersma" not in shown
    assert "s.wiersma" not in shown
    expect(page.get_by_role("article")).to_contain_text("[weggelaten]")
    expect(page.get_by_role("article")).to_contain_text(re.compile(r"artikel 5\.2, eerste lid"))
    assert page.request.get(f"{public}nota.pdf").body().startswith(b"%PDF")
    assert "Wiersma" not in page.request.get(f"{public}nota.html").text()
    assert page.request.get(where, max_redirects=0).status in {302, 403, 404}
