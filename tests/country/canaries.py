"""Rows with values that occur nowhere else, of two municipalities and of nobody; whoever adds a table adds some."""

from __future__ import annotations

import re
from dataclasses import replace

from small_country import COA, ISLAND, MINISTRY, OF_ISLAND, OF_UTRECHT, TODAY, UTRECHT, prepare

from eenthuis.terms.access import Actor, Role
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.transit import SiteId, TransitSite

NORTH = Actor("provincie-fryslan", Role.PROVINCE, None, ProvinceCode("PV21"))
CENTRE_PROVINCE = Actor("provincie-utrecht", Role.PROVINCE, None, ProvinceCode("PV26"))
ELSEWHERE = Actor(
    "corporatie-elders", Role.HOUSING_ASSOCIATION, ISLAND, association="kanarie-corporatie-elders"
)
CANARY = re.compile(r"kanarie-[a-z0-9-]+|P[EV]-\d{6}|[GT]-\d{7}")
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
    money_of_every_kind(OF_ISLAND, "kanarie-eiland")
    money_of_every_kind(OF_UTRECHT, "kanarie-stad")
    money_of_an_association()
    transit = transit_of(OF_ISLAND, "kanarie-eiland", (names[2], names[1]))
    transit_of(OF_UTRECHT, "kanarie-stad", (names[1],))
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
        "transit": transit,
    }


def money_of(who: Actor, where: MunicipalityCode, title: str) -> str:
    """Let a municipality claim costs that are checked with a reason, and return the number of the file."""
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


def money_of_every_kind(who: Actor, says: str) -> None:
    """Let a municipality ask the grant on numbers of its own, and a claim go from evidence to a settlement."""
    from money_examples import COSTS, KADE

    from eenthuis.services.money_asked import GrantAsked
    from eenthuis.services.money_asking import ask_costs, ask_grant, sites_to_claim
    from eenthuis.services.money_files import take_step
    from eenthuis.terms.money_files import CheckedLine, EvidenceKind, MoneyFileId, MoneyStep, MoneyStepKind

    where = who.municipality or ISLAND
    colleague = Actor("ministerie-2", Role.MINISTRY)
    grant = GrantAsked(
        where, f"{says}-uitkering", TODAY, 40, None, None, f"{says}-besluit", f"{says}-afwijking"
    )
    refused = ask_grant(actor=who, asked=grant, today=TODAY)
    site = next(iter(sites_to_claim(actor=who)), None)
    lines = tuple(replace(one, what=f"{says}-regel", kept_at=f"{says}-vindplaats") for one in COSTS.lines)
    claim = replace(
        COSTS, municipality=where, site=site.identifier if site else KADE, title=f"{says}-kosten", lines=lines
    )
    settled = ask_costs(actor=who, asked=claim, today=TODAY)

    def take(actor: Actor, number: MoneyFileId, kind: MoneyStepKind, **more: object) -> None:
        step = replace(MoneyStep(kind, TODAY, ""), **more)  # type: ignore[arg-type]
        take_step(actor=actor, identifier=number, step=step, today=TODAY)

    found = sum(one.asked_cents for one in lines)
    take(MINISTRY, refused, MoneyStepKind.CHECKED, lines=(CheckedLine(1, 0, f"{says}-niets"),))
    take(colleague, refused, MoneyStepKind.REFUSED, why=f"{says}-geweigerd")
    checked = tuple(CheckedLine(one.line, one.asked_cents) for one in lines)
    take(MINISTRY, settled, MoneyStepKind.CHECKED, lines=checked)
    take(colleague, settled, MoneyStepKind.AWARDED, cents=found)
    take(MINISTRY, settled, MoneyStepKind.PAID, cents=found)
    kept = {"evidence": EvidenceKind.ANNUAL_ACCOUNTS, "kept_at": f"{says}-bewijs"}
    take(who, settled, MoneyStepKind.EVIDENCE, **kept)
    take(MINISTRY, settled, MoneyStepKind.SETTLEMENT_PROPOSED, cents=1, why=f"{says}-voorstel")
    take(colleague, settled, MoneyStepKind.SETTLED, cents=1)


def money_of_an_association() -> None:
    """Let a housing association on the island ask money for a project of its own."""
    from money_examples import PROJECT, application

    from eenthuis.services.flex_projects import add_flex_project
    from eenthuis.services.money_asking import ask_scheme

    project = add_flex_project(
        actor=ELSEWHERE, project=replace(PROJECT, municipality=ISLAND), name="Verzonnen duin"
    )
    asked = replace(application(project), municipality=ISLAND, title="kanarie-corporatie-aanvraag")
    ask_scheme(actor=ELSEWHERE, asked=asked, today=TODAY)


def transit_of(who: Actor, says: str, households: tuple[HouseholdId, ...]) -> SiteId:
    """Let a municipality keep a transit location with households, claim a month, and change it."""
    from datetime import date

    from eenthuis.services.transit_claims import claim_month
    from eenthuis.services.transit_sites import add_transit_site, change_transit_site
    from eenthuis.services.transit_stays import take_in_stays

    where, first = who.municipality or ISLAND, date(2026, 1, 10)
    site = TransitSite(SiteId(""), where, 10, first, None, frozenset())
    number = add_transit_site(actor=who, site=site, name=f"{says}-doorstroom")
    rows = [f"{person},{where},{first},,{one}" for person, one in enumerate(households, start=1)]
    content = "\n".join(["person,code,first_day,last_day,household", *rows]).encode()
    take_in_stays(actor=who, identifier=number, content=content, name="kanarie.csv", today=TODAY)
    claim_month(actor=who, identifier=number, month=first, today=TODAY)
    change_transit_site(actor=who, identifier=number, places=9, last_day=None, why=f"{says}-doorstroom-reden")
    return number
