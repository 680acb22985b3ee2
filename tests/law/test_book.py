"""The law book answers for a day and a place, and says what is missing."""

from __future__ import annotations

from datetime import date

import pytest

import eenthuis
from eenthuis.law import CountingOrder, ReferenceRule, ReorganisationRule, law_book
from eenthuis.law.book import Book, coverage
from eenthuis.law.loading import read_instrument, without_overlap
from eenthuis.terms.errors import LawError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Authority, Rounding

INSTRUMENT = """
[instrument]
title = "Example Act"
[[value]]
key = "example.number"
value = 1
from = 2020-01-01
until = 2020-12-31
article = "art. 1"
authority = "statute"
source = "https://example.org"
checked_on = 2026-01-01
[[value]]
key = "example.number"
value = 3
from = 2022-01-01
article = "art. 1"
authority = "statute"
source = "https://example.org"
checked_on = 2026-01-01
"""


def book(text: str = INSTRUMENT, place: str = "nl") -> Book:
    return Book(without_overlap(read_instrument(text, file="nl/example.toml", place=place)))


@pytest.mark.parametrize(
    ("half_year", "rounding", "rule", "authority"),
    [
        pytest.param("2017-I", "up", "year-before-half-year", "inferred", id="text not read for these years"),
        pytest.param(
            "2021-II", "up", "year-before-half-year", "inferred", id="last before the published figures"
        ),
        pytest.param(
            "2022-I", "arithmetic", "year-before-announcement", "inferred", id="first that figures fit"
        ),
        pytest.param("2023-I", "arithmetic", "year-before-announcement", "inferred", id="2023-I"),
        pytest.param(
            "2023-II", "arithmetic", "year-before-announcement", "inferred", id="last that figures fit"
        ),
        pytest.param("2024-I", "up", "year-before-half-year", "inferred", id="no figures to check"),
        pytest.param("2026-I", "up", "year-before-half-year", "inferred", id="last before the text read"),
        pytest.param("2026-II", "up", "year-before-half-year", "statute", id="the text of 1 July 2026"),
    ],
)
def test_rounding_and_reference_date_are_dated_with_their_authority(
    half_year: str, rounding: str, rule: str, authority: str
) -> None:
    law = law_book().targets(HalfYear.parse(half_year))
    cited = {citation.key: citation for citation in law.citations}
    assert (law.rounding, law.reference_rule) == (Rounding(rounding), ReferenceRule(rule))
    assert cited["targets.rounding"].authority == Authority(authority)
    assert cited["targets.reference_rule"].value == rule
    assert all(citation.source and citation.note for citation in law.citations)


@pytest.mark.parametrize(
    ("day", "rule", "authority"),
    [
        (date(2017, 7, 1), "provincial-executive", "statute"),
        (date(2017, 7, 2), "provincial-executive", "inferred"),
        (date(2026, 6, 30), "provincial-executive", "inferred"),
        (date(2026, 7, 1), "parts-at-reference-date", "statute"),
    ],
)
def test_article_30_has_two_versions_and_both_ends_count(day: date, rule: str, authority: str) -> None:
    value, citation = law_book().look_up("targets.reorganisation", day)
    assert ReorganisationRule(str(value)) == ReorganisationRule(rule)
    assert citation.authority == authority


def test_both_ends_of_a_value_count() -> None:
    assert book().look_up("example.number", date(2020, 1, 1))[0] == 1
    assert book().look_up("example.number", date(2020, 12, 31))[0] == 1
    assert book().look_up("example.number", date(2022, 1, 1))[0] == 3


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2019, 5, 1), ["the next day it holds is 2020-01-01"]),
        (date(2021, 1, 1), ["the last day it held is 2020-12-31", "the next day it holds is 2022-01-01"]),
    ],
)
def test_a_gap_is_an_error_that_names_law_day_and_nearest_days(day: date, said: list[str]) -> None:
    with pytest.raises(LawError) as caught:
        book().look_up("example.number", day)
    assert caught.value.code == "LAW-01"
    for part in ["Example Act", "art. 1", "example.number", day.isoformat(), *said]:
        assert part in caught.value.message


