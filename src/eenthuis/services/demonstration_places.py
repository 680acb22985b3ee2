"""Reception places in the demonstration country: real capacities and estimate, invented scores, marked so."""

from __future__ import annotations

from datetime import date

from eenthuis import reference
from eenthuis.connect.invented_scores import invented_scores
from eenthuis.services.allocations import draft_allocation, publish_allocation
from eenthuis.services.place_offers import add_offer
from eenthuis.services.place_swaps import accept_swap, put_swap_forward
from eenthuis.services.reception_reading import cycle_of, law_state, running_year
from eenthuis.services.reception_shares import announce_need, load_scores
from eenthuis.store import sites
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.capacity import PlaceOffer, PlaceOfferId, ReceptionNeed, Site, SiteForm, SiteSpan
from eenthuis.terms.places import ProvinceCode
from eenthuis.terms.reception import PlaceKind, PlaceSwap

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
OFFERS = (
    ("Utrecht", 300, True),
    ("Amersfoort", 220, False),
    ("Zeist", 120, False),
    ("Houten", 100, True),
    ("Breda", 250, True),
    ("Zundert", 60, False),
)
"""Invented offers: municipality, places, and whether they are durable."""

SWAPS = ((("Zundert", -10), ("Breda", 10)), (("Breda", -15), ("Zundert", 15)))
"""Invented swaps in Noord-Brabant: the first is agreed by both sides, the second waits for the other one."""

BRABANT = ProvinceCode("PV30")
ADDRESS = "https://eenthuis.example/opvangplaatsen/verdeelbesluiten/"
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


def lay_the_table(*, today: date) -> int:
    """Offer invented places in Utrecht and Noord-Brabant; return how many offers."""
    first = cycle_of(running_year(today)).first_day
    by_name = {one.name: one.code for one in reference.municipalities(today)}
    count = 0
    for name, places, is_durable in OFFERS:
        code = by_name[name]
        actor = Actor("demonstration", Role.MUNICIPALITY, code, reference.municipality(code).province)
        offer = PlaceOffer(
            identifier=PlaceOfferId(""),
            year=0,
            municipality=code,
            places=places,
            kind=PlaceKind.REGULAR,
            is_durable=is_durable,
            for_minors=False,
            first_day=first,
            note="Verzonnen voor de demonstratie",
            is_invented=True,
        )
        add_offer(actor=actor, offer=offer, today=today)
        count += 1
    return count


def agree_and_decide(*, by: Actor, colleague: Actor, today: date) -> None:
    """Swap places at an invented table, and publish an allocation decision on it as a second person.

    The decision says in its own words that it is no real one, since its scores are invented.
    """
    by_name = {one.name: one.code for one in reference.municipalities(today)}
    for place, changes in enumerate(SWAPS):
        parties = [Actor("demonstration", Role.MUNICIPALITY, by_name[name], BRABANT) for name, _ in changes]
        number = put_swap_forward(
            actor=parties[0],
            province=BRABANT,
            agreed=PlaceSwap({by_name[name]: change for name, change in changes}),
            note="Verzonnen voor de demonstratie",
            today=today,
        )
        if not place:
            accept_swap(actor=parties[1], number=number, today=today)
    if law_state(today).holds:
        key = draft_allocation(actor=by, province=BRABANT, why="", address=ADDRESS, today=today)
        publish_allocation(actor=colleague, key=key, today=today)


def share_places(*, by: Actor, today: date) -> None:
    """Load invented scores, and announce the estimate of 2024 and two invented ones of 2026."""
    counted = reference.inhabitants(reference.reference_dates()[-1])
    ever = {*counted.people, *reference.inhabitants(date(2024, 1, 1)).people}
    load_scores(actor=by, scores=invented_scores(ever, SEED), year=SCORE_YEAR, today=today)
    for need in (FIRST_ESTIMATE, *SECOND_ESTIMATES):
        if need.announced_on <= today:
            announce_need(actor=by, need=need, today=max(need.announced_on, date(2024, 2, 1)))
