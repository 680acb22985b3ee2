"""The one reader of tables: what it accepts, and what it says about everything else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eenthuis.connect.tables import Row, Table, code, day, half_year, read_table, whole_number
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, ReferenceFactError
from eenthuis.terms.half_year import HalfYear

GOOD = "code,inhabitants\nGM0344,361966\nGM1680,25445\n"
EXPECTED = [("GM0344", 361966), ("GM1680", 25445)]


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "people.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path) -> Table:
    return read_table(
        path,
        columns=("code", "inhabitants"),
        optional=("note",),
        kinds={"code": code, "inhabitants": whole_number},
        unique=("code",),
    )


def pairs(table: Table) -> list[tuple[str, int]]:
    return list(table.each(lambda row: (code(row), whole_number(row, "inhabitants"))))


def refused(path: Path) -> tuple[EenthuisError, ...]:
    with pytest.raises(InputError) as caught:
        read(path)
    return caught.value.errors if isinstance(caught.value, InputErrors) else (caught.value,)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(GOOD, id="plain"),
        pytest.param(b"\xef\xbb\xbf" + GOOD.encode(), id="utf-8 with mark"),
        pytest.param(GOOD.encode("utf-16"), id="utf-16 with mark"),
        pytest.param(b"\xfe\xff" + GOOD.encode("utf-16-be"), id="utf-16 big end first"),
        pytest.param(GOOD.replace(",", ";"), id="semicolons"),
        pytest.param("sep=;\r\n" + GOOD.replace(",", ";"), id="semicolons with the Excel hint"),
        pytest.param(GOOD.replace(",", "\t"), id="tabs"),
        pytest.param(GOOD.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(GOOD.replace("code,inhabitants", " Code , INHABITANTS "), id="case and spaces"),
        pytest.param(
            '"code","inhabitants"\n"GM0344  ","361966"\n"GM1680  ","   25445"\n', id="padded, quoted"
        ),
        pytest.param("\n" + GOOD + "\n,\n", id="blank rows"),
        pytest.param("code,inhabitants,,\nGM0344,361966,,\nGM1680,25445,,\n", id="empty columns at the end"),
        pytest.param("inhabitants,code\n361966,gm0344\n25445,1680\n", id="other order, codes in short"),
        pytest.param(GOOD.removesuffix("\n"), id="no line end at the end"),
    ],
)
def test_the_same_table_in_many_dresses(tmp_path: Path, content: str | bytes) -> None:
    assert pairs(read(write(tmp_path, content))) == EXPECTED


@pytest.mark.parametrize(
    ("content", "codes", "row", "column", "value", "told"),
    [
        pytest.param("", ["INP-02", "INP-02"], 1, "code", "", "must name code, inhabitants", id="empty file"),
        pytest.param("code,inhabitants\n", ["INP-04"], None, "", "", "at least one row", id="header only"),
        pytest.param("code\nGM0344\n", ["INP-02"], 1, "inhabitants", "", "missing", id="missing column"),
        pytest.param(
            "code,inhabitants,colour\nGM0344,1,red\n",
            ["INP-02"],
            1,
            "colour",
            "",
            "Leave it out",
            id="unknown column",
        ),
        pytest.param(
            "code,inhabitants,notes\nGM0344,1,x\n",
            ["INP-02"],
            1,
            "notes",
            "",
            "Did you mean 'note'?",
            id="misspelt column",
        ),
        pytest.param(
            "code,inhabitants,Code\nGM0344,1,GM0344\n",
            ["INP-02"],
            1,
            "code",
            "",
            "twice",
            id="doubled column",
        ),
        pytest.param(
            "code,inhabitants\nGM0344\n",
            ["INP-02"],
            2,
            "",
            "",
            "1 cells where the header names 2",
            id="short row",
        ),
        pytest.param("code,inhabitants\nGM0344,1,2\n", ["INP-02"], 2, "", "", "3 cells", id="long row"),
        pytest.param(
            GOOD + "344,1\n", ["INP-03"], 4, "code", "344", "row 2 and again in row 4", id="repeated code"
        ),
        pytest.param(GOOD + ",1\n", ["INP-04"], 4, "code", "", "GM0344", id="missing code"),
        pytest.param(
            GOOD + "Utrecht,1\n", ["INP-01"], 4, "code", "Utrecht", "four digits", id="a name for a code"
        ),
        pytest.param(GOOD + "GM0001,-1\n", ["INP-06"], 4, "inhabitants", "-1", "0 or more", id="negative"),
        pytest.param(
            GOOD + "GM0001,1.234\n",
            ["INP-01"],
            4,
            "inhabitants",
            "1.234",
            "thousands signs: 1234",
            id="thousands point",
        ),
        pytest.param(
            GOOD + "GM0001,1 234\n", ["INP-01"], 4, "inhabitants", "1 234", "1234", id="thousands space"
        ),
        pytest.param(
            GOOD + 'GM0001,"12,5"\n',
            ["INP-01"],
            4,
            "inhabitants",
            "12,5",
            "without decimals",
            id="decimal comma",
        ),
        pytest.param(
            GOOD + "GM0001,12.5\n",
            ["INP-01"],
            4,
            "inhabitants",
            "12.5",
            "without decimals",
            id="decimal point",
        ),
        pytest.param(GOOD + "GM0001,\n", ["INP-01"], 4, "inhabitants", "", "missing", id="no number"),
        pytest.param(
            GOOD + "GM0001,many\n", ["INP-01"], 4, "inhabitants", "many", "digits only", id="a word"
        ),
        pytest.param(
            GOOD + "GM0001,\u0663\n",
            ["INP-01"],
            4,
            "inhabitants",
            "\u0663",
            "digits only",
            id="Arabic digits",
        ),
        pytest.param(
            GOOD + f"GM0001,{'9' * 5000}\n",
            ["INP-06"],
            4,
            "inhabitants",
            "9" * 5000,
            "18 digits",
            id="5,000 digits",
        ),
        pytest.param(
            GOOD + 'GM0001,"1\n', ["INP-01"], 4, "", "", "Close every quotation mark", id="open quote"
        ),
        pytest.param(
            GOOD + "GM0001,x\nUtrecht,y\n",
            ["INP-01", "INP-01", "INP-01"],
            4,
            "inhabitants",
            "x",
            "row 5",
            id="all at once",
        ),
    ],
)
def test_what_is_wrong_is_told_with_row_column_value_and_remedy(
    tmp_path: Path, content: str, codes: list[str], row: int | None, column: str, value: str, told: str
) -> None:
    errors = refused(write(tmp_path, content))
    assert [error.code for error in errors] == codes
    place = errors[0].location
    assert place is not None
    assert (place.file, place.row, place.column, place.value) == ("people.csv", row, column, value)
    assert told in "\n".join(str(error) for error in errors)
    assert all(error.remedy for error in errors)


def test_repeats_and_unreadable_cells_are_told_together_in_order_of_row(tmp_path: Path) -> None:
    found = refused(write(tmp_path, "code,inhabitants\nGM0344,1\nUtrecht,2\n344,3\nGM0001,x\n"))
    places = [(error.code, error.location.row if error.location else None) for error in found]
    assert places == [("INP-01", 3), ("INP-03", 4), ("INP-01", 5)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(
            "code;note;inhabitants\nGM1900;Súdwest-Fryslân;1\n".encode("cp1252"),
            "row 2, column 'note', value 'Súdwest-Fryslân'",
            id="Windows-1252",
        ),
        pytest.param(b"PK\x03\x04rest of a workbook", "workbook", id="workbook"),
        pytest.param(GOOD.encode("utf-16-le"), "zero bytes", id="utf-16 without mark"),
        pytest.param(GOOD.encode("utf-16")[:-1], "UTF-16", id="utf-16 cut off"),
        pytest.param(b"\xff\xfe\x00", "not UTF-16", id="a mark and half a letter"),
        pytest.param(b"caf\xe9", "row 1", id="one word, one row"),
    ],
)
def test_another_encoding_is_refused_not_guessed(tmp_path: Path, content: bytes, told: str) -> None:
    (error,) = refused(write(tmp_path, content))
    assert error.code == "INP-05"
    assert told in str(error)
    assert "CSV UTF-8" in error.remedy


@pytest.mark.parametrize("name", ["nothing.csv", "."])
def test_a_file_that_cannot_be_opened(tmp_path: Path, name: str) -> None:
    (error,) = refused(tmp_path / name)
    assert error.code == "INP-07"


def test_other_columns_may_be_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "code,name,net_target\nGM0344,Utrecht,439\n")
    table = read_table(path, columns=("code",), other_columns=True)
    assert table.columns == ("code", "name", "net_target")
    assert table.rows[0]["name"] == "Utrecht"


def test_a_header_alone_is_fine_when_allowed(tmp_path: Path) -> None:
    path = write(tmp_path, "code,inhabitants\n")
    assert read_table(path, columns=("code", "inhabitants"), may_be_empty=True).rows == ()


def test_an_empty_cell_of_an_optional_column_is_fine(tmp_path: Path) -> None:
    path = write(tmp_path, "code,week\nGM0344,\nGM1680,2\n")
    table = read_table(path, columns=("code",), optional=("week",), kinds={"week": whole_number})
    assert [row["week"] for row in table.rows] == ["", "2"]


def test_a_column_the_table_lacks_reads_as_empty(tmp_path: Path) -> None:
    assert read(write(tmp_path, GOOD)).rows[0]["note"] == ""


def test_two_columns_together_may_be_the_key(tmp_path: Path) -> None:
    kinds = {"code": code, "half_year": half_year}
    columns = ("code", "half_year")
    good = write(tmp_path, "code,half_year\nGM0344,2023-I\nGM0344,2023-II\n")
    table = read_table(good, columns=columns, kinds=kinds, unique=columns)
    assert table.each(half_year) == (HalfYear(2023, 1), HalfYear(2023, 2))
    twice = write(tmp_path, "code,half_year\nGM0344,2023-I\nGM0344,2023-1\n")
    with pytest.raises(InputErrors, match="GM0344, 2023-I stands in row 2 and again in row 3"):
        read_table(twice, columns=columns, kinds=kinds, unique=columns)


def test_each_gathers_the_errors_of_all_rows(tmp_path: Path) -> None:
    table = read(write(tmp_path, GOOD))

    def fail(row: Row) -> int:
        if row["code"] == "GM0344":
            raise InputErrors(
                (InputError("INP-01", "one", remedy="a"), InputError("INP-06", "two", remedy="b"))
            )
        raise ReferenceFactError("REF-01", "three", remedy="c")

    with pytest.raises(InputErrors) as caught:
        table.each(fail)
    assert [error.code for error in caught.value.errors] == ["INP-01", "INP-06", "REF-01"]


@pytest.mark.parametrize(
    ("reader", "cell", "expected"),
    [
        (lambda row: day(row, "cell"), "2022-03-24", date(2022, 3, 24)),
        (lambda row: half_year(row, "cell"), "2022-ii", HalfYear(2022, 2)),
        (lambda row: whole_number(row, "cell", -5), "-5", -5),
        (lambda row: code(row, "cell"), "14", "GM0014"),
    ],
)
def test_typed_cells(reader: Callable[[Row], object], cell: str, expected: object) -> None:
    assert reader(Row("f.csv", 2, {"cell": cell})) == expected


@pytest.mark.parametrize(
    ("reader", "cell"),
    [
        (lambda row: day(row, "cell"), "24-03-2022"),
        (lambda row: day(row, "cell"), ""),
        (lambda row: half_year(row, "cell"), "2022-III"),
    ],
)
def test_typed_cells_that_cannot_be_read(reader: Callable[[Row], object], cell: str) -> None:
    with pytest.raises(InputError) as caught:
        reader(Row("f.csv", 7, {"cell": cell}))
    assert caught.value.code == "INP-01"
    assert caught.value.location is not None
    assert (caught.value.location.row, caught.value.location.value) == (7, cell)


tables = st.dictionaries(
    st.integers(1, 9999).map(lambda n: f"GM{n:04d}"),
    st.tuples(
        st.integers(0, 10**17), st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=9)
    ),
    min_size=1,
    max_size=20,
)


@given(
    content=tables,
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_program_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    content: dict[str, tuple[int, str]],
    delimiter: str,
    encoding: str,
    line_end: str,
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(["code", "inhabitants", "note"])
    writer.writerows([name, people, note] for name, (people, note) in content.items())
    path = tmp_path_factory.mktemp("round") / "t.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    table = read(path)
    assert table.each(lambda row: (code(row), whole_number(row, "inhabitants"), row["note"])) == tuple(
        (name, people, note.strip()) for name, (people, note) in content.items()
    )
