"""A write is done once, whatever happens: sent twice, at once, or cut off by a crash."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import programs
import pytest
from api_program import SWAP
from keyed import Program, new_key, read
from small_country import HALF_YEAR, ISLAND, MINISTRY, TODAY, UTRECHT, announcement

from eenthuis.services.targets import announce, read_half_year
from eenthuis.store import answers
from eenthuis.store.models import AnsweredRow, JournalRow, SwapRow
from eenthuis.terms.access import ANYONE, Role

PROGRAM = Path(__file__).parents[1] / "country" / "api_program.py"


@pytest.fixture
def ministry(db: None, monkeypatch: pytest.MonkeyPatch) -> Program:
    del db
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    announce(actor=MINISTRY, announcement=announcement(HALF_YEAR, 15_000), today=TODAY)
    return Program(new_key(Role.MINISTRY).secret)


def told(**other: object) -> dict[str, object]:
    return {
        "halfjaar": "2026-II",
        "aantal": 16_000,
        "bekendmakingsDatum": "2026-03-02",
        "bron": "Staatscourant",
    } | other


def test_an_announcement_is_recorded_and_stands_where_the_answer_says(ministry: Program) -> None:
    answer = ministry.post("aankondigingen", told(toelichting="eerste getal"))
    made = read(answer, 201)
    assert (made["kenmerk"], made["aantal"], made["isVanKracht"]) == ("2026-II/1", 16_000, True)
    assert answer["Location"] == "/api/v1/aankondigingen/2026-II/1"
    again = ministry.get(answer["Location"].removeprefix("/api/v1/"))
    assert read(again) == made
    assert again["ETag"] == answer["ETag"]
    assert ministry.get("aankondigingen/2026-II/1", If_None_Match=answer["ETag"]).status_code == 304
    assert len(read(ministry.get("taakstellingen?halfjaar=2026-II&pageSize=400"))) == 342


def test_a_number_in_force_is_replaced_by_naming_it_only(ministry: Program) -> None:
    body = told(halfjaar="2026-I", aantal=14_000)
    assert read(ministry.post("aankondigingen", body), 409)["code"] == "STA-01"
    before = ministry.get("aankondigingen/2026-I/1")["ETag"]
    made = read(ministry.post("aankondigingen", body | {"vervangt": "2026-I/1"}), 201)
    assert made["vervangt"] == "2026-I/1"
    assert ministry.get("aankondigingen/2026-I/1")["ETag"] != before
    assert [one["isVanKracht"] for one in read(ministry.get("aankondigingen?halfjaar=2026-I"))] == [
        False,
        True,
    ]


def test_a_swap_is_registered_with_its_receipt(ministry: Program) -> None:
    before = {
        row.code: row.swapped for row in read_half_year(actor=ANYONE, half_year=HALF_YEAR, today=TODAY).rows
    }
    answer = ministry.post("uitruilen", SWAP)
    made = read(answer, 201)
    assert answer["Location"].endswith(made["ontvangstbewijsNummer"])
    assert read(ministry.get(answer["Location"].removeprefix("/api/v1/")))["action"] == "targets.swap"
    after = {
        row.code: row.swapped for row in read_half_year(actor=ANYONE, half_year=HALF_YEAR, today=TODAY).rows
    }
    assert (after[UTRECHT] - before[UTRECHT], after[ISLAND] - before[ISLAND]) == (1, -1)


def test_every_reason_against_a_swap_is_told(ministry: Program) -> None:
    parts = [{"gemeenteCode": UTRECHT, "aantal": 5}, {"gemeenteCode": ISLAND, "aantal": -99}]
    wrong = read(ministry.post("uitruilen", SWAP | {"wijzigingen": parts}), 409)
    assert wrong["code"] == "STA-02"
    assert len(wrong["errors"]) == 2
    assert {one["location"] for one in wrong["errors"]} == {"#/wijzigingen"}
    twice = [parts[0], parts[0]]
    assert (
        "2 times"
        in read(ministry.post("uitruilen", SWAP | {"wijzigingen": twice}), 409)["errors"][0]["detail"]
    )
    assert not SwapRow.objects.exists()


def test_a_municipality_registers_only_swaps_it_takes_part_in(ministry: Program) -> None:
    del ministry
    own, other = (Program(new_key(Role.MUNICIPALITY, code).secret) for code in (UTRECHT, "GM0935"))
    read(other.post("uitruilen", SWAP), 404)
    read(own.post("uitruilen", SWAP), 201)
    read(Program(new_key(Role.COA).secret).post("uitruilen", SWAP), 403)
    read(Program().post("uitruilen", SWAP), 403)


@pytest.mark.parametrize(
    ("body", "status", "places"),
    [
        (told(aantal="16000"), 400, {"#/aantal"}),
        (told(aantal=True), 400, {"#/aantal"}),
        (told(aantal=1.5), 400, {"#/aantal"}),
        (told(aantal=-1, bron=" ", halfjaar="banaan"), 400, {"#/aantal", "#/bron", "#/halfjaar"}),
        (told(bekendmakingsDatum=0), 400, {"#/bekendmakingsDatum"}),
        (told(bekendmakingsDatum="20260302"), 400, {"#/bekendmakingsDatum"}),
        (told(bekendmakingsDatum="2026-02-30"), 400, {"#/bekendmakingsDatum"}),
        (told(bron="a\x00b"), 400, {"#/bron"}),
        (told(onbekend=1), 400, {"#/onbekend"}),
        ({}, 400, {"#/halfjaar", "#/aantal", "#/bekendmakingsDatum", "#/bron"}),
        ([], 400, {"#"}),
        ("{", 400, {"#"}),
        ('{"aantal": NaN}', 400, {"#"}),
        ('{"aantal": 1, "aantal": 2}', 400, {"#"}),
        (b'{"bron": "\xff"}', 400, {"#"}),
        ("[" * 100_000, 400, {"#"}),
        ('{"bron": "\\ud800"}', 400, None),
        (b"", 400, {"#"}),
    ],
)
def test_a_body_that_cannot_be_used_is_told_place_by_place(
    ministry: Program, body: Any, status: int, places: set[str] | None
) -> None:
    wrong = read(ministry.post("aankondigingen", body), status)
    found = {one["location"] for one in wrong["errors"]}
    assert places is None or found == places
    assert {one["in"] for one in wrong["errors"]} == {"body"}
    assert JournalRow.objects.filter(action="announce").count() == 1


def test_errors_of_header_and_body_are_told_together(ministry: Program) -> None:
    wrong = read(ministry.post("aankondigingen", told(aantal=-1), "kort"), 400)
    assert {(one["in"], one["location"]) for one in wrong["errors"]} == {
        ("header", "Idempotency-Key"),
        ("body", "#/aantal"),
    }


def test_another_kind_of_body_is_refused(ministry: Program) -> None:
    answer = ministry._client.post(  # noqa: SLF001 - the program is ours
        "/api/v1/aankondigingen",
        data="aantal=1",
        content_type="application/x-www-form-urlencoded",
        headers=ministry._headers | {"Idempotency-Key": "formulier-1"},  # noqa: SLF001 - the same
    )
    read(answer, 415)


def test_the_same_key_gives_the_same_answer_and_another_request_is_refused(ministry: Program) -> None:
    first = ministry.post("uitruilen", SWAP, "een-eigen-naam")
    again = ministry.post("uitruilen", SWAP, "een-eigen-naam")
    assert (again.status_code, again.content, again["Location"]) == (201, first.content, first["Location"])
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    refused = read(ministry.post("uitruilen", SWAP | {"kenmerk": "anders"}, "een-eigen-naam"), 422)
    assert refused["code"] == "API-05"
    read(ministry.post("aankondigingen", told(), "een-eigen-naam"), 422)
    assert SwapRow.objects.count() == 1


def test_another_caller_may_use_the_same_name(ministry: Program) -> None:
    read(ministry.post("uitruilen", SWAP, "een-eigen-naam"), 201)
    read(Program(new_key(Role.MINISTRY).secret).post("uitruilen", SWAP, "een-eigen-naam"), 201)
    assert SwapRow.objects.count() == 2


def test_a_write_that_failed_may_be_tried_again_under_its_name(ministry: Program) -> None:
    bad = SWAP | {"wijzigingen": [SWAP["wijzigingen"][0]] * 2}
    read(ministry.post("uitruilen", bad, "een-eigen-naam"), 409)
    read(ministry.post("uitruilen", SWAP, "een-eigen-naam"), 201)


def test_an_answer_is_kept_for_a_day(ministry: Program) -> None:
    read(ministry.post("uitruilen", SWAP, "een-eigen-naam"), 201)
    AnsweredRow.objects.update(at=AnsweredRow.objects.get().at - answers.KEPT)
    fresh = ministry.post("uitruilen", SWAP | {"kenmerk": "anders"}, "een-eigen-naam")
    read(fresh, 201)
    assert "Idempotency-Replayed" not in fresh
    assert AnsweredRow.objects.count() == 1


@pytest.mark.crash
def test_at_once_and_after_a_crash_a_write_is_done_once(own_database: str, tmp_path: Path) -> None:
    gate, where = tmp_path / "gate", programs.environment(own_database)
    gate.touch()
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), "first", str(gate)],
        env=where,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    programs.wait_for(gate.with_suffix(".reached"), process)
    process.kill()
    process.communicate()
    found = json.loads(gate.with_suffix(".json").read_text(encoding="utf-8"))
    check_replay(found["replay"])
    assert found["pace"] == {"allowed": 10, "refused": 30}
    check_how_to(found["how_to"])
    done = subprocess.run(
        [sys.executable, str(PROGRAM), "once-more", found["secret"]],
        env=where,
        capture_output=True,
        text=True,
        check=True,
        timeout=programs.PATIENCE_SECONDS,
    )
    more = json.loads(done.stdout)
    assert [(status, again) for status, _, again in more["answers"]] == [(201, False), (201, True)]
    assert more["answers"][0][1] == more["answers"][1][1]
    assert more["swaps"] == 2


def check_how_to(ran: list[tuple[str, int, str]]) -> None:
    """Every example of the page ran and printed what the page shows below it."""
    page = (PROGRAM.parents[2] / "docs" / "how-to" / "use-the-api.md").read_text(encoding="utf-8")
    shown = re.findall(r"```(?:bash|python)\n.*?```\n(?:\n```text\n(.*?)```)?", page, re.DOTALL)
    assert len(shown) == len(ran) >= 6
    for (text, ended, printed), wanted in zip(ran, shown, strict=True):
        assert ended == 0, f"{text}\n{printed}"
        for line in wanted.splitlines():
            assert line.strip() in printed, f"{text}\n{printed}"


def check_replay(found: dict[str, Any]) -> None:
    """Eight at once with one key got one answer and had one effect; another body under it was refused."""
    assert {status for status, _, _ in found["answers"]} == {201}
    assert len({body for _, body, _ in found["answers"]}) == 1
    assert [again for _, _, again in found["answers"]].count(False) == 1
    assert found["again"][0] == 201
    assert found["again"][2]
    assert found["other"][0] == 422
    assert (found["swaps"], found["journalled"]) == (1, 1)
