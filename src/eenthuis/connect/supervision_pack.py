"""The table pack for the steering table of a province ("regietafel"): an accessible PDF, the same every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eenthuis.connect.composition_report import day_in_words
from eenthuis.connect.typst_pdf import pdf

STATE_COLUMNS = (
    "Gemeente", "Netto", "Achterstand", "Gecorrigeerd", "Gehuisvest", "Gekoppeld", "Verwacht tekort", "Kans",
)  # fmt: skip
READ_COLUMNS = ("Gemeente", "Oordeel", "Tekort", "Trede", "Antwoord voor")
AGREED_COLUMNS = ("Gemeente", "Afspraak", "Uiterlijk", "Stand")
TALKED_COLUMNS = ("Gemeente", "Dag", "Wat")


@dataclass(frozen=True, slots=True)
class PackInput:
    """What a pack is made from: rows of text per table, in the order in which they are discussed.

    ``states`` follow :data:`STATE_COLUMNS`, ``readings`` :data:`READ_COLUMNS`, ``agreements`` :data:`AGREED_COLUMNS`
    and ``talks`` :data:`TALKED_COLUMNS`; an empty table is left out and said to be empty.
    """

    province: str
    half_year: str
    day: date
    read_on: date
    states: Sequence[Sequence[str]]
    readings: Sequence[Sequence[str]]
    agreements: Sequence[Sequence[str]]
    talks: Sequence[Sequence[str]]
    assumptions: Sequence[str]


def table_pack(made: PackInput) -> bytes:
    """Return the pack as PDF/UA-1; the same input gives the same bytes."""
    return pdf("sections", _document(made), day=made.day)


def _document(made: PackInput) -> dict[str, object]:
    day, title = day_in_words(made.day), f"Regietafel {made.province} {made.half_year}"
    return {
        "title": title,
        "author": "Eenthuis",
        "description": f"Taakstelling, voortgang, waarschuwing en afspraken per gemeente in {made.province} op {day}",
        "language": "nl",
        "footer": f"{title} · stand aan het begin van {day}",
        "paragraphs": [
            (
                f"Per gemeente in {made.province}: de taakstelling van {made.half_year}, wat is gehuisvest, de kans "
                "dat de taakstelling wordt gehaald, het laatste oordeel en de afspraken. Wie het eerst gesproken moet "
                "worden, staat bovenaan."
            ),
            "Aantallen zijn mensen; een voorsprong staat met een min. Een kans verandert niemands trede.",
            "Aannames, in geen bron gevonden: " + "; ".join(made.assumptions) + ".",
        ],
        "sections": [
            _section("De stand en de kans", f"Stand op {day}", STATE_COLUMNS, made.states),
            _section(
                "Het laatste oordeel", f"Gelezen op {day_in_words(made.read_on)}", READ_COLUMNS, made.readings
            ),
            _section("Afspraken", "Plannen en mijlpalen", AGREED_COLUMNS, made.agreements),
            _section("Laatste contacten", "Per gemeente het nieuwste contact", TALKED_COLUMNS, made.talks),
        ],
    }


def _section(
    title: str, caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> dict[str, object]:
    return {
        "title": title,
        "paragraphs": [] if rows else ["Er is hiervan niets vastgelegd."],
        "tables": [{"caption": caption, "columns": list(columns), "rows": [list(row) for row in rows]}]
        if rows
        else [],
    }
