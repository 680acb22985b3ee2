"""The monthly report: an accessible PDF, a workbook and tables, made once and kept as they were sent."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.test import Client
from programs import environment, finish, start
from small_country import COA

from eenthuis.cli.main import main
from eenthuis.connect import composition_words
from eenthuis.connect.typst_pdf import pdf
from eenthuis.services.composing import month_files, publish
from eenthuis.terms.errors import SetupError
from eenthuis.web import composition_words as page_words
from eenthuis.web.wording import REGIONS

MONTH = date(2026, 3, 1)
STEM = "gezinssamenstelling-2026-03"
VALUES = {
    "title": "Proef met #let en *ster*",
    "author": "Eenthuis",
    "description": "een proef",
    "language": "nl",
    "footer": "voet",
    "paragraphs": ["Een alinea."],
    "sections": [
        {
            "title": "Deel",
            "paragraphs": ["Nog een alinea."],
            "tables": [{"caption": "Tabel", "columns": ["Plaats", "Aantal"], "rows": [["Utrecht", "12"]]}],
        }
    ],
}


def tags(node: object) -> list[str]:
    """The structure of a document, in reading order."""
    found = []
    held = node.get_object() if isinstance(node, pypdf.generic.IndirectObject) else node
    if isinstance(held, pypdf.generic.DictionaryObject):
        if "/S" in held:
            found.append(str(held["/S"]))
        found += tags(held.get("/K"))
    elif isinstance(held, pypdf.generic.ArrayObject):
        for one in held:
            found += tags(one)
    return found


def held_by(content: bytes) -> pypdf.PdfReader:
    """A document whose structure is that of PDF/UA-1."""
    document = pypdf.PdfReader(io.BytesIO(content))
    root: Any = document.root_object
    assert str(root["/Lang"]) == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", root["/Metadata"].get_object().get_data())
    assert document.metadata is not None
    assert document.metadata.title
    found = tags(root["/StructTreeRoot"])
    assert {"/Document", "/H1", "/P", "/Table", "/TR", "/TH", "/TD"} <= set(found)
    return document


def test_a_pdf_is_tagged_and_the_same_every_time_and_takes_text_as_text() -> None:
    made = pdf("sections", VALUES, day=MONTH)
    assert made == pdf("sections", VALUES, day=MONTH)
    document = held_by(made)
    assert document.metadata is not None
    assert document.metadata.title == "Proef met #let en *ster*"
    assert "Proef met #let en *ster*" in document.pages[0].extract_text()


def test_a_template_that_is_not_there_is_named() -> None:
    with pytest.raises(SetupError, match="SET-03"):
        pdf("nergens", VALUES, day=MONTH)


def test_files_and_pages_use_the_same_words() -> None:
    for name in ("STAGES", "CHARACTERISTICS"):
        words = {key: str(value) for key, value in getattr(page_words, name).items()}
        assert getattr(composition_words, name) == words
    assert {
        kind: {key: str(value) for key, value in words.items()}
        for kind, words in page_words.CATEGORIES.items()
    } == composition_words.CATEGORIES
    assert {key: str(value) for key, value in REGIONS.items()} == composition_words.REGIONS


@pytest.mark.django_db
def test_the_report_is_made_with_the_publication_and_kept(proposal: int) -> None:
    assert proposal
    assert publish(actor=COA, month=MONTH)
    files = month_files(actor=COA, month=MONTH)
    assert sorted(files) == sorted([f"{STEM}.pdf", f"{STEM}.xlsx", f"{STEM}.csv", f"{STEM}-excel.csv"])
    document = held_by(files[f"{STEM}.pdf"])
    text = "".join(page.extract_text() for page in document.pages)
    assert "Gezinssamenstelling maart 2026" in text
    assert "Utrecht" in text
    rows = list(csv.DictReader(io.StringIO(files[f"{STEM}.csv"].decode())))
    shown = Client().get("/gezinssamenstelling/cijfers.csv").content.decode()
    counts = [(row["place"], row["category"], row["count"]) for row in csv.DictReader(io.StringIO(shown))]
    assert [(row["place"], row["category"], row["count"]) for row in rows] == counts
    assert not [row for row in rows if row["count"] in {"1", "2", "3", "4"}]
    with zipfile.ZipFile(io.BytesIO(files[f"{STEM}.xlsx"])) as book:
        assert sum(name.startswith("xl/worksheets/sheet") for name in book.namelist()) == 3
    answer = Client().get(f"/gezinssamenstelling/2026-03/{STEM}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == files[f"{STEM}.pdf"]
    assert Client().get("/gezinssamenstelling/2026-03/geheim.pdf").status_code == 404


@pytest.mark.parametrize(
    ("month", "code"), [("maart", "INP-01"), ("2026-13", "INP-01"), ("2999-01", "INP-06")]
)
def test_the_command_refuses_a_month_that_cannot_be(
    month: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["composition", "report", "--month", month, "--out", str(tmp_path / "out")]) == 2
    assert code in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_command_writes_the_files_of_a_month_and_names_one_with_nobody(
    own_database: str, tmp_path: Path
) -> None:
    where = environment(own_database)
    finish(start(where, "prepare"))
    command = [sys.executable, "-m", "eenthuis.cli.main", "composition", "report", "--out", str(tmp_path)]
    empty = subprocess.run(
        [*command, "--month", "2020-01"], env=where, capture_output=True, text=True, check=False
    )
    assert empty.returncode == 2
    assert "INP-06" in empty.stderr
    for said in ("published now", "published before"):
        done = subprocess.run(
            [*command, "--month", "2026-03"], env=where, capture_output=True, text=True, check=True
        )
        assert said in done.stderr
        assert len(done.stdout.split()) == 4
    assert (tmp_path / f"{STEM}.pdf").read_bytes().startswith(b"%PDF")
    tried = [sys.executable, "-m", "eenthuis.cli.main", "composition", "attack", "--format", "json"]
    attacked = subprocess.run(tried, env=where, capture_output=True, text=True, check=True)
    assert json.loads(attacked.stdout) == {"rows": []}
    assert "1 months" in attacked.stderr
    late = subprocess.run(
        [*command, "--month", "2026-02"], env=where, capture_output=True, text=True, check=False
    )
    assert late.returncode == 2
    assert "STA-01" in late.stderr
