"""The API says what the pages say, in Dutch names, and every error is a problem document."""

from __future__ import annotations

import json
import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from small_country import HALF_YEAR, MINISTRY, TODAY, UTRECHT, announcement

from eenthuis.services.targets import announce, read_half_year
from eenthuis.terms.access import ANYONE

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
DESCRIPTION = json.loads((ROOT / "src/eenthuis/api/openapi.json").read_text(encoding="utf-8"))
CAMEL = re.compile(r"[a-z][A-Za-z0-9]*")
KEBAB = re.compile(r"_?[a-z0-9]+(-[a-z0-9]+)*")


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    announce(actor=MINISTRY, announcement=announcement(HALF_YEAR, 15_000), today=TODAY)
    return Client()


def problem(client: Client, path: str, status: int) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["API-Version"] == "1.5.0"
    found: dict[str, Any] = json.loads(answer.content)
    assert found["status"] == status
    assert found["title"]
    assert found["detail"]
    assert found["errors"]
    return found


def test_targets_are_those_of_the_page(api: Client) -> None:
    answer = api.get("/api/v1/taakstellingen?halfjaar=2026-I&pageSize=400")
    page = read_half_year(actor=ANYONE, half_year=HALF_YEAR, today=TODAY)
    shown = answer.json()
    assert answer["API-Version"] == "1.5.0"
    assert [row["gemeenteCode"] for row in shown] == [row.code for row in page.rows]
    assert sum(row["nettoTaakstelling"] for row in shown) == page.totals.net
    one = api.get(f"/api/v1/taakstellingen/2026-I/{UTRECHT}").json()
    assert one == next(row for row in shown if row["gemeenteCode"] == UTRECHT)
    assert one["aandeelExact"] == "5651355000/18044027"


def test_a_list_is_read_page_by_page_in_a_fixed_order(api: Client) -> None:
    codes: list[str] = []
    address: str | None = "/api/v1/gemeenten?provincie=PV26&pageSize=10"
    while address:
        answer = api.get(address)
        codes += [place["code"] for place in answer.json()]
        following = re.search(r'<([^>]+)>; rel="next"', answer["Link"])
        address = following[1] if following else None
    assert len(codes) == len(set(codes)) == int(answer["X-Total-Count"]) == 26
    assert codes == sorted(codes)


def test_announcements_progress_and_receipts(api: Client) -> None:
    (told,) = api.get("/api/v1/aankondigingen?halfjaar=2026-I").json()
    assert (told["aantal"], told["isVanKracht"], told["bekendmakingsDatum"]) == (15_000, True, "2025-09-01")
    progress = api.get("/api/v1/voortgang").json()
    assert progress["halfjaar"] == "2026-I"
    number = read_half_year(actor=ANYONE, half_year=HALF_YEAR, today=TODAY).receipt_number
    assert api.get(f"/api/v1/ontvangstbewijzen/{number}").json()["action"] == "targets.compute"
    assert api.get(f"/api/v1/ontvangstbewijzen/{number}/narekening").json()["isGelijk"] is True


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("taakstellingen?halfjaar=2031-I", 404, "REF-05"),
        ("taakstellingen?halfjaar=banaan", 400, "INP-01"),
        ("taakstellingen/2026-I/GM9999", 404, "REF-01"),
        ("taakstellingen/2026-I/GM0457", 404, "REF-03"),
        ("taakstellingen/2026-I/%27;drop%20table", 404, "REF-01"),
        ("gemeenten?peildatum=0", 400, "INP-01"),
        ("gemeenten?peildatum=2022-13-01", 400, "INP-01"),
        ("gemeenten?peildatum=1999-01-01", 404, "REF-03"),
        ("gemeenten?page=0", 400, "INP-01"),
        ("gemeenten?pageSize=100000", 400, "INP-01"),
        ("gemeenten?page=1_0", 400, "INP-01"),
        ("gemeenten?paginas=1", 400, "INP-01"),
        ("gemeenten?page=1&page=2", 400, "INP-01"),
        ("ontvangstbewijzen/000000000000", 404, "ACC-02"),
        ("bestaat-niet", 404, ""),
    ],
)
def test_a_wrong_request_gets_a_problem_document(api: Client, path: str, status: int, code: str) -> None:
    assert problem(api, path, status)["code"] == code


def test_every_error_of_a_request_is_listed(api: Client) -> None:
    assert len(problem(api, "gemeenten?page=nul&pageSize=0&peildatum=x", 400)["errors"]) == 3


def test_a_method_that_is_not_there_is_a_problem_too(api: Client) -> None:
    answer = api.delete("/api/v1/voortgang")
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert "GET" in answer["Allow"]


def test_the_description_is_open_to_all_and_that_of_the_code(api: Client) -> None:
    answer = api.get("/api/v1/openapi.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json() == DESCRIPTION
    described = runpy.run_path(str(ROOT / "tools" / "openapi.py"))["described"]
    assert json.loads(described()) == DESCRIPTION


def resolved(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer of the description, followed where it refers to another part."""
    if "$ref" not in answer:
        return answer
    found = DESCRIPTION
    for step in answer["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in DESCRIPTION["paths"].items():
        for operation in methods.values():
            yield path, operation


def test_no_two_schemas_have_one_name() -> None:
    named = re.compile(r"^class (\w+)\(", re.MULTILINE)
    files = (ROOT / "src/eenthuis/api").glob("*.py")
    names = [name for file in files for name in named.findall(file.read_text(encoding="utf-8"))]
    assert not {name for name in names if names.count(name) > 1}, "one would be described as the other"


def test_every_number_asked_for_says_its_bounds() -> None:
    for name, schema in DESCRIPTION["components"]["schemas"].items():
        for key, value in schema.get("properties", {}).items():
            assert not {"'ge'", "'le'"} & set(re.findall(r"'\w+'", str(value))), (name, key)


@pytest.mark.django_db(databases=[])
def test_the_description_follows_the_design_rules() -> None:
    assert DESCRIPTION["openapi"].startswith("3.1")
    assert {"name", "email", "url"} <= set(DESCRIPTION["info"]["contact"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", DESCRIPTION["info"]["version"])
    assert DESCRIPTION["servers"]
    for path, operation in operations():
        assert not path.endswith("/")
        words = [part for part in path.removeprefix("/").split("/") if not part.startswith("{")]
        assert all(KEBAB.fullmatch(word) for word in words), path
        named = [one["name"] for one in operation.get("parameters", ()) if one["in"] != "header"]
        assert all(CAMEL.fullmatch(name) for name in named), path
        for status, answer in operation["responses"].items():
            told = resolved(answer)
            assert {"API-Version", "RateLimit-Limit"} <= set(told["headers"])
            kind = "application/problem+json" if status >= "400" else "application/json"
            assert list(told.get("content", {})) == ([] if status == "304" else [kind]), (path, status)
        assert {"400", "401", "404", "429"} <= set(operation["responses"])
    for name, schema in DESCRIPTION["components"]["schemas"].items():
        assert name[0].isupper()
        for key, value in schema.get("properties", {}).items():
            assert CAMEL.fullmatch(key), key
            if key.endswith(("Datum", "Tijdstip")):
                assert value["format"] == ("date" if key.endswith("Datum") else "date-time"), key
            assert value.get("format") not in {"date", "date-time"} or key.endswith(("Datum", "Tijdstip")), (
                key
            )
