"""What may tell of an official is found however it is written, and what is left out stands nowhere any more."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seeded_notes import CLEAN, HELD_OUT, SEEDED, read

from eenthuis import reference
from eenthuis.rules.decision_notes import PublicNote, marks, public_note, still_there
from eenthuis.rules.personal_details import (
    PLACEHOLDER,
    details,
    leaks,
    sure_details,
    together,
    without,
)
from eenthuis.rules.seen_text import cleaned, folded
from eenthuis.terms.decision_notes import NoteText, Section, WithheldGround

NAMES = [
    *(one.name for one in reference.provinces()),
    *(one.name for one in reference.municipalities(date(2026, 1, 1))),
]
KNOWN = frozenset(word for name in NAMES for word in folded(name).replace("-", " ").split())
ARTICLES = dict.fromkeys(WithheldGround, "Wet open overheid, artikel 5.1")


def measured(every: tuple[str, ...]) -> tuple[int, int, int, int]:
    """Return how many seeded strings were found whole, how many there are, how many finds are right, and how many."""
    hit = total = right = found = 0
    for seeded in every:
        text, spans = read(seeded)
        seen = details(text, known=KNOWN)
        covered = {place for one in seen for place in range(one.start, one.end)}
        total += len(spans)
        hit += sum(all(at in covered or text[at].isspace() for at in range(*span)) for span in spans)
        found += len(seen)
        right += sum(any(one.start < end and start < one.end for start, end in spans) for one in seen)
    return hit, total, right, found


def test_recall_and_precision_on_seeded_texts() -> None:
    assert measured((*SEEDED, *CLEAN)) == (41, 42, 42, 43)
    assert measured(HELD_OUT) == (16, 16, 16, 16)


@pytest.mark.parametrize(
    "hidden",
    [
        "Jan\u200b de Vr\u00adies",
        "JAN DE VRIES",
        "jan  de\nvries",
        "Ján de Vrîes",
        "J\u2060an de Vries",
        "Jan\u00a0de\u2009Vries",
        "\u202eJan de Vries\u202c",
        "Jan de Vries",
    ],
)
def test_a_name_is_the_same_however_it_is_written(hidden: str) -> None:
    text = f"Met {hidden} is gesproken, in januari."
    assert leaks(text, ["jan de vries"]) == ("jan de vries",)
    left = without(text, ["jan de vries"])
    assert cleaned(left) == f"Met {PLACEHOLDER} is gesproken, in januari."
    assert leaks(left, ["jan de vries"]) == ()


def test_a_name_found_in_one_section_is_looked_for_in_all() -> None:
    first, second, third = together(
        ["Door mw. R. Aalbers.", "AALBERS belt; r. aalbers mailt.", "De aalbers groeit."]
    )
    assert [one.text for one in first] == ["mw. R. Aalbers"]
    assert [one.text for one in second] == ["AALBERS", "r. aalbers"]
    assert third == ()


def test_letters_of_another_script_are_pointed_out() -> None:
    (found,) = details("Dit schreef \u0421anne.")
    assert (found.rule.value, found.text) == ("mixed-letters", "\u0421anne")


def test_nothing_hidden_is_kept() -> None:
    assert cleaned("a\u200b\u202eb\x00c\r\nd\u00ad \t\r\n\n") == "abc\nd"
    assert folded(cleaned("e\u0301")) == "e"


def test_the_sure_rules_leave_ordinary_sentences_alone() -> None:
    assert not [one for one in CLEAN if sure_details(one)]
    assert sure_details("Mail j.bakker@minbzk.example of bel 06 12345678 voor dhr. Bakker.") == {
        "email",
        "phone",
        "addressed",
    }


TEXT = NoteText(
    title="Nota voor Sanne de Wit",
    sections={
        Section.OCCASION: "Sanne de Wit vraagt dit. Bel s.dewit@minjenv.example.",
        Section.LEGAL: "Geheime overweging van Kees Vonk.",
        Section.STRATEGY: "De Wit is akkoord.",
    },
    withheld={Section.LEGAL: WithheldGround.OPINIONS},
)


def test_what_is_left_out_and_withheld_stands_nowhere() -> None:
    found = {one.key for one in marks(TEXT, known=KNOWN)}
    assert found == {"sanne de wit", "s.dewit@minjenv.example", "de wit"}
    made = public_note(TEXT, found, ARTICLES)
    assert made.title == f"Nota voor {PLACEHOLDER}"
    assert still_there(made.whole, TEXT, found) == ()
    assert "Vonk" not in made.whole
    assert next(one.ground for one in made.sections if one.section is Section.LEGAL).startswith(
        "Wet open overheid"
    )
    spoilt = (
        PublicNote(made.title, made.sections).whole
        + "\nGEHEIME overweging  van Kees Vonk. sanne\u200b de wit"
    )
    assert set(still_there(spoilt, TEXT, found)) == {
        "sanne de wit",
        "de wit",
        "geheime overweging van kees vonk.",
    }


WORDS = st.sampled_from(
    ["Jan", "de", "Vries", "jan", "VRIES", "\n", "Jansen", "januari", "\u200b", "é", "-", ".", "Jan de Vries"]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=14))
def test_whatever_the_text_nothing_left_out_stays(drawn: list[str]) -> None:
    keys = ["jan de vries", "jansen"]
    left = without(" ".join(drawn), keys)
    assert leaks(left, keys) == ()
    assert without(left, keys) == left


def test_the_recorded_text_loses_what_is_left_out() -> None:
    assert (
        without("x Jan\u200b de\n\u200b Vries-Jansen y", ["jan de vries", "jansen"])
        == f"x {PLACEHOLDER}-{PLACEHOLDER} y"
    )
