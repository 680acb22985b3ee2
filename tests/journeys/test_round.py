"""A round of a scheme: a promise, an application, eligibility, a lot that anyone draws again, money, and settlement."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from walking import as_account, done, fill_by_keyboard, leave, look, press, sign_in

pytestmark = pytest.mark.browser
NAME = "verzonnen-lente"
SEND = "form.ee-form button"


def announce(page: Page, address: str) -> str:
    """Announce a round that closes today, and return its seed; the promise keeps to its name."""
    sign_in(page, address, "ministerie")
    page.goto(f"{address}/lotingen/aankondigen/")
    page.locator("#naam").fill("andere-naam")
    press(page, "Maak een zaad")
    page.locator("#naam").fill(NAME)
    for field, typed in (
        ("opent", "03-03-2026"),
        ("sluit", "03-03-2026"),
        ("budget", "150.000"),
        ("waarom", "meer gevraagd dan er is (verzonnen)"),
    ):
        page.locator(f"#{field}").fill(typed)
    page.locator("#regeling").select_option("sft-2025")
    press(page, "Kondig aan")
    expect(page.locator("#naam-fout")).to_contain_text("hoort bij de naam andere-naam")
    expect(page.locator("#budget")).to_have_value("150.000")
    press(page, "Maak een zaad")
    seed = page.locator("#zaad").inner_text()
    press(page, "Kondig aan")
    done(page, "De ronde is aangekondigd")
    expect(page.locator("main")).not_to_contain_text(seed)
    return seed


def apply(page: Page, address: str) -> str:
    """Hand a project in with the keyboard alone, after a look at its conditions; return the address of its file."""
    as_account(page, address, "gemeente-utrecht", "/geld/vragen/regeling/sft-2025/")
    expect(page.locator("main")).to_contain_text(f"doet mee in ronde {NAME}")
    fields = {"#titel": "Verzonnen kade", "#aantal": "tien", "#van": "01-01-2027", "#tot": "01-01-2042"}
    fill_by_keyboard(page, fields | {"#months-to-start": "8"}, SEND)
    expect(page.locator("#aantal")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#titel")).to_have_value("Verzonnen kade")
    fill_by_keyboard(page, {"#aantal": "10"}, SEND)
    expect(page.locator("#toets")).to_be_visible()
    expect(page.locator("section[aria-labelledby=toets] tbody a").first).to_be_visible()
    press(page, "Dien in")
    done(page, "is ingediend")
    return page.url.removeprefix(address)


def check(page: Page, address: str, path: str) -> None:
    """Find the application eligible, once its category for the lot is given."""
    as_account(page, address, "ministerie", path)
    press(page, "Regel voor regel beoordelen")
    expect(page.locator("#beoordelen-categorie")).to_have_attribute("aria-invalid", "true")
    page.locator("#beoordelen-categorie").fill("1")
    press(page, "Regel voor regel beoordelen")
    done(page, "De stap is vastgelegd")
    expect(page.get_by_role("button", name="Toekennen")).to_have_count(0)


def draw(page: Page, address: str, seed: str) -> None:
    """Publish the list, and draw the lot as a second person."""
    sign_in(page, address, "ministerie")
    page.goto(f"{address}/lotingen/{NAME}/")
    press(page, "Maak de lijst bekend")
    done(page, "De lijst is bekendgemaakt")
    look(page, "round-published")
    as_account(page, address, "ministerie-2", f"/lotingen/{NAME}/")
    page.locator("#zaad").fill(seed[1:] + "0")
    press(page, "Loot")
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("#zaad").fill(seed)
    press(page, "Loot")
    done(page, "De loting is gedaan")


def draw_again(page: Page, address: str, folder: Path) -> None:
    """Draw the lot again from the public page alone, with the command that it shows."""
    leave(page)
    page.goto(f"{address}/lotingen/{NAME}/")
    look(page, "round-drawn")
    (folder / f"{NAME}.csv").write_bytes(page.request.get(f"{address}/lotingen/{NAME}/lijst.csv").body())
    (folder / "zaad.txt").write_text(
        page.locator("section[aria-labelledby=narekenen] code").first.inner_text()
    )
    shown = page.locator(".ee-command").inner_text().split()
    assert shown[:3] == ["eenthuis", "schemes", "draw"]
    again = subprocess.run(
        [sys.executable, "-m", "eenthuis.cli.main", *shown[1:], "--format", "csv"],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    (first,) = csv.DictReader(again.stdout.splitlines())
    expect(page.get_by_role("row", name=first["application"])).to_contain_text("140.000,00")
    assert first["awarded_cents"] == "14000000"


def settle(page: Page, address: str, path: str) -> None:
    """Pay an advance, hand in evidence, and settle as two people."""
    sign_in(page, address, "ministerie")
    page.goto(address + path)
    page.locator("#betalen-bedrag").fill("100.000")
    press(page, "Betaling vastleggen")
    as_account(page, address, "gemeente-utrecht", path)
    page.locator("#bewijs-soort").select_option("homes-delivered")
    page.locator("#bewijs-vindplaats").fill("opleverrapport (verzonnen)")
    press(page, "Bewijs toevoegen")
    as_account(page, address, "ministerie", path)
    page.locator("#voorstellen-bedrag").fill("140.000")
    press(page, "Vaststelling voorstellen")
    expect(page.get_by_role("button", name="Vaststellen", exact=True)).to_have_count(0)
    as_account(page, address, "ministerie-2", path)
    press(page, "Vaststellen")
    expect(page.locator("main")).to_contain_text("Hoogstens € 40.000,00")
    page.locator("#betalen-bedrag").fill("40.000")
    press(page, "Betaling vastleggen")
    expect(page.locator("main")).to_contain_text("afgerond")


def test_a_round_goes_from_its_promise_to_the_settlement_of_what_was_drawn(
    page: Page,
    address: str,
    tmp_path: Path,
    on_day: Callable[[date], AbstractContextManager[str]],
    runs_alone: Callable[[], AbstractContextManager[None]],
) -> None:
    with runs_alone():  # another journey applies to the same scheme
        seed = announce(page, address)
        path = apply(page, address)
        check(page, address, path)
        leave(page)
        with on_day(date(2026, 3, 4)) as tomorrow:
            draw(page, tomorrow, seed)
            draw_again(page, tomorrow, tmp_path)
            settle(page, tomorrow, path)
