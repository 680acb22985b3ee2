"""Explanations in Dutch: exact sentences, easy to read, and nothing about others for the household itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.utils.translation import override

from eenthuis.terms.explaining import (
    BindingCap,
    CostBasis,
    Flip,
    FlipKind,
    HouseholdExplained,
    LinkedHere,
    NextInLine,
    OtherPlace,
    PlaceExplained,
)
from eenthuis.terms.linking import Reason
from eenthuis.terms.overriding import (
    Conflict,
    Difference,
    GivenWay,
    Moved,
    PlaceChange,
    Repair,
    RepairKind,
    Wish,
    WishKind,
)
from eenthuis.web import explained as words
from eenthuis.web.explained import (
    for_household,
    for_staff,
    of_conflict,
    of_difference,
    of_municipality,
    points,
)

NAMES = {"GM0344": "Utrecht", "GM0034": "Almere"}
PINNED = Wish(WishKind.PIN, "P1", "GM0344")
FULL = Wish(WishKind.CAP, place="GM0344", use="persons", amount=3.0)

PLACED = HouseholdExplained(
    household="P1",
    persons=2,
    place="GM0034",
    score=1.0,
    code="linked:room-elsewhere-dearer",
    values={"persons": 2, "place": "GM0344"},
    reasons=(Reason("soft:network", 1.0), Reason("count:joining-relatives", values={"joining": 2})),
    caps=(BindingCap("GM0034", "persons", 4, 4, 0.2), BindingCap("GM0034", "households_1", 5, 3, 0.1)),
    others=(
        OtherPlace("GM0344", 1.5, 0.5, 0.5, 0.4, CostBasis.RESOLVED,
                   (Moved("P2", 2, "GM0344", "GM0034"), Moved("P3", 1, "GM0344", None))),
    ),
    flips=(
        Flip(FlipKind.SCORE, "GM0344", points=0.51),
        Flip(FlipKind.ROOM, "GM0344", room=(("persons", 1),)),
        Flip(FlipKind.FEWER, "GM0344", households=("P2",)),
        Flip(FlipKind.PIN, "GM0344", points=0.5),
    ),
)  # fmt: skip
WAITING = HouseholdExplained(
    household="P4",
    persons=6,
    place=None,
    score=0.0,
    code="not-linked:too-large",
    values={"persons": 6, "use": "persons", "need": 6, "most": 3},
    reasons=(),
    caps=(),
    others=(OtherPlace("GM0034", 1.0, 1.0, 0.0, 0.0, CostBasis.RESOLVED),),
    flips=(Flip(FlipKind.CRITERION, "GM0344"), Flip(FlipKind.TOGETHER, "GM0034")),
    together=("P4", "P5"),
)


def test_staff_read_why_a_household_has_its_place() -> None:
    assert for_staff(PLACED, NAMES) == [
        "Het huishouden kent hier mensen.",
        "Er is ook plaats voor nareizigers die worden verwacht: 2.",
        "Utrecht past beter, maar de ruimte daar is meer waard voor anderen.",
        "Almere is vol: 4 van 4 (personen).",
        "Ruimte in Almere is schaars: 3 van 5 (huishoudens van 1 persoon).",
        "Utrecht kan ook en kost samen 0,50 punt.",
        "Dan gaan deze huishoudens ergens anders heen: P2.",
        "Dan raken deze huishoudens hun plek kwijt: P3.",
        "Met 0,51 punt meer voor Utrecht gaat het huishouden daarheen.",
        "Met meer ruimte in Utrecht (1 persoon) gaat het huishouden daarheen.",
        "Doet huishouden P2 niet mee, dan gaat het huishouden naar Utrecht.",
        "U kunt het huishouden vastzetten in Utrecht. Dat kost samen 0,50 punt.",
    ]


def test_the_household_reads_the_same_without_a_word_about_others() -> None:
    assert for_household(PLACED, NAMES) == [
        "U gaat naar Almere.",
        "U kent daar mensen.",
        "Er is ook plaats voor uw familie die nog komt.",
        "Een andere gemeente paste ook bij u, maar daar was te weinig ruimte.",
        "Hebt u werk, een opleiding of bekenden in Utrecht? Vertel het ons, want dat telt mee.",
        "Komt er meer ruimte in Utrecht, dan kan de keuze anders worden.",
        "Een medewerker beslist.",
        "Klopt er iets niet? Vertel het aan uw begeleider.",
    ]
    told = " ".join(for_household(PLACED, NAMES) + for_household(WAITING, NAMES))
    assert not re.search(r"P\d|huishouden", told)
    assert not re.search(r"\d", told)


def test_staff_read_why_a_household_waits() -> None:
    assert for_staff(WAITING, NAMES) == [
        "In geen toegestane gemeente is nog plaats voor een huishouden van deze grootte.",
        "Nodig is 6 (personen). Het meeste dat een toegestane gemeente heeft, is 3.",
        "Het gaat samen met: P4, P5.",
        "Almere kan ook en kost niets.",
        "Zou Utrecht toegestaan zijn, dan gaat het huishouden daarheen.",
        "Mag het huishouden los van zijn groep, dan gaat het naar Almere.",
    ]


@pytest.mark.parametrize(
    ("code", "staff", "household"),
    [
        (
            "not-linked:no-allowed-place",
            "Geen gemeente voldoet aan de harde plaatsingscriteria.",
            "Er is nu geen gemeente die past bij wat voor u moet.",
        ),
        (
            "not-linked:group-apart",
            "De huishoudens die samen gaan, passen in geen toegestane gemeente.",
            "Er is nu geen gemeente met ruimte voor u en de mensen met wie u samen gaat.",
        ),
        (
            "not-linked:no-room",
            "In de toegestane gemeenten is geen ruimte meer in de taakstelling.",
            "In de gemeenten die bij u passen, is nu geen ruimte.",
        ),
        (
            "not-linked:held-back",
            "Een medewerker heeft besloten dat dit huishouden wacht.",
            "Een medewerker van het COA heeft besloten dat u nog wacht.",
        ),
    ],
)
def test_every_reason_to_wait_has_its_sentences(code: str, staff: str, household: str) -> None:
    waiting = HouseholdExplained("P1", 1, None, 0.0, code, {}, (), (), (), ())
    assert for_staff(waiting, NAMES) == [staff]
    assert for_household(waiting, NAMES)[:2] == ["U hebt nog geen gemeente.", household]


def test_a_municipality_says_who_comes_next() -> None:
    explained = PlaceExplained(
        "GM0344",
        (BindingCap("GM0344", "persons", 3, 3, 0.5),),
        (LinkedHere("P1", 1, 1.0, "linked:best-score", 0.3),),
        (NextInLine("P2", 2, 1.5, "GM0034", 0.5, ("persons",)), NextInLine("P3", 1, 0.5, None, 0.25, ())),
    )
    assert of_municipality(explained, NAMES) == [
        "Utrecht krijgt 1 huishouden, samen 1 persoon.",
        "Utrecht is vol: 3 van 3 (personen).",
        "Daarna komt huishouden P2. Te weinig ruimte: personen.",
        "Daarna komt huishouden P3. Dat kost samen 0,25 punt.",
    ]


def test_a_difference_says_what_it_costs_and_who_moves() -> None:
    difference = Difference(
        cost=4.5,
        score=-0.5,
        households=-1,
        persons=-1,
        moved=(
            Moved("P1", 2, "GM0034", "GM0344"),
            Moved("P2", 1, "GM0344", None),
            Moved("P3", 1, None, "GM0034"),
        ),
        places=(PlaceChange("GM0034", 3, 1, 3),),
        floors_missed=("size 1",),
        given_way=(GivenWay("GM0344", "households_1", 1),),
    )
    assert of_difference(difference, NAMES) == [
        "Dit kost samen 0,50 punt.",
        "Met een plek: 1 persoon minder.",
        "Van plek veranderen: 3 huishoudens, samen 4 personen.",
        "Huishouden P1 gaat naar Utrecht en niet naar Almere.",
        "Huishouden P2 raakt zijn plek in Utrecht kwijt.",
        "Huishouden P3 krijgt een plek in Almere.",
        "Almere houdt ruimte over voor 2 personen.",
        "Utrecht gaat 1 boven de grens (huishoudens van 1 persoon).",
        "De groep size 1 haalt de afgesproken score niet meer.",
    ]
    nothing = Difference(cost=0.0, score=0.0, households=0, persons=0, moved=(), places=())
    assert of_difference(nothing, NAMES) == ["Dit kost geen punten.", "Niemand verandert van plek."]
    better = Difference(cost=-1.0, score=1.0, households=1, persons=2, moved=(), places=())
    assert of_difference(better, NAMES)[:2] == [
        "Dit levert samen 1,00 punt op.",
        "Met een plek: 2 personen meer.",
    ]


def test_a_conflict_says_what_cannot_hold_together_and_what_mends_it() -> None:
    conflict = Conflict(
        (PINNED, FULL),
        (Repair(RepairKind.RAISE_CAP, FULL, 1.0), Repair(RepairKind.DROP_PIN, PINNED, is_enough=False)),
    )
    assert of_conflict(conflict, NAMES) == [
        "Dit kan niet samen:",
        "Huishouden P1 staat vast in Utrecht.",
        "Utrecht heeft ruimte voor 3 (personen).",
        "Dit lost het op:",
        "Maak in Utrecht ruimte voor 1 meer (personen).",
        "Maak huishouden P1 los van Utrecht. Dan blijft er nog iets over.",
    ]


@pytest.mark.parametrize("kind", list(WishKind))
def test_every_kind_of_wish_has_its_sentence(kind: WishKind) -> None:
    told = of_conflict(
        Conflict((Wish(kind, "P1", "GM0344", "persons", 2.5, ("P1", "P2"), "jong"),), ()), NAMES
    )
    assert "%" not in told[1]
    assert told[1].endswith(".")


def test_few_points_are_never_told_as_none() -> None:
    assert (points(0.0), points(0.004), points(1.234)) == ("0,00", "minder dan 0,01", "1,23")


def test_the_same_in_english() -> None:
    with override("en"):
        assert for_staff(PLACED, NAMES)[5] == "Utrecht is possible too and costs 0.50 points in all."
        assert for_household(PLACED, NAMES)[0] == "You are going to Almere."


JARGON = (
    "algoritme", "optim", "alloc", "capaciteit", "restrictie", "parameter", "solver", "duaal", "iterat", "conform",
    "middels", "betreffende", "derhalve", "teneinde", "indien", "tevens", "dient te",
)  # fmt: skip
"""Words that do not belong in a sentence at level B1."""


def every_sentence() -> Iterator[str]:
    """Yield every sentence that the golden texts and the tables hold."""
    tables = (
        words.PLACED, words.PLACED_YOU, words.WAITING_YOU, words.REASONS_YOU, words.FLIPS, words.FLIPS_YOU,
        words.WISHES, words.REPAIRS,
    )  # fmt: skip
    texts = [str(text) for table in tables for text in table.values()]
    texts += for_staff(PLACED, NAMES) + for_staff(WAITING, NAMES)
    texts += for_household(PLACED, NAMES) + for_household(WAITING, NAMES)
    for text in texts:
        yield from (part for part in re.split(r"(?<=[.?:])\s+", text) if part)


def test_sentences_are_short_and_plain() -> None:
    lengths = [len(sentence.split()) for sentence in every_sentence()]
    assert max(lengths) <= 25
    assert sum(lengths) / len(lengths) <= 15
    told = " ".join(every_sentence()).lower()
    assert [word for word in JARGON if word in told] == []
