"""A reception site that COA confirms as it saw it, and an estimate whose shares anyone computes again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect
from walking import done, fact, fill_by_keyboard, follow, leave, look, press, sign_in

pytestmark = pytest.mark.browser
SEND = "form.ee-form button"


def test_coa_confirms_the_places_of_a_site_that_it_saw(page: Page, address: str) -> None:
    sign_in(page, address, "gemeente-zundert")
    page.goto(f"{address}/opvangplaatsen/locaties/")
    follow(page, "Locatie toevoegen")
    fill_by_keyboard(page, {"#naam": "Verzonnen school", "#plaatsen": "60", "#eerste": "01-04-26"}, SEND)
    expect(page.locator("#eerste-fout")).to_be_visible()
    fill_by_keyboard(page, {"#eerste": "01-04-2026", "#laatste": "31-12-2027"}, SEND)
    done(page, "Het COA bevestigt de plaatsen")
    where = page.url
    browser = page.context.browser
    assert browser is not None
    with browser.new_context(locale="nl-NL", bypass_csp=True) as other:
        coa = other.new_page()
        sign_in(coa, address, "coa")
        coa.goto(where)
        page.get_by_label("Vanaf deze dag een ander aantal plaatsen").check()
        press(page, "Leg vast")
        expect(page.get_by_role("alert").locator("li")).to_have_count(3)
        expect(page.get_by_label("Vanaf deze dag een ander aantal plaatsen")).to_be_checked()
        look(page, "site-wrong")
        for field, typed in (("dag", "01-06-2026"), ("plaatsen", "80"), ("reden", "een verdieping erbij")):
            page.locator(f"#{field}").fill(typed)
        press(page, "Leg vast")
        done(page, "De locatie is gewijzigd")
        press(coa, "Bevestig deze plaatsen voor het COA")
        expect(coa.get_by_role("alert")).to_contain_text("intussen veranderd")
        look(coa, "site-to-confirm")
        press(coa, "Bevestig deze plaatsen voor het COA")
        done(coa, "De plaatsen zijn bevestigd")
    leave(page)
    page.goto(f"{address}/opvangplaatsen/locaties/?dag=&zoek=Verzonnen+school")
    follow(page, "Verzonnen school")
    expect(page.get_by_role("row", name="1 juni 2026")).to_contain_text("80")
    expect(page.get_by_role("row", name="1 april 2026")).to_contain_text("60")


def test_shares_follow_an_estimate_and_anyone_computes_them_again(
    page: Page, address: str, runs_alone: Callable[[], AbstractContextManager[None]]
) -> None:
    sign_in(page, address, "ministerie")
    with runs_alone():  # the shares of every table change
        page.goto(f"{address}/opvangplaatsen/raming/")
        fields = {"#plaatsen": "93 duizend", "#dag": "03-03-2026", "#bron": "brief (verzonnen)"}
        fill_by_keyboard(page, fields, SEND)
        expect(page.locator("#plaatsen")).to_have_value("93 duizend")
        look(page, "places-announce-wrong")
        fill_by_keyboard(page, {"#plaatsen": "93.000"}, SEND)
        done(page, "De aandelen zijn berekend")
    leave(page)
    page.goto(f"{address}/opvangplaatsen/")
    expect(page.locator(".ee-card", has_text="Geldt nu")).to_contain_text("93.000")
    assert abs(fact(page, "Aandelen samen") - 93_000) < 342
    follow(page, "Reken dit getal na")
    expect(page.locator("main")).to_contain_text("precies dezelfde")
    look(page, "places-receipt")
