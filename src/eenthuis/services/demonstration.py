"""Building the demonstration country in the tables, whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis.demonstration import DemonstrationCountry, draw_country
from eenthuis.rules.swaps import SwapRefused
from eenthuis.services.demonstration_documents import fill_documents
from eenthuis.services.demonstration_estimates import tell_of_deviations
from eenthuis.services.demonstration_files import fill_files
from eenthuis.services.demonstration_letters import write_some
from eenthuis.services.demonstration_money import fill_money
from eenthuis.services.demonstration_places import agree_and_decide, lay_the_table, settle_sites, share_places
from eenthuis.services.demonstration_recommendations import fill_register
from eenthuis.services.demonstration_transit import fill_transit
from eenthuis.services.forecasting import forecast_due
from eenthuis.services.proposing import propose
from eenthuis.services.readings import keep_due
from eenthuis.services.targets import announce, register_swap
from eenthuis.services.warnings import warn_due
from eenthuis.store import accounts, bulk, bulk_way, people
from eenthuis.store.announcements import save_opening_balances
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import StateError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.people import HouseholdId, Link
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode
from eenthuis.terms.version import code_version

MINISTRY = Actor("ministerie", Role.MINISTRY)
COA = Actor("coa", Role.COA)
ACCOUNTS: tuple[Actor, ...] = (
    MINISTRY,
    COA,
    Actor("gemeente-utrecht", Role.MUNICIPALITY, MunicipalityCode("GM0344"), ProvinceCode("PV26")),
    Actor("gemeente-zundert", Role.MUNICIPALITY, MunicipalityCode("GM0879"), ProvinceCode("PV30")),
    Actor("provincie-utrecht", Role.PROVINCE, None, ProvinceCode("PV26")),
    Actor("provincie-utrecht-2", Role.PROVINCE, None, ProvinceCode("PV26")),
    Actor("ind", Role.IND),
    Actor(
        "corporatie",
        Role.HOUSING_ASSOCIATION,
        MunicipalityCode("GM0344"),
        ProvinceCode("PV26"),
        association="corporatie",
    ),
    Actor("auditor", Role.AUDITOR),
    Actor("beheer", Role.ADMINISTRATOR),
)
"""The demonstration's accounts, as the public promise names them."""

_REGION_LEADS = tuple(
    Actor(f"coa-regio-{name}", Role.COA, region=region)
    for name, region in (
        ("noord", LinkingRegion.NORTH),
        ("oost", LinkingRegion.EAST),
        ("midden", LinkingRegion.CENTRE),
        ("west", LinkingRegion.WEST),
        ("zuid", LinkingRegion.SOUTH),
    )
)
MORE_ACCOUNTS: tuple[Actor, ...] = (
    *_REGION_LEADS,
    Actor("ind-2", Role.IND),
    Actor("beheer-2", Role.ADMINISTRATOR),
    Actor("gemeente-amersfoort", Role.MUNICIPALITY, MunicipalityCode("GM0307"), ProvinceCode("PV26")),
    Actor("ministerie-2", Role.MINISTRY),
)
"""The lead of each linking region, and second ones of roles whose work takes two, and a neighbour to swap with."""

