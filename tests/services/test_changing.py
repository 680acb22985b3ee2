"""A person in charge: what is asked is followed, what it changes is shown, and every reason is kept."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from small_country import (
    AUDITOR,
    COA,
    HALF_YEAR,
    ISLAND,
    MINISTRY,
    OF_UTRECHT,
    OTHER_OFFICER,
    TODAY,
    UTRECHT,
)

from eenthuis.cli.main import main
from eenthuis.services import changing, linking, proposing, runs
from eenthuis.services.proposal_page import proposal_folder, read_proposal
from eenthuis.services.runs import RunState
from eenthuis.services.workspace import read_household
from eenthuis.store import changes, proposals
from eenthuis.store import runs as stored
from eenthuis.store.models import HouseholdRow, JournalRow, OverrideRow
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.errors import AccessError, InputError, ReferenceFactError, StateError
from eenthuis.terms.linking import Wishes
from eenthuis.terms.overriding import Ground, Override, OverrideKind, Refused, RepairKind, WishKind
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode

pytestmark = pytest.mark.django_db
ONE, TWO, SEVEN = (HouseholdId(f"PE-{number:06d}") for number in (1, 2, 6))
BECAUSE = "the mother lives there"


def pin(household: str, place: str, why: str = BECAUSE) -> Override:
    return Override(OverrideKind.PIN, household, place, why, Ground.FAMILY)


def forbid(household: str, place: str = "", why: str = "not safe") -> Override:
    return Override(OverrideKind.FORBID, household, place, why, Ground.SAFETY)


@pytest.fixture
def made(proposal: int) -> int:
    """Let the engine make a proposal for the small country; return its number."""
    assert proposal
    return proposing.propose(actor=COA, today=TODAY)


def changed(base: int, *overrides: Override, actor: Actor = COA) -> int:
    """Ask for a change, and do what its worker does; return the number of the changed proposal."""
    asked = changing.ask_change(actor=actor, today=TODAY, proposal=base, overrides=overrides)
    row = stored.claim("one")
    assert row is not None
    assert row.pk == asked.number
    solved = changing.solve_change(today=TODAY, base=base, overrides=changes.overrides_from(row.overrides))
    assert not isinstance(solved, Refused), solved
    number = changing.keep_change(actor=actor, solved=solved)
    assert stored.finish(row.pk, "one", proposal=number)
    return number


def accept(number: int) -> int:
    return changing.decide_change(actor=COA, number=number, accept=True)


def place_of(number: int, household: HouseholdId) -> MunicipalityCode | None:
    return proposals.proposed(number, [household])[household].municipality


def test_a_pin_is_followed_shown_and_counts_only_when_accepted(made: int) -> None:
    number = changed(made, pin(ONE, ISLAND))
    assert place_of(number, ONE) == ISLAND
    page = changing.read_change(actor=AUDITOR, number=number)
    assert page.replaces == made
    assert page.accepted is None
    moved = next(line for line in page.moved if line.household == ONE)
    assert (moved.after, moved.is_asked) == ("Ameland", True)
    assert [(line.kind, line.why, line.decided_by, line.is_new) for line in page.overrides] == [
        ("pin", BECAUSE, "coa", True)
    ]
    assert page.people.after == page.people.before + page.difference.persons
    latest = proposals.latest(HALF_YEAR)
    assert latest is not None
    assert latest.pk == made
    assert accept(number) == number
    latest = proposals.latest(HALF_YEAR)
    assert latest is not None
    assert (latest.pk, latest.replaces_id) == (number, made)
    outcome = linking.confirm(actor=COA, proposal=number, households=(ONE,), today=TODAY)
    assert [link.municipality for link in outcome.linked] == [ISLAND]


def test_a_change_that_nobody_accepted_cannot_be_confirmed(made: int) -> None:
    number = changed(made, pin(ONE, ISLAND))
    with pytest.raises(StateError, match="STA-05"):
        linking.confirm(actor=COA, proposal=number, households=(ONE,), today=TODAY)
    assert changing.decide_change(actor=COA, number=number, accept=False) == made
    with pytest.raises(StateError, match="STA-05"):
        linking.confirm(actor=COA, proposal=number, households=(ONE,), today=TODAY)
    assert len(linking.confirm(actor=COA, proposal=made, households=(ONE,), today=TODAY).linked) == 1
    assert OverrideRow.objects.get(proposal_id=number).why == BECAUSE


def test_changes_add_up_and_the_difference_is_from_the_proposal_before(made: int) -> None:
    first = accept(changed(made, pin(ONE, ISLAND)))
    second = changed(first, forbid(TWO), actor=OTHER_OFFICER)
    assert place_of(second, ONE) == ISLAND
    assert place_of(second, TWO) is None
    page = changing.read_change(actor=COA, number=second)
    assert [line.household for line in page.moved] == [TWO]
    assert page.difference.persons == -2
    assert page.difference.households == -1
    assert [(line.kind, line.decided_by, line.is_new) for line in page.overrides] == [
        ("pin", "coa", False),
        ("forbid-anywhere", "coa-2", True),
    ]
    third = changed(accept(second), Override(OverrideKind.RELEASE, TWO, "", "may come along", Ground.OTHER))
    assert place_of(third, TWO) is not None
    assert place_of(third, ONE) == ISLAND


def test_a_changed_proposal_is_proven_and_its_folder_checks(
    made: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = changed(made, pin(ONE, ISLAND), forbid(TWO, UTRECHT))
    page = read_proposal(actor=COA, number=number)
    assert page.proposal.proof.bound >= page.proposal.proof.objective
    assert len(page.ways) == 6
    with zipfile.ZipFile(io.BytesIO(proposal_folder(actor=COA, number=number))) as archive:
        archive.extractall(tmp_path)
    files = [str(tmp_path), str(tmp_path / "proposal.csv"), str(tmp_path / "certificate.json")]
    assert main(["link", "check", *files]) == 0, capsys.readouterr()
    kept = (tmp_path / "certificate.json").read_text(encoding="utf-8")
    assert BECAUSE not in kept
    assert "PE-" not in kept


def test_what_cannot_be_is_told_with_the_smallest_repair(made: int) -> None:
    HouseholdRow.objects.filter(identifier=SEVEN).update(persons=7)
    asked = changing.ask_change(
        actor=COA, today=TODAY, proposal=made, overrides=(pin(SEVEN, ISLAND), pin(ONE, ISLAND))
    )
    row = stored.claim("one")
    assert row is not None
    found = changing.solve_change(today=TODAY, base=made, overrides=changes.overrides_from(row.overrides))
    assert isinstance(found, Refused)
    assert stored.refuse(row.pk, "one", conflicts=changes.conflicts_plain(found.conflicts))
    page = runs.read_run(actor=COA, number=asked.number)
    assert page.state is RunState.FAILED
    assert page.conflicts == found.conflicts
    kinds = {wish.kind for conflict in page.conflicts for wish in conflict.wishes}
    assert WishKind.CAP in kinds
    repairs = {repair.kind for conflict in page.conflicts for repair in conflict.repairs}
    assert repairs & {RepairKind.DROP_PIN, RepairKind.RAISE_CAP}
    assert not OverrideRow.objects.exists()


def test_an_override_without_a_reason_or_a_household_is_refused(made: int) -> None:
    for wrong, told in (
        (pin(ONE, ISLAND, why="  "), InputError),
        (pin(ONE, ISLAND, why="x" * 1001), InputError),
        (pin("PE-999999", ISLAND), InputError),
        (pin(ONE, "GM9999"), ReferenceFactError),
    ):
        with pytest.raises(told):
            changing.ask_change(actor=COA, today=TODAY, proposal=made, overrides=(wrong,))
    with pytest.raises(InputError, match="INP-04"):
        changing.ask_change(actor=COA, today=TODAY, proposal=made, overrides=())
    assert runs.open_run(actor=COA, half_year=HALF_YEAR) is None


def test_a_household_that_is_linked_and_a_proposal_that_is_overtaken_are_not_changed(
    made: int, proposal: int
) -> None:
    with pytest.raises(StateError, match="STA-05"):
        changing.ask_change(actor=COA, today=TODAY, proposal=proposal, overrides=(pin(ONE, ISLAND),))
    linking.confirm(actor=COA, proposal=made, households=(ONE,), today=TODAY)
    with pytest.raises(StateError, match="STA-01"):
        changing.ask_change(actor=COA, today=TODAY, proposal=made, overrides=(pin(ONE, ISLAND),))


def test_of_two_changes_of_one_proposal_only_one_is_accepted(made: int) -> None:
    one, two = changed(made, pin(ONE, ISLAND)), changed(made, forbid(TWO))
    assert set(changes.open_changes(made)) == {one, two}
    accept(one)
    assert changing.read_change(actor=COA, number=two).is_overtaken
    with pytest.raises(StateError, match="STA-05"):
        accept(two)
    with pytest.raises(StateError, match="STA-01"):
        accept(one)
    assert changing.decide_change(actor=COA, number=two, accept=False) == made


def test_who_left_since_does_not_hold_a_change_up(made: int) -> None:
    first = accept(changed(made, pin(ONE, ISLAND)))
    linking.confirm(actor=COA, proposal=first, households=(ONE,), today=TODAY)
    second = changed(first, forbid(TWO))
    assert place_of(second, TWO) is None
    assert ONE not in proposals.proposed(second, [ONE])


def test_the_household_page_says_who_may_change_and_that_it_was_changed(made: int) -> None:
    page = read_household(actor=COA, identifier=ONE, today=TODAY)
    assert (page.may_change, page.is_changed) == (True, False)
    assert not read_household(actor=AUDITOR, identifier=ONE, today=TODAY).may_change
    accept(changed(made, pin(ONE, ISLAND)))
    assert read_household(actor=COA, identifier=ONE, today=TODAY).is_changed
    assert not read_household(actor=COA, identifier=TWO, today=TODAY).is_changed


def test_the_journal_keeps_every_reason(made: int) -> None:
    number = changed(made, pin(ONE, ISLAND))
    accept(number)
    told = {
        line.action: (line.subject, line.municipality, line.why)
        for line in JournalRow.objects.filter(why=BECAUSE)
    }
    assert told == {
        "ask-change": (f"household {ONE}", ISLAND, BECAUSE),
        "change-proposal": (f"proposal {number}", "", BECAUSE),
        "accept-change": (f"proposal {number}", "", BECAUSE),
    }


@pytest.mark.parametrize("actor", [MINISTRY, OF_UTRECHT, AUDITOR, ANYONE])
def test_only_coa_changes_and_decides(made: int, actor: Actor) -> None:
    number = changed(made, pin(ONE, ISLAND))
    for attempt in (
        lambda: changing.ask_change(actor=actor, today=TODAY, proposal=made, overrides=(pin(ONE, ISLAND),)),
        lambda: changing.decide_change(actor=actor, number=number, accept=True),
    ):
        with pytest.raises(AccessError, match="ACC-01"):
            attempt()
    if actor is not AUDITOR:
        with pytest.raises(AccessError, match="ACC-01"):
            changing.read_change(actor=actor, number=number)


def test_a_number_that_is_no_change_is_not_found(made: int) -> None:
    for attempt in (
        lambda: changing.read_change(actor=COA, number=made),
        lambda: accept(made + 999),
    ):
        with pytest.raises(AccessError, match="ACC-02"):
            attempt()


def test_a_least_gain_that_was_asked_is_kept_or_the_groups_that_miss_it_are_named(proposal: int) -> None:
    assert proposal
    made = proposing.propose(actor=COA, today=TODAY, wishes=Wishes(least_gain=1.0, gain_for=("size",)))
    number = changed(made, pin(ONE, ISLAND), forbid(TWO))
    page = read_proposal(actor=COA, number=number)
    assert page.floors
    assert {floor["characteristic"] for floor in page.floors} == {"size"}
    told = changing.read_change(actor=COA, number=number)
    short = {(floor["characteristic"], floor["label"]) for floor in page.floors} & set(told.floors_missed)
    assert len(short) == len(told.floors_missed) == len(told.difference.floors_missed)
    later = changed(accept(number), Override(OverrideKind.RELEASE, TWO, "", "back home", Ground.OTHER))
    assert read_proposal(actor=COA, number=later).floors
