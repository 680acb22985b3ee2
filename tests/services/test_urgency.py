"""The register of urgency schemes, kept by municipalities, and the order of offers that follows from it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from small_country import COA, ISLAND, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT, home_in

from eenthuis.services import home_matching, homes, linking, offers
from eenthuis.services.urgency import keep_urgency, read_urgency, read_urgency_of
from eenthuis.store import accounts
from eenthuis.store.models import JournalRow, UrgencySchemeRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.errors import AccessError, InputError, LawError, StateError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.urgency import OfferOrder, Shortcoming, TargetProvision, UrgencyGroup, UrgencyScheme
from eenthuis.web import wording_urgency as words

pytestmark = pytest.mark.django_db
ONE, TWO = HouseholdId("PE-000001"), HouseholdId("PE-000002")
SCHEME = UrgencyScheme(
    municipality=UTRECHT,
    first_day=date(2024, 1, 1),
    last_day=None,
    has_scheme=True,
    names_status_holders=True,
    provision=TargetProvision.LAID_DOWN,
    groups=frozenset({UrgencyGroup.CARERS}),
    order=(OfferOrder.LARGEST_HOUSEHOLD, OfferOrder.FIRST_DEADLINE),
    source="https://lokaleregelgeving.overheid.nl/CVDR1",
)
NEWER = replace(SCHEME, first_day=date(2026, 2, 1), names_status_holders=False, order=())


def test_each_entry_ends_the_day_before_the_next() -> None:
    keep_urgency(actor=OF_UTRECHT, scheme=NEWER, why="")
    keep_urgency(actor=OF_UTRECHT, scheme=SCHEME, why="")
    before, after = (read_urgency(actor=ANYONE, as_of=day) for day in (date(2026, 1, 31), date(2026, 2, 1)))
    assert [line.scheme for line in before.lines] == [replace(SCHEME, last_day=date(2026, 1, 31))]
    assert [line.scheme for line in after.lines] == [NEWER]
    assert (after.figures.dropped.counted, after.figures.dropped.of) == (1, 1)
    assert read_urgency(actor=ANYONE, as_of=date(2023, 12, 31)).lines == ()
    page = read_urgency_of(actor=OF_UTRECHT, municipality=UTRECHT, today=TODAY)
    assert [one.scheme.first_day for one in page.entries] == [NEWER.first_day, SCHEME.first_day]
    assert (page.may_keep, page.now and page.now.scheme) == (True, NEWER)
    assert not read_urgency_of(actor=OF_ISLAND, municipality=UTRECHT, today=TODAY).may_keep


def test_a_correction_is_a_new_row_with_a_reason() -> None:
    first = keep_urgency(actor=OF_UTRECHT, scheme=SCHEME, why="")
    better = replace(SCHEME, provision=TargetProvision.NONE)
    with pytest.raises(InputError, match="INP-04"):
        keep_urgency(actor=OF_UTRECHT, scheme=better, why=" ")
    with pytest.raises(StateError, match="STA-01"):
        keep_urgency(actor=OF_UTRECHT, scheme=SCHEME, why="again")
    second = keep_urgency(actor=OF_UTRECHT, scheme=better, why="read again")
    assert UrgencySchemeRow.objects.get(pk=second).replaces_id == first
    (line,) = read_urgency(actor=ANYONE, as_of=TODAY).lines
    assert [one.shortcoming.value for one in line.findings] == ["no-target-provision"]
    kept = JournalRow.objects.filter(action="keep-urgency-scheme").order_by("id")
    assert [row.why for row in kept] == ["", "read again"]
    assert (kept[1].before or {})["provision"] == "laid-down"


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        pytest.param(OF_ISLAND, "ACC-02", id="another municipality"),
        pytest.param(COA, "ACC-01", id="coa"),
        pytest.param(Actor("ministerie", Role.MINISTRY), "ACC-01", id="ministry"),
        pytest.param(ANYONE, "ACC-01", id="anyone"),
    ],
)
def test_only_the_municipality_itself_keeps_its_scheme(actor: Actor, code: str) -> None:
    with pytest.raises(AccessError, match=code):
        keep_urgency(actor=actor, scheme=SCHEME, why="")
    assert not UrgencySchemeRow.objects.exists()


def test_what_cannot_be_kept_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(InputError, match="INP-04"):
        keep_urgency(actor=OF_UTRECHT, scheme=replace(SCHEME, source=" "), why="")
    with pytest.raises(LawError, match="LAW-01"):
        keep_urgency(actor=OF_UTRECHT, scheme=replace(SCHEME, first_day=date(2014, 12, 31)), why="")
    assert not UrgencySchemeRow.objects.exists()


def test_the_database_keeps_one_entry_from_a_day_and_changes_none() -> None:
    keep_urgency(actor=OF_UTRECHT, scheme=SCHEME, why="")
    row = UrgencySchemeRow.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        UrgencySchemeRow.objects.create(
            municipality=UTRECHT,
            first_day=row.first_day,
            has_scheme=False,
            names_status_holders=False,
            provision="none",
            source="x",
            entered_by="x",
        )
    with pytest.raises(DatabaseError, match="eenthuis"), transaction.atomic():
        UrgencySchemeRow.objects.update(source="y")


def linked_in_utrecht(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO), today=TODAY)
    homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT))


def test_homes_go_by_the_scheme_in_force_that_day(proposal: int) -> None:
    linked_in_utrecht(proposal)
    page = home_matching.propose_homes(actor=OF_UTRECHT, municipality=UTRECHT, today=TODAY)
    assert (page.ordering.is_default, [line.household for line in page.lines]) == (True, [ONE, TWO])
    assert page.lines[0].home is not None
    keep_urgency(actor=OF_UTRECHT, scheme=SCHEME, why="")
    page = home_matching.propose_homes(actor=OF_UTRECHT, municipality=UTRECHT, today=TODAY)
    assert [(line.household, line.home is not None) for line in page.lines] == [(TWO, True), (ONE, False)]
    assert page.lines[1].ranked.set_apart_by is OfferOrder.LARGEST_HOUSEHOLD
    assert (page.ordering.is_default, page.ordering.has_priority) == (False, True)
    keep_urgency(actor=OF_UTRECHT, scheme=NEWER, why="")
    page = home_matching.propose_homes(actor=OF_UTRECHT, municipality=UTRECHT, today=TODAY)
    assert [line.household for line in page.lines] == [ONE, TWO]


def test_an_offer_tells_the_journal_where_its_household_stood(proposal: int) -> None:
    linked_in_utrecht(proposal)
    keep_urgency(actor=OF_UTRECHT, scheme=SCHEME, why="")
    home = homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT))
    offers.offer(actor=OF_UTRECHT, household=ONE, home=home, today=TODAY)
    told = JournalRow.objects.get(action="home-offered").after or {}
    assert told["place_in_order"] == "2 of 2"
    assert told["order"] == "largest-household first-deadline"
    assert (told["set_apart_by"], told["order_from"]) == (
        "largest-household",
        "urgency scheme from 2024-01-01",
    )


# Pages


@pytest.fixture
def of_utrecht(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Client:
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    accounts.save_account(OF_UTRECHT, "a long enough password")
    client = Client()
    user = get_user_model().objects.get(username=OF_UTRECHT.name)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


FORM = {
    "vanaf": "01-01-2024",
    "regeling": "ja",
    "statushouders": "ja",
    "bepaling": "laid-down",
    "groepen": ["a", "b"],
    "volgorde1": "with-children",
    "volgorde2": "first-deadline",
    "bron": "https://example.org",
    "reden": "",
}
PAGE = f"/urgentie/{UTRECHT}/"


def test_the_register_is_public_and_reads_back_as_a_file(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    keep_urgency(actor=OF_UTRECHT, scheme=SCHEME, why="")
    page = client.get("/urgentie/?dag=01-07-2026")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Een verplichte groep ontbreekt (b)" in text
    assert "50,0 %" in text
    file = client.get("/urgentie/register.csv?dag=01-07-2026").content.decode()
    rows = list(csv.DictReader(io.StringIO(file)))
    assert (rows[0]["code"], rows[0]["order"]) == ("GM0344", "largest-household first-deadline")
    assert rows[0]["shortcomings"].startswith("group-missing-b ")
    assert client.get("/urgentie/?dag=morgen").status_code == 400
    assert client.get(f"/urgentie/{ISLAND}/").status_code == 200
    assert client.post(PAGE, FORM).status_code == 403
    assert UrgencySchemeRow.objects.count() == 1


def test_a_municipality_enters_and_corrects_its_scheme(of_utrecht: Client) -> None:
    kept = of_utrecht.post(PAGE, FORM, follow=True)
    assert "De urgentieregeling is vastgelegd." in kept.content.decode()
    row = UrgencySchemeRow.objects.get()
    assert (row.groups, row.order) == ("a b", "with-children first-deadline")
    again = of_utrecht.post(PAGE, FORM | {"bepaling": "none"})
    assert again.status_code == 400
    assert "reden-fout" in again.content.decode()
    assert of_utrecht.post(PAGE, FORM | {"bepaling": "none", "reden": "gelezen"}).status_code == 302
    matching = of_utrecht.get(f"/gemeenten/{UTRECHT}/woningen/").content.decode()
    assert "huishoudens met kinderen" in matching
    assert "vanaf 1 januari 2024" in matching


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("vanaf", "2024-01-01"),
        ("vanaf", "01-01-2014"),
        ("regeling", ""),
        ("statushouders", "misschien"),
        ("bepaling", "anders"),
        ("bron", ""),
        ("volgorde2", "with-children"),
        ("volgorde1", "loterij"),
        ("groepen", ["z"]),
    ],
)
def test_what_is_typed_wrong_is_told_at_its_field(of_utrecht: Client, field: str, typed: object) -> None:
    answer = of_utrecht.post(PAGE, FORM | {field: typed})
    shown = field.replace("volgorde2", "volgorde1")
    assert answer.status_code == 400
    assert f'href="#{shown}"' in answer.content.decode()
    assert f'id="{shown}"' in answer.content.decode()
    assert not UrgencySchemeRow.objects.exists()


def test_every_code_of_urgency_has_a_word() -> None:
    for codes, known in (
        (TargetProvision, words.PROVISIONS),
        (UrgencyGroup, words.URGENCY_GROUPS),
        (OfferOrder, words.OFFER_ORDERS),
        (OfferOrder, words.SET_APART),
        (Shortcoming, words.SHORTCOMINGS),
    ):
        assert set(codes) == set(known)
