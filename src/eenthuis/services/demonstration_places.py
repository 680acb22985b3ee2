"""Reception places in the demonstration country: real capacities and estimate, invented scores, marked so."""

from __future__ import annotations

from datetime import date

from eenthuis import reference
from eenthuis.connect.invented_scores import invented_scores
from eenthuis.services.reception_shares import announce_need, load_scores
from eenthuis.store import sites
from eenthuis.terms.access import Actor
from eenthuis.terms.capacity import ReceptionNeed, Site, SiteForm, SiteSpan
from eenthuis.terms.reception import PlaceKind

FIRST_ESTIMATE = ReceptionNeed(
    year=2024,
    places=96_000,
    minors=None,
    announced_on=date(2024, 2, 1),
    source="https://wetten.overheid.nl/BWBR0049312",
    note="De dag van bekendmaking is niet gevonden; de eerste dag van de wet staat ervoor in de plaats.",
)
INVENTED = "verzonnen voor de demonstratie; de raming van 2026 is niet gevonden"
SECOND_ESTIMATES = (
    ReceptionNeed(2026, 94_000, 7_500, date(2026, 1, 20), INVENTED, is_invented=True),
    ReceptionNeed(2026, 92_000, 7_300, date(2026, 2, 24), INVENTED, is_invented=True),
)
SEED, SCORE_YEAR = 2026, 2023
FORMS = ((SiteForm.REGULAR, "Opvang"), (SiteForm.EMERGENCY, "Noodopvang"))


def settle_sites(*, today: date) -> int:
    """Put the published capacity of every municipality in the register, a site for each form; return how many."""
    found: list[Site] = []
    for counted in reference.reception_capacity():
        name = reference.municipality(counted.municipality).name
        for form, word in FORMS:
            places = counted.regular if form is SiteForm.REGULAR else counted.emergency
            if places:
                found.append(
                    Site(
                        identifier=sites.identifier_of(len(found) + 1),
                        municipality=counted.municipality,
                        name=f"{word} {name}",
                        kind=PlaceKind.REGULAR,
                        form=form,
                        for_minors=False,
                        is_durable=False,
                        spans=(SiteSpan(counted.day, None, places),),
                        source=counted.source,
                    )
                )
    sites.add_many(found, decided_by="demonstration", on=today, is_confirmed=True)
    return len(found)


def share_places(*, by: Actor, today: date) -> None:
    """Load invented scores, and announce the estimate of 2024 and two invented ones of 2026."""
    counted = reference.inhabitants(reference.reference_dates()[-1])
    ever = {*counted.people, *reference.inhabitants(date(2024, 1, 1)).people}
    load_scores(actor=by, scores=invented_scores(ever, SEED), year=SCORE_YEAR, today=today)
    for need in (FIRST_ESTIMATE, *SECOND_ESTIMATES):
        if need.announced_on <= today:
            announce_need(actor=by, need=need, today=max(need.announced_on, date(2024, 2, 1)))
