"""Sharing reception places out: the estimate announced, the scores loaded, and the shares computed with a receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.connect.ses_woa import read_ses_woa
from eenthuis.connect.text import handed_in
from eenthuis.law import law_book
from eenthuis.rules.capacity import layers
from eenthuis.rules.provincial_tasks import DurablePlaces, NotDeducted, provincial_tasks
from eenthuis.rules.reception import distribute_reception
from eenthuis.rules.reception_receipts import distribution_receipt
from eenthuis.services.access import require
from eenthuis.services.notices import tell
from eenthuis.services.reception_reading import cycle_of, deducted, durable_by_municipality, law_state
from eenthuis.store import journal, sites
from eenthuis.store import reception as stored
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.capacity import ReceptionNeed
from eenthuis.terms.errors import InputError, Location, StateError
from eenthuis.terms.notices import Addressee, NoticeKind, Thing
from eenthuis.terms.places import Inhabitants
from eenthuis.terms.receipt import Receipt
from eenthuis.terms.reception import ReceptionShares, SesScores
from eenthuis.terms.version import code_version

MOST_NEED = 1_000_000
"""More places than anybody ever estimated; a larger number is taken for a mistake."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What announcing an estimate gave: the receipt of the shares, or None while no scores were loaded."""

    number: int
    receipt: str | None


def require_sharing(*, actor: Actor) -> None:
    """Pass when the actor shares reception places out.

    Raises
    ------
    AccessError
        ACC-01 when this role does not.
    """
    require(actor, "share-reception-places")


def announce_need(*, actor: Actor, need: ReceptionNeed, today: date) -> Announced:
    """Announce the places needed in a cycle; an earlier estimate stays, and the shares are computed anew.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError
        INP-06 when no cycle begins in the year, or the places make no sense; INP-04 without a source.
    LawError
        LAW-01 when the Act does not hold on the day of the announcement.
    """
    require(actor, "share-reception-places")
    _check(need, today)
    with transaction.atomic():
        journal.lock_subject(f"reception need {need.year}")
        number = stored.add_need(need, decided_by=actor.name)
        journal.write(actor, "announce-reception-need", f"reception cycle {need.year}", after=need)
        _tell(NoticeKind.NEED_ANNOUNCED, need.year, today, need.places)
        receipt = _compute(actor, need.year, today) if stored.scores() else None
    return Announced(number, receipt)


def load_scores(*, actor: Actor, scores: SesScores, year: int, today: date) -> int:
    """Load a version of the SES-WOA scores; earlier ones stay. Shares change when they are computed anew.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError
        INP-04 when a municipality of today has no score; INP-06 when one makes a weight of 0 or less.
    """
    require(actor, "share-reception-places")
    day = max(today, law_state(today).first_day)
    counted = _inhabitants(day)
    distribute_reception(
        need=0,
        scores=_of_the_day(scores, counted),
        inhabitants=counted,
        law=law_book().reception(day),
        as_of=day,
    )
    with transaction.atomic():
        number = stored.add_scores(scores, year, decided_by=actor.name)
        journal.write(
            actor,
            "load-ses-scores",
            f"ses scores {number}",
            after={"year": year, "source": scores.source, "is_invented": scores.is_invented},
        )
    return number


def load_scores_file(*, actor: Actor, content: bytes, name: str, year: int, today: date) -> int:
    """Load the scores of a year from a file of CBS.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputErrors, InputError
        As :func:`eenthuis.connect.ses_woa.read_ses_woa`, all at once; nothing is kept then.
    """
    require(actor, "share-reception-places")
    with handed_in(content, name, otherwise="scores.csv") as file:
        found = read_ses_woa(file, period=year, on=_inhabitants(today).reference_date)
    return load_scores(actor=actor, scores=found.scores, year=year, today=today)


def compute_shares(*, actor: Actor, year: int, today: date) -> str:
    """Compute the shares of a cycle anew from the estimate in force and the newest scores; return the receipt.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    StateError
        STA-06 when there is no estimate or no scores.
    """
    require(actor, "share-reception-places")
    with transaction.atomic():
        journal.lock_subject(f"reception need {year}")
        return _compute(actor, year, today)


