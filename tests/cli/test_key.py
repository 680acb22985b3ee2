"""``eenthuis key``: hand out, list, rotate and revoke on the server itself."""

from __future__ import annotations

import csv
import io

import pytest
from small_country import TODAY

from eenthuis.cli.main import main
from eenthuis.services.api_keys import holder_of
from eenthuis.store.models import ApiKeyRow, JournalRow

pytestmark = pytest.mark.django_db
CREATE = [
    "key",
    "create",
    "--name=Zaaksysteem",
    "--role=municipality",
    "--municipality=GM0344",
    "--scope=see-linked-household",
    "--contact-name=A. Voorbeeld",
    "--contact-email=a@voorbeeld.example",
    "--last-day=2026-12-31",
]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EENTHUIS_TODAY", TODAY.isoformat())


def test_a_key_is_handed_out_listed_rotated_and_revoked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(CREATE) == 0
    secret = capsys.readouterr().out.strip()
    who = holder_of(secret=secret, today=TODAY)
    assert who is not None
    assert who.municipality == "GM0344"
    prefix = ApiKeyRow.objects.get().prefix
    assert main(["key", "rotate", prefix]) == 0
    second = capsys.readouterr().out.strip()
    assert main(["key", "revoke", prefix, "--why", "left on a train"]) == 0
    assert holder_of(secret=secret, today=TODAY) is None
    assert holder_of(secret=second, today=TODAY) is not None
    capsys.readouterr()
    assert main(["key", "list", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["state"] for row in rows] == ["valid", "withdrawn, rotated"]
    assert rows[0]["scopes"] == "see-linked-household"
    assert rows[0]["last_used_on"] == TODAY.isoformat()
    assert [line.action for line in JournalRow.objects.order_by("id")] == [
        "create-key",
        "rotate-key",
        "withdraw-key",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([*CREATE, "--role=king"], "no role is called this"),
        ([*CREATE, "--scope=announce"], "announce is not for a key of municipality"),
        ([*CREATE, "--last-day=2031-01-01"], "last-day"),
        ([*CREATE, "--last-day=morgen"], "--last-day is not a day"),
        ([*CREATE, "--contact-email=nobody"], "no e-mail address"),
        (["key", "rotate", "aaaaaaaa"], "no key by that prefix"),
        (["key", "revoke", "aaaaaaaa", "--why", " "], "no reason"),
    ],
)
def test_bad_input_is_told_and_nothing_is_made(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(words) == 2
    assert said in capsys.readouterr().err
    assert not ApiKeyRow.objects.exists()
