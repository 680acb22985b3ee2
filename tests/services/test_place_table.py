"""The regional table: offers, swaps, proposals, and the allocation decision that two people take."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st
from small_country import AUDITOR, COA, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.allocation import Allocation, TableFacts, allocate
from eenthuis.rules.filling import Filling
from eenthuis.rules.regional_table import PlaceSwapRefused, SwapGround
from eenthuis.rules.table_proposals import fillings
from eenthuis.services.allocations import (
    accept_filling,
    decision_file,
    draft_allocation,
    publish_allocation,
    read_decision,
    read_decisions,
    report_table,
    withdraw_allocation,
)
from eenthuis.services.demonstration_places import BRABANT, agree_and_decide
from eenthuis.services.desk_reception import reception_tasks_of_ministry
from eenthuis.services.place_offers import add_offer, change_offer, list_offers, read_offer, withdraw_offer
from eenthuis.services.place_swaps import accept_swap, preview_swap, put_swap_forward, withdraw_swap
from eenthuis.services.place_table import read_table
from eenthuis.services.receipts import verify_receipt
from eenthuis.services.reception_pages import read_places_country
from eenthuis.services.reception_shares import announce_need, load_scores
from eenthuis.services.reception_sites import add_site
from eenthuis.services.reception_telling import tell_reception
from eenthuis.store import accounts
from eenthuis.store import allocations as stored
from eenthuis.store.models import NoticeRow
from eenthuis.store.reception_models import PlaceOfferRow, PlaceSwapRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.capacity import (
    PlaceOffer,
    PlaceOfferId,
    ReceptionNeed,
    Site,
    SiteForm,
    SiteId,
    SiteSpan,
)
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import Offer, PlaceKind, PlaceSwap, SesScores

HERE = ProvinceCode("PV26")
ZEIST = MunicipalityCode("GM0355")
OF_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, HERE)
OF_PROVINCE_2 = replace(OF_PROVINCE, name="provincie-utrecht-2")
OF_ZEIST = Actor("gemeente-zeist", Role.MUNICIPALITY, ZEIST, HERE)
COLLEAGUE = Actor("ministerie-2", Role.MINISTRY)
OFFER = PlaceOffer(
    PlaceOfferId(""), 0, UTRECHT, 200, PlaceKind.REGULAR, is_durable=False, for_minors=False, first_day=TODAY
)
SWAP = PlaceSwap({UTRECHT: 50, ZEIST: -50})
ADDRESS = "https://eenthuis.example/ontvangstbewijzen/"
LAW = law_book().reception(date(2024, 2, 1))


@pytest.fixture
def shared(db: None) -> None:
    del db
    people = reference.inhabitants(date(2026, 1, 1)).people
    scores = SesScores({code: Fraction(0) for code in people}, "example")
    load_scores(actor=MINISTRY, scores=scores, year=2023, today=TODAY)
    need = ReceptionNeed(2026, 90_000, 7_000, date(2026, 1, 20), "example")
    announce_need(actor=MINISTRY, need=need, today=TODAY)


codes = [MunicipalityCode(f"GM{number:04d}") for number in range(1, 6)]
few = st.dictionaries(st.sampled_from(codes), st.integers(0, 300))
swaps = st.lists(
    st.builds(
        lambda one, other, places: PlaceSwap({one: -places, other: places} if one != other else {}),
        st.sampled_from(codes),
        st.sampled_from(codes),
        st.integers(0, 60),
    ),
    max_size=3,
)


@given(st.fixed_dictionaries({code: st.integers(0, 300) for code in codes}), few, few, swaps)
@example(dict.fromkeys(codes, 100), {}, {}, [PlaceSwap({codes[0]: -100, codes[1]: 100})])
def test_swaps_keep_the_number_and_proposals_fill_exactly_what_is_short(
    shares: dict[MunicipalityCode, int],
    standing: dict[MunicipalityCode, int],
    offered: dict[MunicipalityCode, int],
    agreed: list[PlaceSwap],
) -> None:
    offers = tuple(Offer(code, places) for code, places in offered.items())
    made = allocate(HERE, TableFacts(shares, {}, standing, offers, tuple(agreed), {}), law=LAW)
    if isinstance(made, PlaceSwapRefused):
        assert SwapGround.BELOW_NOTHING in made.grounds
        return
    assert sum(line.share + line.swapped for line in made.lines) == made.task.places == sum(shares.values())
    assert sum(line.swapped for line in made.lines) == 0
    for one in fillings(made, 20):
        assert isinstance(one.filling, Filling)
        assert sum(one.filling.places.values()) == made.short + one.filling.over
        full = allocate(
            HERE, TableFacts(shares, {}, standing, offers, tuple(agreed), one.filling.places), law=LAW
        )
        assert isinstance(full, Allocation)
        assert full.short == 0
    closest, fewest, spread = fillings(made, 20)
    exact = [one for one in (fewest, spread) if isinstance(one.filling, Filling) and not one.filling.over]
    assert all(closest.deviation <= one.deviation for one in exact)
    assert isinstance(fewest.filling, Filling)
    assert isinstance(spread.filling, Filling)
    assert fewest.filling.sites <= spread.filling.sites


def test_a_swap_that_does_not_keep_the_sum_is_caught() -> None:
    """The counter-example: places from nowhere would let a province meet its number on paper."""
    facts = TableFacts(
        {codes[0]: 10, codes[1]: 10}, {}, {}, (), (PlaceSwap({codes[0]: -5, codes[1]: 4}),), {}
    )
    refused = allocate(HERE, facts, law=LAW)
    assert isinstance(refused, PlaceSwapRefused)
    assert refused.grounds == (SwapGround.SUM,)


@pytest.mark.usefixtures("shared")
def test_an_offer_is_made_changed_and_withdrawn_with_reasons() -> None:
    number = add_offer(actor=OF_UTRECHT, offer=OFFER, today=TODAY)
    before = read_table(actor=OF_PROVINCE, province=HERE, today=TODAY)
    line = next(one.line for one in before.lines if one.line.municipality == UTRECHT)
    assert (number, line.offered, before.state.made.allocated) == ("O-0000001", 200, 200)
    with pytest.raises(InputError, match="INP-04"):
        change_offer(actor=OF_UTRECHT, offer=replace(OFFER, identifier=number, places=250), why=" ")
    with pytest.raises(StateError, match="STA-07"):
        change_offer(actor=OF_UTRECHT, offer=replace(OFFER, identifier=number), why="example", version=2)
    change_offer(actor=OF_UTRECHT, offer=replace(OFFER, identifier=number, places=250), why="meer ruimte")
    after = read_table(actor=OF_ZEIST, province=HERE, today=TODAY)
    assert before.state.made.short - after.state.made.short == 50
    with pytest.raises(StateError, match="STA-07"):
        withdraw_offer(actor=OF_UTRECHT, identifier=number, why="gaat niet door", version=1)
    withdraw_offer(actor=OF_UTRECHT, identifier=number, why="gaat niet door", version=2)
    assert list_offers(actor=OF_PROVINCE, year=None, today=TODAY) == ()
    assert PlaceOfferRow.objects.filter(offer=number).count() == 3
    with pytest.raises(DatabaseError, match="eenthuis"), transaction.atomic():
        PlaceOfferRow.objects.update(places=1)
    with pytest.raises(AccessError, match="ACC-02"):
        read_offer(actor=OF_UTRECHT, identifier=number)


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(
    ("actor", "sees", "keeps"),
    [
        (OF_UTRECHT, "", ""),
        (OF_ZEIST, "", "ACC-02"),
        (OF_PROVINCE, "", "ACC-01"),
        (COA, "", "ACC-01"),
        (MINISTRY, "", "ACC-01"),
        (AUDITOR, "", "ACC-01"),
        (OF_ISLAND, "ACC-02", "ACC-02"),
        (ANYONE, "ACC-01", "ACC-01"),
    ],
)
def test_the_table_is_for_who_sits_at_it(actor: Actor, sees: str, keeps: str) -> None:
    number = add_offer(actor=OF_UTRECHT, offer=OFFER, today=TODAY)
    if sees:
        with pytest.raises(AccessError, match=sees):
            read_table(actor=actor, province=HERE, today=TODAY)
        with pytest.raises(AccessError, match=sees):
            read_offer(actor=actor, identifier=number)
    else:
        assert len(read_table(actor=actor, province=HERE, today=TODAY).state.offers) == 1
    if keeps:
        with pytest.raises(AccessError, match=keeps):
            add_offer(actor=actor, offer=OFFER, today=TODAY)
        with pytest.raises(AccessError, match=keeps):
            withdraw_offer(actor=actor, identifier=number, why="example")


@pytest.mark.usefixtures("shared")
def test_a_swap_holds_when_the_other_side_accepts_or_a_second_person_of_the_province_confirms() -> None:
    found = preview_swap(actor=OF_UTRECHT, province=HERE, agreed=SWAP, today=TODAY)
    assert isinstance(found.outcome, Allocation)
    first = put_swap_forward(actor=OF_UTRECHT, province=HERE, agreed=SWAP, note="afgesproken", today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        accept_swap(actor=OF_UTRECHT, number=first, today=TODAY)
    assert {one.line.swapped for one in read_table(actor=COA, province=HERE, today=TODAY).lines} == {0}
    assert accept_swap(actor=OF_ZEIST, number=first, today=TODAY).state == "accepted"
    second = put_swap_forward(actor=OF_PROVINCE, province=HERE, agreed=SWAP, note="nog eens", today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        accept_swap(actor=OF_PROVINCE, number=second, today=TODAY)
    assert accept_swap(actor=OF_PROVINCE_2, number=second, today=TODAY).state == "confirmed"
    page = read_table(actor=COA, province=HERE, today=TODAY)
    changed = {one.line.municipality: one.line.swapped for one in page.lines if one.line.swapped}
    assert changed == {UTRECHT: 100, ZEIST: -100}
    third = put_swap_forward(actor=OF_ZEIST, province=HERE, agreed=SWAP, note="toch niet", today=TODAY)
    with pytest.raises(InputError, match="INP-04"):
        withdraw_swap(actor=OF_ZEIST, number=third, why="", today=TODAY)
    withdraw_swap(actor=OF_ZEIST, number=third, why="vergissing", today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        accept_swap(actor=OF_UTRECHT, number=third, today=TODAY)
    for stranger in (OF_ISLAND, replace(OF_ZEIST, municipality=MunicipalityCode("GM0356"))):
        with pytest.raises(AccessError, match="ACC-02"):
            accept_swap(actor=stranger, number=third, today=TODAY)


@pytest.mark.usefixtures("shared")
def test_who_presses_twice_offers_and_swaps_once() -> None:
    number = add_offer(actor=OF_UTRECHT, offer=OFFER, today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        add_offer(actor=OF_UTRECHT, offer=OFFER, today=TODAY)
    add_offer(actor=OF_UTRECHT, offer=replace(OFFER, note="een tweede gebouw"), today=TODAY)
    withdraw_offer(actor=OF_UTRECHT, identifier=number, why="vergissing")
    add_offer(actor=OF_UTRECHT, offer=OFFER, today=TODAY)
    first = put_swap_forward(actor=OF_UTRECHT, province=HERE, agreed=SWAP, note="eens", today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        put_swap_forward(actor=OF_ZEIST, province=HERE, agreed=SWAP, note="eens", today=TODAY)
    accept_swap(actor=OF_ZEIST, number=first, today=TODAY)
    put_swap_forward(actor=OF_UTRECHT, province=HERE, agreed=SWAP, note="nog eens", today=TODAY)


@pytest.mark.usefixtures("shared")
def test_a_swap_is_put_to_those_only_who_may_accept_it() -> None:
    first = put_swap_forward(actor=OF_UTRECHT, province=HERE, agreed=SWAP, note="eens", today=TODAY)
    second = put_swap_forward(
        actor=OF_PROVINCE,
        province=HERE,
        agreed=replace(SWAP, changes={UTRECHT: 5, ZEIST: -5}),
        note="eens",
        today=TODAY,
    )
    stranger = replace(OF_ZEIST, municipality=MunicipalityCode("GM0356"))
    asked = {
        who.name if who is not stranger else "stranger": read_table(actor=who, province=HERE, today=TODAY)
        for who in (OF_UTRECHT, OF_ZEIST, OF_PROVINCE, OF_PROVINCE_2, stranger, COA)
    }
    assert {name: page.may_accept for name, page in asked.items()} == {
        OF_UTRECHT.name: {second},
        OF_ZEIST.name: {first, second},
        OF_PROVINCE.name: {first},
        OF_PROVINCE_2.name: {first, second},
        "stranger": set(),
        COA.name: set(),
    }
    assert asked[OF_UTRECHT.name].may_withdraw == {first, second}
    assert asked["stranger"].may_withdraw == set()


@pytest.mark.usefixtures("shared")
def test_a_swap_that_cannot_stand_is_refused_with_every_reason() -> None:
    with pytest.raises(InputError, match="must add up to 0"):
        put_swap_forward(
            actor=OF_UTRECHT,
            province=HERE,
            agreed=PlaceSwap({UTRECHT: -99_999, ZEIST: 1}),
            note="example",
            today=TODAY,
        )
    with pytest.raises(InputError, match="INP-04"):
        put_swap_forward(actor=OF_UTRECHT, province=HERE, agreed=SWAP, note=" ", today=TODAY)
    durable = replace(SWAP, is_durable=True)
    found = preview_swap(actor=OF_UTRECHT, province=HERE, agreed=durable, today=TODAY)
    assert isinstance(found.outcome, PlaceSwapRefused)
    assert found.outcome.grounds == (SwapGround.TOO_FEW_DURABLE,)


@pytest.mark.usefixtures("shared")
def test_a_decision_is_drafted_published_by_a_second_person_and_changed_later() -> None:
    add_offer(actor=OF_UTRECHT, offer=OFFER, today=TODAY)
    accept_filling(actor=OF_PROVINCE, province=HERE, aim="least-deviation", least=100, note="", today=TODAY)
    report_table(actor=OF_PROVINCE, province=HERE, note="Wij zijn eruit.", today=TODAY)
    key = draft_allocation(actor=MINISTRY, province=HERE, why="", address=ADDRESS, today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        publish_allocation(actor=MINISTRY, key=key, today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        draft_allocation(actor=COLLEAGUE, province=HERE, why="", address=ADDRESS, today=TODAY)
    with pytest.raises(DatabaseError, match="second person"), transaction.atomic():
        stored.add_step(key, stored.PUBLISHED, on=TODAY, decided_by=MINISTRY.name)
    assert read_decisions(actor=ANYONE).decisions == ()
    with pytest.raises(AccessError, match="ACC-02"):
        read_decision(actor=OF_PROVINCE, key=key)
    publish_allocation(actor=COLLEAGUE, key=key, today=TODAY)
    held = read_decision(actor=ANYONE, key=key)
    page = read_table(actor=MINISTRY, province=HERE, today=TODAY)
    assert held.total == page.state.made.task.remaining
    assert verify_receipt(actor=ANYONE, number=held.receipt).is_same
    assert decision_file(actor=ANYONE, key=key, form="pdf").startswith(b"%PDF")
    assert decision_file(actor=ANYONE, key=key, form="docx").startswith(b"PK")
    assert any("Utrecht: " in text for part in held.text.parts for text in part.paragraphs)
    told = NoticeRow.objects.filter(kind="allocation-published")
    assert told.filter(municipality=UTRECHT).get().figures == {"places": held.places[UTRECHT]}
    steps = read_places_country(actor=ANYONE, year=2026, today=TODAY).steps
    assert [(one.done, one.of) for one in steps] == [(1, 1), (1, 12), (1, 12), (0, 0)]
    with pytest.raises(InputError, match="INP-04"):
        draft_allocation(actor=MINISTRY, province=HERE, why="", address=ADDRESS, today=TODAY)
    later = draft_allocation(actor=MINISTRY, province=HERE, why="nieuwe raming", address=ADDRESS, today=TODAY)
    withdraw_allocation(actor=MINISTRY, key=later, why="te vroeg", today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        publish_allocation(actor=COLLEAGUE, key=later, today=TODAY)
    assert stored.by_keys([later])[0].replaces == key


@pytest.mark.usefixtures("shared")
def test_who_is_asked_too_little_or_whose_site_ends_is_told_once() -> None:
    ends = SiteSpan(date(2026, 1, 1), date(2026, 10, 10), 80)
    site = Site(
        SiteId(""),
        UTRECHT,
        "Kade",
        PlaceKind.REGULAR,
        SiteForm.REGULAR,
        for_minors=False,
        is_durable=False,
        spans=(ends,),
    )
    add_site(actor=OF_UTRECHT, site=site, today=TODAY)
    assert tell_reception(date(2026, 3, 3)) == 0
    first = tell_reception(date(2026, 9, 15))
    assert NoticeRow.objects.filter(kind="site-ends").count() == 3
    assert NoticeRow.objects.filter(kind="places-asked").count() == first - 3 == 342
    assert tell_reception(date(2026, 9, 15)) == tell_reception(date(2026, 9, 16)) == 0
    assert tell_reception(date(2026, 11, 1)) == 13
    late = NoticeRow.objects.filter(kind="places-late")
    of_ministry = late.get(role="ministry").figures["places"]
    assert of_ministry == sum(one.figures["places"] for one in late.filter(role="province")) > 0
    (task,) = [
        one
        for one in reception_tasks_of_ministry(actor=MINISTRY, today=date(2026, 11, 1))
        if one and one.count
    ]
    assert (task.code, task.count, task.due) == ("tables-late", 12, date(2026, 10, 31))
    report_table(actor=OF_PROVINCE, province=HERE, note="besproken", today=date(2026, 11, 1))
    assert [
        one.count for one in reception_tasks_of_ministry(actor=MINISTRY, today=date(2026, 11, 1)) if one
    ] == [0, 11]


@pytest.mark.usefixtures("shared")
def test_the_demonstration_swaps_and_decides_by_two_people_and_says_that_it_is_invented() -> None:
    agree_and_decide(by=MINISTRY, colleague=COLLEAGUE, today=TODAY)
    table = read_table(actor=MINISTRY, province=BRABANT, today=TODAY)
    assert sorted(one.state for one in table.state.swaps) == ["accepted", "open"]
    assert all("erzonnen" in one.note for one in table.state.swaps)
    (decision,) = table.decisions
    assert [step.decided_by for step in decision.steps] == [MINISTRY.name, COLLEAGUE.name]
    assert decision.state == "published"


# Pages


def signed_in(who: Actor, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    accounts.save_account(who, "a long enough password")
    client = Client()
    user = get_user_model().objects.get(username=who.name)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.usefixtures("shared")
def test_the_pages_walk_from_an_offer_to_a_published_decision(
    proposal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert proposal
    table, offers = "/opvangplaatsen/tafel/", "/opvangplaatsen/tafel/aanbod/"
    own = signed_in(OF_UTRECHT, monkeypatch)
    form = {
        "plaatsen": "150",
        "soort": "regular",
        "eerste": "01-01-2027",
        "laatste": "",
        "toelichting": "Kade",
    }
    assert "O-0000001" in own.post(offers, form, follow=True).content.decode()
    for field, typed in (("plaatsen", "0"), ("soort", "x"), ("eerste", ""), ("laatste", "01-01-2020")):
        wrong = own.post(offers, form | {field: typed})
        assert (wrong.status_code, f'href="#{field}"' in wrong.content.decode()) == (400, True)
    changed = own.post(f"{offers}O-0000001/", form | {"plaatsen": "180", "reden": "meer"}, follow=True)
    assert "Het aanbod is gewijzigd." in changed.content.decode()
    assert own.post(f"{offers}O-0000001/", form).status_code == 400
    swap = {"van": "GM0355", "naar": "GM0344", "aantal": "20", "soort": "regular", "afspraak": "ruilen"}
    assert "Wat deze ruil doet" in own.post(f"{table}ruil/", swap).content.decode()
    refused = own.post(f"{table}ruil/", swap | {"aantal": "99999"})
    assert (refused.status_code, "kleiner worden dan nul" in refused.content.decode()) == (400, True)
    assert own.post(f"{table}ruil/", swap | {"naar": "GM0355"}).status_code == 400
    assert own.post(f"{table}ruil/", swap | {"gezien": "ja"}).status_code == 302
    other = signed_in(OF_ZEIST, monkeypatch)
    number = PlaceSwapRow.objects.get().pk
    assert "De ruil geldt nu." in other.post(f"{table}ruil/{number}/", follow=True).content.decode()
    province = signed_in(OF_PROVINCE, monkeypatch)
    taken = province.post(f"{table}voorstel/", {"doel": "spread", "kleinste": "100"}, follow=True)
    assert "aangenomen als concept" in taken.content.decode()
    assert province.post(f"{table}verslag/", {"verslag": ""}).status_code == 400
    assert (
        "Verslag gedaan"
        in province.post(f"{table}verslag/", {"verslag": "Zo."}, follow=True).content.decode()
    )
    assert "GM0344,Utrecht," in province.get(f"{table}tafel.csv").content.decode()
    ministry = signed_in(MINISTRY, monkeypatch)
    written = ministry.post("/opvangplaatsen/besluiten/schrijven/", {"provincie": "PV26"}, follow=True)
    address = written.request["PATH_INFO"]
    assert "Verdeling per gemeente" in written.content.decode()
    own_try = ministry.post(f"{address}bekendmaken/", follow=True).content.decode()
    assert "niet zelf heeft geschreven" in own_try
    done = signed_in(COLLEAGUE, monkeypatch).post(f"{address}bekendmaken/", follow=True).content.decode()
    assert "Het besluit is bekendgemaakt." in done
    public = Client()
    assert public.get(address).status_code == public.get(f"{address}besluit.pdf").status_code == 200
    assert "bekendgemaakt" in public.get("/opvangplaatsen/besluiten/").content.decode()
