"""The register: kept by the ministry, commented on by partners, public for everyone; counted and tried in the lab."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from every_route import client_of
from small_country import AUDITOR, COA, MINISTRY, OF_UTRECHT, TODAY

from eenthuis import reference
from eenthuis.cli.main import main
from eenthuis.lab import MEASURES
from eenthuis.reference.policy import levers, scenarios
from eenthuis.rules.recommendations import Obstacle, State
from eenthuis.services import lab, recommendation_days, recommendation_evidence, recommendation_lab
from eenthuis.services import recommendations as services
from eenthuis.services.desks import read_desk
from eenthuis.services.notices import notices_for
from eenthuis.store import accounts
from eenthuis.store.models import JournalRow
from eenthuis.store.recommendation_models import RecommendationEntryRow
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.errors import AccessError, InputError
from eenthuis.terms.notices import NoticeFilter
from eenthuis.terms.recommendations import EntryKind, Party, RegisterEntry
from eenthuis.web import wording_recommendations as words

pytestmark = pytest.mark.django_db
STEP = RegisterEntry(
    0, 4, EntryKind.STEP_PROMISED, date(2026, 2, 1), "Onderzoeken wat gemeenten doen.", owner=Party.COA,
    due=TODAY - timedelta(days=1),
)  # fmt: skip


def signed_in(who: Actor) -> Client:
    if who is not ANYONE:
        accounts.save_account(who, "een-goed-lang-wachtwoord")
    return client_of(who)


def page_of(who: Actor, number: int) -> str:
    answer = signed_in(who).get(f"/aanbevelingen/{number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_named_is_there() -> None:
    found = reference.recommendations().values()
    assert {name for one in found for name in one.indicators} == recommendation_evidence.INDICATORS
    assert set(words.INDICATORS) == recommendation_evidence.INDICATORS
    assert {name for one in found for name in one.levers} <= set(levers())
    assert {name for one in found for name in one.measures} <= {one.name for one in MEASURES}
    assert {(lever.recommendation, lever.name) for lever in levers().values() if lever.recommendation} == {
        (one.number, name) for one in found for name in one.levers
    }


def test_a_step_is_promised_told_of_and_done() -> None:
    number = services.record_entry(actor=MINISTRY, new=STEP, today=TODAY)
    assert isinstance(number, int)
    line = services.read_recommendation(actor=ANYONE, number=4, today=TODAY).line
    assert (line.standing.state, line.late) == (State.LATE, 1)
    assert recommendation_days.tell_steps(TODAY) == 2
    assert recommendation_days.tell_steps(TODAY) == 0
    for who in (MINISTRY, COA):
        (notice,) = notices_for(actor=who, wanted=NoticeFilter(kind="advice-step-late")).notices
        assert (notice.thing, notice.key, notice.figures) == ("recommendation", "4", {"steps": 1})
    done = replace(STEP, kind=EntryKind.STEP_DONE, about=number, on=TODAY, what="Het onderzoek is er.")
    assert isinstance(services.record_entry(actor=MINISTRY, new=done, today=TODAY), int)
    assert services.record_entry(actor=MINISTRY, new=done, today=TODAY) is Obstacle.STEP_ENDED
    line = services.read_recommendation(actor=ANYONE, number=4, today=TODAY).line
    assert (line.standing.state, line.late) == (State.DONE, 0)
    assert [row.action for row in JournalRow.objects.order_by("id") if row.role == "ministry"] == [
        "record-recommendation"
    ] * 2


def test_the_ministry_sees_what_is_late_on_its_desk(proposal: int) -> None:
    assert proposal
    services.record_entry(actor=MINISTRY, new=STEP, today=TODAY)
    tasks = {task.code: task.count for task in read_desk(actor=MINISTRY, today=TODAY).tasks}
    assert tasks["advice-late"] == 1


@pytest.mark.parametrize("who", [COA, OF_UTRECHT, AUDITOR, ANYONE])
def test_only_the_ministry_keeps_the_register(who: Actor) -> None:
    with pytest.raises(AccessError, match="ACC-01"):
        services.record_entry(actor=who, new=STEP, today=TODAY)
    assert RecommendationEntryRow.objects.count() == 0


@pytest.mark.parametrize(
    "text", ["Bel mw. J. Bakker.", "Zie j.bakker@minbzk.nl", "Bel 070 370 79 11", "x" * 4001]
)
def test_the_public_register_takes_no_personal_data(text: str) -> None:
    with pytest.raises(InputError, match="INP-0"):
        services.record_entry(actor=MINISTRY, new=replace(STEP, what=text), today=TODAY)
    assert RecommendationEntryRow.objects.count() == 0


def test_partners_comment_and_the_public_does_not_see_it() -> None:
    said = "Wij doen hier <b>graag</b> aan mee."
    services.comment(actor=OF_UTRECHT, number=5, text=said, today=TODAY)
    with pytest.raises(InputError):
        services.comment(actor=OF_UTRECHT, number=5, text=" ", today=TODAY)
    for who in (ANYONE, AUDITOR):
        with pytest.raises(AccessError):
            services.comment(actor=who, number=5, text="x", today=TODAY)
    seen = page_of(COA, 5)
    assert "Wij doen hier &lt;b&gt;graag&lt;/b&gt; aan mee." in seen
    assert "gemeente Utrecht" in seen
    assert OF_UTRECHT.name not in seen
    assert "Wij doen hier" not in page_of(ANYONE, 5)
    assert services.read_recommendation(actor=ANYONE, number=5, today=TODAY).comments == ()


def test_evidence_is_counted_now_from_the_tables(proposal: int) -> None:
    assert proposal
    found = {
        one.name: one
        for number in reference.recommendations()
        for one in services.read_recommendation(actor=ANYONE, number=number, today=TODAY).indicators
    }
    assert set(found) == recommendation_evidence.INDICATORS
    waiting = found["waiting-people"].value
    assert waiting
    assert (found["centre-places"].value, found["centre-places"].of) == (waiting, 300)
    assert found["by-inhabitants"].value == found["by-inhabitants"].of
    assert found["schemes-in-force"].value
    assert found["days-to-tell"].value is None


def test_the_lab_is_asked_once_with_the_levers_of_the_recommendation() -> None:
    asked = {number: recommendation_lab.asked_of(one) for number, one in reference.recommendations().items()}
    base = scenarios()[lab.BASE]
    for number, ask in asked.items():
        without, with_it = ask.scenarios
        differ = {name for name in base.levers if without.levers[name] != with_it.levers[name]}
        assert differ
        assert differ <= set(reference.recommendations()[number].levers)
        others = set(base.levers) - set(reference.recommendations()[number].levers)
        assert all(without.levers[name] == base.levers[name] for name in others)
    assert recommendation_lab.read_effect(actor=ANYONE, number=5) is None
    address = recommendation_lab.ask_effect(actor=OF_UTRECHT, number=5)
    assert recommendation_lab.ask_effect(actor=COA, number=5) == address
    run = recommendation_lab.read_effect(actor=ANYONE, number=5)
    assert run is not None
    assert (run.address, run.state) == (address, "waiting")
    with pytest.raises(AccessError):
        recommendation_lab.ask_effect(actor=ANYONE, number=5)
    for act in (recommendation_lab.ask_effect, recommendation_lab.read_effect):
        with pytest.raises(AccessError, match="ACC-02"):
            act(actor=COA, number=11)


def test_pages_and_files_for_everyone(client: Client) -> None:
    services.record_entry(actor=MINISTRY, new=replace(STEP, what="<script>alert(1)</script>"), today=TODAY)
    start = client.get("/aanbevelingen/").content.decode()
    assert start.count('href="/aanbevelingen/') >= 10
    assert "een stap is te laat" in start
    one = client.get("/aanbevelingen/4/").content.decode()
    assert "<script>alert" not in one
    assert "&lt;script&gt;alert(1)" in one
    rows = list(csv.DictReader(io.StringIO(client.get("/aanbevelingen/aanbevelingen.csv").content.decode())))
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 11)]
    steps = list(csv.DictReader(io.StringIO(client.get("/aanbevelingen/stappen.csv").content.decode())))
    assert [row["state"] for row in steps if row["recommendation"] == "4"] == ["late"]
    document = json.loads(client.get("/aanbevelingen/aanbevelingen.json").content)
    assert document["recommendations"][3]["late"] == 1
    assert client.get("/aanbevelingen/11/").status_code == 404
    listed = client.get("/api/v1/aanbevelingen").json()
    assert [one["nummer"] for one in listed] == list(range(1, 11))
    assert listed[3]["stappenTeLaat"] == 1
    one_of_them = client.get("/api/v1/aanbevelingen/4").json()
    assert {found["naam"] for found in one_of_them["cijfers"]} == set(
        reference.recommendations()[4].indicators
    )
    assert client.get("/api/v1/aanbevelingen/11").status_code == 404


def test_a_form_that_is_wrong_says_what_and_keeps_nothing() -> None:
    client = signed_in(MINISTRY)
    good = {
        "soort": "step-promised",
        "dag": "01-02-2026",
        "tekst": "Een stap.",
        "wie": "bzk",
        "uiterlijk": "01-06-2026",
    }
    for spoilt, field in (
        ({"dag": "gisteren"}, "dag"),
        ({"soort": "iets"}, "soort"),
        ({"uiterlijk": "31-02-2026"}, "uiterlijk"),
        ({"wie": ""}, "wie"),
        ({"tekst": "Bel de heer Jansen"}, "tekst"),
        ({"soort": "step-done", "over": "-99999999999"}, "tekst"),
        ({"dag": "01-01-2030"}, "dag"),
    ):
        answer = client.post("/aanbevelingen/4/regel/", good | spoilt)
        assert answer.status_code == 400
        assert f'href="#{field}"' in answer.content.decode()
    assert RecommendationEntryRow.objects.count() == 0
    assert client.post("/aanbevelingen/4/regel/", good).status_code == 302
    assert RecommendationEntryRow.objects.count() == 1
    assert client.post("/aanbevelingen/4/reactie/", {"reactie": ""}).status_code == 400


def test_other_roles_are_refused_the_forms() -> None:
    client = signed_in(COA)
    assert client.post("/aanbevelingen/4/regel/", {}).status_code == 403
    assert "Bijhouden" not in client.get("/aanbevelingen/4/").content.decode()


def test_the_command_line_lists_what_is_packaged(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recommendations", "list", "--as-of", "2026-03-03", "--format", "json"]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert len(document["rows"]) == 10
    assert main(["recommendations", "due", "--as-of", "2026-03-03", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 6
    assert {row["state"] for row in rows} == {"undated"}
    assert main(["recommendations", "due", "--as-of", "morgen"]) == 2
    assert "INP-" in capsys.readouterr().err
