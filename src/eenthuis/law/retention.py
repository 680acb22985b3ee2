"""How many days each kind of record is kept after it ended, with where that comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from eenthuis.law.page import Page
from eenthuis.terms.law import Citation


class KindOfRecord(StrEnum):
    """The kinds of record that go after a time.

    ``HOUSEHOLD``: everything about a household, counted from the day it was signed off, left, or became part of others.
    ``DELIVERY``: what was sent to whom, counted from the day it arrived.
    ``PROOF_FOLDER``: the folder with which anyone can check a proposal, with a row per household under a number,
    counted from the day the proposal is of.
    ``LIST_FILE``: a file with a list, or one that was handed in and nobody came back for, counted from the day it was
    asked for.
    """

    HOUSEHOLD = "household"
    DELIVERY = "delivery"
    PROOF_FOLDER = "proof-folder"
    LIST_FILE = "list-file"


@dataclass(frozen=True, slots=True)
class RetentionLaw:
    """Days per kind of record, with the citation of each."""

    days: Mapping[KindOfRecord, int]
    citations: tuple[Citation, ...]


def retention_law(page: Page) -> RetentionLaw:
    """Read the days of every kind from a page of the law book."""
    days = {kind: page.whole(f"retention.{kind.value.replace('-', '_')}_days") for kind in KindOfRecord}
    return RetentionLaw(MappingProxyType(days), page.citations)
