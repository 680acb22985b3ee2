"""Measures with the planner of sessions what the policy lab takes for residence documents handed out in centres.

    python benchmarks/lab_documents.py [--seeds N]

For every seed it draws the invented national instance of ``documents_instance.py`` (20,000 people, 60 centres, 12
weeks, four desks with 12 staff and 3 vans each), plans it, and holds the plan beside desks only. Printed are days from
card to appointment at the nearest desk and in the centre, with the same staff, and kilometres of people to desks and of
teams, each per person with an appointment. The parameters ``desk_days``, ``centre_days``, ``desk_kilometres`` and
``team_kilometres`` of the policy lab are those of seed 1.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from fractions import Fraction

import numpy as np

from bench_documents import NATIONAL
from documents_instance import AS_OF, DESKS, draw
from eenthuis.reference.desks import ind_desks, point_of
from eenthuis.sessions.measures import Measures, measure
from eenthuis.sessions.planning import plan_sessions
from eenthuis.terms.documents import DeskCode, DeskKind

COLUMNS = ("seed", "people", "desk_days", "centre_days", "desk_kilometres", "team_kilometres")
KILOMETRE = 1000


def measured(seed: int) -> Measures:
    """Return what the plan of a drawn instance saves beside the four desks of the IND that its teams are of."""
    problem, _ = draw(replace(NATIONAL, seed=seed))
    plan = plan_sessions(problem, np.random.Generator(np.random.PCG64(1)))
    stands = {one.municipality: one for one in ind_desks() if one.kind is DeskKind.IND and one.is_open(AS_OF)}
    desks = [replace(stands[place], code=DeskCode(name)) for name, place in DESKS.items()]
    points = {desk.code: point_of(desk.municipality) for desk in desks}
    documents = {one.number: one for party in problem.parties for one in party.documents}
    found = measure(problem, plan, documents, desks, points)
    if found is None:
        message = "no desk is open"
        raise RuntimeError(message)
    return found


def row(seed: int) -> tuple[object, ...]:
    """Return the figures of a seed, in the order of :data:`COLUMNS`."""
    found = measured(seed)

    def each(metres: int) -> str:
        return f"{float(Fraction(metres, found.people * KILOMETRE)):.2f}"

    days = (found.desk_waits.mean_days, found.waits.mean_days)
    return (
        seed, found.people, *(f"{float(one or 0):.1f}" for one in days), each(found.desk_metres),
        each(found.team_metres),
    )  # fmt: skip


def main() -> None:
    """Print a row per seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    print(",".join(COLUMNS))
    for seed in range(1, parser.parse_args().seeds + 1):
        print(",".join(map(str, row(seed))), flush=True)


if __name__ == "__main__":
    main()
