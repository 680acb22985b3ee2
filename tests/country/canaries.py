"""Rows with values that occur nowhere else, of two municipalities and of nobody; whoever adds a table adds some."""

from __future__ import annotations

import re

from small_country import COA, ISLAND, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT, prepare

from eenthuis.terms.access import Actor, Role
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

NORTH = Actor("provincie-fryslan", Role.PROVINCE, None, ProvinceCode("PV21"))
CENTRE_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, ProvinceCode("PV26"))
CANARY = re.compile(r"kanarie-[a-z0-9-]+|P[EV]-\d{6}")
"""What only those may see who may see the row that it stands in."""


def seed() -> dict[str, str]:
    """Fill the tables by the services that people use, and return names for the arguments of routes.

    ``household`` and the like are out of reach of Utrecht; a key that begins with ``own_`` is within it.
    """
    from eenthuis.services import case_files, linking, runs, sign_offs
    from eenthuis.store import journal
    from eenthuis.store.models import HouseholdRow, OverrideRow
    from eenthuis.terms.case_file import Contact, ContactKind
    from eenthuis.terms.linking import Wishes
    from eenthuis.terms.people import HouseholdId

    proposal = prepare()
    names = tuple(HouseholdId(f"PE-{number:06d}") for number in range(1, 5))
    assert len(linking.confirm(actor=COA, proposal=proposal, households=names, today=TODAY).linked) == 4
    linking.undo(actor=COA, household=names[3], why="kanarie-eiland-beeindigd", today=TODAY)
    linking.confirm(actor=COA, proposal=proposal, households=names[3:], today=TODAY)
    sign_offs.sign_off(actor=COA, household=names[0], on=TODAY, today=TODAY)
    run = runs.ask(actor=COA, today=TODAY, wishes=Wishes())
    OverrideRow.objects.create(
        proposal_id=proposal, position=1, kind="forbid", household=names[2], municipality=ISLAND,
        ground="other", why="kanarie-eiland-aanpassing", decided_by=COA.name,
    )  # fmt: skip
    for who, where, said in (
        (NORTH, ISLAND, "kanarie-eiland-dossier"),
        (CENTRE_PROVINCE, UTRECHT, "kanarie-stad-dossier"),
    ):
        talk = Contact(0, ContactKind.TALK_OFFICIALS, TODAY, said, who.name)
        case_files.record(actor=who, municipality=where, new=talk, today=TODAY)
    money = money_of(OF_ISLAND, ISLAND, "kanarie-eiland-geld")
    money_of(OF_UTRECHT, UTRECHT, "kanarie-stad-geld")
    journal.write(OF_ISLAND, "look", "kanarie-eiland-zaak", municipality=ISLAND, why="kanarie-eiland-waarom")
    journal.write(OF_UTRECHT, "look", "kanarie-stad-zaak", municipality=UTRECHT, why="kanarie-stad-waarom")
    return {
        "household": "PE-000003",
        "number": str(HouseholdRow.objects.get(pk="PE-000003").number),
        "own_household": "PE-000002",
        "own_number": str(HouseholdRow.objects.get(pk="PE-000002").number),
        "open": "PE-000005",
        "proposal": str(proposal),
        "change": str(proposal),
        "run": str(run.number),
        "money": money,
    }


def money_of(who: Actor, where: MunicipalityCode, title: str) -> str:
    """Let a municipality claim costs that are checked with a reason, and return the number of the file."""
    from dataclasses import replace

    from money_examples import COSTS, CUT, kade

    from eenthuis.services.money_asking import ask_costs
    from eenthuis.services.money_files import take_step
    from eenthuis.terms.money_files import MoneyStep, MoneyStepKind

    asked = replace(COSTS, municipality=where, site=kade(who), title=title)
    number = ask_costs(actor=who, asked=asked, today=TODAY)
    cut = (CUT[0], replace(CUT[1], why=f"{title}-waarom"))
    step = MoneyStep(MoneyStepKind.CHECKED, TODAY, "", lines=cut)
    take_step(actor=MINISTRY, identifier=number, step=step, today=TODAY)
    return number
