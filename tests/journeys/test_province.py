"""A day of a provincial officer in a real browser: whom to talk to, a talk, a rung put forward, and a colleague."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from walking import look, sign_in


def test_from_the_warning_to_a_rung_that_two_people_decide_on(page: Page, address: str) -> None:
    sign_in(page, address, "provincie-utrecht")
    page.get_by_role("link", name="waarschijnlijk niet: praat er nu mee").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vroege waarschuwing in Utrecht")
    expect(page.locator("figure svg")).to_be_visible()
    look(page, "warnings")

    page.goto(f"{address}/toezicht/")
    expect(page).to_have_url(re.compile("/toezicht/provincies/PV26/$"))
    expect(page.get_by_role("link", name="regietafel als pdf")).to_be_visible()
    look(page, "readings")
    page.get_by_role("button", name="Leg deze beoordelingen vast").click()
    expect(page.get_by_role("status")).to_be_visible()

    page.goto(f"{address}/toezicht/gemeenten/GM0355/")
    look(page, "case-file")
    page.get_by_text("Contact vastleggen").click()
    page.locator("#tekst-contact").fill("Gesprek over de woningen van dit voorjaar.")
    page.locator("#contact button").click()
    expect(page.locator(".ee-timeline")).to_contain_text("Gesprek over de woningen van dit voorjaar.")

    page.get_by_text("Trede voorleggen").click()
    page.locator("#trede-trede").select_option("1")
    page.locator("#tekst-trede").fill("Volgt uit de lezing.")
    page.locator("#trede button").click()
    expect(page.get_by_role("heading", name="Wacht op een tweede paar ogen")).to_be_visible()
    expect(page.get_by_role("button", name="Bevestig deze trede")).to_have_count(0)
    page.get_by_role("button", name="Afmelden").click()

    sign_in(page, address, "provincie-utrecht-2")
    page.goto(f"{address}/toezicht/gemeenten/GM0355/")
    look(page, "case-file-colleague")
    page.get_by_role("button", name="Bevestig deze trede").click()
    expect(page.locator(".ee-timeline")).to_contain_text("trede bevestigd door een collega")

    page.goto(f"{address}/toezicht/provincies/PV26/ladder/")
    look(page, "ladder")
