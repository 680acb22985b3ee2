"""Announcing national numbers and swaps, and reading a half-year."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.receipts import SWAP, net_target_receipt
from eenthuis.rules.reorganisation import inhabitants_for
from eenthuis.rules.swaps import SwapRefused, swap
from eenthuis.rules.targets import net_targets, reference_date
from eenthuis.services.access import place_of, require
from eenthuis.services.announced import views
from eenthuis.services.balances import municipality_rows, standing, totals
from eenthuis.services.notices import tell
from eenthuis.services.read_models import HalfYearPage
from eenthuis.store import announcements as stored
from eenthuis.store import journal
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.notices import Addressee, NoticeKind
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.receipt import Receipt, make_receipt
from eenthuis.terms.targets import Announcement, Swap
from eenthuis.terms.version import code_version


def announce(*, actor: Actor, announcement: Announcement, today: date) -> Receipt:
    """Record a national number and the targets that follow from it; return the receipt of the targets.

    A number for a half-year that has one already must name the one in force as the one it replaces. It is recorded
    with the remark on its legal ground, never refused for it.

    Raises
    ------
    AccessError
        ACC-01 when this role may not announce.
    InputError
        INP-06 when the number is negative.
    StateError
        STA-01 when the half-year has a number and this one does not replace it.
    """
    require(actor, "announce")
    if announcement.people < 0:
        raise InputError(
            "INP-06",
            f"the national number is {announcement.people}",
            remedy="Give a whole number of 0 or more.",
        )
    half_year = announcement.half_year
    law = law_book().targets(half_year)
    with transaction.atomic():
        journal.lock_subject(f"half-year:{half_year}")
        _check_chain(announcement, stored.announcements(half_year))
        counted = reference.inhabitants(reference_date(half_year, law.reference_rule))
        inhabitants = inhabitants_for(
            half_year=half_year, counted=counted, mergers=reference.mergers(), rule=law.reorganisation
        )
        made = net_targets(
            half_year=half_year, national=announcement.people, inhabitants=inhabitants, law=law
        )
        receipt = net_target_receipt(
            made=made,
            inhabitants=inhabitants,
            law=law,
            as_of=announcement.counts_from or today,
            code_version=code_version(),
        )
        stored.save_announcement(announcement)
        stored.save_targets(
            made, announcement=announcement.identifier, receipt_number=journal.save_receipt(receipt)
        )
        journal.write(
            actor,
            "announce",
            f"half-year {half_year}",
            before=announcement.replaces,
            after={"people": announcement.people, "receipt": receipt.number},
            why=announcement.note,
        )
        if half_year.last_day >= today:
            for role in (Role.MUNICIPALITY, Role.PROVINCE, Role.COA):
                tell(
                    kind=NoticeKind.ANNOUNCED,
                    to=Addressee(role),
                    reference=f"half-year:{half_year}",
                    figures={"people": announcement.people},
                    today=today,
                )
    return receipt


def _check_chain(announcement: Announcement, held: tuple[Announcement, ...]) -> None:
    in_force = held[-1].identifier if held else None
    if announcement.replaces != in_force:
        raise StateError(
            "STA-01",
            f"{announcement.half_year} has {in_force or 'no announcement'} in force; "
            f"this one replaces {announcement.replaces or 'none'}",
            remedy="Name the announcement in force as the one it replaces.",
        )
    if any(earlier.identifier == announcement.identifier for earlier in held):
        raise StateError(
            "STA-01",
            f"{announcement.identifier} stands there already",
            remedy="Give the announcement a name of its own.",
        )


def register_swap(*, actor: Actor, agreed: Swap, today: date) -> Receipt | SwapRefused:
    """Record a swap between municipalities, or return why it cannot stand.

    A municipality may register a swap in which it takes part, a province one in which a municipality of its own does;
    the ministry may register any.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this actor may not.
    StateError
        STA-01 when the half-year is over.
    """
    parts = [place_of(code) for code in sorted(agreed.changes)]
    mine = [place for place in parts if actor.municipality == place.municipality] or [
        place for place in parts if actor.municipality is None and actor.province == place.province
    ]
    require(actor, "register-swap", mine[0] if mine else None)
    half_year = agreed.half_year
    if half_year.last_day < today:
        raise StateError(
            "STA-01", f"{half_year} is over", remedy="Register a swap before the half-year has ended."
        )
    with transaction.atomic():
        journal.lock_subject(f"half-year:{half_year}")
        where = standing(half_year, today)
        before = {code: goal.net + goal.swapped for code, goal in where.corrected.items()}
        outcome = swap(before, agreed, law_book().targets(half_year))
        if isinstance(outcome, SwapRefused):
            return outcome
        receipt = make_receipt(
            action=SWAP,
            as_of=agreed.decided_on,
            inputs={
                "half_year": str(half_year),
                "before": {code: before[code] for code in sorted(agreed.changes)},
                "changes": dict(agreed.changes),
            },
            output={code: outcome.targets[code] for code in sorted(agreed.changes)},
            citations=law_book().targets(half_year).citations,
            code_version=code_version(),
        )
        stored.save_swap(agreed, registered_by=actor.name)
        journal.save_receipt(receipt)
        journal.write(
            actor,
            "register-swap",
            f"half-year {half_year}",
            before={code: before[code] for code in sorted(agreed.changes)},
            after={code: outcome.targets[code] for code in sorted(agreed.changes)},
            why=agreed.reference,
        )
        _tell_of_swap(agreed, today)
    return receipt


def list_swaps(
    *,
    actor: Actor,
    half_year: HalfYear | None,
    municipality: MunicipalityCode | None,
    first: int,
    most: int,
) -> tuple[tuple[tuple[int, Swap], ...], int]:
    """Return one page of the registered swaps, newest first, with their numbers; and how many match."""
    require(actor, "see-published-figures")
    return stored.swaps(half_year, municipality, first=first, most=most)


def read_swap(*, actor: Actor, number: int) -> Swap:
    """Return a registered swap.

    Raises
    ------
    AccessError
        ACC-02 when there is none by that number.
    """
    require(actor, "see-published-figures")
    found = stored.swap_by_number(number)
    if found is None:
        raise AccessError("ACC-02", "no swap by that number", remedy="Read the list of swaps.")
    return found


def _tell_of_swap(agreed: Swap, today: date) -> None:
    about = f"half-year:{agreed.half_year}"
    for code, change in sorted(agreed.changes.items()):
        told = {"change": change}
        to = Addressee(Role.MUNICIPALITY, municipality=code)
        tell(kind=NoticeKind.SWAPPED, to=to, reference=about, figures=told, today=today)
    for province in sorted({reference.municipality(code).province for code in agreed.changes}):
        to = Addressee(Role.PROVINCE, province=province)
        tell(kind=NoticeKind.SWAPPED, to=to, reference=about, today=today)


def read_half_year(*, actor: Actor, half_year: HalfYear, today: date) -> HalfYearPage:
    """Return a half-year with its announcements, the way its targets follow, and every municipality.

    Raises
    ------
    ReferenceFactError
        REF-05 when no target was announced for it.
    """
    require(actor, "see-published-figures")
    where = standing(half_year, today)
    listed = views(half_year)
    rows = municipality_rows(where)
    return HalfYearPage(
        half_year=half_year,
        today=today,
        announcements=listed,
        national=next(view.announcement.people for view in listed if view.is_in_force),
        country_inhabitants=sum(target.inhabitants for target in where.held.targets.values()),
        reference_date=where.held.reference_date,
        citations=law_book().targets(half_year).citations,
        rows=rows,
        totals=totals(rows),
        receipt_number=where.held.receipt_number,
        half_years=stored.half_years(),
    )


def municipalities_with_target(half_year: HalfYear) -> tuple[MunicipalityCode, ...]:
    """Return the municipalities that carry a target in a half-year, by code."""
    held = stored.targets_in_force(half_year)
    return tuple(sorted(held.targets)) if held else ()
