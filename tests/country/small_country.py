"""A small invented country, and a program that acts in it: the tests race it, stop it and kill it."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from eenthuis.terms.access import Actor, Role
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.homes import Home, HomeId, HomeKind
from eenthuis.terms.linking import Goal, LinkingProposal, ProofSummary, ProposedLink, Reason
from eenthuis.terms.people import CentreCode, Household, HouseholdId, Member, ReceptionCentre, Sex
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode
from eenthuis.terms.targets import Announcement, AnnouncementStatus

TODAY = date(2026, 3, 3)
HALF_YEAR = HalfYear(2026, 1)
BEFORE = HalfYear(2025, 2)
MINISTRY = Actor("ministerie", Role.MINISTRY)
COA = Actor("coa", Role.COA)
OTHER_OFFICER = Actor("coa-2", Role.COA)
AUDITOR = Actor("auditor", Role.AUDITOR)
ISLAND = MunicipalityCode("GM0060")
UTRECHT = MunicipalityCode("GM0344")
OF_ISLAND = Actor("gemeente-ameland", Role.MUNICIPALITY, ISLAND, ProvinceCode("PV21"))
OF_UTRECHT = Actor("gemeente-utrecht", Role.MUNICIPALITY, UTRECHT, ProvinceCode("PV26"))
CENTRE = ReceptionCentre(CentreCode("OL-001"), "Opvanglocatie Voorbeeld", UTRECHT, 300)


def announcement(
    half_year: HalfYear, people: int, *, replaces: str | None = None, rank: int = 1
) -> Announcement:
    return Announcement(
        identifier=f"{half_year}/{rank}",
        half_year=half_year,
        people=people,
        announced_on=date(2025, 9, 1),
        status=AnnouncementStatus.ENTERED,
        source="example",
        replaces=replaces,
    )


def household(number: int, size: int) -> Household:
    members = tuple(Member(1990 + place, Sex.UNKNOWN, place < 2) for place in range(size))
    return Household(
        identifier=HouseholdId(f"PE-{number:06d}"),
        members=members,
        permit_on=date(2025, 10, 1),
        centre=CENTRE.code,
        region=LinkingRegion.CENTRE,
    )


def home_in(
    municipality: MunicipalityCode, *, largest: int = 4, is_accessible: bool = True, owner: str = ""
) -> Home:
    return Home(
        identifier=HomeId(""),
        municipality=municipality,
        owner=owner,
        kind=HomeKind.SOCIAL_RENT,
        rooms=3,
        largest_household=largest,
        is_accessible=is_accessible,
        available_from=TODAY,
    )


def proposal_of(links: list[tuple[Household, MunicipalityCode | None]]) -> LinkingProposal:
    proof = ProofSummary(Goal.HOUSED_THEN_SCORE, 1.0, 1.0, 0.0, len(links), len(links), 9, 9, 0.1, 1)
    return LinkingProposal(
        as_of=TODAY,
        links=tuple(
            ProposedLink(who.identifier, who.persons, where, 1.0, (Reason("soft:region", 0.5),), ())
            for who, where in links
        ),
        proof=proof,
        prices={},
    )


def prepare() -> int:
    """Fill the tables: two half-years, a centre, six households and a proposal; return its number."""
    from eenthuis.services.targets import announce
    from eenthuis.store import people, proposals

    announce(actor=MINISTRY, announcement=announcement(BEFORE, 13_000), today=TODAY)
    announce(actor=MINISTRY, announcement=announcement(HALF_YEAR, 15_000), today=TODAY)
    people.save_centres([CENTRE])
    everyone = [household(number, size) for number, size in enumerate((1, 2, 3, 4, 5, 7), start=1)]
    people.save_households(everyone)
    places: list[MunicipalityCode | None] = [UTRECHT, UTRECHT, ISLAND, ISLAND, ISLAND, None]
    made = proposal_of(list(zip(everyone, places, strict=True)))
    return proposals.save_proposal(made, half_year=HALF_YEAR, made_by=COA.name)


def confirm(proposal: int, names: list[str], officer: str, pause: str) -> None:
    """Confirm as an officer; with a file to pause on, wait between writing and committing until it is gone."""
    from eenthuis.services import linking

    if pause:
        wait_before_commit(Path(pause))
    outcome = linking.confirm(
        actor=Actor(officer, Role.COA),
        proposal=proposal,
        households=tuple(HouseholdId(name) for name in names),
        today=TODAY,
    )
    refused = ",".join(f"{one.household}:{one.reason.value}" for one in outcome.refused)
    sys.stdout.write(f"linked={len(outcome.linked)} refused={refused}\n")
    sys.stdout.flush()


def wait_before_commit(pause: Path) -> None:
    """Let whatever is written next wait between its journal line and its commit until the file is gone."""
    from eenthuis.store import journal

    def waiting(written: Callable[..., object]) -> Callable[..., object]:
        def write_and_wait(*arguments: object, **named: object) -> object:
            came = written(*arguments, **named)
            pause.with_suffix(".reached").touch()
            while pause.exists():
                time.sleep(0.02)
            return came

        return write_and_wait

    journal.write = waiting(journal.write)  # type: ignore[assignment]
    journal.write_erasure = waiting(journal.write_erasure)  # type: ignore[assignment]


def due(what: str, pause: str) -> None:
    """Do what a worker does by the calendar, and say whether there was anything to do."""
    from eenthuis.services import composing, deadline_notices, erasing

    if pause:
        wait_before_commit(Path(pause))
    does: dict[str, Callable[[], object]] = {
        "publish": lambda: composing.publish_due(TODAY),
        "deadlines": lambda: deadline_notices.tell_deadlines(date(2025, 10, 10)),
        "erase": lambda: erasing.erase_some(as_of=TODAY),
    }
    sys.stdout.write("done\n" if does[what]() else "nothing\n")


def register_home() -> None:
    """Add a home in Utrecht and say its number."""
    from eenthuis.services import homes

    sys.stdout.write(f"{homes.add_home(actor=OF_UTRECHT, home=home_in(UTRECHT))}\n")


def offer(household_name: str, home: str, pause: str) -> None:
    """Offer a home as its municipality and say where the household stands, or what went wrong."""
    from eenthuis.services import offers
    from eenthuis.terms.errors import EenthuisError

    if pause:
        wait_before_commit(Path(pause))
    try:
        state = offers.offer(
            actor=OF_UTRECHT, household=HouseholdId(household_name), home=HomeId(home), today=TODAY
        )
        sys.stdout.write(f"{state.stage.value}\n")
    except EenthuisError as told:
        sys.stdout.write(f"{told.code}\n")
    sys.stdout.flush()


def race(home: str, by: str) -> None:
    """Offer one home in six threads at once, through the use case or as bare rows, and say what each was told."""
    from django.db import IntegrityError, connection, transaction

    from eenthuis.services import offers
    from eenthuis.store import homes as stored
    from eenthuis.store import links
    from eenthuis.terms.errors import EenthuisError

    names = [HouseholdId(f"PE-{number:06d}") for number in (1, 2)] * 3
    gate, held = threading.Barrier(len(names)), links.links_in_force(names)

    def as_use_case(name: HouseholdId) -> str:
        gate.wait()
        try:
            state = offers.offer(actor=OF_UTRECHT, household=name, home=HomeId(home), today=TODAY)
        except EenthuisError as told:
            return told.code
        return state.stage.value

    def as_row(name: HouseholdId) -> str:
        try:
            with transaction.atomic():
                assert not stored.is_kept(HomeId(home))
                gate.wait()
                stored.add_offer(HomeId(home), name, held[name], on=TODAY, decided_by="example")
        except IntegrityError:
            return "IntegrityError"
        return "offered"

    def told(name: HouseholdId) -> str:
        try:
            return as_use_case(name) if by == "services" else as_row(name)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(names)) as pool:
        sys.stdout.write(" ".join(pool.map(told, names)) + "\n")


def work(gate: str) -> None:
    """Do one run as a worker that has begun and then stands still until the gate is gone."""
    from eenthuis.services import work as services
    from eenthuis.services.proposing import Solved, solve

    def begin_and_wait(**asked: object) -> Solved:
        Path(gate).with_suffix(".reached").touch()
        while Path(gate).exists():
            time.sleep(0.02)
        return solve(**asked)  # type: ignore[arg-type]

    services.solve = begin_and_wait  # type: ignore[attr-defined]
    sys.stdout.write(f"did={services.work_once(f'stand-in:{os.getpid()}')}\n")
    sys.stdout.flush()


def ask(officer: str) -> None:
    """Ask for a proposal in the background and say its number."""
    from eenthuis.services import runs
    from eenthuis.terms.linking import Wishes

    asked = runs.ask(actor=Actor(officer, Role.COA), today=TODAY, wishes=Wishes())
    sys.stdout.write(f"run={asked.number} new={asked.is_new}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    from eenthuis.cli.django_ready import ready

    os.environ["EENTHUIS_TESTING"] = "1"
    ready()
    if sys.argv[1] == "prepare":
        sys.stdout.write(f"{prepare()}\n")
    elif sys.argv[1] == "work":
        work(sys.argv[2])
    elif sys.argv[1] == "home":
        register_home()
    elif sys.argv[1] == "due":
        due(sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "")
    elif sys.argv[1] == "race":
        race(sys.argv[2], sys.argv[3])
    elif sys.argv[1] == "offer":
        offer(sys.argv[2], sys.argv[3], sys.argv[4] if len(sys.argv) > 4 else "")
    elif sys.argv[1] == "ask":
        ask(sys.argv[2])
    else:
        confirm(
            int(sys.argv[2]), sys.argv[3].split(","), sys.argv[4], sys.argv[5] if len(sys.argv) > 5 else ""
        )
