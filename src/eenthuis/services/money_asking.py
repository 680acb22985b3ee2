"""Asking for money: costs of reception, the grant for places, and a project under a scheme, each checked beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.access import decide
from eenthuis.law import law_book
from eenthuis.law.schemes import Scheme, holds, scheme, schemes_on
from eenthuis.rules.lots import needs_lot
from eenthuis.rules.money_files import state_of
from eenthuis.rules.reception_money import PlacesGrant
from eenthuis.rules.scheme_conditions import Eligibility, check_eligibility
from eenthuis.services.access import place_of, require
from eenthuis.services.flex_projects import require_project
from eenthuis.services.homes import owner_of
from eenthuis.services.money_asked import CostsAsked, GrantAsked, SchemeAsked
from eenthuis.services.money_files import add_file, asks_somewhere
from eenthuis.services.money_grants import grant_basis, grant_on
from eenthuis.services.scheme_rounds import open_round_of
from eenthuis.store import journal, money_files, sites
from eenthuis.terms.access import Actor, Reach, Role
from eenthuis.terms.capacity import Site
from eenthuis.terms.errors import AccessError, InputError, Location, StateError
from eenthuis.terms.flex import HomesForGroups
from eenthuis.terms.lots import SchemeRound
from eenthuis.terms.money_files import (
    AskedLine,
    CostKind,
    EvidenceKind,
    FileKind,
    MoneyFile,
    MoneyFileId,
    MoneyStage,
)
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import AmountPer, ApplicationId, Evidence, SchemeCode, SchemeProject

LONGEST_TITLE = 80
MOST_LINES = 40
MOST_CENTS = 10**13
"""A hundred thousand million euros: what is above is a mistake in typing."""

_ENDED = frozenset({MoneyStage.REFUSED, MoneyStage.WITHDRAWN})
_COSTS = {
    AmountPer.HOME: CostKind.HOMES,
    AmountPer.PERSON: CostKind.PEOPLE,
    AmountPer.PERSON_DAY: CostKind.PERSON_DAYS,
}


@dataclass(frozen=True, slots=True)
class SchemeCheck:
    """What a scheme says of a project before it is handed in; ``round`` is where it would take part in a lot."""

    eligibility: Eligibility
    round: SchemeRound | None
    asked_cents: int | None
    is_open: bool


def ask_costs(*, actor: Actor, asked: CostsAsked, today: date) -> MoneyFileId:
    """Hand in costs of a reception site and return the number of the file.

    Raises
    ------
    AccessError
        As :func:`eenthuis.services.money_files.add_file`.
    InputError
        INP-04 without a title or lines, or for a site that is no confirmed one of the municipality; INP-06 for an
        amount below a cent or days that do not fit.
    """
    require_asking(actor, asked.municipality)
    _check_lines(asked.lines)
    known = {one.site.identifier for one in sites.confirmed_sites([asked.municipality])}
    if asked.site not in known:
        raise _wrong(
            "INP-04",
            "no site of this municipality by that number that COA confirmed",
            f"Choose one of {', '.join(sorted(known)) or 'none: add a site and let COA confirm it'}.",
            "locatie",
        )
    file = _file(FileKind.RECEPTION_COSTS, asked.municipality, asked.title, asked.first_day, asked.last_day)
    return add_file(
        actor=actor, file=_checked(replace(file, site=asked.site, lines=asked.lines), today), today=today
    )


def sites_to_claim(*, actor: Actor) -> tuple[Site, ...]:
    """Return the sites for which a municipality can claim costs: its own in the register, as COA confirmed them.

    Raises
    ------
    AccessError
        ACC-01 when this role claims none.
    """
    own = require_municipality(actor=actor)
    return tuple(one.site for one in sites.confirmed_sites([own]))


def check_grant(*, actor: Actor, asked: GrantAsked) -> PlacesGrant:
    """Return what the grant for places comes to on the registers, before it is handed in.

    Raises
    ------
    AccessError
        ACC-01 when this role may not ask; ACC-02 when it may, but not there.
    InputError
        INP-04 for a number that differs from the register's without a reason; INP-06 when the numbers do not fit.
    LawError
        LAW-01 for a day before the Act came into force.
    """
    require_asking(actor, asked.municipality)
    return grant_on(grant_basis(actor=actor, asked=asked), asked.counted_on)


def ask_grant(*, actor: Actor, asked: GrantAsked, today: date) -> MoneyFileId:
    """Hand in a request for the grant for places and return the number of the file.

    Raises
    ------
    AccessError, InputError, LawError
        As :func:`check_grant`.
    StateError
        STA-06 when no place lies above the share.
    """
    require_asking(actor, asked.municipality)
    with transaction.atomic():
        journal.lock_subject(f"places grant:{reference.municipality(asked.municipality).province}")
        return _ask_grant(actor, asked, today)


def _ask_grant(actor: Actor, asked: GrantAsked, today: date) -> MoneyFileId:
    basis = grant_basis(actor=actor, asked=asked)
    found = grant_on(basis, asked.counted_on)
    if not found.cents:
        raise StateError(
            "STA-06",
            "no place lies above the share of the province's number, or all were asked for before",
            remedy="Ask when more places are there.",
        )
    line = AskedLine(
        1, CostKind.PLACES, asked.title, found.cents, EvidenceKind.REGISTER_OF_PLACES, asked.kept_at
    )
    file = _file(FileKind.SPECIFIC_GRANT, asked.municipality, asked.title, asked.counted_on, asked.counted_on)
    file = replace(file, units=found.granted, lines=(line,), basis=basis)
    return add_file(actor=actor, file=_checked(file, today), today=today)


def schemes_to_ask(*, actor: Actor, today: date) -> tuple[Scheme, ...]:
    """Return the schemes that hold and take applications on a day; transit locations are claimed by the days of people.

    Raises
    ------
    AccessError
        ACC-01 when this role may not ask.
    """
    if not asks_somewhere(actor):
        require(actor, "ask-for-money")
    return tuple(
        one
        for one in schemes_on(law_book(), today)
        if one.amount_per is not AmountPer.PERSON_DAY and (one.is_open or open_round_of(one.code, today))
    )


def scheme_to_ask(*, actor: Actor, code: SchemeCode, today: date) -> Scheme:
    """Return a scheme that takes applications on a day.

    Raises
    ------
    AccessError
        ACC-01 when this role may not ask; ACC-02 when no such scheme takes applications.
    """
    found = next((one for one in schemes_to_ask(actor=actor, today=today) if one.code == code), None)
    if found is None:
        raise AccessError(
            "ACC-02", "no scheme by that code takes applications", remedy="Look in the register."
        )
    return found


def round_to_join(*, actor: Actor, code: SchemeCode, today: date) -> SchemeRound | None:
    """Return the round in which an application would take part today.

    Raises
    ------
    AccessError
        ACC-01 when this role may not ask.
    """
    if not asks_somewhere(actor):
        require(actor, "ask-for-money")
    return open_round_of(code, today)


def require_municipality(*, actor: Actor) -> MunicipalityCode:
    """Return the municipality for which an actor asks; costs and the grant for places are for municipalities alone.

    Raises
    ------
    AccessError
        ACC-01 when this role asks for none.
    """
    if actor.municipality is None or actor.role is not Role.MUNICIPALITY:
        raise AccessError("ACC-01", "costs are for municipalities", remedy="Sign in for a municipality.")
    require_asking(actor, actor.municipality)
    return actor.municipality


def require_asking(actor: Actor, municipality: MunicipalityCode) -> None:
    """Pass when the actor asks for money for a municipality, or for projects of its own there.

    Raises
    ------
    AccessError
        ACC-01 when this role may not ask; ACC-02 when it may, but not there.
    """
    place = place_of(municipality)
    if decide(actor, "ask-for-money", place).reach is Reach.OWN_HOMES:
        owner_of(actor)
        return
    require(actor, "ask-for-money", place)


def check_scheme(*, actor: Actor, asked: SchemeAsked, today: date) -> SchemeCheck:
    """Return what a scheme says of a project as it would be handed in today, condition by condition.

    Raises
    ------
    AccessError
        ACC-01 when this role may not ask; ACC-02 when it may, but not there or not for this project.
    InputError
        INP-01 for a fact of another kind; INP-06 for fewer than one home or person.
    StateError
        STA-09 when the scheme does not hold today.
    """
    require_asking(actor, asked.municipality)
    if not holds(law_book(), asked.scheme, today):
        raise StateError(
            "STA-09", f"{asked.scheme} does not hold today", remedy="Choose a scheme that holds."
        )
    found = scheme(law_book(), asked.scheme, today)
    eligibility = check_eligibility(
        SchemeProject(ApplicationId("-"), asked.municipality, today, asked.units, asked.facts),
        found,
        homes=_homes(actor, asked),
    )
    in_round = open_round_of(asked.scheme, today)
    cents = eligibility.amount_cents if found.amount_cents is not None else asked.asked_cents
    takes = in_round is not None or (found.is_open and not needs_lot(found.order))
    return SchemeCheck(eligibility, in_round, cents, takes)


def ask_scheme(*, actor: Actor, asked: SchemeAsked, today: date) -> MoneyFileId:
    """Hand in an application and return the number of its file; it takes part in the open round, if there is one.

    A condition that is not met does not stop it: the ministry decides, and reads the same list.

    Raises
    ------
    AccessError, InputError
        As :func:`check_scheme`; INP-04 without an amount where the scheme names none.
    StateError
        STA-01 when the project was put to the scheme before; STA-09 when no applications are taken today.
    """
    found = check_scheme(actor=actor, asked=asked, today=today)
    if not found.is_open:
        raise StateError(
            "STA-09", "no applications are taken today", remedy="Wait until a round of the scheme opens."
        )
    if not found.asked_cents:
        raise _wrong("INP-04", "no amount", "Say how much is asked; the scheme names no amount.", "bedrag")
    most = found.eligibility.scheme.most_per_municipality_cents
    if most is not None and found.asked_cents > most:
        raise _wrong(
            "INP-06", "more than the most for a municipality", f"Ask at most {most} cents.", "bedrag"
        )
    law = found.eligibility.scheme
    line = AskedLine(
        1,
        _COSTS[law.amount_per] if law.amount_per else CostKind.OTHER,
        asked.title,
        found.asked_cents,
        _evidence(law),
    )
    file = _file(
        FileKind.SCHEME_APPLICATION, asked.municipality, asked.title, asked.first_day, asked.last_day
    )
    file = replace(
        file,
        scheme=asked.scheme,
        round_name=found.round.name if found.round else "",
        project=asked.project,
        units=asked.units,
        facts=asked.facts,
        lines=(line,),
    )
    with transaction.atomic():
        journal.lock_subject(f"application:{asked.scheme}:{asked.municipality}")
        _require_room(asked, found.asked_cents, law.most_per_municipality_cents)
        return add_file(actor=actor, file=_checked(file, today), today=today)


def _evidence(law: Scheme) -> EvidenceKind:
    kinds = {
        Evidence.HOMES_DELIVERED: EvidenceKind.HOMES_DELIVERED,
        Evidence.OCCUPANCY_PER_DAY: EvidenceKind.OCCUPANCY_PER_DAY,
        Evidence.ANNUAL_ACCOUNTS: EvidenceKind.ANNUAL_ACCOUNTS,
    }
    return next(
        (kind for asked, kind in kinds.items() if asked in law.evidence), EvidenceKind.ANNUAL_ACCOUNTS
    )


def _homes(actor: Actor, asked: SchemeAsked) -> HomesForGroups | None:
    if asked.project is None:
        if actor.role is Role.HOUSING_ASSOCIATION:
            raise _wrong("INP-04", "no project", "Choose a project of your own.", "project")
        return None
    held = require_project(actor=actor, action="see-flex-projects", identifier=asked.project)
    if held.project.municipality != asked.municipality:
        raise _wrong("INP-04", "the project stands elsewhere", "Choose a project of this place.", "project")
    return held.project.for_groups


def _require_room(asked: SchemeAsked, cents: int, most: int | None) -> None:
    """Pass when the project was not put to the scheme before, and the municipality asks no more than it may in all."""
    others = [
        held.file
        for held in money_files.files(municipality=asked.municipality, scheme=asked.scheme)
        if state_of(held.file, held.steps).stage not in _ENDED
    ]
    before = next((one for one in others if asked.project and one.project == asked.project), None)
    if before is not None:
        raise StateError(
            "STA-01",
            f"{asked.project} was put to {asked.scheme} before",
            remedy=f"Look at {before.identifier}.",
        )
    if most is not None and cents + sum(one.asked_cents for one in others) > most:
        raise _wrong(
            "INP-06", "more than the most for a municipality", f"Ask at most {most} cents.", "bedrag"
        )


def _file(
    kind: FileKind, municipality: MunicipalityCode, title: str, first_day: date, last_day: date
) -> MoneyFile:
    return MoneyFile(
        identifier=MoneyFileId(""),
        kind=kind,
        municipality=municipality,
        owner="",
        title=title.strip(),
        asked_on=first_day,
        asked_by="",
        first_day=first_day,
        last_day=last_day,
        lines=(),
    )


def _checked(file: MoneyFile, today: date) -> MoneyFile:
    if not file.title or len(file.title) > LONGEST_TITLE:
        raise _wrong("INP-04", "no title, or a long one", "Say in a few words what it is for.", "titel")
    if file.last_day < file.first_day:
        raise _wrong("INP-06", "it ends before it begins", "Mend one of the two days.", "tot")
    if file.kind is not FileKind.SCHEME_APPLICATION and file.last_day > today:
        raise _wrong("INP-06", "it is about days to come", "Ask when they have passed.", "tot")
    return file


def _check_lines(lines: Sequence[AskedLine]) -> None:
    if not 0 < len(lines) <= MOST_LINES:
        raise _wrong("INP-04", f"{len(lines)} lines", f"Give 1 to {MOST_LINES} lines.", "bedrag_1")
    for line in lines:
        if not 0 < line.asked_cents <= MOST_CENTS:
            raise _wrong(
                "INP-06", f"line {line.line}", "Give an amount above nothing.", f"bedrag_{line.line}"
            )
        if not line.what.strip() or len(line.what) > LONGEST_TITLE:
            raise _wrong("INP-04", f"line {line.line}", "Say in a few words what for.", f"wat_{line.line}")


def _wrong(code: str, what: str, remedy: str, field: str) -> InputError:
    return InputError(code, what, remedy=remedy, location=Location(column=field))
