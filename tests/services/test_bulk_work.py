"""Several households at once: the rehearsal changes nothing and tells what then happens, each by itself."""

from __future__ import annotations

import pytest
from small_country import COA, OF_UTRECHT, TODAY

from eenthuis.services import linking, sign_offs
from eenthuis.services.bulk_work import MOST_AT_ONCE, BulkOutcome, do_for_all, rehearse_confirm
from eenthuis.services.linking import Refusal
from eenthuis.store.models import JournalRow, LinkRow, SignOffRow
from eenthuis.terms.errors import AccessError, InputError
from eenthuis.terms.people import HouseholdId

pytestmark = pytest.mark.django_db
ONE, TWO, THREE, FOUR, FIVE, SEVEN = (HouseholdId(f"PE-{number:06d}") for number in range(1, 7))


def sign_off(*names: HouseholdId, rehearsal: bool) -> BulkOutcome:
    return do_for_all(actor=COA, action="sign-off", households=names, today=TODAY, is_rehearsal=rehearsal)


def test_a_rehearsal_says_what_then_happens_to_each(proposal: int) -> None:
    linking.confirm(actor=COA, proposal=proposal, households=(ONE, TWO, THREE), today=TODAY)
    sign_offs.sign_off(actor=COA, household=TWO, on=TODAY, today=TODAY)
    lines, journal = SignOffRow.objects.count(), JournalRow.objects.count()
    asked = (THREE, ONE, TWO, FOUR, HouseholdId("PE-999999"), ONE)
    rehearsed = sign_off(*asked, rehearsal=True)
    assert (SignOffRow.objects.count(), JournalRow.objects.count()) == (lines, journal)
    assert [(line.household, line.problem) for line in rehearsed.lines] == [
        (THREE, ""),
        (ONE, ""),
        (TWO, "STA-01"),
        (FOUR, "STA-01"),
        (HouseholdId("PE-999999"), "STA-01"),
    ]
    done = sign_off(*asked, rehearsal=False)
    assert done.lines == rehearsed.lines
    assert done.done == 2
    assert SignOffRow.objects.count() == lines + 2
    assert JournalRow.objects.filter(action="sign-off").count() == 3
    assert sign_off(*asked, rehearsal=False).done == 0


def test_confirming_is_rehearsed_without_linking_anyone(proposal: int) -> None:
    outcome = rehearse_confirm(
        actor=COA, proposal=proposal, households=(ONE, THREE, FOUR, FIVE, SEVEN), today=TODAY
    )
    assert [link.household for link in outcome.linked] == [ONE, THREE, FOUR]
    assert {one.household: one.reason for one in outcome.refused} == {
        FIVE: Refusal.NO_ROOM,
        SEVEN: Refusal.NOT_PROPOSED,
    }
    assert not LinkRow.objects.exists()
    done = linking.confirm(
        actor=COA, proposal=proposal, households=(ONE, THREE, FOUR, FIVE, SEVEN), today=TODAY
    )
    assert done == outcome


@pytest.mark.parametrize(
    ("action", "names", "code"),
    [
        ("delete", (ONE,), "INP-01"),
        ("sign-off", (), "INP-04"),
        ("sign-off", tuple(HouseholdId(f"PE-{n}") for n in range(MOST_AT_ONCE + 1)), "INP-06"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    proposal: int, action: str, names: tuple[HouseholdId, ...], code: str
) -> None:
    assert proposal
    with pytest.raises(InputError, match=code):
        do_for_all(actor=COA, action=action, households=names, today=TODAY, is_rehearsal=True)


def test_who_may_not_may_not_even_rehearse(proposal: int) -> None:
    assert proposal
    for asked in (True, False):
        with pytest.raises(AccessError, match="ACC-01"):
            do_for_all(
                actor=OF_UTRECHT, action="sign-off", households=(ONE,), today=TODAY, is_rehearsal=asked
            )
