"""Proposals, households, links, notices and the journal: within reach only, and decided on what was seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from keyed import Program, new_key, read
from small_country import ISLAND, TODAY, UTRECHT

from eenthuis.store.models import HouseholdRow, JournalRow, LinkRow, SignOffRow
from eenthuis.terms.access import Role

Asking = Callable[..., Program]


@pytest.fixture
def program(proposal: int, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Return a program of a role; the small country stands in the tables."""
    assert proposal
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    return lambda role, place="", *scopes: Program(new_key(role, place, scopes=scopes).secret)


def number(name: str) -> str:
    return str(HouseholdRow.objects.get(pk=name).number)


def linked(coa: Program, proposal: int, name: str) -> dict[str, object]:
    asked = {"voorstelNummer": proposal, "huishoudenNummer": number(name)}
    made: dict[str, object] = read(coa.post("koppelingen", asked), 201)
    return made


def test_from_proposal_to_sign_off_by_the_api_alone(
    program: Asking, proposal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    coa, utrecht = program(Role.COA), program(Role.MUNICIPALITY, UTRECHT)
    (newest,) = read(coa.get("voorstellen"))
    assert (newest["nummer"], newest["isBruikbaar"]) == (proposal, True)
    assert read(coa.get(f"voorstellen/{proposal}")) == newest
    lines = read(
        coa.get(
            f"voorstellen/{proposal}/huishoudens?gemeenteCode={UTRECHT}&toestand=open&sort=-aantalPersonen"
        )
    )
    assert [line["aantalPersonen"] for line in lines] == [2, 1]
    answer = coa.post(
        "koppelingen", {"voorstelNummer": proposal, "huishoudenNummer": lines[0]["huishoudenNummer"]}
    )
    made = read(answer, 201)
    assert read(utrecht.get(answer["Location"].removeprefix("/api/v1/"))) == made
    household = read(utrecht.get(f"huishoudens/{made['huishoudenNummer']}"))
    assert (household["koppelingNummer"], household["gemeenteCode"]) == (made["nummer"], UTRECHT)
    before = read(utrecht.get(f"taakstellingen/2026-I/{UTRECHT}"))["gehuisvest"]
    done = read(
        coa.post(
            f"koppelingen/{made['nummer']}/afmeldingen",
            {"afmeldDatum": TODAY.isoformat()},
            If_Match=answer["ETag"],
        ),
        201,
    )
    assert done["afmeldDatum"] == TODAY.isoformat()
    monkeypatch.setenv("EENTHUIS_TODAY", (TODAY + timedelta(days=1)).isoformat())
    assert read(utrecht.get(f"taakstellingen/2026-I/{UTRECHT}"))["gehuisvest"] == before + 2
    actions = [line["handeling"] for line in read(coa.get("journaalregels"))[:2]]
    assert actions == ["sign-off", "confirm-link"]


def test_of_two_who_saw_the_same_one_wins_and_the_other_is_told(program: Asking, proposal: int) -> None:
    coa, other = program(Role.COA), program(Role.COA)
    made = linked(coa, proposal, "PE-000001")
    path = f"koppelingen/{made['nummer']}"
    seen = coa.get(path)["ETag"]
    assert other.get(path)["ETag"] == seen
    ended = coa.post(f"{path}/beeindigingen", {"reden": "andere regio"}, If_Match=seen)
    assert read(ended, 201)["eindReden"] == "andere regio"
    late = other.post(f"{path}/afmeldingen", {"afmeldDatum": TODAY.isoformat()}, If_Match=seen)
    assert read(late, 412)["code"] == "API-03"
    assert not SignOffRow.objects.exists()
    again = other.post(f"{path}/afmeldingen", {"afmeldDatum": TODAY.isoformat()}, If_Match=ended["ETag"])
    assert read(again, 409)["code"] == "STA-01"


def test_who_does_not_say_what_was_seen_changes_nothing(program: Asking, proposal: int) -> None:
    coa = program(Role.COA)
    path = f"koppelingen/{linked(coa, proposal, 'PE-000001')['nummer']}"
    wrong = read(coa.post(f"{path}/beeindigingen", {"reden": "x"}), 428)
    assert wrong["code"] == "API-04"
    read(coa.post(f"{path}/beeindigingen", {"reden": "x"}, If_Match='W/"abc"'), 412)
    assert LinkRow.objects.count() == 1
    read(coa.post(f"{path}/beeindigingen", {"reden": "x"}, If_Match="*"), 201)


def test_a_repeated_write_is_answered_alike_though_what_was_seen_has_changed(
    program: Asking, proposal: int
) -> None:
    coa = program(Role.COA)
    path = f"koppelingen/{linked(coa, proposal, 'PE-000001')['nummer']}"
    seen = coa.get(path)["ETag"]
    first, again = (
        coa.post(f"{path}/beeindigingen", {"reden": "x"}, "beeindigd-1", If_Match=seen) for _ in range(2)
    )
    assert read(first, 201) == read(again, 201)
    assert again["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(
    ("name", "code", "word"),
    [
        ("PE-000005", "STA-03", "no-room"),
        ("PE-000006", "STA-05", "not-proposed"),
        ("PE-000001", "STA-01", "already"),
    ],
)
def test_a_household_that_cannot_be_linked_is_refused_with_the_reason(
    program: Asking, proposal: int, name: str, code: str, word: str
) -> None:
    coa = program(Role.COA)
    for other in ("PE-000001", "PE-000003", "PE-000004"):
        linked(coa, proposal, other)
    asked = {"voorstelNummer": proposal, "huishoudenNummer": number(name)}
    wrong = read(coa.post("koppelingen", asked), 409)
    assert wrong["code"] == code
    assert word in wrong["detail"]
    assert JournalRow.objects.filter(action="confirm-link").count() == 3


def test_what_belongs_to_another_municipality_is_not_found(program: Asking, proposal: int) -> None:
    coa, utrecht, island = (
        program(Role.COA),
        program(Role.MUNICIPALITY, UTRECHT),
        program(Role.MUNICIPALITY, ISLAND),
    )
    made = linked(coa, proposal, "PE-000001")
    link, household = f"koppelingen/{made['nummer']}", f"huishoudens/{made['huishoudenNummer']}"
    for path in (link, household):
        read(utrecht.get(path))
        hidden, missing = (
            island.get(path),
            island.get(link + "9" if path == link else path[:-1] + ("0" if path[-1] != "0" else "1")),
        )
        assert read(hidden, 404) == read(missing, 404)
    read(island.post("huishoudens/_zoek", {"dossiernummer": "PE-000001"}), 404)
    assert read(utrecht.post("huishoudens/_zoek", {"dossiernummer": "PE-000001"}))["nummer"] in household
    for path in (
        "koppelingen",
        "huishoudens",
        f"koppelingen?gemeenteCode={UTRECHT}",
        "huishoudens?isGekoppeld=true",
    ):
        answer = island.get(path)
        assert read(answer) == []
        assert answer["X-Total-Count"] == "0"
    assert len(read(utrecht.get("koppelingen"))) == 1
    read(utrecht.post(f"{link}/beeindigingen", {"reden": "x"}, If_Match="*"), 403)


def test_a_link_that_ended_is_no_longer_the_municipalitys_to_see(program: Asking, proposal: int) -> None:
    coa, utrecht = program(Role.COA), program(Role.MUNICIPALITY, UTRECHT)
    path = f"koppelingen/{linked(coa, proposal, 'PE-000001')['nummer']}"
    read(coa.post(f"{path}/beeindigingen", {"reden": "x"}, If_Match="*"), 201)
    read(utrecht.get(path), 404)
    assert read(utrecht.get("koppelingen")) == []
    assert read(coa.get("koppelingen?isVanKracht=false"))[0]["isVanKracht"] is False


def test_lists_are_filtered_ordered_and_paged_in_a_fixed_order(program: Asking, proposal: int) -> None:
    coa = program(Role.COA)
    linked(coa, proposal, "PE-000002")
    sizes = [one["aantalPersonen"] for one in read(coa.get("huishoudens?sort=-aantalPersonen"))]
    assert sizes == [7, 5, 4, 3, 2, 1]
    assert [one["dossiernummer"] for one in read(coa.get("huishoudens?isGekoppeld=true"))] == ["PE-000002"]
    seen: list[str] = []
    for page in (1, 2, 3, 4):
        answer = coa.get(f"huishoudens?page={page}&pageSize=2")
        seen += [one["nummer"] for one in read(answer)]
        assert answer["X-Total-Count"] == "6"
    assert len(seen) == len(set(seen)) == 6
    for wrong in ("sort=naam", "isGekoppeld=ja", "regio=noord", "toestand=open"):
        read(coa.get(f"huishoudens?{wrong}"), 400)


@pytest.mark.parametrize(
    ("path", "roles"),
    [
        ("voorstellen", {Role.COA, Role.AUDITOR}),
        ("huishoudens", {Role.COA, Role.AUDITOR, Role.MUNICIPALITY}),
        ("koppelingen", {Role.COA, Role.AUDITOR, Role.MUNICIPALITY}),
        ("journaalregels", {Role.COA, Role.AUDITOR}),
        ("berichten", set(Role) - {Role.PUBLIC}),
    ],
)
def test_every_role_reads_what_the_matrix_gives_it(program: Asking, path: str, roles: set[Role]) -> None:
    for role in Role:
        who = (
            program(
                role,
                UTRECHT
                if role in {Role.MUNICIPALITY, Role.HOUSING_ASSOCIATION}
                else "PV26"
                if role is Role.PROVINCE
                else "",
            )
            if role is not Role.PUBLIC
            else Program()
        )
        answer = who.get(path)
        assert answer.status_code == (200 if role in roles else 403), (role, answer.content)


def test_a_notice_is_read_and_acknowledged(program: Asking, proposal: int) -> None:
    coa, utrecht, island = (
        program(Role.COA),
        program(Role.MUNICIPALITY, UTRECHT),
        program(Role.MUNICIPALITY, ISLAND),
    )
    linked(coa, proposal, "PE-000001")
    (told,) = read(utrecht.get("berichten?vraagtBevestiging=true"))
    assert told["isGelezen"] is False
    path = f"berichten/{told['nummer']}"
    assert read(utrecht.get(path)) == told
    read(island.get(path), 404)
    read(island.post(f"{path}/bevestigingen", {}), 404)
    done = read(utrecht.post(f"{path}/bevestigingen", {}), 201)
    assert done["bevestigdDatum"] == TODAY.isoformat()
    assert read(utrecht.get("berichten?vraagtBevestiging=true")) == []
    read(utrecht.post(f"{path}/bevestigingen", {}), 409)
    assert "PE-" not in str(told)


def test_no_address_holds_the_number_of_a_file(program: Asking, proposal: int) -> None:
    coa = program(Role.COA)
    linked(coa, proposal, "PE-000001")
    for path in ("koppelingen", "huishoudens", f"voorstellen/{proposal}/huishoudens"):
        assert "PE-" not in coa.get(path)["Link"]
    read(coa.get("huishoudens/PE-000001"), 400)