def _compute(actor: Actor, year: int, today: date) -> str:
    need = next((one for one in stored.needs(year) if one.is_in_force), None)
    scores = next(iter(stored.scores()), None)
    if need is None or scores is None:
        raise StateError(
            "STA-06",
            f"the cycle of {year} has no estimate, or no scores were loaded",
            remedy="Announce the estimate and load the scores first.",
        )
    as_of = max(need.need.announced_on, law_state(today).first_day)
    inhabitants = _inhabitants(as_of)
    made = distribute_reception(
        need=need.need.places,
        scores=_of_the_day(scores.scores, inhabitants),
        inhabitants=inhabitants,
        law=law_book().reception(as_of),
        as_of=as_of,
        minors=need.need.minors,
    )
    durable = deducted(as_of)
    number = journal.save_receipt(_receipt(made, inhabitants, durable))
    new = stored.NewShares(
        year=year,
        need=need.number,
        scores=scores.number,
        as_of=as_of,
        receipt=number,
        places={share.municipality: share.places for share in made.shares},
        minors={} if made.minors_need is None else {one.municipality: one.minors or 0 for one in made.shares},
        durable=durable_by_municipality(durable),
        is_invented=made.is_invented or need.need.is_invented,
    )
    stored.add_shares(new, decided_by=actor.name)
    journal.write(
        actor,
        "compute-reception-shares",
        f"reception cycle {year}",
        after={"receipt": number, "need": made.need, "total": made.total},
    )
    _tell(NoticeKind.SHARES_COMPUTED, year, today, made.total)
    return number


def _receipt(
    made: ReceptionShares, inhabitants: Inhabitants, durable: Sequence[DurablePlaces | NotDeducted]
) -> Receipt:
    provinces = {code: reference.municipality(code).province for code in inhabitants.people}
    held = [one for one in sites.confirmed_sites() if one.site.is_durable and not one.site.for_minors]
    return distribution_receipt(
        shares=made,
        inhabitants_source=inhabitants.source,
        provinces=provinces,
        sites=[layer for one in held for layer in layers(one.site)],
        tasks=provincial_tasks(made, provinces, durable),
        code_version=code_version(),
    )


def _of_the_day(scores: SesScores, inhabitants: Inhabitants) -> SesScores:
    """Return the scores of the municipalities that the inhabitants are of; one that is missing is refused later."""
    kept = {code: one for code, one in scores.scores.items() if code in inhabitants.people}
    return SesScores(kept, scores.source, scores.is_invented)


def _inhabitants(as_of: date) -> Inhabitants:
    known = [day for day in reference.reference_dates() if day <= as_of]
    return reference.inhabitants(known[-1] if known else reference.reference_dates()[0])


def _check(need: ReceptionNeed, today: date) -> None:
    cycle_of(need.year)
    law_book().reception(need.announced_on)
    for what, places in (("need", need.places), ("minors", need.minors)):
        if places is not None and not 0 <= places <= MOST_NEED:
            raise InputError(
                "INP-06",
                f"an estimate of {places} places",
                remedy=f"Give a whole number of places, at most {MOST_NEED}.",
                location=Location(column=what, value=str(places)),
            )
    if need.announced_on > today:
        raise InputError(
            "INP-06",
            "the day of the announcement is still to come",
            remedy="Give the day on which it was announced.",
            location=Location(column="announced_on", value=need.announced_on.isoformat()),
        )
    if not need.source.strip():
        raise InputError(
            "INP-04",
            "the estimate has no source",
            remedy="Give where it was published.",
            location=Location(column="source"),
        )


def _tell(kind: NoticeKind, year: int, today: date, places: int) -> None:
    for role in (Role.MUNICIPALITY, Role.PROVINCE, Role.COA):
        tell(
            kind=kind,
            to=Addressee(role),
            reference=f"{Thing.RECEPTION}:{year}",
            today=today,
            figures={"places": places},
        )
