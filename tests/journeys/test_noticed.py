"""A notice from the officer who links to the municipality that acknowledges, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect
from walking import choose, look, sign_in

pytestmark = pytest.mark.browser


TOLD_OF_A_LINK = "Er is een huishouden aan uw gemeente gekoppeld."


def link_and_acknowledge(page: Page, address: str) -> None:
    """Link a household, and acknowledge the notice of it, which then asks for nothing more."""
    sign_in(page, address, "coa")
    page.goto(f"{address}/koppelen/?gemeente=GM0344")
    page.locator("input[name=huishouden]").last.check()
    page.get_by_role("button", name="Bekijk en bevestig").click()
    page.get_by_role("button", name="Bevestig", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("1 huishouden is gekoppeld")
    page.get_by_role("button", name="Afmelden").click()
    sign_in(page, address, "gemeente-utrecht")
    page.get_by_role("link", name=re.compile(r"^Berichten \d+ nieuw")).click()
    told = page.locator(".ee-notice", has_text=TOLD_OF_A_LINK).first
    confirm = told.get_by_role("button", name=re.compile("^Bevestig"))
    expect(confirm).to_have_count(1)
    look(page, "notices")
    confirm.click()
    expect(page.get_by_role("status")).to_contain_text("U hebt het bericht bevestigd")
    expect(confirm).to_have_count(0)


def test_a_municipality_hears_of_a_link_and_acknowledges_it(
    page: Page, address: str, runs_alone: Callable[[], AbstractContextManager[None]]
) -> None:
    with runs_alone():  # no other journey tells the municipality of anything meanwhile
        link_and_acknowledge(page, address)
    page.locator(".ee-notice", has_text=TOLD_OF_A_LINK).first.locator("a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Huishouden")
    page.goto(f"{address}/berichten/agenda/")
    page.get_by_role("button", name=re.compile("adres$")).first.click()
    expect(page.get_by_label("Adres voor uw agenda")).to_have_value(
        re.compile(r"/agenda/[\w-]+/deadlines\.ics$")
    )
    look(page, "calendar")


def test_the_administrator_adds_a_system_and_the_auditor_reads_what_changed(page: Page, address: str) -> None:
    sign_in(page, address, "beheer")
    choose(page, "Bestanden en beheer", "Afleveringen")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("alert").locator("li")).to_have_count(4)
    look(page, "deliveries-wrong")
    page.get_by_label("Naam van het systeem").fill("zaaksysteem")
    page.get_by_label("Adres (https)").fill("https://zaken.example/berichten")
    page.get_by_label("E-mailadres van de beheerder ervan").fill("beheer@zaken.example")
    page.get_by_label("Krijgt de berichten van deze rol").select_option(label="provincie")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("status")).to_contain_text("maar één keer getoond")
    look(page, "deliveries")
    page.goto(f"{address}/berichten/e-mail/")
    look(page, "notice-mail")
    page.get_by_role("button", name="Afmelden").click()
    sign_in(page, address, "auditor")
    page.goto(f"{address}/journaal/?handeling=subscribe")
    expect(page.locator("tbody tr").first).to_contain_text("zaken.example")
    look(page, "journal")
