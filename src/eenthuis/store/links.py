"""Links and sign-offs as numbered steps that are only ever added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef

from eenthuis.store.models import LinkRow, SignOffRow, WayStepRow
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.linking import Reason
from eenthuis.terms.people import HouseholdId, Link
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.receipt import plain

EVERY_HOUSEHOLD = "every household"
"""The lock that whoever decides on a household shares, and whoever takes in many at once holds alone."""


def lock_every_household() -> None:
    """Hold all households until the transaction ends; whoever decides on one of them by hand waits."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [EVERY_HOUSEHOLD])


def lock_municipalities(codes: Sequence[MunicipalityCode]) -> None:
    """Hold what is open in these municipalities until the transaction ends; others who link there wait."""
    _lock("municipality", codes)


def lock_households(identifiers: Sequence[HouseholdId]) -> None:
    """Hold these households until the transaction ends; others who link them wait, and so do files being taken in."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [EVERY_HOUSEHOLD])
    _lock("household", identifiers)


def _lock(kind: str, names: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for name in sorted(set(names)):
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{kind}:{name}"])


def links_in_force(identifiers: Sequence[HouseholdId]) -> Mapping[HouseholdId, LinkRow]:
    """Return the link in force of each of these households; one without is left out."""
    rows = LinkRow.objects.filter(household__in=list(identifiers), kind="linked", replaced_by__isnull=True)
    return {HouseholdId(row.household): row for row in rows}


def household_of(kind: str, number: int) -> HouseholdId | None:
    """Return whose step a row is: of kind ``link``, ``sign-off`` or ``step``; None when there is no such row."""
    match kind:
        case "sign-off":
            name = SignOffRow.objects.filter(pk=number).values_list("household", flat=True).first()
        case "step":
            name = WayStepRow.objects.filter(pk=number).values_list("household", flat=True).first()
        case _:
            name = LinkRow.objects.filter(pk=number).values_list("household", flat=True).first()
    return None if name is None else HouseholdId(name)


def linked_to(code: MunicipalityCode) -> Mapping[HouseholdId, date]:
    """Return the day of the link of every household that is linked to a municipality and not signed off."""
    gone = SignOffRow.objects.filter(link=OuterRef("pk"), kind="signed-off", replaced_by__isnull=True)
    rows = LinkRow.objects.filter(municipality=code, kind="linked", replaced_by__isnull=True)
    open_rows = rows.exclude(Exists(gone)).order_by("on", "household")
    return {HouseholdId(name): day for name, day in open_rows.values_list("household", "on")}


def steps(identifier: HouseholdId) -> tuple[LinkRow, ...]:
    """Return every step in the links of a household, oldest first."""
    return tuple(LinkRow.objects.filter(household=identifier).order_by("step"))


def last_steps(identifiers: Sequence[HouseholdId]) -> Mapping[HouseholdId, LinkRow]:
    """Return the last step of each household that has one."""
    rows = LinkRow.objects.filter(household__in=list(identifiers)).order_by("household", "step")
    return {HouseholdId(row.household): row for row in rows}


def add_link(
    link: Link,
    *,
    reasons: Sequence[Reason],
    proposal: int | None,
    decided_by: str,
    after: LinkRow | None,
    why: str = "",
) -> LinkRow:
    """Add the step that links a household, after an earlier step that ended a link, if any."""
    return LinkRow.objects.create(
        household=link.household,
        step=after.step + 1 if after else 1,
        kind="linked",
        municipality=link.municipality,
        half_year=str(link.half_year),
        persons=link.persons,
        on=link.linked_on,
        reasons=reasons_plain(reasons),
        why=why,
        proposal_id=proposal,
        replaces=after,
        decided_by=decided_by,
    )


def change_link(
    before: LinkRow, link: Link, *, reasons: Sequence[Reason], why: str, decided_by: str
) -> LinkRow:
    """Add the steps that let a link in force move on to another municipality, with the reason; return the new link."""
    moved = _close(before, "moved", on=link.linked_on, why=why, decided_by=decided_by)
    return add_link(link, reasons=reasons, proposal=None, decided_by=decided_by, after=moved, why=why)


def end_link(link: LinkRow, *, on: date, why: str, decided_by: str) -> LinkRow:
    """Add the step that ends a link in force, with the reason."""
    return _close(link, "ended", on=on, why=why, decided_by=decided_by)


def _close(link: LinkRow, kind: str, *, on: date, why: str, decided_by: str) -> LinkRow:
    return LinkRow.objects.create(
        household=link.household,
        step=link.step + 1,
        kind=kind,
        municipality=link.municipality,
        half_year=link.half_year,
        persons=link.persons,
        on=on,
        reasons=[],
        why=why,
        proposal_id=link.proposal_id,
        replaces=link,
        decided_by=decided_by,
    )


def sign_off_in_force(identifier: HouseholdId) -> SignOffRow | None:
    """Return the sign-off in force of a household, if any."""
    return SignOffRow.objects.filter(
        household=identifier, kind="signed-off", replaced_by__isnull=True
    ).first()


def signed_off(identifiers: Sequence[HouseholdId]) -> frozenset[HouseholdId]:
    """Return which of these households are signed off."""
    rows = SignOffRow.objects.filter(
        household__in=list(identifiers), kind="signed-off", replaced_by__isnull=True
    )
    return frozenset(HouseholdId(name) for name in rows.values_list("household", flat=True))


def add_sign_off(link: LinkRow, *, on: date, decided_by: str) -> SignOffRow:
    """Add the step that signs a household off for the municipality of its link."""
    last = SignOffRow.objects.filter(household=link.household).order_by("-step").first()
    return SignOffRow.objects.create(
        household=link.household,
        step=last.step + 1 if last else 1,
        kind="signed-off",
        link=link,
        municipality=link.municipality,
        half_year=str(HalfYear.containing(on)),
        persons=link.persons,
        on=on,
        replaces=last,
        decided_by=decided_by,
    )


def withdraw_sign_off(row: SignOffRow, *, on: date, why: str, decided_by: str) -> SignOffRow:
    """Add the step that takes a sign-off back, with the reason."""
    return SignOffRow.objects.create(
        household=row.household,
        step=row.step + 1,
        kind="withdrawn",
        link_id=row.link_id,
        municipality=row.municipality,
        half_year=row.half_year,
        persons=row.persons,
        on=on,
        why=why,
        replaces=row,
        decided_by=decided_by,
    )


def reasons_plain(reasons: Sequence[Reason]) -> list[dict[str, object]]:
    """Return reasons as JSON holds them."""
    return [
        {"code": reason.code, "points": reason.points, "values": dict(reason.values or {})}
        for reason in reasons
    ]


def reasons_from(document: object) -> tuple[Reason, ...]:
    """Return reasons from their JSON."""
    if not isinstance(document, list):
        return ()
    return tuple(
        Reason(
            code=str(entry["code"]), points=float(entry.get("points", 0)), values=entry.get("values") or None
        )
        for entry in document
    )


def plain_link(link: LinkRow) -> object:
    """Return what the journal keeps of a link."""
    return plain(
        {"municipality": link.municipality, "half_year": link.half_year, "kind": link.kind, "on": link.on}
    )
