"""Draws people who wait for a residence document, centres and teams; invented, the same for the same seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from eenthuis.law import law_book
from eenthuis.law.documents import document_law, session_law
from eenthuis.reference import inhabitants, municipalities
from eenthuis.sessions.problem import CentreStop, Rules, SessionProblem, make_problem
from eenthuis.terms.documents import DeskCode, DocumentNumber, DocumentTeam, ResidenceDocument, TeamCode
from eenthuis.terms.people import CentreCode, HouseholdId
from eenthuis.terms.places import MunicipalityCode, Point

AS_OF = date(2026, 11, 2)
DESKS = {
    "Amsterdam": MunicipalityCode("GM0363"),
    "Den Haag": MunicipalityCode("GM0518"),
    "Den Bosch": MunicipalityCode("GM0796"),
    "Zwolle": MunicipalityCode("GM0193"),
}
SIZES = (46, 11, 11.5, 13, 10, 5, 2, 1.5)
"""Shares of households of 1 to 8 people, per cent."""

THERE_ALREADY, LACKS, LACKS_NUMBER = 0.6, 1 / 12, 0.7
"""Shares of documents that are there, of people who lack something, and of those who lack the citizen number too."""

ADULTS, FINGERPRINTS_FROM = 2, 6


@dataclass(frozen=True, slots=True)
class Size:
    """How large an instance is: people, centres, weeks, and staff and vans of each of the four desks."""

    people: int
    centres: int
    weeks: int
    staff: int
    vans: int
    seed: int = 1


def rules_for(weeks: int) -> Rules:
    """Return the rules as packaged, with a horizon of so many weeks."""
    book = law_book().assuming({"sessions.horizon_weeks": weeks}, why="size of the benchmark")
    return Rules(document_law(book, AS_OF), session_law(book, AS_OF), book.calendar(AS_OF))


def draw(size: Size) -> tuple[SessionProblem, Mapping[str, object]]:
    """Return an instance and its card.

    Centres stand in municipalities drawn by inhabitants and differ in size (lognormal, 0.6). Six in ten documents are
    there already, for up to 60 days; the others come within 80 days. Photos are 20 to 110 days older than the
    document; one in twelve people lacks something.
    """
    rng = np.random.Generator(np.random.PCG64(size.seed))
    places = _places(size.centres, rng)
    teams = [DocumentTeam(TeamCode(f"T-{name}"), DeskCode(name), size.staff, size.vans) for name in DESKS]
    points = {one.code: one.point for one in municipalities(AS_OF)}
    desks = {DeskCode(name): points[code] or Point(0, 0) for name, code in DESKS.items()}
    weights = rng.lognormal(0.0, 0.6, size.centres)
    documents: list[ResidenceDocument] = []
    household = 0
    while len(documents) < size.people:
        household += 1
        several = 1 + int(rng.choice(len(SIZES), p=np.array(SIZES) / sum(SIZES)))
        centre = places[int(rng.choice(size.centres, p=weights / weights.sum()))].code
        documents += _family(household, min(several, size.people - len(documents)), centre, rng)
    problem = make_problem(documents, places, teams, desks=desks, as_of=AS_OF, rules=rules_for(size.weeks))
    card = {
        "people": size.people,
        "households": household,
        "centres": size.centres,
        "weeks": size.weeks,
        "working_days": len(problem.days),
        "parties": len(problem.parties),
        "cannot_be_planned": len(problem.refused),
        "staff_a_day": 4 * size.staff,
        "vans_a_day": 4 * size.vans,
        "seed": size.seed,
    }
    return problem, card


def _places(centres: int, rng: np.random.Generator) -> list[CentreStop]:
    people = inhabitants(date(2026, 1, 1)).people
    known = [one for one in municipalities(AS_OF) if one.point is not None and one.code in people]
    weight = np.array([people[one.code] for one in known], float) ** 0.5
    drawn = rng.choice(len(known), size=centres, replace=False, p=weight / weight.sum())
    return [
        CentreStop(CentreCode(f"C-{known[i].code}"), known[i].point or Point(0, 0)) for i in sorted(drawn)
    ]


def _family(
    household: int, several: int, centre: CentreCode, rng: np.random.Generator
) -> list[ResidenceDocument]:
    ready = -int(rng.integers(0, 60)) if rng.random() < THERE_ALREADY else int(rng.integers(0, 80))
    photo = ready - int(rng.integers(20, 110))
    made = []
    for member in range(several):
        years = int(rng.integers(18, 60)) if member < ADULTS else int(rng.integers(0, 18))
        lacks = rng.random() < LACKS
        made.append(
            ResidenceDocument(
                DocumentNumber(f"D-{household:05d}-{member}"),
                HouseholdId(f"H-{household:05d}"),
                centre,
                ready_on=AS_OF + timedelta(days=ready),
                born_on=AS_OF - timedelta(days=365 * years + int(rng.integers(0, 365))),
                photo_on=AS_OF + timedelta(days=photo),
                fingerprints_on=AS_OF + timedelta(days=photo) if years >= FINGERPRINTS_FROM else None,
                has_citizen_number=not (lacks and rng.random() < LACKS_NUMBER),
                has_address=not lacks,
            )
        )
    return made
