"""The public register of schemes: what holds on a day, every condition with its source, and words for every code."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from small_country import TODAY

from eenthuis.rules.flex_shares import NoRule, Standing
from eenthuis.terms.flex import CountedIn, Direction
from eenthuis.terms.schemes import AmountPer, Evidence, OrderRule, ProjectFact, Purpose, TargetGroup
from eenthuis.web import wording_schemes as words


@pytest.fixture
def visitor(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())
    return client


def test_every_code_of_schemes_has_a_word() -> None:
    for codes, known in (
        (TargetGroup, words.TARGET_GROUPS),
        (Direction, words.DIRECTIONS),
        (CountedIn, words.COUNTED_IN),
        (Standing, words.STANDINGS),
        (NoRule, words.NO_RULES),
        (Purpose, words.PURPOSES),
        (AmountPer, words.AMOUNT_PER),
        (OrderRule, words.ORDER_RULES),
        (Evidence, words.EVIDENCE),
        (ProjectFact, words.FACTS),
    ):
        assert set(codes) == set(known)


@pytest.mark.django_db
def test_anybody_reads_the_register_on_any_day(visitor: Client) -> None:
    shown = visitor.get("/regelingen/?dag=15-06-2025").content.decode()
    assert "Stimuleringsregeling flex- en transformatiewoningen 2025" in shown
    assert "€&nbsp;14.000,00 per woning" in shown
    assert "Verschillend: " not in shown or "bedrag" in shown
    assert "niet bekend" in shown
    rows = csv.DictReader(
        io.StringIO(visitor.get("/regelingen/regelingen.csv?dag=02-04-2024").content.decode())
    )
    by_code = {row["scheme"]: row for row in rows}
    assert by_code["sft-2023"]["amount_cents"] == "780000"
    assert by_code["hotel-2022"]["amount_cents"] == ""
    wrong = visitor.get("/regelingen/?dag=31-02-2025")
    assert (wrong.status_code, "dag-fout" in wrong.content.decode()) == (400, True)


@pytest.mark.django_db
def test_a_scheme_shows_both_texts_and_what_is_assumed(visitor: Client) -> None:
    shown = visitor.get("/regelingen/sft-2022/").content.decode()
    assert "ten hoogste 1/3" in shown
    assert "ten minste 1/3" in shown
    assert "aanname: scheme.sft-2022.title" in shown
    assert "ten minste 10" in visitor.get("/regelingen/sft-2023/?dag=02-04-2024").content.decode()
    assert visitor.get("/regelingen/sft-1999/").status_code == 404
