"""``eenthuis key``: hand out, list, rotate and revoke on the server itself."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import programs
from small_country import TODAY

PROGRAM = Path(__file__).parents[1] / "country" / "key_commands.py"
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
LIST = ["key", "list", "--format", "csv"]
WRONG = [
    ([*CREATE, "--role=king"], "no role is called this"),
    ([*CREATE, "--scope=announce"], "announce is not for a key of municipality"),
    ([*CREATE, "--last-day=2031-01-01"], "last-day"),
    ([*CREATE, "--last-day=morgen"], "--last-day is not a day"),
    ([*CREATE, "--contact-email=nobody"], "no e-mail address"),
    (["key", "rotate", "aaaaaaaa"], "no key by that prefix"),
    (["key", "revoke", "aaaaaaaa", "--why", " "], "no reason"),
]
RIGHT = [
    CREATE,
    ["key", "rotate", "{prefix}"],
    ["key", "revoke", "{prefix}", "--why", "left on a train"],
    LIST,
]


def test_keys_are_managed_and_bad_input_makes_nothing(own_database: str) -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM)],
        input=json.dumps([*(words for words, _ in WRONG), LIST, *RIGHT]),
        env=programs.environment(own_database) | {"EENTHUIS_TODAY": TODAY.isoformat()},
        capture_output=True,
        text=True,
        check=False,
        timeout=programs.PATIENCE_SECONDS * 2,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    for (ended, _, said), (_, wanted) in zip(told, WRONG, strict=False):
        assert ended == 2
        assert wanted in said
    empty, created, rotated, revoked, listed = told[len(WRONG) :]
    assert len(empty[1].splitlines()) == 1
    assert [one[0] for one in (created, rotated, revoked, listed)] == [0, 0, 0, 0]
    assert created[1].startswith("eenthuis_")
    assert rotated[1].startswith("eenthuis_")
    assert rotated[1] != created[1]
    assert "not shown again" in created[2]
    rows = list(csv.DictReader(io.StringIO(listed[1])))
    assert [row["state"] for row in rows] == ["valid", "withdrawn, rotated"]
    assert rows[0]["scopes"] == "see-linked-household"
    assert created[1].split("_")[2].strip() not in listed[1]
