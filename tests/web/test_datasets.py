"""Open data: the same rows in every kind of file, the catalogue against its profile, figures computed again."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.test import Client
from pyshacl import validate
from rdflib import Graph
from small_country import HALF_YEAR, MINISTRY, TODAY

from eenthuis.cli.main import main
from eenthuis.reference.datasets import datasets
from eenthuis.services.composing import publish_due
from eenthuis.services.corrected import read_corrected_receipt
from eenthuis.services.demonstration_places import settle_sites, share_places
from eenthuis.services.forecasting import forecast_due
from eenthuis.terms.access import ANYONE
from eenthuis.terms.datasets import ColumnKind

OF_OTHERS = "ignore:(Dataset[.]|ConjunctiveGraph):DeprecationWarning"
"""What pyshacl and the reader of JSON-LD still ask in an older way."""
pytestmark = [
    pytest.mark.filterwarnings(OF_OTHERS),
    pytest.mark.django_db,
    pytest.mark.usefixtures("proposal"),
]
SHAPES = Path(__file__).parents[1] / "connect" / "dcat_ap_nl.ttl"
SITE = "http://testserver"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    publish_due(TODAY)
    forecast_due(TODAY)
    return Client()


def rows(client: Client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_every_data_set_has_a_page_and_its_files_agree(client: Client) -> None:
    filled = set()
    for code, dataset in datasets().items():
        page = client.get(f"/open-data/{code}/")
        assert page.status_code == 200
        newest = client.get(f"/open-data/{code}/nieuwste.csv")
        if newest.status_code == 404:
            assert "nog niets gepubliceerd" in page.content.decode()
            continue
        filled.add(code)
        base = newest["Location"].removesuffix(".csv")
        as_csv = rows(client, f"{base}.csv")
        as_json = json.loads(client.get(f"{base}.json").content)
        as_parquet = pq.read_table(io.BytesIO(client.get(f"{base}.parquet").content))
        names = [one.name for one in dataset.columns]
        if code == "opvanglocaties":  # the small country has no sites
            assert as_csv == as_json["rows"] == []
            continue
        assert (
            list(as_csv[0]) == names == as_parquet.column_names == [one["name"] for one in as_json["columns"]]
        )
        assert len(as_csv) == len(as_json["rows"]) == as_parquet.num_rows > 0
        for one in dataset.columns:
            assert as_parquet.schema.field(one.name).metadata[b"nl"].decode() == one.meaning.nl
            for told, read, stored in zip(
                as_csv, as_json["rows"], as_parquet[one.name].to_pylist(), strict=True
            ):
                value = read[one.name]
                match one.kind:
                    case ColumnKind.DECIMAL:
                        same = Decimal(told[one.name]) == Decimal(value) == stored
                    case ColumnKind.YES_NO:
                        same = told[one.name] == str(int(value)) and value is stored
                    case ColumnKind.DAY:
                        same = told[one.name] == (value or "") == (stored.isoformat() if stored else "")
                    case _:
                        same = told[one.name] == ("" if value is None else str(value)) and value == stored
                assert same, (code, one.name, told)
    assert filled == set(datasets()) - {"scenarios", "opvangplaatsen"}


def test_the_targets_are_those_of_the_page_and_lead_to_their_receipts(client: Client) -> None:
    shown = {row["code"]: row for row in rows(client, f"/halfjaren/{HALF_YEAR}/gemeenten.csv")}
    given = rows(client, f"/open-data/taakstellingen/{HALF_YEAR}.csv")
    assert len(given) == len(shown)
    for row in given:
        same = shown[row["code"]]
        assert (row["net_target"], row["corrected_target"], row["exact"]) == (
            same["net_target"], same["corrected_target"], same["exact"],
        )  # fmt: skip
    for column in ("recompute", "recompute_corrected"):
        address = given[0][column].removeprefix(SITE)
        assert "precies dezelfde" in client.get(address, {"narekenen": "ja"}).content.decode()


def test_progress_stands_at_the_start_of_months_that_have_begun(client: Client) -> None:
    given = rows(client, f"/open-data/voortgang/{HALF_YEAR}.csv")
    assert sorted({row["as_of"] for row in given}) == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert {row["realised"] for row in given if row["as_of"] == "2026-01-01"} == {"0"}


def test_hidden_counts_stay_hidden(client: Client) -> None:
    given = rows(client, "/open-data/gezinssamenstelling/nieuwste.csv".replace("nieuwste", "2026-03"))
    hidden = [row for row in given if row["hidden"] == "1"]
    assert hidden
    assert all(row["count"] == "" for row in hidden)
    assert all(row["count"] != "" for row in given if row["hidden"] == "0")


@pytest.mark.parametrize("form", ["ttl", "jsonld", "rdf"])
def test_the_catalogue_holds_to_its_profile(client: Client, form: str) -> None:
    written = client.get(f"/open-data/catalogus.{form}")
    graph = Graph().parse(data=written.content, format={"jsonld": "json-ld", "rdf": "xml"}.get(form, form))
    holds, _, said = validate(graph, shacl_graph=str(SHAPES), inference="none")
    assert holds, said
    for file in graph.query("select ?f where { ?d <http://www.w3.org/ns/dcat#downloadURL> ?f }"):
        assert client.get(str(file[0]).removeprefix(SITE)).status_code == 200  # type: ignore[index]


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("dcat:contactPoint", "dct:relation"),
        ("dct:license", "dct:rights"),
        ("dct:accessRights", "dct:rights"),
    ],
)
def test_a_catalogue_without_a_part_fails_its_profile(client: Client, part: str, instead: str) -> None:
    written = client.get("/open-data/catalogus.ttl").content.decode()
    assert part in written
    holds, _, _ = validate(
        Graph().parse(data=written.replace(part, instead), format="turtle"), shacl_graph=str(SHAPES)
    )
    assert not holds


def test_what_is_not_there_is_not_found(client: Client) -> None:
    for path in (
        "/open-data/geheim/",
        "/open-data/geheim/alles.csv",
        "/open-data/opvang/2020-I.csv",
        "/open-data/taakstellingen/2019-I.csv",
        "/open-data/scenarios/0000000000000000.csv",
        "/open-data/prognoses/2011-01.json",
        "/open-data/catalogus.xml",
    ):
        assert client.get(path).status_code == 404, path


def test_the_corrected_targets_recompute_from_the_file_alone(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "bewijs.json"
    answer = client.get(f"/halfjaren/{HALF_YEAR}/gecorrigeerd/bewijs.json")
    file.write_bytes(answer.content)
    assert main(["receipt", "verify", str(file)]) == 0
    document = json.loads(answer.content)
    document["inputs"]["past"][0]["realised"]["GM0344"] += 1
    file.write_text(json.dumps(document), encoding="utf-8")
    assert main(["receipt", "verify", str(file)]) == 1


def test_the_receipt_says_what_the_pages_say(client: Client) -> None:
    receipt = read_corrected_receipt(actor=ANYONE, half_year=HALF_YEAR, today=TODAY)
    from eenthuis.rules.receipts import recompute

    again = recompute(receipt)
    assert again.is_same
    told = {row["code"]: row for row in rows(client, f"/open-data/taakstellingen/{HALF_YEAR}.csv")}
    for code, values in again.output.items():
        assert isinstance(values, list)
        assert str(values[1]) == told[code]["backlog_or_lead"]
        assert str(values[2]) == told[code]["corrected_target"]


def test_a_forecast_is_computed_again_by_its_command(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    given = rows(client, "/open-data/prognoses/nieuwste.csv".replace("nieuwste", f"{TODAY:%Y-%m}"))
    assert main(["forecast", "next", "--as-of", given[0]["made_on"], "--format", "csv"]) == 0
    again = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    by_key = {(row["series"], row["half_year"]): row for row in again}
    for row in given:
        found = by_key[row["series"], row["half_year"]]
        for level in ("q05", "q50", "q95"):
            assert round(float(found[level])) == int(row[level])


def test_shares_of_places_lead_to_their_receipt(client: Client) -> None:
    settle_sites(today=TODAY)
    share_places(by=MINISTRY, today=TODAY)
    given = rows(client, client.get("/open-data/opvangplaatsen/nieuwste.csv")["Location"])
    assert {row["invented"] for row in given} == {"1"}
    address = given[0]["recompute"].removeprefix(SITE)
    assert "precies dezelfde" in client.get(address, {"narekenen": "ja"}).content.decode()
    shown = {row["code"]: row for row in rows(client, "/opvangplaatsen/gemeenten.csv")}
    assert {row["code"]: row["share"] for row in given} == {code: row["share"] for code, row in shown.items()}
    sites = rows(client, "/open-data/opvanglocaties/alles.csv")
    assert sum(int(row["places"]) for row in sites if not row["last_day"]) > 0
