"""Ladders are dated, every province has one, and a ladder with a gap does not load."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.law.book import Book
from eenthuis.law.loading import from_folder, read_instrument
from eenthuis.terms.errors import LawError
from eenthuis.terms.law import Authority
from eenthuis.terms.supervision import Entry, Letter, Regime, Scope, Step, Talk

RUNG = {
    "number": "1",
    "step": '"signal"',
    "entry": '"reading"',
    "backlog_people": "1",
    "backlog_share": '"0"',
    "half_years": "1",
    "term_weeks": "4",
    "talk": '"officials"',
    "letter": '"signal"',
    "regime": '"orange"',
    "from": "2020-01-01",
    "article": '"a step"',
    "authority": '"assumption"',
    "source": '"https://example.org"',
    "checked_on": "2026-01-01",
}
PLACES = ["nl", *(reference.province_place(province) for province in reference.provinces())]


def ladder(*rungs: dict[str, str | None]) -> str:
    written = ['[instrument]\ntitle = "Example ladder"']
    for changes in rungs:
        parts = {**RUNG, **changes}
        written.append("[[rung]]")
        written += [f"{name} = {text}" for name, text in parts.items() if text is not None]
    return "\n".join(written)


def numbered(*numbers: int) -> list[dict[str, str | None]]:
    return [{"number": str(number)} for number in numbers]


@pytest.mark.parametrize(
    ("text", "field", "said"),
    [
        pytest.param(ladder(*numbered(1, 3)), "number", "skips rung 2", id="a rung number skipped"),
        pytest.param(ladder(*numbered(2, 3)), "number", "skips rung 1", id="no first rung"),
        pytest.param(ladder(*numbered(1, 1)), "number", "has rung 1 twice", id="a rung twice"),
        pytest.param(
            ladder({"number": "1"}, {"number": "2", "from": "2021-01-01"}),
            "number",
            "skips rung 1",
            id="a later version without its first rung",
        ),
        pytest.param(ladder({"number": None}), "number", "missing on a rung", id="no number"),
        pytest.param(ladder({"half_years": None}), "half_years", "missing on rung 1", id="no half-years"),
        pytest.param(ladder({"backlog_people": None}), "backlog_people", "missing", id="no people"),
        pytest.param(ladder({"backlog_share": None}), "backlog_share", "missing", id="no share"),
        pytest.param(ladder({"entry": None}), "entry", "missing on rung 1", id="no way of entry"),
        pytest.param(ladder({"term_weeks": None}), "term_weeks", "missing on rung 1", id="no term"),
        pytest.param(ladder({"term_weeks": "-1"}), "term_weeks", "is -1 on rung 1", id="a negative term"),
        pytest.param(ladder({"talk": '"shouting"'}), "talk", "is 'shouting'", id="an unknown talk"),
        pytest.param(ladder({"half_years": '"two"'}), "half_years", "is 'two'", id="a number as text"),
        pytest.param(
            ladder({"backlog_share": "0.1"}), "backlog_share", "is Decimal('0.1')", id="a share as a number"
        ),
        pytest.param(ladder({"backlog_share": '"a lot"'}), "backlog_share", "is 'a lot'", id="no share"),
        pytest.param(ladder({"colour": '"blue"'}), "colour", "no part of rung 1", id="a part nobody knows"),
        pytest.param(
            ladder({}) + '\n[[value]]\nkey = "supervision.rung.1.mood"\nvalue = 1',
            "supervision.rung.1.mood",
            "is no part of a rung",
            id="a value of a part nobody knows",
        ),
        pytest.param("rung = 3\n" + ladder(), "rung", "is no list", id="rungs that are no tables"),
        pytest.param("rung = [3]\n" + ladder(), "rung", "is no table", id="a rung that is no table"),
    ],
)
def test_a_ladder_with_a_gap_does_not_load_and_names_file_and_field(text: str, field: str, said: str) -> None:
    with pytest.raises(LawError) as caught:
        read_instrument(text, file="example/supervision.toml", place="example")
    assert caught.value.code == "LAW-02"
    assert said in caught.value.message
    assert caught.value.location is not None
    assert (caught.value.location.file, caught.value.location.column) == ("example/supervision.toml", field)


def test_a_rung_without_its_paper_does_not_load() -> None:
    with pytest.raises(LawError, match="lacks source"):
        read_instrument(ladder({"source": None}), file="a.toml", place="nl")


def test_a_whole_ladder_loads_with_its_number_of_rungs_and_two_versions() -> None:
    first: list[dict[str, str | None]] = [{"number": str(number), "until": "2020-12-31"} for number in (1, 2)]
    second: list[dict[str, str | None]] = [
        {"number": str(number), "from": "2021-01-01"} for number in (1, 2, 3)
    ]
    values = read_instrument(ladder(*first, *second), file="a.toml", place="nl")
    counts = {value.first_day.year: value.value for value in values if value.key == "supervision.rungs"}
    assert counts == {2020: 2, 2021: 3}


def test_a_value_of_a_rung_that_the_ladder_lacks_does_not_load(tmp_path: Path) -> None:
    for folder in ("nl", "province/utrecht"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "nl" / "a.toml").write_text(ladder({}), encoding="utf-8")
    own = ladder({}).replace("[[rung]]", "[[value]]\nkey = 'supervision.rung.2.talk'\nvalue = 'none'")
    kept = [line for line in own.splitlines() if line.split(" ")[0] not in set(RUNG) - set(RUNG_PAPER)]
    (tmp_path / "province/utrecht/a.toml").write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(LawError, match="beyond the ladder"):
        from_folder(tmp_path)


RUNG_PAPER = ("from", "article", "authority", "source", "checked_on")


@pytest.mark.parametrize("place", PLACES)
def test_every_province_has_a_whole_ladder_on_every_day_on_which_something_changes(place: str) -> None:
    book = law_book()
    days = {
        day
        for value in book.values
        if value.place in {"nl", place}
        for day in (value.first_day, value.last_day)
        if day is not None and day >= date(2015, 1, 1)
    }
    for day in sorted(days | {day + timedelta(days=1) for day in days}):
        law = book.supervision(day, place)
        assert [rung.number for rung in law.ladder.rungs] == list(range(1, law.ladder.top + 1))
        assert [rung.half_years for rung in law.ladder.rungs] == sorted(
            rung.half_years for rung in law.ladder.rungs
        )
        assert all(citation.source.startswith("http") for citation in law.citations)


def test_what_no_source_gives_is_marked_an_assumption() -> None:
    law = law_book().supervision(date(2026, 1, 1), "zeeland")
    marked = {citation.key for citation in law.assumptions}
    assert {f"supervision.rung.{number}.half_years" for number in range(1, 7)} <= marked
    assert {f"supervision.rung.{number}.term_weeks" for number in range(1, 7)} <= marked
    assert {"supervision.excusable_share", "supervision.scope"} <= marked
    assert "supervision.readings" not in marked


def test_the_common_ladder_has_its_six_steps_and_two_need_a_decision() -> None:
    ladder_now = law_book().supervision(date(2026, 1, 1)).ladder
    assert [rung.step for rung in ladder_now.rungs] == list(Step)
    assert [rung.step for rung in ladder_now.rungs if rung.entry is Entry.DECISION] == [
        Step.DECISION,
        Step.SUBSTITUTION,
    ]
    assert ladder_now.rung(4).letter is Letter.PRIOR_NOTICE


@pytest.mark.parametrize(
    ("place", "before", "after", "value"),
    [
        ("flevoland", date(2024, 5, 1), date(2024, 5, 2), Scope.WHOLE_TASK),
        ("utrecht", date(2024, 1, 15), date(2024, 1, 16), True),
    ],
)
def test_a_framework_holds_from_its_first_day_and_in_its_own_province(
    place: str, before: date, after: date, value: object
) -> None:
    def read(book: Book, day: date, where: str) -> object:
        found = book.supervision(day, where).ladder
        return found.scope if isinstance(value, Scope) else found.council_first

    assert read(law_book(), after, place) == value
    assert read(law_book(), before, place) != value
    assert read(law_book(), after, "gelderland") != value


def test_a_scenario_changes_a_rung_and_says_so() -> None:
    book = law_book().assuming({"supervision.rung.2.half_years": 1}, why="what if nobody waits")
    law = book.supervision(date(2026, 1, 1), "zuid-holland")
    assert law.ladder.rung(2).half_years == 1
    cited = {citation.key: citation for citation in law.citations}["supervision.rung.2.half_years"]
    assert (cited.authority, cited.note) == (Authority.ASSUMPTION, "what if nobody waits")


def test_a_regime_belongs_to_every_rung_and_to_none() -> None:
    ladder_now = law_book().supervision(date(2026, 1, 1), "overijssel").ladder
    assert [ladder_now.regime(number) for number in range(ladder_now.top + 1)] == [
        Regime.GREEN,
        *[Regime.ORANGE] * 2,
        *[Regime.RED] * 4,
    ]
    assert {rung.talk for rung in ladder_now.rungs if rung.regime is Regime.RED} == {Talk.ADMINISTRATORS}
    assert ladder_now.rung(1).backlog_share == Fraction(0)
