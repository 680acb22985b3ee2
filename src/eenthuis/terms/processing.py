"""Processing activities ("verwerkingsactiviteiten") in which a household's record is shown or handed out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Activity(StrEnum):
    """The activities; :data:`ACTIVITIES` says what each is for."""

    SHOW_HOUSEHOLD = "show-household"
    EXPLAIN_HOUSEHOLD = "explain-household"
    LIST_MEMBERS = "list-members"
    LIST_LINKED = "list-linked"
    LIST_WORK = "list-work"
    LIST_PROPOSAL = "list-proposal"
    EXPORT_PROPOSAL = "export-proposal"


@dataclass(frozen=True, slots=True)
class ProcessingActivity:
    """One row of the register: what is done, for what, on which ground, and with which fields of a household."""

    meaning: str
    purpose: str
    ground: str
    fields: tuple[str, ...]


_COMPOSITION = ("number of persons", "number of children", "reception centre", "needs of the home")
_COA = "Wet COA, art. 3, first paragraph, under d"
_MUNICIPALITY = "Huisvestingswet 2014, art. 28; Wet COA, art. 3, first paragraph, under d"
ACTIVITIES: Mapping[Activity, ProcessingActivity] = MappingProxyType(
    {
        Activity.SHOW_HOUSEHOLD: ProcessingActivity(
            "the page of one household is shown",
            "deciding on a link, and housing a household that is linked",
            _MUNICIPALITY,
            (*_COMPOSITION, "joining relatives", "ties", "steps so far"),
        ),
        Activity.EXPLAIN_HOUSEHOLD: ProcessingActivity(
            "the explanation of a proposed place is shown",
            "judging what the engine proposes",
            _COA,
            (*_COMPOSITION, "ties"),
        ),
        Activity.LIST_MEMBERS: ProcessingActivity(
            "the members of a household are listed so that it can be split",
            "keeping households as they live together",
            _COA,
            ("birth year", "adult or child"),
        ),
        Activity.LIST_LINKED: ProcessingActivity(
            "a household stands in the list of a municipality it is linked to",
            "housing households that are linked",
            _MUNICIPALITY,
            _COMPOSITION,
        ),
        Activity.LIST_WORK: ProcessingActivity(
            "a household stands in a list of open work",
            "keeping to the terms between permit and key",
            _MUNICIPALITY,
            ("number of persons", "days left"),
        ),
        Activity.LIST_PROPOSAL: ProcessingActivity(
            "a household stands in the list of a proposal",
            "judging what the engine proposes",
            _COA,
            _COMPOSITION,
        ),
        Activity.EXPORT_PROPOSAL: ProcessingActivity(
            "a household stands in a file with the list of a proposal",
            "judging what the engine proposes",
            _COA,
            _COMPOSITION,
        ),
    }
)
"""The register of processing activities."""
