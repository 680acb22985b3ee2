"""Proposals and certificates as files."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eenthuis.connect.instance_tables import Faults, read_sheet
from eenthuis.matching.problem import Problem
from eenthuis.terms.errors import InputError, Location


def write_proposal(
    path: Path, problem: Problem, assignment: NDArray[np.int64], reasons: Sequence[str]
) -> None:
    """Write one row per household: its place (empty = not linked) and the reason."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("household_id", "place_id", "reason"))
        for household, place, reason in zip(problem.households, assignment, reasons, strict=True):
            writer.writerow((household, problem.places[place] if place >= 0 else "", reason))


def read_proposal(path: Path, problem: Problem) -> NDArray[np.int64]:
    """Return the place of each household (H, -1 = none); households without a row are not linked.

    Raises
    ------
    InputErrors
        Unknown or repeated households and unknown places, with row and column.
    """
    faults = Faults()
    sheet = read_sheet(path, ("household_id", "place_id"), faults)
    rows = {name: row for row, name in enumerate(problem.households)}
    columns = {name: column for column, name in enumerate(problem.places)}
    assignment = np.full(len(rows), -1, np.int64)
    seen: set[str] = set()
    for number, (household, place) in sheet.cells("household_id", "place_id"):
        if household not in rows:
            faults.add(
                "LNK-01", "this household is not in the instance", sheet, number, "household_id", household
            )
            continue
        if household in seen:
            faults.add("INP-03", "this household appears twice", sheet, number, "household_id", household)
        seen.add(household)
        if place and place not in columns:
            faults.add("LNK-01", "this place is not in the instance", sheet, number, "place_id", place)
        elif place:
            assignment[rows[household]] = columns[place]
    faults.stop()
    return assignment


def write_certificate(path: Path, document: Mapping[str, object]) -> None:
    """Write a certificate as JSON; numbers keep every digit."""
    path.write_text(json.dumps(document, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def read_certificate(path: Path) -> Mapping[str, object]:
    """Read a certificate.

    Raises
    ------
    InputError
        INP-07 when it is missing, INP-05 when it is not JSON.
    """
    where = Location(file=str(path))
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as wrong:
        raise InputError(
            "INP-07", "there is no certificate", remedy="Give its path.", location=where
        ) from wrong
    except (UnicodeDecodeError, json.JSONDecodeError) as wrong:
        raise InputError(
            "INP-05", "the certificate is not JSON", remedy="Write it again with link solve.", location=where
        ) from wrong
    if not isinstance(document, dict):
        raise InputError(
            "INP-05",
            "the certificate is no JSON object",
            remedy="Write it again with link solve.",
            location=where,
        )
    return document
