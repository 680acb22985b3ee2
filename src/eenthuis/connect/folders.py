"""A solved problem as a zip that anyone can check: the instance folder, the proposal and its certificate."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from eenthuis.connect.instances import write_instance
from eenthuis.connect.proposals import write_certificate, write_proposal
from eenthuis.matching import Problem, Solution
from eenthuis.matching.certificate import certificate_document
from eenthuis.matching.wording import reason_codes

PROPOSAL, CERTIFICATE = "proposal.csv", "certificate.json"
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""Every file in the zip bears this moment, so that the same proposal gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The zip, and the certificate in it."""

    archive: bytes
    certificate: Mapping[str, object]


def packed(problem: Problem, solution: Solution, *, notes: Mapping[str, str | float]) -> Folder:
    """Return a problem with its solution as a zip; households bear numbers in their order instead of names.

    Overrides stand in the certificate without the words in which someone gave the reason.
    """
    numbered = replace(
        problem, households=tuple(f"h{number:06d}" for number in range(1, len(problem.households) + 1))
    )
    number = dict(zip(problem.households, numbered.households, strict=True))
    plain = replace(
        solution.certificate,
        overrides=tuple(
            replace(one, household=number[one.household], reason="") for one in solution.certificate.overrides
        ),
    )
    certificate = certificate_document(numbered, plain)
    reasons = reason_codes(numbered, solution.assignment, plain)
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where)
        write_instance(numbered, folder, notes=notes)
        write_proposal(folder / PROPOSAL, numbered, solution.assignment, reasons)
        write_certificate(folder / CERTIFICATE, certificate)
        return Folder(_zipped(folder), certificate)


def _zipped(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.writestr(
                zipfile.ZipInfo(path.name, FIRST_MOMENT), path.read_bytes(), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()
