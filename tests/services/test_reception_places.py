"""Reception places: the estimate, scores and shares; the register of sites; who may; and the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from small_country import AUDITOR, COA, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis import reference
from eenthuis.services.municipality_places import read_municipality_places
from eenthuis.services.receipts import verify_receipt
from eenthuis.services.reception_pages import read_places_country
from eenthuis.services.reception_shares import announce_need, compute_shares, load_scores, load_scores_file
from eenthuis.services.reception_sites import (
    SiteFilter,
    add_site,
    change_listed_site,
    confirm_site,
    read_site,
    read_sites,
)
from eenthuis.store import accounts
from eenthuis.store.models import JournalRow, NoticeRow
from eenthuis.store.reception_models import (
    ReceptionNeedRow,
    ReceptionSharesRow,
    ReceptionSiteRow,
    SesScoresRow,
)
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.capacity import (
    ReceptionNeed,
    Site,
    SiteChange,
    SiteChangeKind,
    SiteForm,
    SiteId,
    SiteSpan,
)
from eenthuis.terms.errors import AccessError, InputError, LawError, StateError
from eenthuis.terms.places import ProvinceCode
from eenthuis.terms.reception import PlaceKind, SesScores

pytestmark = pytest.mark.django_db
OF_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, ProvinceCode("PV26"))
NEED = ReceptionNeed(2026, 90_000, 7_000, date(2026, 1, 20), "example")
SITE = Site(
    identifier=SiteId(""),
    municipality=UTRECHT,
    name="Kade",
    kind=PlaceKind.REGULAR,
    form=SiteForm.REGULAR,
    for_minors=False,
    is_durable=True,
    spans=(SiteSpan(date(2026, 1, 1), None, 300),),
)


def scores() -> SesScores:
    people = reference.inhabitants(date(2026, 1, 1)).people
    given = {code: Fraction(place % 7 - 3, 10) for place, code in enumerate(sorted(people))}
    return SesScores(given, "example", is_invented=True)


def test_a_later_estimate_replaces_an_earlier_one_and_both_stay_with_their_receipts() -> None:
    assert announce_need(actor=MINISTRY, need=NEED, today=TODAY).receipt is None
    load_scores(actor=MINISTRY, scores=scores(), year=2023, today=TODAY)
    first = compute_shares(actor=MINISTRY, year=2026, today=TODAY)
    second = announce_need(actor=MINISTRY, need=replace(NEED, places=80_000), today=TODAY).receipt
    page = read_places_country(actor=ANYONE, year=2026, today=TODAY)
    assert [(one.need.places, one.is_in_force) for one in page.needs] == [(80_000, True), (90_000, False)]
    assert [one.receipt for one in page.computations] == [second, first]
    assert page.shares is not None
    assert page.shares.is_invented
    assert abs(page.total - 80_000) < 171
    assert sum(line.share or 0 for line in page.provinces) == page.total
    for number in (first, str(second)):
        assert verify_receipt(actor=ANYONE, number=number).is_same
    told = NoticeRow.objects.filter(kind="shares-computed", role="municipality")
    assert [row.figures["places"] for row in told.order_by("id")][-1] == page.total
    with pytest.raises(DatabaseError, match="eenthuis"), transaction.atomic():
        ReceptionNeedRow.objects.update(places=1)
    with pytest.raises(DatabaseError, match="eenthuis"), transaction.atomic():
        ReceptionSharesRow.objects.all().delete()


def test_the_formula_of_a_municipality_gives_its_share() -> None:
    load_scores(actor=MINISTRY, scores=scores(), year=2023, today=TODAY)
    announce_need(actor=MINISTRY, need=NEED, today=TODAY)
    page = read_municipality_places(actor=ANYONE, code=UTRECHT, today=TODAY)
    formula = page.formula
    assert formula is not None
    assert formula.exact == formula.need * formula.weight / formula.total_weight
    assert formula.weight == (formula.score + 1) * Fraction(formula.inhabitants, formula.country)
    assert page.line.share == formula.places == int(formula.exact + Fraction(1, 2))
    assert (page.line.short, page.line.kind) == (formula.places, "far-behind")


@pytest.mark.parametrize(
    ("changes", "error", "code"),
    [
        ({"year": 2025}, InputError, "INP-06"),
        ({"places": -1}, InputError, "INP-06"),
        ({"minors": 2_000_000}, InputError, "INP-06"),
        ({"source": " "}, InputError, "INP-04"),
        ({"announced_on": date(2026, 3, 4)}, InputError, "INP-06"),
        ({"announced_on": date(2023, 1, 1)}, LawError, "LAW-01"),
        ({"year": 2022}, LawError, "LAW-01"),
    ],
)
def test_an_estimate_that_makes_no_sense_is_refused_whole(
    changes: dict[str, object], error: type[Exception], code: str
) -> None:
    with pytest.raises(error, match=code):
        announce_need(actor=MINISTRY, need=replace(NEED, **changes), today=TODAY)  # type: ignore[arg-type]
    assert not ReceptionNeedRow.objects.exists()


def test_scores_that_lack_a_municipality_or_weigh_nothing_are_refused_whole() -> None:
    whole = scores()
    fewer = {code: one for code, one in whole.scores.items() if code != UTRECHT}
    for given in (fewer, dict(whole.scores) | {UTRECHT: Fraction(-1)}):
        with pytest.raises(InputError, match="GM0344"):
            load_scores(actor=MINISTRY, scores=SesScores(given, "example"), year=2023, today=TODAY)
    with pytest.raises(InputError, match="INP-02"):
        load_scores_file(actor=MINISTRY, content=b"a,b\n1,2\n", name="x.csv", year=2023, today=TODAY)
    with pytest.raises(StateError, match="STA-06"):
        compute_shares(actor=MINISTRY, year=2026, today=TODAY)
    assert not SesScoresRow.objects.exists()


def test_before_the_law_and_after_a_repeal_nothing_binds() -> None:
    page = read_places_country(actor=ANYONE, year=None, today=date(2024, 1, 31))
    assert (page.law.holds, page.law.first_day, page.year) == (False, date(2024, 2, 1), 2024)
    assert read_places_country(actor=ANYONE, year=None, today=date(2024, 2, 1)).law.holds
    asked = read_places_country(actor=ANYONE, year=2026, today=TODAY, repealed_from=date(2026, 10, 31))
    assert asked.law.holds
    assert [one.holds for one in asked.steps] == [True, False, False, False]
    gone = read_places_country(actor=ANYONE, year=2026, today=TODAY, repealed_from=TODAY)
    assert not gone.law.holds
    assert gone.law.citation is not None
    assert gone.law.citation.authority == "assumption"


def test_a_site_counts_as_coa_confirmed_it_and_keeps_its_history() -> None:
    number = add_site(actor=OF_UTRECHT, site=SITE, today=TODAY)
    assert read_sites(actor=ANYONE, wanted=SiteFilter(), today=TODAY, until=TODAY).lines == ()
    with pytest.raises(AccessError, match="ACC-02"):
        read_site(actor=ANYONE, identifier=number, today=TODAY)
    confirm_site(actor=COA, identifier=number, today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        confirm_site(actor=COA, identifier=number, today=TODAY)
    more = SiteChange(SiteChangeKind.PLACES, TODAY, 350)
    change_listed_site(actor=OF_UTRECHT, identifier=number, change=more, why="uitbreiding", today=TODAY)
    assert read_site(actor=ANYONE, identifier=number, today=TODAY).line.places == 300
    own = read_site(actor=OF_UTRECHT, identifier=number, today=TODAY)
    assert (own.line.places, own.line.is_confirmed, own.may_keep) == (350, False, True)
    assert [one.kind for one in own.versions] == ["places", "confirmed", "opened"]
    seen = 2
    with pytest.raises(StateError, match="STA-07"):
        confirm_site(actor=COA, identifier=number, today=TODAY, version=seen)
    with pytest.raises(StateError, match="STA-07"):
        change_listed_site(
            actor=OF_UTRECHT, identifier=number, change=more, why="dubbel", today=TODAY, version=seen
        )
    confirm_site(actor=COA, identifier=number, today=TODAY, version=3)
    assert read_municipality_places(actor=ANYONE, code=UTRECHT, today=TODAY).line.available == 350
    assert read_site(actor=ANYONE, identifier=number, today=TODAY).versions == ()
    assert JournalRow.objects.filter(subject=f"reception site {number}").count() == 4
    with pytest.raises(DatabaseError, match="eenthuis"), transaction.atomic():
        ReceptionSiteRow.objects.update(name="x")


def test_durable_places_are_deducted_from_the_number_of_the_province() -> None:
    number = add_site(actor=OF_UTRECHT, site=SITE, today=TODAY)
    load_scores(actor=MINISTRY, scores=scores(), year=2023, today=TODAY)
    announce_need(actor=MINISTRY, need=NEED, today=TODAY)
    page = read_places_country(actor=ANYONE, year=2026, today=TODAY)
    assert {line.durable for line in page.provinces} == {0}
    confirm_site(actor=COA, identifier=number, today=TODAY)
    receipt = compute_shares(actor=MINISTRY, year=2026, today=TODAY)
    again = read_places_country(actor=ANYONE, year=2026, today=TODAY)
    assert next(line.durable for line in again.provinces if line.code == "PV26") == 300
    found = verify_receipt(actor=ANYONE, number=receipt)
    assert found.is_same
    assert found.output["PV26"][1] == 300  # type: ignore[index]


@pytest.mark.parametrize(
    ("actor", "code"), [(ANYONE, "ACC-01"), (COA, "ACC-01"), (OF_ISLAND, "ACC-02"), (OF_PROVINCE, "ACC-01")]
)
def test_only_a_municipality_keeps_its_own_sites(actor: Actor, code: str) -> None:
    with pytest.raises(AccessError, match=code):
        add_site(actor=actor, site=SITE, today=TODAY)
    number = add_site(actor=OF_UTRECHT, site=SITE, today=TODAY)
    with pytest.raises(AccessError, match=code):
        change_listed_site(
            actor=actor,
            identifier=number,
            change=SiteChange(SiteChangeKind.CLOSED, TODAY),
            why="example",
            today=TODAY,
        )
    for nobody in (OF_UTRECHT, MINISTRY, ANYONE):
        with pytest.raises(AccessError, match="ACC-01"):
            confirm_site(actor=nobody, identifier=number, today=TODAY)


def test_who_sits_at_the_table_sees_sites_that_wait_to_be_confirmed() -> None:
    add_site(actor=OF_UTRECHT, site=SITE, today=TODAY)
    asked = {
        who.name: len(read_sites(actor=who, wanted=SiteFilter(), today=TODAY, until=TODAY).lines)
        for who in (OF_UTRECHT, OF_PROVINCE, COA, MINISTRY, AUDITOR, OF_ISLAND, ANYONE)
    }
    assert asked == {
        "gemeente-utrecht": 1,
        "provincie-utrecht": 1,
        "coa": 1,
        "ministerie": 1,
        "auditor": 1,
        "gemeente-ameland": 0,
        "anyone": 0,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "},
        {"name": "x" * 81},
        {"spans": (SiteSpan(TODAY, None, 0),)},
        {"spans": (SiteSpan(TODAY, date(2026, 3, 2), 10),)},
    ],
)
def test_a_site_that_makes_no_sense_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InputError):
        add_site(actor=OF_UTRECHT, site=replace(SITE, **changes), today=TODAY)  # type: ignore[arg-type]
    assert not ReceptionSiteRow.objects.exists()


# Pages

FORM = {
    "naam": "Kade",
    "soort": "regular",
    "vorm": "emergency",
    "plaatsen": "120",
    "eerste": "01-04-2026",
    "laatste": "31-03-2028",
}


def signed_in(who: Actor, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    accounts.save_account(who, "a long enough password")
    client = Client()
    user = get_user_model().objects.get(username=who.name)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_pages_walk_from_an_estimate_to_a_confirmed_site(
    proposal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert proposal
    load_scores(actor=MINISTRY, scores=scores(), year=2023, today=TODAY)
    ministry, municipality = signed_in(MINISTRY, monkeypatch), signed_in(OF_UTRECHT, monkeypatch)
    estimate = {
        "jaar": "2026",
        "plaatsen": "90000",
        "minderjarigen": "",
        "dag": "20-01-2026",
        "bron": "Stcrt.",
    }
    shown = ministry.post("/opvangplaatsen/raming/", estimate, follow=True).content.decode()
    assert "De aandelen zijn berekend" in shown
    assert "Verzonnen cijfers." in shown
    text = municipality.get("/opvangplaatsen/gemeenten/GM0344/").content.decode()
    assert "Reken dit getal na" in text
    added = municipality.post("/opvangplaatsen/locaties/toevoegen/", FORM, follow=True).content.decode()
    assert "S-0000001" in added
    change = {"wat": "langer", "dag": "", "plaatsen": "", "reden": "afgesproken"}
    changed = municipality.post("/opvangplaatsen/locaties/S-0000001/", change, follow=True).content.decode()
    assert "geen einde afgesproken" in changed
    wrong = municipality.post(
        "/opvangplaatsen/locaties/S-0000001/", change | {"wat": "dicht", "dag": "01-01-2020"}
    )
    assert "gaat later open" in wrong.content.decode()
    officer = signed_in(COA, monkeypatch)
    done = officer.post("/opvangplaatsen/locaties/S-0000001/bevestigen/", follow=True).content.decode()
    assert "De plaatsen zijn bevestigd" in done
    listed = Client().get("/opvangplaatsen/locaties/locaties.csv?stand=coming").content.decode()
    assert "S-0000001,GM0344,Utrecht,PV26,Kade,regular,emergency" in listed
    for address in (
        "gemeenten.csv",
        "gemeenten.ods",
        "locaties/locaties.ods",
        "?intrekking=01-05-2026&jaar=2024",
    ):
        assert Client().get(f"/opvangplaatsen/{address}").status_code == 200
    wrong_day = Client().get("/opvangplaatsen/?intrekking=gisteren")
    assert (wrong_day.status_code, "intrekking-fout" in wrong_day.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("naam", ""),
        ("soort", "iets"),
        ("vorm", ""),
        ("plaatsen", "veel"),
        ("plaatsen", "20001"),
        ("eerste", "2026-04-01"),
        ("laatste", "01-01-2026"),
        ("laatste", "ooit"),
    ],
)
def test_what_is_typed_wrong_is_told_at_its_field(
    monkeypatch: pytest.MonkeyPatch, field: str, typed: str
) -> None:
    answer = signed_in(OF_UTRECHT, monkeypatch).post(
        "/opvangplaatsen/locaties/toevoegen/", FORM | {field: typed}
    )
    assert (answer.status_code, f'href="#{field}"' in answer.content.decode()) == (400, True)
    assert not ReceptionSiteRow.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("jaar", "2025"),
        ("jaar", ""),
        ("plaatsen", "-3"),
        ("minderjarigen", "x"),
        ("dag", "1-1"),
        ("bron", ""),
    ],
)
def test_an_estimate_typed_wrong_is_told_at_its_field(
    monkeypatch: pytest.MonkeyPatch, field: str, typed: str
) -> None:
    estimate = {
        "jaar": "2026",
        "plaatsen": "90000",
        "minderjarigen": "",
        "dag": "20-01-2026",
        "bron": "Stcrt.",
    }
    client = signed_in(MINISTRY, monkeypatch)
    answer = client.post("/opvangplaatsen/raming/", estimate | {field: typed})
    assert (answer.status_code, f'href="#{field}"' in answer.content.decode()) == (400, True)
    file = SimpleUploadedFile("ses.csv", b"nothing,of,cbs\n")
    bad = client.post("/opvangplaatsen/scores/", {"scorejaar": "2023", "bestand": file})
    assert (bad.status_code, 'href="#bestand"' in bad.content.decode()) == (400, True)
    none = client.post("/opvangplaatsen/scores/", {"scorejaar": ""})
    assert (none.status_code, 'href="#scorejaar"' in none.content.decode()) == (400, True)
    assert client.post("/opvangplaatsen/berekenen/", {"jaar": "2026"}).status_code == 400
