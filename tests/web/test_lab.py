"""The policy lab on its pages: asked once, worked out in the background, kept, recomputed to the digit."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pypdf import PdfReader
from small_country import COA, OF_UTRECHT, TODAY

from eenthuis import reference
from eenthuis.connect.lab_report import files
from eenthuis.connect.scenario_files import scenario_from_text
from eenthuis.lab import compare
from eenthuis.reference.policy import levers, scenarios
from eenthuis.services import lab, lab_work
from eenthuis.store import accounts
from eenthuis.store.lab_models import LabFileRow, LabRunRow
from eenthuis.store.models import JournalRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.lab_runs import LabAsk, LabKind
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.version import code_version
from eenthuis.web.wording_lab import lever_typed

pytestmark = pytest.mark.django_db
SMALL = {"scenario": "as-advised", "basis": "today", "toekomsten": "2", "halfjaren": "2", "startgetal": "7"}


def visitor(who: Actor) -> Client:
    accounts.save_account(who, "a-long-password")
    client = Client()
    client.force_login(get_user_model().objects.get(username=who.name))
    return client


@pytest.fixture
def utrecht() -> Client:
    return visitor(OF_UTRECHT)


def asked(client: Client, **fields: object) -> str:
    answer = client.post("/beleidslab/vragen/", {**SMALL, **fields})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def own(**changed: str) -> dict[str, str]:
    values = {name: lever_typed(one.default) for name, one in levers().items()}
    return {**values, "scenario": "eigen", "naam": "meer flex", **changed}


def test_a_comparison_is_worked_out_kept_and_open_to_anyone(utrecht: Client) -> None:
    where = asked(utrecht)
    assert "Wacht op een plaats om te rekenen." in text(Client(), where)
    assert lab_work.work_once("w") is not None
    assert lab_work.work_once("w") is None
    page = text(Client(), where)
    assert "Zoals geadviseerd tegen zoals nu" in page
    assert page.count("ee-figure--fan") == 3
    assert "Gemeenten zonder achterstand" in text(Client(), f"{where}?maat=complying")
    assert where in text(Client(), "/beleidslab/")
    line = JournalRow.objects.get(action="ask-lab")
    assert line.actor == OF_UTRECHT.name
    assert line.after is not None
    assert line.after["futures"] == 2


def test_the_figures_are_those_of_the_command_line(utrecht: Client) -> None:
    where = asked(utrecht)
    lab_work.work_once("w")
    pair = tuple(
        scenario_from_text(text(Client(), f"{where}scenario-{which}.toml"), name="x") for which in (0, 1)
    )
    again = files(compare(pair, futures=2, seed=7, half_years=2), code_version())
    assert Client().get(f"{where}fan.csv").content == again["fan.csv"]
    assert Client().get(f"{where}differences.csv").content.replace(
        b"as-advised (copy)", b"as-advised"
    ) == again["differences.csv"].replace(b"as-advised (copy)", b"as-advised")


def test_what_knowing_more_is_worth_for_the_choice(utrecht: Client) -> None:
    where = asked(utrecht, soort="worth", toekomsten="100")
    lab_work.work_once("w")
    page = text(Client(), f"{where}?maat=grants")
    assert page.count("<td>het beste</td>") == 1
    assert "Wie alle parameters kende" in page
    assert re.search(r'lang="en">flex_a_year', page)
    assert "Meer weten verandert haar niet" in text(Client(), f"{where}?maat=document-kilometres")
    assert "eenthuis lab worth scenario-" in page
    rows = list(csv.DictReader(io.StringIO(text(Client(), f"{where}worth.csv"))))
    assert {"together", "everything", "desk_days"} <= {row["knowing"] for row in rows}
    made = PdfReader(io.BytesIO(Client().get(f"{where}rapport.pdf").content))
    assert "Wat het kennen van een parameter waard is" in "".join(one.extract_text() for one in made.pages)


@pytest.mark.parametrize(
    ("language", "thousands", "part", "level"),
    [
        ("nl", r">\d+[.]000<", r">0,\d+<", "deel van de flexwoningen"),
        ("en", r">\d+,000<", r">0[.]\d+<", "flex homes"),
    ],
)
def test_charts_and_tables_write_numbers_as_the_language_of_the_page_does(
    utrecht: Client, language: str, thousands: str, part: str, level: str
) -> None:
    """On scales, bars and panels of both languages, and never as the other one does."""
    where = asked(utrecht, **own(flex_share="0,35", flex_homes_a_year="9000.5"))
    bars = asked(utrecht, soort="tornado")
    while lab_work.work_once("w") is not None:
        pass
    client = Client()
    client.cookies["taal"] = language
    for path, found in (
        (f"{where}?maat=people-waiting", thousands),
        (f"{where}?maat=in-term", part),
        (f"{where}provincies/?maat=linked-waiting", r">\d"),
        (f"{bars}?maat=people-waiting", r">[+−]\d"),
    ):
        page = text(client, path)
        drawn = "".join(re.findall(r"<text[^>]*>[^<]*</text>", page))
        assert re.search(found, drawn), path
        ticks = re.findall(r"<text[^>]*>([+−]?[\d.,]+)</text>", drawn)
        assert ticks
        if language == "nl":
            assert not any(re.search(r"[.](?!\d{3}\b)|,\d*[.]", one) for one in ticks), ticks
        else:
            assert not any(re.search(r",(?!\d{3}\b)|[.]\d*,", one) for one in ticks), ticks
    page = text(client, where)
    assert ("<td>0,35</td>" in page, "<td>0.35</td>" in page) == (language == "nl", language == "en")
    assert level in page.lower()


WORK = b"code,persons,at_work,source,is_invented\nGM0344,1,0.9,a trial,yes\n" + b"".join(
    b",%d,0.4,a trial,yes\n" % persons for persons in range(1, 9)
)


def test_work_is_measured_with_a_file_and_told_as_invented(utrecht: Client) -> None:
    plain = asked(utrecht)
    where = asked(utrecht, werk=SimpleUploadedFile("werk.csv", WORK))
    assert where != plain
    while lab_work.work_once("w") is not None:
        pass
    without = text(utrecht, plain)
    assert "Werk binnen een jaar is niet gemeten" in without
    assert 'href="/beleidslab/vragen/#kans-op-werk"' in without
    assert "maat=work" not in without
    assert Client().get(f"{plain}work-scores.csv").status_code == 404
    page = text(Client(), f"{where}?maat=work")
    assert "Deze kansen zijn verzonnen" in page
    assert "--outcomes" in page
    assert "mensen van wie verwacht wordt dat zij binnen een jaar werk hebben" in page
    assert "Deze kansen zijn verzonnen" in text(Client(), f"{where}provincies/?maat=work")
    assert "Deze kansen zijn verzonnen" in text(Client(), f"{where}kaart/?maat=work")
    again = SimpleUploadedFile("anders.csv", Client().get(f"{where}work-scores.csv").content)
    assert asked(utrecht, werk=again) == where
    made = PdfReader(io.BytesIO(Client().get(f"{where}rapport.pdf").content))
    assert "verzonnen" in "".join(one.extract_text() for one in made.pages)


def test_a_bad_file_of_work_is_refused_with_row_column_and_value(utrecht: Client) -> None:
    handed = SimpleUploadedFile("werk.csv", WORK.replace(b"0.9", b"1.9"))
    answer = utrecht.post("/beleidslab/vragen/", {**SMALL, "werk": handed})
    assert answer.status_code == 400
    told = answer.content.decode().split('id="werk-fout">')[1].split("</p>")[0]
    assert "rij 2, kolom at_work, waarde 1.9" in told
    assert not LabRunRow.objects.exists()


def test_the_same_question_of_anybody_is_answered_once(utrecht: Client) -> None:
    where = asked(utrecht)
    assert asked(visitor(COA)) == where
    assert asked(utrecht, startgetal="8") != where
    assert LabRunRow.objects.count() == 2


def test_levers_one_by_one_and_the_past(utrecht: Client) -> None:
    where = asked(utrecht, soort="tornado")
    past = lab.ask(actor=COA, asked=LabAsk(LabKind.PAST, (), 1, 20, 1))
    while lab_work.work_once("w") is not None:
        pass
    page = text(Client(), where)
    assert "interim_adjustment" in page
    assert "Als laatste" in page
    page = text(Client(), f"/beleidslab/{past}/")
    assert "achtergehouden" in page
    verdicts = page.split('id="hoe-goed"')[1].split("</section>")[0]
    rows = list(csv.DictReader(io.StringIO(text(Client(), f"/beleidslab/{past}/validation.csv"))))
    held = {row["measure"] for row in rows if row["use"] == "held-out"}
    assert len(re.findall(r"<td>(beter|slechter)", verdicts)) == len(held) == 4
    assert re.search(r"valt\s\d+ % binnen de band", page)


@pytest.mark.parametrize("kind", [LabKind.COMPARE, LabKind.TORNADO, LabKind.PAST])
def test_a_run_is_an_accessible_report(kind: LabKind) -> None:
    pair = () if kind is LabKind.PAST else (scenarios()["today"], scenarios()["as-advised"])
    address = lab.ask(actor=COA, asked=LabAsk(kind, pair, 2, 2, 1))
    assert Client().get(f"/beleidslab/{address}/rapport.pdf").status_code == 404
    lab_work.work_once("w")
    made = PdfReader(io.BytesIO(Client().get(f"/beleidslab/{address}/rapport.pdf").content))
    assert str(made.root_object["/Lang"]) == "nl"
    written = "".join(one.extract_text() for one in made.pages)
    assert address in written
    assert "Gemeenten zonder achterstand" in written or kind is LabKind.PAST
    assert ("Zundert" in written) == (kind is LabKind.COMPARE)
    assert "/Figure" in structure(made)


def structure(made: PdfReader) -> set[str]:
    """Return the names of every element of the structure of a document."""
    found: set[str] = set()
    left: list[Any] = [made.root_object["/StructTreeRoot"]]
    while left:
        one = left.pop().get_object()
        if isinstance(one, list):
            left += [part for part in one if not isinstance(part, int)]
        elif isinstance(one, dict):
            found.add(str(one.get("/S")))
            left += [one["/K"]] if "/K" in one and not isinstance(one["/K"], int) else []
    return found


def test_a_scenario_of_ones_own_by_form_and_by_file(utrecht: Client) -> None:
    where = asked(utrecht, **own(flex_homes_a_year="9.000,5", reception_duty="ja"))
    kept = scenario_from_text(text(Client(), f"{where}scenario-1.toml"), name="x")
    assert kept.name == "meer flex"
    assert (kept.levers["flex_homes_a_year"], kept.levers["reception_duty"]) == (9000.5, True)
    assert kept.sources["reception_duty"] == "een aanname van wie dit vroeg"
    handed = SimpleUploadedFile("mijn.toml", text(Client(), f"{where}scenario-1.toml").encode())
    assert asked(utrecht, scenario="bestand", bestand=handed) == where


def test_a_national_number_is_shared_out_by_weights_of_ones_own(utrecht: Client) -> None:
    codes = [str(one.code) for one in reference.municipalities(reference.reference_dates()[-1])]
    rows = "\n".join(["code,weight", *(f"{code},{2 if code == 'GM0363' else 1}" for code in codes)])
    fields = own(distribution_key="own-weights")
    where = asked(utrecht, **fields, gewichten=SimpleUploadedFile("banen.csv", rows.encode()))
    kept = scenario_from_text(text(Client(), f"{where}scenario-1.toml"), name="x")
    assert (kept.weights[MunicipalityCode("GM0363")], len(kept.weights)) == (2000, len(codes))
    lab_work.work_once("w")
    assert "eigen gewichten" in text(Client(), where)
    summary = json.loads(text(Client(), f"{where}summary.json"))
    assert summary["scenarios"][1]["weights"]["GM0363"] == 2000


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (b"", "levert daarbij een bestand met een gewicht per gemeente"),
        (b"code,weight\nGM0363,-1\n", "rij 2, kolom weight, waarde -1"),
        (b"code,weight\nGM0363,1\n", "have no weight"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"#" * 2_000_001, "te groot"),
    ],
)
def test_weights_that_are_wrong_are_told_at_their_field(
    utrecht: Client, written: bytes, problem: str
) -> None:
    fields = {**SMALL, **own(distribution_key="own-weights")}
    handed = {"gewichten": SimpleUploadedFile("w.csv", written)} if written else {}
    answer = utrecht.post("/beleidslab/vragen/", {**fields, **handed})
    assert answer.status_code == 400
    assert 'id="gewichten-fout"' in answer.content.decode()
    assert problem in answer.content.decode()
    assert not LabRunRow.objects.exists()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (own(naam=" "), "Geef het scenario een naam"),
        (own(naam="as-advised"), "Zo heet al een scenario"),
        (own(flex_homes_a_year="veel"), "vul een getal in van 0 tot en met 40.000"),
        (own(flex_share="nan"), "vul een getal in van 0 tot en met 1"),
        (own(interim_adjustment="omhoog"), "kies een van de mogelijkheden"),
        (own(reception_duty="true"), "kies een van de mogelijkheden"),
        (own(), "verschilt nergens"),
        ({"scenario": "nergens"}, "Kies een scenario."),
        ({"basis": "nergens"}, "Kies een scenario om mee te vergelijken."),
        ({"toekomsten": "5001"}, "van 1 tot en met 5000"),
        ({"soort": "worth", "toekomsten": "99"}, "van 100 tot en met 5000"),
        ({"halfjaren": "-1"}, "van 1 tot en met 40"),
        ({"startgetal": "9" * 40}, "Vul een geheel getal in"),
        ({"scenario": "bestand"}, "Kies een bestand"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_nothing_is_asked(
    utrecht: Client, fields: dict[str, str], problem: str
) -> None:
    answer = utrecht.post("/beleidslab/vragen/", {**SMALL, **fields})
    assert answer.status_code == 400
    assert problem in answer.content.decode()
    assert not LabRunRow.objects.exists()


@pytest.mark.parametrize(
    "written",
    [
        b"name = ",
        b"nonsense = 1\n",
        b'base = "/etc/passwd.toml"\n',
        b"[levers]\nflex_share = 7\n",
        b"\xff\xfe",
        b"#" * 20_001,
    ],
)
def test_a_bad_file_is_refused_with_what_is_wrong(utrecht: Client, written: bytes) -> None:
    handed = SimpleUploadedFile("x.toml", written)
    answer = utrecht.post("/beleidslab/vragen/", {**SMALL, "scenario": "bestand", "bestand": handed})
    assert answer.status_code == 400
    assert 'id="bestand-fout"' in answer.content.decode()


def test_the_public_reads_and_does_not_ask() -> None:
    assert Client().get("/beleidslab/vragen/").status_code == 403
    assert Client().post("/beleidslab/vragen/", SMALL).status_code == 403
    assert Client().get("/beleidslab/0123456789abcdef/").status_code == 404
    assert "Deel van" in text(Client(), "/beleidslab/hefbomen/")
    assert text(Client(), "/beleidslab/hefbomen/hefbomen.csv").count("\n") == len(levers()) + 1


def test_only_who_asked_may_stop_and_a_stopped_run_can_be_asked_again(utrecht: Client) -> None:
    where = asked(utrecht)
    assert visitor(COA).post(f"{where}stoppen/").status_code == 404
    utrecht.post(f"{where}stoppen/")
    assert "Gestopt. Er is niets bewaard." in text(utrecht, where)
    assert lab_work.work_once("w") is None
    assert asked(utrecht) == where
    assert lab_work.work_once("w") is not None


def test_a_running_run_that_is_stopped_keeps_nothing(
    utrecht: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab_work, "BEAT_SECONDS", 0.0)
    where = asked(utrecht, toekomsten="100")
    LabRunRow.objects.update(stop_asked_by="iemand")
    lab_work.work_once("w")
    assert LabRunRow.objects.get().state == "withdrawn"
    assert not LabFileRow.objects.exists()
    assert "Gestopt" in text(utrecht, where)


def test_a_worker_that_ends_puts_its_run_back_and_one_that_died_loses_it(
    utrecht: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab_work, "BEAT_SECONDS", 0.0)
    asked(utrecht)
    ending = threading.Event()
    ending.set()
    lab_work.work_once("w", ending)
    assert LabRunRow.objects.get().state == "waiting"
    LabRunRow.objects.update(state="running", worker="dead")
    with connection.cursor() as cursor:
        cursor.execute("update store_labrunrow set beat_at = clock_timestamp() - interval '1 hour'")
    assert lab_work.work_once("w") is None
    assert LabRunRow.objects.get().state == "lost"


def test_no_account_fills_the_queue(utrecht: Client) -> None:
    for seed in range(lab.MOST_WAITING):
        asked(utrecht, startgetal=str(seed))
    assert utrecht.post("/beleidslab/vragen/", {**SMALL, "startgetal": "99"}).status_code == 400
    assert asked(visitor(Actor("auditor", Role.AUDITOR)), startgetal="99")


def test_the_first_runs_ask_for_themselves_once() -> None:
    assert (lab.ask_first(TODAY), lab.ask_first(TODAY)) == (4, 0)
    assert sorted(LabRunRow.objects.values_list("kind", flat=True)) == ["compare", "past", "tornado", "worth"]
    assert scenarios()[lab.ADVISED].name in str(LabRunRow.objects.filter(kind="compare").get().asked)


def test_what_people_ask_goes_before_what_asks_for_itself(utrecht: Client) -> None:
    lab.ask_first(TODAY)
    where = asked(utrecht)
    lab_work.work_once("w")
    assert LabRunRow.objects.get(state="done").address in where
