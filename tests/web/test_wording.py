"""There is a word for every code that a page can show."""

from __future__ import annotations

import re
from pathlib import Path

import eenthuis.services
from eenthuis.access import actions
from eenthuis.law import law_book
from eenthuis.matching.homes import MatchReason
from eenthuis.matching.registers import COUNTING, ELIGIBILITY, SCORING
from eenthuis.matching.wording import GROUP_APART, HELD_BACK, NO_PLACE, NO_ROOM, NOT_WORTH, TOO_LARGE
from eenthuis.reference import announcements
from eenthuis.rules.announcing import Remark
from eenthuis.rules.progress import PaceClass
from eenthuis.services.homes import JOURNALLED
from eenthuis.services.linking import Refusal
from eenthuis.services.runs import RunState
from eenthuis.terms.access import Reach, Role
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.homes import HomeKind
from eenthuis.terms.law import Authority
from eenthuis.terms.linking import Goal, Hardness, Reason
from eenthuis.terms.overriding import Ground, NoLonger
from eenthuis.terms.people import Evidence, HardCriterion, SoftCriterion
from eenthuis.terms.places import LinkingRegion
from eenthuis.terms.targets import AnnouncementStatus
from eenthuis.terms.way import DeadlineKind, RefusalGround, Stage, Stay, StepKind
from eenthuis.web import wording, wording_changes, wording_way


def test_every_code_has_a_word() -> None:
    for codes, words in (
        (PaceClass, wording.PACE),
        (Remark, wording.REMARKS),
        (AnnouncementStatus, wording.STATUS),
        (Authority, wording.AUTHORITY),
        (Role, wording.ROLES),
        (Reach, wording.REACHES),
        (LinkingRegion, wording.REGIONS),
        (Refusal, wording.REFUSALS),
        (RunState, wording.RUNS),
        (Ground, wording_changes.GROUNDS_OF_CHANGE),
        (NoLonger, wording_changes.NO_LONGER),
        (Hardness, wording_changes.HARDNESS),
        (Goal, wording.GOALS),
    ):
        assert {str(code.value) for code in codes} == {str(getattr(key, "value", key)) for key in words}
    assert set(actions()) == set(wording.MAY) == set(wording.GROUNDS)
    criteria = {f"hard:{one.value}" for one in HardCriterion} | {f"soft:{one.value}" for one in SoftCriterion}
    assert criteria <= set(wording.REASONS)
    told = {
        *ELIGIBILITY,
        *SCORING,
        *COUNTING,
        NO_PLACE,
        TOO_LARGE,
        NO_ROOM,
        NOT_WORTH,
        GROUP_APART,
        HELD_BACK,
    }
    told.add("not-linked:spread")
    assert told == set(wording.REASONS)


def test_the_relatives_a_place_has_room_for_are_told_in_number() -> None:
    (told,) = wording.reason_sentences((Reason("count:joining-relatives", values={"joining": 3}),))
    assert "nareizigers" in str(told)
    assert "3" in str(told)


def test_every_value_of_the_target_law_has_a_dutch_paper() -> None:
    half_year = HalfYear(2026, 1)
    cited = (*law_book().targets(half_year).citations, *law_book().realisation(half_year).citations)
    assert {citation.key for citation in cited} <= set(wording.PAPERS) | {"realisation.counted_at"}


def test_every_note_of_a_packaged_announcement_is_told_in_dutch() -> None:
    assert {told.identifier for told in announcements() if told.note} == set(wording.ANNOUNCED)


def test_every_action_in_the_journal_has_a_word() -> None:
    folder = Path(eenthuis.services.__file__).parent
    text = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    written = set(
        re.findall(r"(?:journal\.write(?:_many)?|_tell)\(\s*(?:actor|who|KEEPER),\s*\"([a-z-]+)\"", text)
    )
    taken = {kind.value for kind in StepKind if kind not in wording_way.ELSEWHERE}
    assert written | taken | set(JOURNALLED) <= set(wording.DONE)
    idle = {word for word in wording.DONE if word not in taken | set(JOURNALLED) and f'"{word}"' not in text}
    assert not idle - {"erase"}, "erase is written by the store, in the transaction that erases"


def test_every_code_of_the_way_has_a_word() -> None:
    for codes, words in (
        (Stage, wording_way.STAGES),
        (Stay, wording_way.STAYS),
        (StepKind, wording_way.STEPS),
        (DeadlineKind, wording_way.DEADLINES),
        (RefusalGround, wording_way.REFUSAL_GROUNDS),
        (HomeKind, wording_way.HOME_KINDS),
        (Evidence, wording_way.EVIDENCE),
        (MatchReason, wording_way.MATCH_REASONS),
        (DeadlineKind, wording_way.DEADLINE_GROUNDS),
    ):
        assert {str(code.value) for code in codes} == set(words)
