"""A new proposal follows what a person changed in the one before as far as it still holds, and says what does not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from small_country import AUDITOR, COA, HALF_YEAR, ISLAND, OTHER_OFFICER, TODAY, UTRECHT

from eenthuis.cli.main import main
from eenthuis.services import changing, linking, proposing
from eenthuis.services.proposal_page import ProposalPage, proposal_folder, read_proposal
from eenthuis.store import accounts, bulk, proposals
from eenthuis.store.models import JournalRow
from eenthuis.terms.access import Actor
from eenthuis.terms.linking import Wishes
from eenthuis.terms.overriding import Ground, Override, OverrideKind, Refused
from eenthuis.terms.people import HouseholdId, Link
from eenthuis.terms.places import MunicipalityCode

pytestmark = pytest.mark.django_db
ONE, TWO, THREE, SIX = (HouseholdId(f"PE-{number:06d}") for number in (1, 2, 3, 6))
PINNED = Override(OverrideKind.PIN, ONE, ISLAND, "the mother lives there", Ground.FAMILY)
WAITS = Override(OverrideKind.FORBID, TWO, "", "in hospital", Ground.CARE)


def changed(base: int, *overrides: Override, actor: Actor = COA) -> int:
    """Change a proposal, and accept that."""
    solved = changing.solve_change(today=TODAY, base=base, overrides=overrides)
    assert not isinstance(solved, Refused), solved
    number = changing.keep_change(actor=actor, solved=solved)
    return changing.decide_change(actor=COA, number=number, accept=True)


def again(wishes: Wishes | None = None) -> ProposalPage:
    """Let the engine propose from nothing, and open what counts now."""
    number = proposing.propose(actor=OTHER_OFFICER, today=TODAY, wishes=wishes)
    latest = proposals.latest(HALF_YEAR)
    assert latest is not None
    assert latest.pk == number
    return read_proposal(actor=AUDITOR, number=number)


def place_of(page: ProposalPage, household: HouseholdId) -> MunicipalityCode | None:
    return proposals.proposed(page.proposal.identifier, [household])[household].municipality


@pytest.fixture
def made(proposal: int) -> int:
    """Let the engine make a proposal for the small country, and change it twice; return its number."""
    assert proposal
    first = changed(proposing.propose(actor=COA, today=TODAY), PINNED)
    return changed(first, WAITS, actor=OTHER_OFFICER)


def test_what_was_accepted_holds_in_the_next_proposal_with_its_reason(made: int) -> None:
    page = again()
    assert (place_of(page, ONE), place_of(page, TWO)) == (ISLAND, None)
    assert [
        (one.kind, one.household, one.municipality, one.why, one.decided_by) for one in page.taken_over
    ] == [
        ("pin", ONE, "Ameland", PINNED.reason, "coa"),
        ("forbid-anywhere", TWO, "", WAITS.reason, "coa-2"),
    ]
    assert page.taken_over[1].proposal == made
    assert not page.left_out
    change = changing.read_change(actor=COA, number=page.proposal.identifier)
    assert {line.household for line in change.moved} >= {TWO}
    assert [one.decided_by for one in change.overrides] == ["coa", "coa-2"]
    assert JournalRow.objects.filter(action="accept-change", subject=f"proposal {change.proposal}").exists()
    linked = linking.confirm(actor=COA, proposal=change.proposal, households=(ONE,), today=TODAY).linked
    assert [link.municipality for link in linked] == [ISLAND]


def test_it_holds_until_it_is_released_however_many_proposals_come(made: int) -> None:
    assert made
    second = again()
    assert [one.household for one in again().taken_over] == [ONE, TWO]
    released = Override(OverrideKind.RELEASE, TWO, "", "back home", Ground.OTHER)
    newest = proposals.latest(HALF_YEAR)
    assert newest is not None
    assert newest.pk > second.proposal.identifier
    changed(newest.pk, released)
    page = again()
    assert [one.household for one in page.taken_over] == [ONE]
    assert place_of(page, TWO) is not None


def test_the_proposal_that_follows_is_proven_and_checks(
    made: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert made
    page = again()
    with zipfile.ZipFile(io.BytesIO(proposal_folder(actor=COA, number=page.proposal.identifier))) as archive:
        archive.extractall(tmp_path)
    files = [str(tmp_path), str(tmp_path / "proposal.csv"), str(tmp_path / "certificate.json")]
    assert main(["link", "check", *files]) == 0, capsys.readouterr()


def test_who_asks_may_leave_it_out(made: int) -> None:
    assert made
    page = again(Wishes(take_over=False))
    assert not page.taken_over
    assert not page.left_out
    assert not page.is_changed
    assert place_of(page, TWO) is not None
    assert page.wishes == Wishes(take_over=False)


def test_who_is_linked_by_now_is_left_out_and_that_is_said(made: int) -> None:
    linking.confirm(actor=COA, proposal=made, households=(ONE,), today=TODAY)
    page = again()
    assert [(one.household, one.because) for one in page.left_out] == [(ONE, "linked")]
    assert [one.household for one in page.taken_over] == [TWO]


def test_what_does_not_fit_any_more_is_left_out_the_latest_first(made: int) -> None:
    """One and three were pinned to the island; now that others came there, only the one decided first still fits."""
    changed(made, Override(OverrideKind.PIN, THREE, ISLAND, "a job there", Ground.WORK_OR_STUDY))
    five = Link(HouseholdId("PE-000005"), ISLAND, HALF_YEAR, 5, TODAY, ())
    bulk.copy_links([five], reasons=[()], decided_by=COA.name)
    page = again()
    assert [(one.household, one.because, one.why) for one in page.left_out] == [
        (THREE, "no-room", "a job there")
    ]
    assert [one.household for one in page.taken_over] == [ONE, TWO]
    assert place_of(page, ONE) == ISLAND


def test_when_nothing_holds_the_proposal_is_the_engines_own_and_says_so(proposal: int) -> None:
    assert proposal
    first = changed(proposing.propose(actor=COA, today=TODAY), PINNED)
    linking.confirm(actor=COA, proposal=first, households=(ONE,), today=TODAY)
    page = again()
    assert not page.is_changed
    assert [(one.household, one.because) for one in page.left_out] == [(ONE, "linked")]
    assert not again().left_out


def test_the_page_shows_what_was_taken_over_and_what_was_not(made: int, client: Client) -> None:
    linking.confirm(actor=COA, proposal=made, households=(ONE,), today=TODAY)
    number = again().proposal.identifier
    accounts.save_account(COA, "a-long-password")
    client.force_login(get_user_model().objects.get(username=COA.name))
    shown = client.get(f"/koppelen/voorstellen/{number}/").content.decode()
    assert "Overgenomen uit het voorstel hiervoor" in shown
    assert WAITS.reason in shown
    assert "het huishouden is al gekoppeld" in shown
    asked = client.get("/koppelen/voorstel/").content.decode()
    assert 'name="overnemen"' in asked
    assert client.post("/koppelen/voorstel/", {"overnemen": "misschien"}).status_code == 400
    assert UTRECHT not in shown
