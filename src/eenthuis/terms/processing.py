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
    LIST_HOMES = "list-homes"
    LIST_OFFERS = "list-offers"
    LIST_WORK = "list-work"
    LIST_PROPOSAL = "list-proposal"
    EXPORT_PROPOSAL = "export-proposal"
    EXPORT_LIST = "export-list"
    FIND_HOUSEHOLD = "find-household"
    MAKE_LETTER = "make-letter"
    READ_OWN_LETTER = "read-own-letter"
    LIST_DOCUMENTS = "list-documents"
    SHOW_DOCUMENT = "show-document"
    MAKE_INVITATION = "make-invitation"
    READ_JOURNAL = "read-journal"


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
_IND = "Vreemdelingenwet 2000, art. 9"
_DOCUMENT = ("reception centre", "what is known of the document", "appointment")
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
        Activity.LIST_HOMES: ProcessingActivity(
            "a home is listed with the household it is kept for, or that it may suit",
            "housing households that are linked",
            _MUNICIPALITY,
            ("number of persons", "needs of the home", "the home"),
        ),
        Activity.LIST_OFFERS: ProcessingActivity(
            "an offer of a home is listed with the household it was made to",
            "housing households that are linked",
            _MUNICIPALITY,
            ("the home", "how the offer ended"),
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
        Activity.EXPORT_LIST: ProcessingActivity(
            "a household stands in a file with a list",
            "working in lists",
            _COA,
            (*_COMPOSITION, "ties", "sign-off"),
        ),
        Activity.FIND_HOUSEHOLD: ProcessingActivity(
            "the number of a household is found by the search box",
            "opening the page of a household",
            _MUNICIPALITY,
            ("number of its file",),
        ),
        Activity.MAKE_LETTER: ProcessingActivity(
            "the letter for a household is shown to be printed, or a code is given for it",
            "telling a household where it will live",
            "AVG, art. 13 and 14",
            ("reception centre", "link", "reasons", "days by which something happens"),
        ),
        Activity.READ_OWN_LETTER: ProcessingActivity(
            "a household opens its own letter with its code",
            "telling a household where it will live",
            "AVG, art. 13 and 14",
            ("reception centre", "link", "reasons", "days by which something happens"),
        ),
        Activity.LIST_DOCUMENTS: ProcessingActivity(
            "a household stands in a list of residence documents or of a session",
            "handing out residence documents where people live",
            _IND,
            _DOCUMENT,
        ),
        Activity.SHOW_DOCUMENT: ProcessingActivity(
            "the page of one residence document is shown",
            "handing out residence documents where people live",
            _IND,
            (*_DOCUMENT, "birthday", "days of photo and fingerprints"),
        ),
        Activity.MAKE_INVITATION: ProcessingActivity(
            "the invitation for an appointment is shown or printed",
            "telling people when they get their residence document",
            "AVG, art. 13 and 14",
            ("reception centre", "appointment"),
        ),
        Activity.READ_JOURNAL: ProcessingActivity(
            "a line of the journal about a household is shown",
            "accounting for decisions",
            "AVG, art. 5, second paragraph",
            ("steps so far",),
        ),
    }
)
"""The register of processing activities."""
