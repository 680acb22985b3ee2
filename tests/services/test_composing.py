"""Family composition: counted as the households stand, published once a month, exact only to those who may see them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils.formats import date_format
from small_country import CENTRE, COA, HALF_YEAR, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.rules.months import month_from
from eenthuis.services import compositions
from eenthuis.services.attacking import attack_published
from eenthuis.services.composing import publish, publish_due
from eenthuis.services.linking import confirm
from eenthuis.services.municipalities import read_municipality
from eenthuis.services.notices import notices_for
from eenthuis.services.receipts import verify_receipt
from eenthuis.store import people
from eenthuis.store.models import CompositionRow, JournalRow
from eenthuis.terms.access import ANYONE
from eenthuis.terms.composition import Cell, Characteristic, Stage
from eenthuis.terms.errors import AccessError, InputError, ReferenceFactError, StateError
from eenthuis.terms.notices import NoticeFilter
from eenthuis.terms.people import (
    HardCriterion,
    Household,
    HouseholdId,
    JoiningRelatives,
    Member,
    Sex,
)
from eenthuis.terms.places import LinkingRegion

pytestmark = pytest.mark.django_db
MONTH = date(2026, 3, 1)


def crowd() -> list[Household]:
    """Forty households that wait in Utrecht: thirty single people and ten families, some of which expect relatives."""
    found = []
    for number in range(40):
        size = 1 if number < 30 else 2 + number % 5
        joining = JoiningRelatives(3, number % 2 == 0, None) if number % 4 == 0 else None
        found.append(
            Household(
                identifier=HouseholdId(f"PE-1{number:05d}"),
                members=tuple(Member(1990, Sex.MALE, is_adult=True) for _ in range(size)),
                permit_on=date(2025, 11, 1),
                centre=CENTRE.code,
                region=LinkingRegion.CENTRE,
                joining=joining,
                needs_accessible_home=number % 8 == 0,
            )
        )
    return found


@pytest.fixture
def published(proposal: int, monkeypatch: pytest.MonkeyPatch) -> date:
    """The small country with a crowd and one household linked to Utrecht, published for March."""
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    people.save_households(crowd())
    confirm(actor=COA, proposal=proposal, households=(HouseholdId("PE-000001"),), today=MONTH)
    assert publish(actor=COA, month=MONTH)
    return MONTH


def table(page: compositions.CompositionPage, characteristic: Characteristic) -> dict[str, int | None]:
    (found,) = [one for one in page.tables if one.characteristic is characteristic]
    return {line.category: line.waiting for line in found.lines}


def test_a_month_is_published_once_with_receipt_and_journal(published: date) -> None:
    assert not publish(actor=COA, month=published)
    assert publish_due(TODAY) is None
    row = CompositionRow.objects.get()
    assert row.month == MONTH
    assert JournalRow.objects.filter(action="publish-composition").count() == 1
    told = notices_for(actor=OF_UTRECHT, wanted=NoticeFilter(kind="composition-published")).notices
    assert [(one.thing, one.key) for one in told] == [("month", "2026-03")]
    again = verify_receipt(actor=ANYONE, number=row.receipt_id)
    assert again.is_same, again.differences
    with pytest.raises(DatabaseError), transaction.atomic():
        CompositionRow.objects.update(made_by="someone else")


def test_the_worker_publishes_a_new_month_and_nothing_of_an_empty_country(proposal: int) -> None:
    assert proposal
    assert publish_due(date(2020, 1, 5)) is None
    assert publish_due(date(2026, 4, 9)) == date(2026, 4, 1)
    assert publish_due(date(2026, 4, 10)) is None
    assert publish_due(date(2026, 3, 10)) is None
    with pytest.raises(StateError, match="STA-01"):
        publish(actor=COA, month=MONTH)
    assert list(CompositionRow.objects.values_list("month", flat=True)) == [date(2026, 4, 1)]


def test_everyone_sees_large_counts_and_nobody_small_ones(published: date) -> None:
    page = compositions.read_composition(actor=ANYONE, today=TODAY, month=published)
    sizes = table(page, Characteristic.SIZE)
    assert sizes["1"] == 30
    small = [line for line in compositions.composition_lines(actor=ANYONE) if line.count and line.count < 5]
    assert small == []
    assert page.exact is None
    kept = CompositionRow.objects.get().counted.counts
    assert kept[Cell(Stage.LINKED, Characteristic.HOME, UTRECHT, "1-2").key] == 1
    shown = {
        (line.stage, line.characteristic, line.place, line.category): line.count
        for line in compositions.composition_lines(actor=ANYONE)
    }
    assert shown[(Stage.LINKED, Characteristic.HOME, UTRECHT, "1-2")] is None
    assert shown[(Stage.LINKED, Characteristic.TOTAL, "NL01", "all")] is None


def test_the_municipality_sees_its_own_exactly_and_no_other(published: date) -> None:
    asked = {"today": TODAY, "month": published, "place": UTRECHT}
    own = compositions.read_composition(actor=OF_UTRECHT, **asked)  # type: ignore[arg-type]
    assert own.exact is not None
    (sizes,) = [one for one in own.exact if one.characteristic is Characteristic.SIZE]
    assert not sizes.has_waiting
    assert all(line.waiting == 0 for line in sizes.lines)
    assert {line.category: line.linked for line in sizes.lines}["1"] == 1
    (reasons,) = [one for one in own.exact if one.characteristic is Characteristic.REASON]
    assert {line.category: line.linked for line in reasons.lines}["soft"] == 1
    for other in (OF_ISLAND, ANYONE):
        assert compositions.read_composition(actor=other, **asked).exact is None  # type: ignore[arg-type]
    nation = compositions.read_composition(actor=COA, today=TODAY, month=published)
    assert nation.exact is not None
    (joining,) = [one for one in nation.exact if one.characteristic is Characteristic.JOINING_PEOPLE]
    assert {line.category: line.waiting for line in joining.lines} == {"expected": 0, "granted": 30}


def test_the_page_of_a_municipality_shows_what_was_published(published: date) -> None:
    page = read_municipality(actor=ANYONE, code=UTRECHT, half_year=HALF_YEAR, today=TODAY)
    assert page.linked_counted_on == published
    assert page.linked_by_size[0].households is None
    assert {line.households for line in page.linked_by_size} <= {None, 0}


def test_a_small_municipality_is_told_of_in_its_area(published: date) -> None:
    page = compositions.read_composition(actor=ANYONE, today=TODAY, month=published, place="GM0355")
    assert (page.place, page.told_as) == ("GM0355", "CR17")
    assert "zonder Utrecht" in page.told_name
    assert {line.place for line in compositions.composition_lines(actor=ANYONE, place="GM0355")} == {"CR17"}
    text = Client().get("/gezinssamenstelling/?plaats=GM0355").content.decode()
    assert "wordt verteld samen met andere gemeenten" in text
    own = Client().get(f"/gezinssamenstelling/?plaats={UTRECHT}").content.decode()
    assert "wordt verteld samen met andere gemeenten" not in own


def test_before_the_first_publication_the_page_says_when_it_comes(
    proposal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    client = Client()
    answer = client.get("/gezinssamenstelling/")
    assert answer.status_code == 200
    assert f"De eerste cijfers gaan over 1 {date_format(TODAY, 'F Y')}" in answer.content.decode()
    monkeypatch.setenv("EENTHUIS_TODAY", "2020-02-10")
    assert "De eerste cijfers komen op 1 maart 2020" in client.get("/gezinssamenstelling/").content.decode()
    assert client.get("/gezinssamenstelling/?maand=2026-03").status_code == 404


def test_an_attack_on_what_was_published_finds_nothing(published: date) -> None:
    with pytest.raises(AccessError, match="ACC-01"):
        attack_published(actor=ANYONE)
    made = attack_published(actor=COA)
    assert made.months == (published,)
    assert made.hidden > 0
    assert made.found == ()


def test_with_nothing_published_there_is_nothing_to_attack(proposal: int) -> None:
    assert proposal
    assert attack_published(actor=COA).months == ()


def test_only_coa_publishes(proposal: int) -> None:
    assert proposal
    for actor in (ANYONE, OF_UTRECHT):
        with pytest.raises(AccessError, match="ACC-01"):
            publish(actor=actor, month=MONTH)


@pytest.mark.parametrize("written", ["2026", "2026-13", "maart", "2026-3-1", ""])
def test_a_month_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(InputError, match="INP-01"):
        month_from(written)


def test_a_month_or_place_that_was_not_published_is_not_found(published: date) -> None:
    assert published == MONTH
    with pytest.raises(AccessError, match="ACC-02"):
        compositions.read_composition(actor=ANYONE, today=TODAY, month=date(2020, 1, 1))
    with pytest.raises(ReferenceFactError, match="REF-01"):
        compositions.read_composition(actor=ANYONE, today=TODAY, place="GM9999")
    with pytest.raises(AccessError, match="ACC-02"):
        compositions.report_file(actor=ANYONE, month=MONTH, name="geheim.pdf")


def test_page_csv_and_api_say_the_same(published: date) -> None:
    client = Client()
    assert "30" in client.get("/gezinssamenstelling/").content.decode()
    machine = client.get("/gezinssamenstelling/cijfers.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(machine)))
    excel = client.get("/gezinssamenstelling/cijfers.csv?vorm=excel").content.decode()
    assert excel.startswith("\ufeffmonth;place")
    answer = client.get(f"/api/v1/gezinssamenstellingen?maand={published:%Y-%m}&plaats=NL01&pageSize=400")
    told = json.loads(answer.content)
    country = [row for row in rows if row["place"] == "NL01"]
    assert [row["count"] for row in country] == [
        "" if one["aantal"] is None else str(one["aantal"]) for one in told
    ]
    assert any(one["isVerborgen"] for one in told)
    assert client.get("/api/v1/gezinssamenstellingen?maand=banaan").status_code == 400
    assert client.get("/api/v1/gezinssamenstellingen?maand=2020-01").status_code == 404
    assert client.get("/gezinssamenstelling/?maand=2020-01").status_code == 404


def test_reasons_are_told_by_the_first_hard_one() -> None:
    from eenthuis.rules.composition import category_of

    both = f"soft:region,hard:{HardCriterion.STUDY.value},hard:{HardCriterion.FIRST_DEGREE_FAMILY.value}"
    assert category_of(Characteristic.REASON, both) == "first-degree-family"
    assert category_of(Characteristic.REASON, "") == "none"
