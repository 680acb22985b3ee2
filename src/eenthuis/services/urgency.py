"""The register of urgency schemes: public to read, kept by each municipality; and the order of offers that follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.law.urgency import UrgencyLaw, published_urgency, urgency_law
from eenthuis.rules.offer_order import Candidate, OfferOrdering, offer_order
from eenthuis.rules.urgency import Finding, NationalFigures, check_urgency, in_force, national_figures
from eenthuis.services.access import may, place_of, require
from eenthuis.store import journal
from eenthuis.store import urgency as stored
from eenthuis.store.urgency import HeldScheme
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import InputError, Location, StateError
from eenthuis.terms.people import Household
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.urgency import UrgencyScheme

LONGEST_SOURCE = 500


@dataclass(frozen=True, slots=True)
class UrgencyLine:
    """A municipality in the register on a day, with what the law asks and it does not show."""

    municipality: MunicipalityCode
    name: str
    scheme: UrgencyScheme
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class UrgencyPage:
    """The register on a day beside the published figures, and what the law asks that day."""

    as_of: date
    lines: tuple[UrgencyLine, ...]
    figures: NationalFigures
    law: UrgencyLaw


@dataclass(frozen=True, slots=True)
class UrgencyOf:
    """All that one municipality has entered, newest first; ``now`` is what holds on the day."""

    municipality: MunicipalityCode
    name: str
    now: UrgencyLine | None
    entries: tuple[HeldScheme, ...]
    law: UrgencyLaw
    may_keep: bool


def read_urgency(*, actor: Actor, as_of: date) -> UrgencyPage:
    """Return the register as it holds on a day.

    Raises
    ------
    LawError
        LAW-01 for a day before the Act.
    """
    require(actor, "see-published-figures")
    law = urgency_law(law_book(), as_of)
    held = in_force([one.scheme for one in stored.schemes()], as_of)
    lines = tuple(_line(held[code], law) for code in sorted(held))
    municipalities = len(reference.municipalities(max(as_of, reference.reference_dates()[0])))
    figures = national_figures(held, municipalities, published_urgency(law_book(), as_of))
    return UrgencyPage(as_of, lines, figures, law)


def read_urgency_of(*, actor: Actor, municipality: MunicipalityCode, today: date) -> UrgencyOf:
    """Return all that a municipality has entered.

    Raises
    ------
    ReferenceFactError
        REF-01 when there is no such municipality.
    """
    require(actor, "see-published-figures")
    place = reference.municipality(municipality)
    law = urgency_law(law_book(), today)
    entries = stored.schemes(place.code)
    now = in_force([one.scheme for one in entries], today).get(place.code)
    return UrgencyOf(
        municipality=place.code,
        name=place.name,
        now=None if now is None else _line(now, law),
        entries=tuple(reversed(entries)),
        law=law,
        may_keep=may(actor, "keep-urgency-scheme", place_of(place.code)),
    )


def keep_urgency(*, actor: Actor, scheme: UrgencyScheme, why: str) -> int:
    """Enter what a municipality has from a day on, or correct what it entered from that day; return the number.

    What held before ends the day before; nothing is changed in place.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when it may, but not there.
    InputError
        INP-03 for a rule that stands twice in the order; INP-04 without a source, or without a reason for a correction.
    LawError
        LAW-01 for a day before the Act.
    StateError
        STA-01 when exactly this stands there already.
    """
    require(actor, "keep-urgency-scheme", place_of(reference.municipality(scheme.municipality).code))
    if not scheme.source.strip() or len(scheme.source) > LONGEST_SOURCE:
        raise InputError(
            "INP-04",
            "the source is missing or too long",
            remedy="Say in one line where the scheme can be read.",
        )
    if len(set(scheme.order)) < len(scheme.order):
        raise InputError(
            "INP-03",
            "a rule of the order stands there twice",
            remedy="Name each rule once.",
            location=Location(column="order"),
        )
    urgency_law(law_book(), scheme.first_day)
    with transaction.atomic():
        journal.lock_subject(f"urgency scheme {scheme.municipality}")
        before = next(
            (one for one in stored.schemes(scheme.municipality) if one.scheme.first_day == scheme.first_day),
            None,
        )
        _require_change(before, scheme, why)
        number = stored.add_scheme(
            scheme, why=why.strip(), entered_by=actor.name, replaces=before.number if before else None
        )
        journal.write(
            actor,
            "keep-urgency-scheme",
            f"urgency scheme {scheme.municipality}",
            municipality=scheme.municipality,
            before=before.scheme if before else None,
            after=scheme,
            why=why.strip(),
        )
    return number


def order_of_offers(
    municipality: MunicipalityCode, households: Iterable[tuple[Household, date, int]], today: date
) -> OfferOrdering:
    """Return the order in which a home is offered in a municipality, by its scheme in force that day.

    ``households`` come with the last day of their term for a home, and the people a home must hold.
    """
    own = in_force([one.scheme for one in stored.schemes(municipality)], today).get(municipality)
    candidates = [
        Candidate(
            household=one.identifier,
            home_by=home_by,
            permit_on=one.permit_on,
            people=people,
            children=sum(not member.is_adult for member in one.members),
            needs_accessible_home=one.needs_accessible_home,
        )
        for one, home_by, people in households
    ]
    return offer_order(candidates, own, urgency_law(law_book(), today))


def _require_change(before: HeldScheme | None, scheme: UrgencyScheme, why: str) -> None:
    if before is None:
        return
    held = before.scheme
    same = (
        held.has_scheme == scheme.has_scheme
        and held.names_status_holders == scheme.names_status_holders
        and (held.provision, held.groups, held.order) == (scheme.provision, scheme.groups, scheme.order)
        and held.source == scheme.source
    )
    if same:
        raise StateError("STA-01", "exactly this stands there already", remedy="Nothing needs to be done.")
    if not why.strip():
        raise InputError(
            "INP-04",
            "a correction has no reason",
            remedy="Say why it is corrected.",
            location=Location(column="why"),
        )


def _line(scheme: UrgencyScheme, law: UrgencyLaw) -> UrgencyLine:
    name = reference.municipality(scheme.municipality).name
    return UrgencyLine(scheme.municipality, name, scheme, check_urgency(scheme, law))
