# ruff: noqa: S608 - every statement here is fixed text
"""The journal's chain: written when a transaction ends, computed again, and broken by whoever tampers."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from programs import environment, finish, start
from small_country import COA, TODAY

from eenthuis.cli.main import main
from eenthuis.services import linking
from eenthuis.services.journal_chain import Fault, verify_journal
from eenthuis.store.journal_models import JournalChainRow
from eenthuis.terms.people import HouseholdId

OPEN = "alter table store_journalrow disable trigger user; alter table store_journalchainrow disable trigger user;"
SECOND = "(select line_id from store_journalchainrow where position = 2)"
FAKE = """
insert into store_journalrow (at, actor, role, action, subject, municipality, why)
values (now(), 'x', 'coa', 'confirm-link', 'household PE-000009', 'GM0344', '')
"""
SWAPPED = """
update store_journalchainrow set position = case position when 2 then 1000002 else 1000003 end where position in (2, 3);
update store_journalchainrow set position = case position when 1000002 then 3 else 2 end where position > 1000000
"""
TAMPERED = {
    "who": (f"update store_journalrow set actor = 'another' where id = {SECOND}", Fault.CHANGED),
    "when": (f"update store_journalrow set at = at + interval '1 second' where id = {SECOND}", Fault.CHANGED),
    "what": (f"update store_journalrow set action = 'sign-off' where id = {SECOND}", Fault.CHANGED),
    "why": (f"update store_journalrow set why = why || '.' where id = {SECOND}", Fault.CHANGED),
    "after": (f"update store_journalrow set after = '{{}}' where id = {SECOND}", Fault.CHANGED),
    "moved between fields": (
        f"update store_journalrow set actor = actor || role, role = '' where id = {SECOND}",
        Fault.CHANGED,
    ),
    "emptied as if erased": (
        "update store_journalchainrow set erasure = 1, salt = '' where position = 2",
        Fault.CHANGED,
    ),
    "digest": (
        "update store_journalchainrow set digest = repeat('0', 64) where position = 2",
        Fault.RECHAINED,
    ),
    "link to the one before": (
        "update store_journalchainrow set previous = repeat('0', 64) where position = 2",
        Fault.MOVED,
    ),
    "order": (SWAPPED, Fault.MOVED),
    "left out of the chain": ("delete from store_journalchainrow where position = 2", Fault.MOVED),
}


@pytest.fixture
def journal(proposal: int) -> None:
    households = tuple(HouseholdId(f"PE-{number:06d}") for number in (1, 2, 3))
    linking.confirm(actor=COA, proposal=proposal, households=households, today=TODAY)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(OPEN)
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.usefixtures("journal")
def test_an_untouched_journal_holds_and_tells_its_head() -> None:
    found = verify_journal()
    assert found.broken is None
    assert found.lines == JournalChainRow.objects.count() > 3
    assert verify_journal(expected=found.head).broken is None


@pytest.mark.django_db
@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_breaks_the_chain_at_the_line_that_was_touched(how: str) -> None:
    assert verify_journal().broken is None
    second = JournalChainRow.objects.get(position=2).pk
    statement, fault = TAMPERED[how]
    run(statement)
    broken = verify_journal().broken
    assert broken is not None
    assert broken.fault is fault
    if "order" not in how and "left out" not in how:
        assert broken.line == second


@pytest.mark.django_db
@pytest.mark.usefixtures("journal")
def test_a_line_put_in_or_removed_is_found() -> None:
    assert verify_journal().broken is None
    run(FAKE)
    broken = verify_journal().broken
    assert broken is not None
    assert broken.fault is Fault.OUTSIDE
    run("delete from store_journalrow where actor = 'x'")
    assert verify_journal().broken is None
    run("alter table store_journalchainrow drop constraint if exists example")
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(f"delete from store_journalrow where id = {SECOND}")
        cursor.execute("set session_replication_role = default")
    broken = verify_journal().broken
    assert broken is not None
    assert broken.fault is Fault.REMOVED


@pytest.mark.django_db
@pytest.mark.usefixtures("journal")
def test_lines_cut_from_the_end_show_only_against_a_head_noted_elsewhere() -> None:
    before = verify_journal()
    last = "(select max(line_id) from store_journalchainrow)"
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(f"delete from store_journalrow where id = {last}")
        cursor.execute(f"delete from store_journalchainrow where line_id = {last}")
        cursor.execute("set session_replication_role = default")
    assert verify_journal().broken is None
    broken = verify_journal(expected=before.head).broken
    assert broken is not None
    assert broken.fault is Fault.EXPECTED


@pytest.mark.django_db
@pytest.mark.usefixtures("journal")
def test_the_chain_is_only_added_to() -> None:
    assert verify_journal().broken is None
    for statement in (
        "update store_journalchainrow set salt = ''",
        "delete from store_journalchainrow",
        "truncate store_journalchainrow",
    ):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as c,
        ):
            c.execute(statement)


def test_programs_at_once_make_one_chain_and_the_command_finds_what_was_touched(own_database: str) -> None:
    where = environment(own_database)
    proposal = finish(start(where, "prepare"))
    names = ["PE-000001", "PE-000002", "PE-000003,PE-000004"]
    with ThreadPoolExecutor() as together:
        said = list(together.map(lambda name: finish(start(where, "confirm", proposal, name, "coa")), names))
    assert sorted(said) == ["linked=1 refused=", "linked=1 refused=", "linked=2 refused="]

    def verify(*words: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "eenthuis.cli.main", "journal", "verify", "--format", "csv", *words],
            env=where,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    code, out, wrong = verify()
    assert (code, wrong) == (0, "")
    lines, erased, head, broken = out.splitlines()[1].split(",")
    assert (lines, erased, broken) == ("6", "0", "")
    with psycopg.connect(own_database) as other:
        other.execute(OPEN)
        other.execute(f"update store_journalrow set why = 'another reason' where id = {SECOND}")
    code, out, wrong = verify("--expect", head)
    assert code == 1
    assert out.splitlines()[1].endswith(",2")
    assert "broken at line 2 (announce, " in wrong
    assert "Traceback" not in wrong


def test_a_digest_that_is_none_is_refused_before_anything_starts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "verify", "--expect", "banana"]) == 2
    assert "INP-01" in capsys.readouterr().err
