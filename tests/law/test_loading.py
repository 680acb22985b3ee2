"""A value without its paper does not load."""

from __future__ import annotations

from pathlib import Path

import pytest

from eenthuis.law.loading import from_folder, packaged, read_instrument, without_overlap
from eenthuis.terms.errors import LawError

VALUE = {
    "key": '"example.number"',
    "value": "1",
    "from": "2020-01-01",
    "until": "2020-12-31",
    "article": '"art. 1"',
    "authority": '"statute"',
    "source": '"https://example.org"',
    "checked_on": "2026-01-01",
}


def written(**changes: str | None) -> str:
    parts = {**VALUE, **{name.rstrip("_"): text for name, text in changes.items()}}
    lines = [f"{name} = {text}" for name, text in parts.items() if text is not None]
    return "\n".join(['[instrument]\ntitle = "Example Act"\n[[value]]', *lines])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(written(from_=None), "lacks from", id="no first day"),
        pytest.param(written(authority=None), "lacks authority", id="no authority"),
        pytest.param(written(source=None), "lacks source", id="no source"),
        pytest.param(written(source='" "'), "has no source", id="empty source"),
        pytest.param(written(checked_on=None), "lacks checked_on", id="no day of checking"),
        pytest.param(written(article=None), "lacks article", id="no article"),
        pytest.param(written(colour='"blue"'), "unknown parts colour", id="a part nobody knows"),
        pytest.param(
            written(authority='"hearsay"'), "has authority 'hearsay'", id="an authority nobody knows"
        ),
        pytest.param(written(until="2019-12-31"), "ends on 2019-12-31 before it begins", id="backwards"),
        pytest.param(written(from_='"2020"'), "has a day that is no date", id="a day as text"),
        pytest.param(
            written(from_="2020-01-01T00:00:00"), "has a day that is no date", id="a moment, not a day"
        ),
        pytest.param(written(value="[1]"), "neither text", id="a list"),
        pytest.param(written(value="nan"), "neither text", id="not a number"),
    ],
)
def test_malformed_values_name_file_and_key(text: str, said: str) -> None:
    with pytest.raises(LawError) as caught:
        read_instrument(text, file="nl/example.toml", place="nl")
    assert caught.value.code == "LAW-02"
    assert said in caught.value.message
    assert "example.number" in caught.value.message
    assert "nl/example.toml" in str(caught.value)


@pytest.mark.parametrize(("text", "said"), [("value = [", "not TOML"), ("[other]", r"no \[instrument\]")])
def test_malformed_files_are_named(text: str, said: str) -> None:
    with pytest.raises(LawError, match=said) as caught:
        read_instrument(text, file="nl/example.toml", place="nl")
    assert caught.value.code == "LAW-02"


@pytest.mark.parametrize("until", ["2020-12-31", None])
def test_overlaps_do_not_load(until: str | None) -> None:
    first = read_instrument(written(until=until), file="a.toml", place="nl")
    second = read_instrument(written(from_="2020-12-31", until=None), file="b.toml", place="nl")
    with pytest.raises(LawError, match="two values on 2020-12-31") as caught:
        without_overlap([*first, *second])
    assert caught.value.code == "LAW-03"


def test_touching_values_and_other_places_do_not_overlap() -> None:
    first = read_instrument(written(), file="a.toml", place="nl")
    second = read_instrument(written(from_="2021-01-01", until=None), file="b.toml", place="nl")
    elsewhere = read_instrument(written(), file="c.toml", place="utrecht")
    assert len(without_overlap([*first, *second, *elsewhere])) == 3


def test_decimals_stay_exact() -> None:
    (value,) = read_instrument(written(value="0.1"), file="a.toml", place="nl")
    assert str(value.value) == "0.1"


def test_the_packaged_instruments_load() -> None:
    assert {value.place for value in packaged()} >= {"nl", "utrecht", "noord-brabant"}


@pytest.mark.parametrize(("provinces", "places"), [([], {"nl"}), (["utrecht"], {"nl", "utrecht"})])
def test_a_province_is_a_folder_of_its_own(provinces: list[str], places: set[str], tmp_path: Path) -> None:
    for folder in ["nl", *(f"province/{name}" for name in provinces)]:
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "example.toml").write_text(written(), encoding="utf-8")
        (tmp_path / folder / "README.md").write_text("not an instrument", encoding="utf-8")
    if provinces:
        (tmp_path / "province" / "README.md").write_text("not a province", encoding="utf-8")
    assert {value.place for value in from_folder(tmp_path)} == places