def test_a_value_that_ended_names_the_last_day_only() -> None:
    with pytest.raises(LawError, match="the last day it held is 2023-06-30") as caught:
        law_book().look_up("counting.evacuee-added", date(2024, 1, 1))
    assert "next day" not in caught.value.message


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(LawError, match=r"no value 'example\.other'"):
        book().look_up("example.other", date(2020, 1, 1))


def test_a_provinces_own_value_goes_before_the_nations() -> None:
    own = INSTRUMENT.replace("value = 1", "value = 7").replace("value = 3", "value = 9")
    values = (
        *read_instrument(INSTRUMENT, file="nl/example.toml", place="nl"),
        *read_instrument(own, file="province/utrecht/example.toml", place="utrecht"),
    )
    both = Book(without_overlap(values))
    assert both.look_up("example.number", date(2020, 6, 1), "utrecht")[0] == 7
    assert both.look_up("example.number", date(2020, 6, 1), "zeeland")[0] == 1
    assert both.look_up("example.number", date(2020, 6, 1))[0] == 1


def test_an_assumption_is_a_new_book_and_says_so_in_every_citation() -> None:
    asked = law_book().assuming({"targets.rounding": "down"}, why="what if nobody rounds up")
    law = asked.targets(HalfYear(2026, 2))
    cited = next(citation for citation in law.citations if citation.key == "targets.rounding")
    assert law.rounding is Rounding.DOWN
    assert (cited.authority, cited.note) == (Authority.ASSUMPTION, "what if nobody rounds up")
    assert "assumption" in cited.source
    assert law_book().targets(HalfYear(2026, 2)).rounding is Rounding.UP


def test_a_scenario_cannot_invent_words() -> None:
    with pytest.raises(LawError, match=r"no value 'targets\.colour'"):
        law_book().assuming({"targets.colour": "blue"}, why="example")


@pytest.mark.parametrize(
    ("changes", "remedy"),
    [
        ({"targets.rounding": "sideways"}, "one of up, arithmetic, down"),
        ({"targets.notice_weeks": "many"}, "a whole number"),
        ({"targets.notice_weeks": True}, "a whole number"),
        ({"targets.swap_keeps_sum": 1}, "true or false"),
    ],
)
def test_a_value_that_does_not_fit_its_record_is_refused(changes: dict[str, str | int], remedy: str) -> None:
    with pytest.raises(LawError) as caught:
        law_book().assuming(changes, why="example").targets(HalfYear(2023, 1))
    assert caught.value.code == "LAW-02"
    assert remedy in caught.value.remedy


def test_a_share_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(LawError, match="LAW-02"):
        law_book().assuming({"progress.far_behind_below": "1/0"}, why="example").progress(HalfYear(2023, 1))


def test_realisation_progress_and_weeks_come_with_their_authority() -> None:
    realisation = law_book().realisation(HalfYear(2023, 1))
    progress = law_book().progress(HalfYear(2023, 1))
    weeks = law_book().process(date(2023, 1, 1))
    assert realisation.order is CountingOrder.BACKLOG_FIRST
    assert {citation.authority for citation in realisation.citations} == {
        Authority.PRACTICE,
        Authority.ASSUMPTION,
    }
    assert progress.months == 6
    assert [citation.authority.value for citation in progress.citations] == [
        "practice",
        "assumption",
        "assumption",
    ]
    assert (weeks.link_weeks, weeks.home_weeks, weeks.move_weeks) == (2, 10, 2)
    assert law_book().linking(date(2023, 1, 1)).reference_month == 4


def test_every_value_names_where_it_was_read() -> None:
    for value in law_book().values:
        assert value.source.startswith(("https://", "http://")), value.key
        assert value.checked_on <= date(2026, 12, 31)


def test_every_article_known_of_has_a_state_and_its_modules_exist() -> None:
    articles = coverage()
    assert {article["state"] for article in articles} == {"modelled", "partly", "not", "not needed"}
    for article in articles:
        is_in_code = article["state"] in {"modelled", "partly"}
        assert bool(article["where"]) is is_in_code, article
        for module in article["where"].split(", ") if article["where"] else []:
            floor, name = module.split(".")
            root = eenthuis.__path__[0]
            with open(f"{root}/{floor}/{name}.py", encoding="utf-8") as file:  # noqa: PTH123 - a namespace path is text
                assert file.read()
    assert len({(article["instrument"], article["article"]) for article in articles}) == len(articles)
