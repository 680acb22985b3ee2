"""From an official estimate to a deviation that two people tell and a municipality reads, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect
from walking import choose, leave, look, sign_in

pytestmark = pytest.mark.browser


def enter_and_tell(page: Page, address: str) -> None:
    """Enter an estimate that deviates, and tell everyone as a second person."""
    sign_in(page, address, "ministerie")
    choose(page, "Cijfers", "Prognoses")
    look(page, "forecasts")
    page.get_by_role("link", name="Raming of telling invoeren").click()
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_role("alert").locator("li")).to_have_count(1)
    look(page, "estimate-wrong")
    page.get_by_label("Minimum, in mensen (mag leeg)").fill("9.000")
    page.get_by_label("Midden of telling, in mensen").fill("10.000")
    page.get_by_label("Maximum, in mensen (mag leeg)").fill("13.500")
    page.get_by_label("Bron (titel of adres)").fill("MPP, voorjaar 2026 (verzonnen)")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_role("status")).to_contain_text("staat naast onze prognose")
    page.get_by_role("link", name="Afwijkingen, op tijd verteld").click()
    look(page, "deviations")
    # another journey may have announced the number meanwhile, which is then what it deviates from
    page.get_by_role("link", name="2026-II: 10.000 in plaats van").click()
    page.get_by_label("Toelichting bij het bericht").fill("De raming is verlaagd.")
    page.get_by_role("button", name="Leg voor aan een collega").click()
    expect(page.get_by_text("Een collega van het ministerie kan het nu vertellen")).to_be_visible()
    where = page.url
    leave(page)
    sign_in(page, address, "ministerie-2")
    page.goto(where)
    look(page, "deviation")
    page.get_by_role("button", name="Vertel het aan iedereen").click()
    expect(page.get_by_role("status")).to_contain_text("354 gemeenten en provincies")


def test_an_estimate_deviates_and_everyone_is_told_by_a_second_person(
    page: Page, address: str, runs_alone: Callable[[], AbstractContextManager[None]]
) -> None:
    with runs_alone():  # another journey announces the number of the same half-year
        enter_and_tell(page, address)
    leave(page)
    sign_in(page, address, "gemeente-utrecht")
    page.goto(f"{address}/berichten/?soort=deviation-told")
    page.locator(".ee-notice a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("10.000")
    expect(page.locator(".ee-fact", has_text="Voor uw gemeente, in mensen")).to_contain_text("woningen")
    look(page, "deviation-told")
    page.goto(f"{address}/halfjaren/2026-I/")
    page.get_by_role("link", name="Tussentijds bijstellen: vijf manieren naast elkaar").click()
    look(page, "interim")
    page.get_by_label("Nu verwacht, in mensen").fill("13.000")
    page.get_by_role("button", name="Reken", exact=True).click()
    expect(page.locator(".ee-fact", has_text="Nu verwacht")).to_contain_text("13.000")
