"""Files of money: who asks, who decides, four eyes in the database, and no cent that is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction
from money_examples import COSTS, CUT, LINES, PROJECT, application, kade
from small_country import AUDITOR, ISLAND, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis import reference
from eenthuis.services.demonstration_money import fill_money
from eenthuis.services.demonstration_places import settle_sites
from eenthuis.services.flex_projects import add_flex_project
from eenthuis.services.money_asked import GrantAsked
from eenthuis.services.money_asking import ask_costs, ask_grant, ask_scheme, check_scheme
from eenthuis.services.money_files import read_file, read_files, take_step
from eenthuis.services.money_grants import read_grant_numbers
from eenthuis.services.money_overview import read_overview
from eenthuis.services.receipts import verify_receipt
from eenthuis.services.reception_shares import announce_need, load_scores
from eenthuis.store.models import JournalRow, NoticeRow
from eenthuis.store.money_models import MoneyFileRow, MoneyStepRow
from eenthuis.terms.access import ANYONE, Actor, Role
from eenthuis.terms.capacity import ReceptionNeed
from eenthuis.terms.errors import AccessError, EenthuisError, InputError, StateError
from eenthuis.terms.money_files import (
    CheckedLine,
    EvidenceKind,
    MoneyFileId,
    MoneyStage,
    MoneyStep,
    MoneyStepKind,
)
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import SesScores
from eenthuis.terms.schemes import Outcome, SchemeCode

pytestmark = pytest.mark.django_db
COLLEAGUE = Actor("ministerie-2", Role.MINISTRY)
OF_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, ProvinceCode("PV26"))
ASSOCIATION = Actor("corporatie", Role.HOUSING_ASSOCIATION, association="Voorbeeld Wonen")


@pytest.fixture(autouse=True)
def _site(request: pytest.FixtureRequest) -> None:
    if "demonstration" not in request.node.name:
        kade()


def step(kind: MoneyStepKind, **more: object) -> MoneyStep:
    return replace(MoneyStep(kind, TODAY, ""), **more)  # type: ignore[arg-type]


def take(actor: Actor, number: MoneyFileId, kind: MoneyStepKind, **more: object) -> MoneyStage:
    return take_step(actor=actor, identifier=number, step=step(kind, **more), today=TODAY).stage


def evidence(number: MoneyFileId, actor: Actor = OF_UTRECHT) -> MoneyStage:
    return take(
        actor,
        number,
        MoneyStepKind.EVIDENCE,
        evidence=EvidenceKind.ANNUAL_ACCOUNTS,
        kept_at="jaarrekening 2025",
    )


def test_a_claim_goes_from_costs_to_a_settlement_and_no_cent_is_lost() -> None:
    number = ask_costs(actor=OF_UTRECHT, asked=COSTS, today=TODAY)
    assert take(MINISTRY, number, MoneyStepKind.CHECKED, lines=CUT) is MoneyStage.CHECKED
    with pytest.raises(AccessError, match="ACC-03"):
        take(MINISTRY, number, MoneyStepKind.AWARDED, cents=1_200_000_00)
    assert take(COLLEAGUE, number, MoneyStepKind.AWARDED, cents=1_200_000_00) is MoneyStage.AWARDED
    page = read_file(actor=OF_UTRECHT, identifier=number)
    state = page.line.state
    assert state.asked_cents == (state.awarded_cents or 0) + (state.cut_cents or 0)
    assert page.next_steps == (MoneyStepKind.EVIDENCE,)
    assert page.line.evidence_by == TODAY + timedelta(days=365)
    receipt = next(one.receipt for one in page.line.steps if one.kind is MoneyStepKind.AWARDED)
    again = verify_receipt(actor=ANYONE, number=receipt)
    assert (again.is_same, again.output[number]) == (True, [1_250_000_33, 1_200_000_00, 50_000_33])
    assert take(MINISTRY, number, MoneyStepKind.PAID, cents=1_200_000_00) is MoneyStage.AWARDED
    with pytest.raises(StateError, match="more-than-due"):
        take(MINISTRY, number, MoneyStepKind.PAID, cents=1)
    with pytest.raises(StateError, match="no-evidence"):
        take(MINISTRY, number, MoneyStepKind.SETTLEMENT_PROPOSED, cents=1)
    evidence(number)
    take(MINISTRY, number, MoneyStepKind.SETTLEMENT_PROPOSED, cents=1_150_000_01, why="minder gedraaid")
    with pytest.raises(AccessError, match="ACC-03"):
        take(MINISTRY, number, MoneyStepKind.SETTLED, cents=1_150_000_01)
    assert take(COLLEAGUE, number, MoneyStepKind.SETTLED, cents=1_150_000_01) is MoneyStage.SETTLED
    due = read_file(actor=MINISTRY, identifier=number)
    assert (due.line.state.due_cents, due.most_cents) == (-49_999_99, 49_999_99)
    assert due.next_steps == (MoneyStepKind.RECOVERED,)
    assert take(MINISTRY, number, MoneyStepKind.RECOVERED, cents=49_999_99) is MoneyStage.CLOSED
    ended = read_file(actor=AUDITOR, identifier=number).line.state
    assert ended.paid_cents - ended.recovered_cents == ended.settled_cents
    assert JournalRow.objects.filter(subject=f"money file {number}").count() == 8
    told = NoticeRow.objects.filter(kind__startswith="money").values_list("kind", flat=True)
    assert sorted(told) == ["money-asked", "money-decided", "money-paid", "money-proposed", "money-settled"]
    (costs,) = [line for line in read_overview(actor=MINISTRY, today=TODAY).kinds if line.files]
    assert (costs.asked_cents, costs.settled_cents) == (1_250_000_33, 1_150_000_01)


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (OF_UTRECHT, ["Opvang verzonnen kade"]),
        (OF_ISLAND, ["Eiland"]),
        (OF_PROVINCE, ["Opvang verzonnen kade"]),
        (MINISTRY, ["Eiland", "Opvang verzonnen kade"]),
        (AUDITOR, ["Eiland", "Opvang verzonnen kade"]),
        (ASSOCIATION, []),
    ],
)
def test_everybody_sees_the_files_in_reach_and_no_others(actor: Actor, seen: list[str]) -> None:
    ask_costs(actor=OF_UTRECHT, asked=COSTS, today=TODAY)
    other = ask_costs(
        actor=OF_ISLAND,
        asked=replace(COSTS, municipality=ISLAND, site=kade(OF_ISLAND), title="Eiland"),
        today=TODAY,
    )
    assert sorted(line.file.title for line in read_files(actor=actor).lines) == seen
    if "Eiland" not in seen:
        with pytest.raises(AccessError, match="ACC-02"):
            read_file(actor=actor, identifier=other)


@pytest.mark.parametrize(
    ("actor", "code"),
    [(OF_ISLAND, "ACC-02"), (OF_PROVINCE, "ACC-01"), (AUDITOR, "ACC-01"), (ANYONE, "ACC-01")],
)
def test_who_may_not_asks_and_decides_nothing(actor: Actor, code: str) -> None:
    with pytest.raises(AccessError, match=code):
        ask_costs(actor=actor, asked=COSTS, today=TODAY)
    number = ask_costs(actor=OF_UTRECHT, asked=COSTS, today=TODAY)
    with pytest.raises(AccessError, match=code):
        take(actor, number, MoneyStepKind.WITHDRAWN, why="niet van mij")
    with pytest.raises(AccessError, match="ACC-01"):
        take(actor, number, MoneyStepKind.CHECKED, lines=CUT)
    assert not MoneyStepRow.objects.exists()


@pytest.mark.parametrize(
    "lines",
    [
        CUT[:1],
        (*CUT, CheckedLine(3, 0, "bestaat niet")),
        (CheckedLine(1, 1_000_000_01), CUT[1]),
        (CUT[0], CheckedLine(2, 200_000_00, " ")),
        (CUT[0], CheckedLine(2, -1, "minder dan niets")),
    ],
)
def test_a_check_that_does_not_fit_its_lines_is_refused_and_leaves_nothing(
    lines: tuple[CheckedLine, ...],
) -> None:
    number = ask_costs(actor=OF_UTRECHT, asked=COSTS, today=TODAY)
    with pytest.raises(StateError, match="STA-06"):
        take(MINISTRY, number, MoneyStepKind.CHECKED, lines=lines)
    assert not MoneyStepRow.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"site": ""},
        {"site": "Verzonnen kade"},
        {"site": "S-0000002"},
        {"lines": ()},
        {"lines": (replace(LINES[0], asked_cents=0),)},
        {"last_day": date(2024, 12, 31)},
        {"last_day": TODAY + timedelta(days=1)},
    ],
)
def test_costs_that_do_not_add_up_are_refused_and_leave_nothing(changes: dict[str, object]) -> None:
    with pytest.raises(InputError):
        ask_costs(actor=OF_UTRECHT, asked=replace(COSTS, **changes), today=TODAY)  # type: ignore[arg-type]
    assert not MoneyFileRow.objects.exists()


def test_new_evidence_undoes_a_check_and_a_withdrawal_ends_it() -> None:
    number = ask_costs(actor=OF_UTRECHT, asked=COSTS, today=TODAY)
    take(MINISTRY, number, MoneyStepKind.CHECKED, lines=CUT)
    assert evidence(number) is MoneyStage.ASKED
    with pytest.raises(StateError, match="not-now"):
        take(COLLEAGUE, number, MoneyStepKind.AWARDED, cents=1_200_000_00)
    assert take(OF_UTRECHT, number, MoneyStepKind.WITHDRAWN, why="dubbel") is MoneyStage.WITHDRAWN
    with pytest.raises(StateError, match="not-now"):
        evidence(number)


def test_the_database_itself_asks_for_a_second_person() -> None:
    number = ask_costs(actor=OF_UTRECHT, asked=COSTS, today=TODAY)
    take(MINISTRY, number, MoneyStepKind.CHECKED, lines=CUT)
    row = MoneyFileRow.objects.get(number=number)
    for who in (MINISTRY.name, ""):
        with pytest.raises(DatabaseError, match="second person"), transaction.atomic():
            MoneyStepRow.objects.create(
                file=row,
                municipality=UTRECHT,
                owner=UTRECHT,
                step=2,
                kind="awarded",
                on=TODAY,
                decided_by=who or MINISTRY.name,
            )
    with pytest.raises(DatabaseError, match="eenthuis"), transaction.atomic():
        MoneyStepRow.objects.update(cents=1)


GRANT = GrantAsked(UTRECHT, "Plekken boven 75 %", date(2026, 2, 1), None, None, None, "besluit 3")
ZEIST = MunicipalityCode("GM0355")
OF_ZEIST = Actor("gemeente-zeist", Role.MUNICIPALITY, ZEIST, OF_PROVINCE.province)


@pytest.fixture
def number() -> int:
    """Compute the shares of the cycle that binds on the day of counting, and return the number of the province."""
    known = reference.inhabitants(date(2024, 1, 1)).people
    scores = SesScores({code: Fraction(0) for code in known}, "example", is_invented=True)
    load_scores(actor=MINISTRY, scores=scores, year=2023, today=TODAY)
    day = date(2024, 2, 1)
    announce_need(actor=MINISTRY, need=ReceptionNeed(2024, 96_000, None, day, "example"), today=day)
    found = read_grant_numbers(actor=OF_UTRECHT, municipality=UTRECHT, counted_on=GRANT.counted_on)
    assert (found.year, found.places, found.own_places, found.is_invented) == (2024, 80, 80, True)
    return found.number or 0


def test_the_grant_counts_the_registers_and_no_place_of_a_province_twice(number: int) -> None:
    whole = -(-3 * number // 4)
    kade(OF_ZEIST, places=whole - 30)
    asked = ask_grant(actor=OF_UTRECHT, asked=GRANT, today=TODAY)
    file = read_file(actor=MINISTRY, identifier=asked).line.file
    assert file.basis is not None
    assert (file.units, file.asked_cents) == (50, 50 * 1500_00)
    assert file.basis.registered == (number, whole + 50, 80)
    assert not file.basis.deviates
    assert verify_receipt(actor=ANYONE, number=file.basis.receipt).is_same
    of_zeist = replace(GRANT, municipality=ZEIST)
    for actor, again in ((OF_UTRECHT, GRANT), (OF_ZEIST, of_zeist)):
        with pytest.raises(StateError, match="STA-06"):
            ask_grant(actor=actor, asked=again, today=TODAY)
    kade(OF_ZEIST, places=10)
    more = ask_grant(actor=OF_ZEIST, asked=of_zeist, today=TODAY)
    assert read_file(actor=MINISTRY, identifier=more).line.file.units == 10
    take(OF_UTRECHT, asked, MoneyStepKind.WITHDRAWN, why="dubbel")
    freed = read_grant_numbers(actor=OF_ZEIST, municipality=ZEIST, counted_on=TODAY)
    assert (freed.held, freed.own_held) == (10, 10)


def test_a_number_that_differs_from_the_register_needs_a_reason_and_is_told_beside_it(number: int) -> None:
    other = replace(GRANT, number=40)
    for asked in (other, replace(other, why=" ")):
        with pytest.raises(InputError, match="INP-04"):
            ask_grant(actor=OF_UTRECHT, asked=asked, today=TODAY)
    assert not MoneyFileRow.objects.exists()
    made = ask_grant(actor=OF_UTRECHT, asked=replace(other, why="besluit 4"), today=TODAY)
    basis = read_file(actor=MINISTRY, identifier=made).line.file.basis
    assert basis is not None
    assert (basis.number, basis.registered[0], basis.why, basis.deviates) == (40, number, "besluit 4", True)
    with pytest.raises(EenthuisError, match="LAW-01"):
        ask_grant(actor=OF_UTRECHT, asked=replace(GRANT, counted_on=date(2024, 1, 31)), today=TODAY)
    with pytest.raises(AccessError, match="ACC-02"):
        ask_grant(actor=OF_ZEIST, asked=GRANT, today=TODAY)


def test_a_claim_of_before_the_register_is_still_read() -> None:
    number = ask_costs(actor=OF_UTRECHT, asked=COSTS, today=TODAY)
    assert read_file(actor=OF_UTRECHT, identifier=number).site_name == "Verzonnen kade"
    row = MoneyFileRow.objects.get(number=number)
    row.pk, row.number, row.site = None, "G-0000002", "Pand aan de haven"
    row.save()
    old = read_file(actor=OF_UTRECHT, identifier=MoneyFileId("G-0000002"))
    assert (old.line.file.site, old.site_name) == ("Pand aan de haven", "")


def test_an_application_shows_its_conditions_before_and_is_handed_in_once() -> None:
    project = add_flex_project(actor=OF_UTRECHT, project=PROJECT, name="Kade")
    asked = application(project)
    found = check_scheme(actor=OF_UTRECHT, asked=asked, today=TODAY)
    assert {one.name: one.outcome for one in found.eligibility.results}["months-to-start"] is Outcome.NOT_MET
    assert (found.asked_cents, found.is_open, found.round) == (40 * 14_000_00, True, None)
    number = ask_scheme(actor=OF_UTRECHT, asked=asked, today=TODAY)
    assert read_file(actor=MINISTRY, identifier=number).line.file.project == project
    with pytest.raises(StateError, match="STA-01"):
        ask_scheme(actor=OF_UTRECHT, asked=asked, today=TODAY)
    with pytest.raises(AccessError, match="ACC-02"):
        ask_scheme(actor=OF_ISLAND, asked=replace(asked, municipality=ISLAND), today=TODAY)


def test_a_scheme_takes_applications_up_to_its_last_day_and_not_a_day_longer() -> None:
    asked = application(None)
    last = date(2026, 12, 31)
    assert check_scheme(actor=OF_UTRECHT, asked=asked, today=last).is_open
    with pytest.raises(StateError, match="STA-09"):
        ask_scheme(actor=OF_UTRECHT, asked=asked, today=last + timedelta(days=1))
    lot = replace(asked, scheme=SchemeCode("sft-2023"))
    for day, takes in ((date(2024, 4, 2), False), (date(2024, 5, 16), False)):
        assert check_scheme(actor=OF_UTRECHT, asked=lot, today=day).is_open is takes


def test_a_housing_association_asks_for_its_own_projects_only() -> None:
    own = add_flex_project(actor=ASSOCIATION, project=PROJECT, name="Plein")
    other = add_flex_project(actor=OF_UTRECHT, project=PROJECT, name="Kade")
    number = ask_scheme(actor=ASSOCIATION, asked=application(own), today=TODAY)
    assert [line.file.identifier for line in read_files(actor=ASSOCIATION).lines] == [number]
    assert read_files(actor=OF_UTRECHT).lines[0].file.owner == "Voorbeeld Wonen"
    for project, wrong in ((other, AccessError), (None, InputError)):
        with pytest.raises(wrong):
            ask_scheme(actor=ASSOCIATION, asked=application(project), today=TODAY)


def test_the_demonstration_has_files_at_every_turn_and_says_that_they_are_invented() -> None:
    settle_sites(today=TODAY)
    fill_money(by=MINISTRY, colleague=COLLEAGUE, today=TODAY)
    lines = read_files(actor=MINISTRY).lines
    assert all("verzonnen" in line.file.title for line in lines)
    stages = {line.state.stage for line in lines}
    assert {MoneyStage.ASKED, MoneyStage.CHECKED, MoneyStage.AWARDED, MoneyStage.REFUSED} <= stages
    assert MoneyStage.CLOSED in stages
