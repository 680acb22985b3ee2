"""What is due about money: on the desks of municipality and ministry, and in one notice before evidence is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from money_examples import COSTS, CUT, PROJECT, application, kade
from small_country import COA, ISLAND, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT

from eenthuis.law import law_book
from eenthuis.law.money import money_law
from eenthuis.services.desk_money import money_tasks_of_asker, money_tasks_of_ministry
from eenthuis.services.desks import read_desk
from eenthuis.services.flex_projects import add_flex_project
from eenthuis.services.money_asking import ask_costs, ask_scheme
from eenthuis.services.money_files import read_file, take_step
from eenthuis.services.money_telling import tell_evidence
from eenthuis.services.notices import notices_for
from eenthuis.store import accounts
from eenthuis.store.models import JournalRow, NoticeRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.money_files import CheckedLine, EvidenceKind, MoneyFileId, MoneyStep, MoneyStepKind
from eenthuis.web.desk_words import said

pytestmark = pytest.mark.django_db
COLLEAGUE = Actor("ministerie-2", Role.MINISTRY)
ASSOCIATION = Actor("corporatie", Role.HOUSING_ASSOCIATION, UTRECHT, association="Voorbeeld Wonen")
OTHER_ASSOCIATION = replace(ASSOCIATION, name="corporatie-2", association="Ander Wonen")
LAW = money_law(law_book(), TODAY)
DECIDE_BY = TODAY + timedelta(days=LAW.decide_days)
EVIDENCE_BY = TODAY + timedelta(days=LAW.evidence_days)
WARNED_FROM = EVIDENCE_BY - timedelta(days=LAW.warn_days)
DAY = timedelta(days=1)


def take(actor: Actor, number: MoneyFileId, step: MoneyStep) -> None:
    take_step(actor=actor, identifier=number, step=step, today=TODAY)


@pytest.fixture(autouse=True)
def _site() -> None:
    kade()


@pytest.fixture
def awarded() -> MoneyFileId:
    number = ask_costs(actor=OF_UTRECHT, asked=COSTS, today=TODAY)
    take(MINISTRY, number, MoneyStep(MoneyStepKind.CHECKED, TODAY, "", lines=CUT))
    take(COLLEAGUE, number, MoneyStep(MoneyStepKind.AWARDED, TODAY, "", cents=1_200_000_00))
    return number


def give_evidence(number: MoneyFileId, actor: Actor = OF_UTRECHT) -> None:
    given = MoneyStep(
        MoneyStepKind.EVIDENCE, TODAY, "", evidence=EvidenceKind.ANNUAL_ACCOUNTS, kept_at="jaarrekening"
    )
    take(actor, number, given)


def due_of_municipality(today: date, actor: Actor = OF_UTRECHT) -> list[tuple[str, date | None]]:
    tasks = money_tasks_of_asker(actor=actor, today=today)
    return [(task.code, task.due) for task in tasks if task is not None and task.count]


def due_of_ministry(today: date) -> list[tuple[str, date | None]]:
    tasks = money_tasks_of_ministry(actor=MINISTRY, today=today)
    return [(task.code, task.due) for task in tasks if task is not None and task.count]


def test_evidence_stands_on_the_desk_from_the_award_until_it_is_there(awarded: MoneyFileId) -> None:
    assert due_of_municipality(WARNED_FROM - DAY) == [("evidence-later", EVIDENCE_BY)]
    assert due_of_municipality(WARNED_FROM) == [("evidence-near", EVIDENCE_BY)]
    assert due_of_municipality(EVIDENCE_BY) == [("evidence-near", EVIDENCE_BY)]
    assert due_of_municipality(EVIDENCE_BY + DAY) == [("evidence-late", EVIDENCE_BY)]
    assert due_of_municipality(EVIDENCE_BY + DAY, OF_ISLAND) == []
    give_evidence(awarded)
    assert due_of_municipality(EVIDENCE_BY + DAY) == []


def test_decisions_stand_on_the_desk_of_the_ministry_until_they_are_made() -> None:
    number = ask_costs(actor=OF_UTRECHT, asked=COSTS, today=TODAY)
    assert due_of_ministry(TODAY) == [("money-decide-near", DECIDE_BY)]
    assert due_of_ministry(DECIDE_BY - timedelta(days=LAW.warn_days + 1)) == [
        ("money-decide-later", DECIDE_BY)
    ]
    assert due_of_ministry(DECIDE_BY + DAY) == [("money-decide-late", DECIDE_BY)]
    take(MINISTRY, number, MoneyStep(MoneyStepKind.CHECKED, TODAY, "", lines=CUT))
    assert due_of_ministry(TODAY) == [("money-decide-near", DECIDE_BY)]
    take(COLLEAGUE, number, MoneyStep(MoneyStepKind.AWARDED, TODAY, "", cents=1_200_000_00))
    assert due_of_ministry(DECIDE_BY + DAY) == []
    give_evidence(number)
    take(
        MINISTRY, number, MoneyStep(MoneyStepKind.SETTLEMENT_PROPOSED, TODAY, "", cents=1, why="minder nodig")
    )
    assert due_of_ministry(TODAY) == [("money-settle", None)]


def test_an_association_sees_its_own_money_on_its_desk_and_is_told_of_it_alone(proposal: int) -> None:
    assert proposal
    project = add_flex_project(actor=ASSOCIATION, project=PROJECT, name="Plein")
    number = ask_scheme(actor=ASSOCIATION, asked=application(project), today=TODAY)
    (waits,) = [
        one for one in read_desk(actor=ASSOCIATION, today=TODAY).tasks if one.code.startswith("money")
    ]
    assert (waits.code, waits.count, waits.due) == ("money-waits", 1, DECIDE_BY)
    assert due_of_municipality(TODAY, OF_UTRECHT) == []
    asked = read_file(actor=ASSOCIATION, identifier=number).line.file.asked_cents
    take(MINISTRY, number, MoneyStep(MoneyStepKind.CHECKED, TODAY, "", lines=(CheckedLine(1, asked),)))
    take(COLLEAGUE, number, MoneyStep(MoneyStepKind.AWARDED, TODAY, "", cents=asked))
    assert due_of_municipality(EVIDENCE_BY + DAY, ASSOCIATION) == [("evidence-late", EVIDENCE_BY)]
    assert due_of_municipality(EVIDENCE_BY + DAY, OTHER_ASSOCIATION) == []
    assert due_of_municipality(EVIDENCE_BY + DAY, OF_UTRECHT) == []
    tell_evidence(WARNED_FROM)
    kinds = {"money-decided", "money-evidence-near"}
    told = [one.kind.value for one in notices_for(actor=ASSOCIATION).notices]
    assert kinds == set(told)
    assert notices_for(actor=OTHER_ASSOCIATION).count == 0
    assert not kinds & {one.kind.value for one in notices_for(actor=OF_UTRECHT).notices}
    give_evidence(number, ASSOCIATION)
    take(
        MINISTRY,
        number,
        MoneyStep(MoneyStepKind.SETTLEMENT_PROPOSED, TODAY, "", cents=1, why="minder gebouwd"),
    )
    assert due_of_municipality(TODAY, ASSOCIATION) == [("money-answer", None)]


def test_the_desks_say_it_with_a_link(proposal: int, awarded: MoneyFileId) -> None:
    assert proposal
    assert awarded
    ask_costs(actor=OF_UTRECHT, asked=COSTS, today=TODAY)
    for actor, code, words in (
        (OF_UTRECHT, "evidence-later", "Voor 1 toekenning is later bewijs nodig."),
        (MINISTRY, "money-decide-near", "Over 1 aanvraag van geld moet binnenkort een besluit zijn genomen."),
    ):
        (task,) = [one for one in read_desk(actor=actor, today=TODAY).tasks if one.code == code]
        told = said(task, HalfYear.containing(TODAY), actor.role)
        assert (told.sentence, told.address) == (words, "/geld/")


def test_a_municipality_is_told_once_that_evidence_is_due_soon(awarded: MoneyFileId) -> None:
    assert tell_evidence(WARNED_FROM - DAY) == 0
    assert tell_evidence(WARNED_FROM) == 1
    assert tell_evidence(WARNED_FROM) == tell_evidence(WARNED_FROM + DAY) == 0
    notice = NoticeRow.objects.get(kind="money-evidence-near")
    assert (notice.role, notice.municipality, notice.due_on) == ("municipality", UTRECHT, EVIDENCE_BY)
    assert (notice.reference.split(":")[0], notice.figures) == ("money", {})
    assert JournalRow.objects.filter(action="tell-money-evidence").count() == 3
    assert awarded


def test_who_asked_and_the_ministry_are_told_once_that_evidence_is_late(awarded: MoneyFileId) -> None:
    assert awarded
    assert tell_evidence(EVIDENCE_BY) == 1
    assert tell_evidence(EVIDENCE_BY + DAY) == 2
    assert tell_evidence(EVIDENCE_BY + 2 * DAY) == 0
    late = NoticeRow.objects.filter(kind="money-evidence-late", due_on=EVIDENCE_BY)
    assert set(late.values_list("role", "municipality")) == {("municipality", UTRECHT), ("ministry", "")}


def test_nobody_is_told_of_evidence_that_came(awarded: MoneyFileId) -> None:
    give_evidence(awarded)
    assert tell_evidence(EVIDENCE_BY + DAY) == 0
    assert tell_evidence(WARNED_FROM) == 0
    assert not NoticeRow.objects.filter(kind="money-evidence-near").exists()
    assert not NoticeRow.objects.filter(municipality=ISLAND).exists()


def test_open_work_of_a_municipality_names_the_evidence_to_bring(
    proposal: int, awarded: MoneyFileId, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", (EVIDENCE_BY + DAY).isoformat())
    client = Client()
    for actor, is_there in ((OF_UTRECHT, True), (OF_ISLAND, False), (COA, False)):
        accounts.save_account(actor, "a long enough password")
        user = get_user_model().objects.get(username=actor.name)
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        page = client.get("/werk/").content.decode()
        assert (f"/geld/dossiers/{awarded}/" in page, "Bewijs uiterlijk" in page) == (is_there, is_there)
