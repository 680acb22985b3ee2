"""Dated values of the law with their paper, asked by day and place.

Every value names its authority, article, source and the day it was checked. A gap is an error when asked for; an
overlap does not load.
"""

from eenthuis.law.book import Book, law_book
from eenthuis.law.reception import CycleLaw, FigureRule, ReceptionLaw
from eenthuis.law.records import (
    CompositionLaw,
    CountingLaw,
    CountingOrder,
    LinkingLaw,
    ProcessLaw,
    ProgressLaw,
    RealisationLaw,
    ReferenceRule,
    ReorganisationRule,
    TargetLaw,
)
from eenthuis.law.supervision import InformationLaw, SubstitutionLaw, SupervisionLaw
from eenthuis.law.warning import WarningLaw

__all__ = [
    "Book",
    "CompositionLaw",
    "CountingLaw",
    "CountingOrder",
    "CycleLaw",
    "FigureRule",
    "InformationLaw",
    "LinkingLaw",
    "ProcessLaw",
    "ProgressLaw",
    "RealisationLaw",
    "ReceptionLaw",
    "ReferenceRule",
    "ReorganisationRule",
    "SubstitutionLaw",
    "SupervisionLaw",
    "TargetLaw",
    "WarningLaw",
    "law_book",
]