LOADER = "demonstration"
OnStep = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What stands in the tables; ``is_new`` is False when it stood there already."""

    seed: int
    today: date
    is_new: bool
    password: str


def build(*, seed: int, today: date, password: str, on_step: OnStep = lambda _: None) -> Built:
    """Build the country unless one of this seed and day stands there; nothing half-built is ever visible.

    Raises
    ------
    StateError
        STA-01 when the tables hold another country, or people who are not the demonstration's.
    """
    held = bulk.built()
    if held is not None and (held.seed, held.today) == (seed, today):
        if not all(accounts.opens_with(who.name, password) for who in (COA, MORE_ACCOUNTS[-1])):
            _accounts(password)
        return Built(seed, today, is_new=False, password=password)
    if held is not None or bulk.anybody():
        raise StateError(
            "STA-01",
            "the database holds another country already",
            remedy="Use --rebuild to make a new one in its place.",
        )
    on_step("drawing people and places")
    country = draw_country(seed=seed, today=today)
    with transaction.atomic():
        _load(country, on_step)
        _accounts(password)
        bulk.mark_built(seed=seed, today=today, version=code_version())
    on_step("sharing reception places out")
    settle_sites(today=today)
    share_places(by=MINISTRY, today=today)
    lay_the_table(today=today)
    agree_and_decide(by=MINISTRY, colleague=MORE_ACCOUNTS[-1], today=today)
    on_step("making the forecasts")
    forecast_due(today)
    on_step("telling a deviation")
    tell_of_deviations(today)
    bulk.analyse()
    on_step("reading how every municipality stood")
    keep_due(today)
    fill_files(by=_account("provincie-utrecht"), colleague=_account("provincie-utrecht-2"), today=today)
    on_step("writing letters of supervision")
    write_some(by=_account("provincie-utrecht"), colleague=_account("provincie-utrecht-2"), today=today)
    fill_register(by=MINISTRY, partner=_account("gemeente-utrecht"), today=today)
    warn_due(today)
    on_step("asking for invented money")
    fill_money(by=MINISTRY, colleague=MORE_ACCOUNTS[-1], today=today)
    fill_transit(today=today)
    on_step("handing out residence documents")
    fill_documents(by=_account("ind"), colleague=_account("ind-2"), today=today)
    on_step("making a first proposal")
    propose(actor=COA, today=today)
    return Built(seed, today, is_new=True, password=password)


def _account(name: str) -> Actor:
    return next(who for who in (*ACCOUNTS, *MORE_ACCOUNTS) if who.name == name)


def make_password() -> str:
    """Return a new password for the demonstration's accounts."""
    return secrets.token_urlsafe(12)


def _accounts(password: str) -> None:
    for who in (*ACCOUNTS, *MORE_ACCOUNTS):
        accounts.save_account(who, password)


def _set_targets(country: DemonstrationCountry, on_step: OnStep) -> None:
    first = country.half_years[0].half_year
    for one in country.half_years:
        on_step(f"announcing {one.half_year}")
        for announcement in one.announcements:
            announce(actor=MINISTRY, announcement=announcement, today=country.today)
    save_opening_balances(first, country.opening_balances, "assumption of the demonstration")
    for one in country.half_years:
        for swap in one.swaps:
            outcome = register_swap(actor=MINISTRY, agreed=swap, today=one.half_year.first_day)
            if isinstance(outcome, SwapRefused):
                raise StateError(
                    "STA-02", "; ".join(outcome.reasons), remedy="Draw the demonstration with other swaps."
                )


def _load(country: DemonstrationCountry, on_step: OnStep) -> None:
    _set_targets(country, on_step)
    on_step("settling centres and households")
    people.save_centres(country.centres)
    people.save_households(country.households)
    bulk_way.copy_first(country.ways, decided_by=LOADER)
    on_step("linking and signing off those housed before")
    bulk.copy_links(
        [
            Link(
                HouseholdId(past.household),
                past.municipality,
                HalfYear.containing(past.linked_on),
                past.persons,
                past.linked_on,
                (),
            )
            for past in country.past
        ],
        reasons=[() for _ in country.past],
        decided_by=LOADER,
    )
    bulk.copy_sign_offs([(past.household, past.signed_off_on) for past in country.past], decided_by=LOADER)
    bulk.copy_links(
        [
            Link(
                pending.household,
                pending.municipality,
                HalfYear.containing(pending.linked_on),
                pending.persons,
                pending.linked_on,
                pending.reasons,
            )
            for pending in country.pending
        ],
        reasons=[pending.reasons for pending in country.pending],
        decided_by=LOADER,
    )
    bulk_way.copy_steps(country.ways.steps, decided_by=LOADER)
