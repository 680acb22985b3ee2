"""Information that a province asks for: obliged ("verplichte rapportage" or on request), or voluntary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from eenthuis.law.supervision import InformationLaw


class Ground(StrEnum):
    """What a systematic report rests on."""

    STATUTE = "statute"
    DECREE = "decree"
    ORDINANCE = "provincial-ordinance"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class InformationAsked:
    """What a province asks: once or systematically, on which ground, and whether that names the compensation."""

    asked_on: date
    term_weeks: int
    is_systematic: bool
    ground: Ground = Ground.NONE
    names_cost: bool = False


class Lacking(StrEnum):
    """Why a municipality is not obliged to give what is asked."""

    GROUND = "ground"
    COST = "cost"
    NO_DUTY = "no-duty"


@dataclass(frozen=True, slots=True)
class Obliged:
    """The municipality must give the information, by ``answer_by``."""

    answer_by: date


@dataclass(frozen=True, slots=True)
class Voluntary:
    """The municipality may give the information; ``lacking`` says what an obligation would need."""

    answer_by: date
    lacking: tuple[Lacking, ...]


def information(asked: InformationAsked, law: InformationLaw) -> Obliged | Voluntary:
    """Return whether a municipality must give what a province asks, and by when it was asked to answer.

    References
    ----------
    Gemeentewet, art. 118 (on request) and art. 120 (systematic: only on a ground in law, decree or provincial
    ordinance that names the compensation of cost).

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law = law_book().information(date(2025, 7, 1))
    >>> information(InformationAsked(date(2025, 7, 1), 4, is_systematic=False), law)
    Obliged(answer_by=datetime.date(2025, 7, 29))
    >>> information(InformationAsked(date(2025, 7, 1), 4, is_systematic=True), law).lacking[0].value
    'ground'
    """
    answer_by = asked.asked_on + timedelta(weeks=asked.term_weeks)
    lacking = _lacking(asked, law)
    return Voluntary(answer_by, lacking) if lacking else Obliged(answer_by)


def _lacking(asked: InformationAsked, law: InformationLaw) -> tuple[Lacking, ...]:
    if not asked.is_systematic:
        return () if law.on_request else (Lacking.NO_DUTY,)
    found = []
    if law.systematic_needs_ground and asked.ground is Ground.NONE:
        found.append(Lacking.GROUND)
    if law.systematic_names_cost and not asked.names_cost:
        found.append(Lacking.COST)
    return tuple(found)
