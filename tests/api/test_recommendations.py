"""The register of recommendations through the API: public entries kept by the ministry, comments of partners."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from keyed import Program, read
from small_country import UTRECHT

from eenthuis.store.models import JournalRow
from eenthuis.store.recommendation_models import RecommendationCommentRow, RecommendationEntryRow
from eenthuis.terms.access import Role

Asking = Callable[..., Program]
ENTRIES, COMMENTS = "aanbevelingen/4/regels", "aanbevelingen/4/reacties"
STEP: dict[str, object] = {
    "soort": "step-promised",
    "dagDatum": "2026-02-01",
    "wat": "Onderzoeken wat gemeenten doen.",
    "wie": "coa",
    "uiterlijkDatum": "2026-03-02",
}


def test_a_step_is_promised_moved_done_and_struck_out(program: Asking) -> None:
    ministry, anyone = program(Role.MINISTRY), Program()
    before = read(anyone.get(ENTRIES))
    made = [read(ministry.post(ENTRIES, STEP, key="stap-onderzoek"), 201) for _ in "12"]
    assert made[0] == made[1]
    number = made[0]["regelNummer"]
    assert RecommendationEntryRow.objects.count() == 1
    assert read(anyone.get("aanbevelingen/4"))["aanbeveling"]["stappenTeLaat"] == 1
    moved = {"soort": "step-moved", "dagDatum": "2026-03-02", "wat": "later", "over": number}
    unsaid = read(ministry.post(ENTRIES, moved), 409)
    assert [one["location"] for one in unsaid["errors"]] == ["#/uiterlijkDatum"]
    read(ministry.post(ENTRIES, moved | {"uiterlijkDatum": "2026-05-01"}), 201)
    assert read(anyone.get("aanbevelingen/4"))["aanbeveling"]["stappenTeLaat"] == 0
    done = {"soort": "step-done", "dagDatum": "2026-03-03", "wat": "Het onderzoek is er.", "over": number}
    read(ministry.post(ENTRIES, done), 201)
    again = read(ministry.post(ENTRIES, done), 409)
    assert [one["location"] for one in again["errors"]] == ["#/over"]
    struck = {"soort": "struck-out", "dagDatum": "2026-03-03", "wat": "hoort bij een ander", "over": number}
    read(ministry.post(ENTRIES, struck), 201)
    shown = read(anyone.get(ENTRIES))
    assert len(shown) == len(before) + 4
    assert next(one for one in shown if one["regelNummer"] == number)["isDoorgehaald"]
    assert JournalRow.objects.filter(action="record-recommendation").count() == 4


@pytest.mark.parametrize(
    ("wrong", "status", "place"),
    [
        ({"soort": "vergeten"}, 400, "#/soort"),
        ({"dagDatum": "2026-03-04"}, 409, "#/dagDatum"),
        ({"dagDatum": "1-2-2026"}, 400, "#/dagDatum"),
        ({"wat": " "}, 409, "#/wat"),
        ({"wat": "Bel drs. J. Jansen op 06-12345678."}, 409, "#/wat"),
        ({"wat": "x" * 4001}, 400, "#/wat"),
        ({"wat": "a\x00b"}, 400, "#/wat"),
        ({"wie": None}, 409, "#/wie"),
        ({"wie": "jan"}, 400, "#/wie"),
    ],
)
def test_an_entry_that_may_not_stand_there_is_told_in_its_place(
    program: Asking, wrong: dict[str, object], status: int, place: str
) -> None:
    told = read(program(Role.MINISTRY).post(ENTRIES, STEP | wrong), status)
    assert {one["location"] for one in told["errors"]} == {place}
    assert not RecommendationEntryRow.objects.exists()


def test_partners_comment_and_read_along_and_nobody_else(program: Asking) -> None:
    coa, utrecht = program(Role.COA), program(Role.MUNICIPALITY, UTRECHT)
    said = {"tekst": "Wij doen mee.\nVanaf mei."}
    made = [read(coa.post(COMMENTS, said, key="reactie-coa"), 201) for _ in "12"]
    assert made[0] == made[1]
    assert (made[0]["rol"], made[0]["tekst"]) == ("coa", said["tekst"])
    other = read(utrecht.post(COMMENTS, {"tekst": "Wij ook."}), 201)
    for reader in (coa, utrecht, program(Role.MINISTRY), program(Role.AUDITOR)):
        assert read(reader.get(COMMENTS)) == [made[0], other]
    for outsider in (Program(), program(Role.COA, scopes=("propose",))):
        read(outsider.get(COMMENTS), 403)
        read(outsider.post(COMMENTS, said), 403)
    read(program(Role.AUDITOR).post(COMMENTS, said), 403)
    for partner in (coa, utrecht):
        read(partner.post(ENTRIES, STEP), 403)
    for path in ("aanbevelingen/99/reacties", "aanbevelingen/99/regels"):
        read(coa.get(path), 404)
    read(coa.post("aanbevelingen/99/reacties", said), 404)
    for wrong, status in ((" ", 409), ("x" * 4001, 400), ("a\x07", 400)):
        read(coa.post(COMMENTS, {"tekst": wrong}), status)
    assert RecommendationCommentRow.objects.count() == 2
    assert "toets" not in str(read(coa.get(COMMENTS))), "no name of whoever said it"
