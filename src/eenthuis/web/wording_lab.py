"""The words of the policy lab for its pages: measures, levers, units, scenarios and how far a run is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.utils.formats import get_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEASURES: dict[str, str | Promise] = {
    "people-waiting": _("mensen met een vergunning die nog geen woning hebben"),
    "in-term": _("deel van de huishoudens dat binnen 14 weken verhuisde"),
    "backlog": _("achterstand van gemeenten samen"),
    "lead": _("voorsprong van gemeenten samen"),
    "complying": _("gemeenten zonder achterstand"),
    "backlog-spread": _("spreiding van de achterstand over gemeenten"),
    "realised": _("afgemeld in het halfjaar"),
    "announced": _("landelijke taakstelling aan het eind van het halfjaar"),
    "permits": _("vergunningen in het halfjaar"),
    "linked": _("gekoppeld in het halfjaar"),
    "left": _("zonder goede reden geweigerd en op eigen gelegenheid vertrokken"),
    "in-transit": _("mensen in doorstroomlocaties, gemiddeld"),
    "places-short": _("mensen in de opvang zonder duurzame plaats, gemiddeld"),
    "reception-days": _("dagen in de opvang van mensen met een vergunning"),
    "reception-cost": _("kosten van opvang en doorstroom in het halfjaar"),
    "grants": _("subsidie voor flexwoningen in het halfjaar"),
    "document-days": _("dagen wachten op een verblijfsdocument, gemiddeld"),
    "document-kilometres": _(
        "kilometers voor verblijfsdocumenten, van mensen naar loketten en van teams naar centra"
    ),
    "work": _("mensen van wie verwacht wordt dat zij binnen een jaar werk hebben, van wie een woning kreeg"),
    "work-per-household": _(
        "hetzelfde per huishouden dat een woning kreeg: verwacht met werk binnen een jaar"
    ),
    "mass": _("mensen die verschenen of verdwenen; altijd 0"),
}
WEEKS = _("weken van vergunning tot woning, huishoudens van %(size)s")
SIZES: dict[str, str | Promise] = {"3-4": _("3 of 4"), "6-7": _("6 of 7"), "8+": _("8 of meer")}
RUNG = _("gemeenten op trede %(rung)s van hun interventieladder")
UNITS: dict[str, str | Promise] = {
    "people": _("mensen"),
    "share": _("deel"),
    "weeks": _("weken"),
    "days": _("dagen"),
    "municipalities": _("gemeenten"),
    "people per household": _("mensen per huishouden"),
    "people per 1,000": _("mensen per 1.000 inwoners"),
    "million euros": _("miljoen euro"),
    "thousand days": _("duizend dagen"),
    "thousand kilometres": _("duizend kilometer"),
    "homes per year": _("woningen per jaar"),
    "times": _("keer"),
    "": "",
}
LEVERS: dict[str, str | Promise] = {
    "reception_duty": _("gemeenten moeten opvangplaatsen beschikbaar stellen"),
    "reception_pay": _("deel van de echte kosten van opvangplaatsen dat gemeenten vergoed krijgen"),
    "composition_told": _("COA vertelt gemeenten de gezinssamenstelling en de reden van een koppeling"),
    "documents_at_centre": _("deel van de verblijfsdocumenten dat op het azc wordt uitgereikt"),
    "urgency_duty": _("statushouders zijn verplicht een urgentiecategorie"),
    "flex_homes_a_year": _("flexwoningen die per jaar klaarkomen"),
    "flex_share": _("deel van de flexwoningen voor statushouders"),
    "multi_year_schemes": _("regelingen voor huisvesting gelden meer jaren en voor alle groepen"),
    "proactive_supervision": _("provincies handelen eerder"),
    "distribution_key": _("waarnaar het landelijke aantal wordt verdeeld"),
    "tell_deviations": _("afwijkingen van de prognose worden halverwege verteld"),
    "interim_adjustment": _("de taakstelling wordt binnen het halfjaar bijgesteld"),
    "substantial_deviation": _("afwijking vanaf welke wordt verteld en bijgesteld"),
    "arrivals": _("instroom ten opzichte van nu"),
    "priority_ban": _("voorrang voor statushouders is verboden"),
    "target_abolished": _("de taakstelling is afgeschaft"),
    "perfect_information": _("de vergunningen van het volgende halfjaar zijn bekend bij de aankondiging"),
}
RECOMMENDATIONS: dict[int, str | Promise] = {
    1: _("Opvangplaatsen: plicht en betaling"),
    2: _("Gezinssamenstelling en reden van koppeling"),
    3: _("Verblijfsdocumenten waar mensen wonen"),
    4: _("Urgentie"),
    5: _("Flexwoningen en hun deel"),
    6: _("Meerjarige regelingen"),
    7: _("Proactief toezicht"),
    8: _("Verdeelsleutel"),
    9: _("Afwijkingen vertellen"),
    10: _("Tussentijds bijstellen"),
    0: _("Wat anders kan gebeuren"),
}
CHOICES: dict[str, str | Promise] = {
    "inhabitants": _("inwoners"),
    "social-housing": _("woningen van corporaties"),
    "housing-stock": _("woningen"),
    "own-weights": _("eigen gewichten"),
    "none": _("niet"),
    "down-only": _("alleen omlaag"),
    "both-ways": _("omlaag en omhoog"),
}
SCENARIOS: dict[str, str | Promise] = {
    "today": _("zoals nu"),
    "cabinet-response-2023": _("antwoord van het kabinet, januari 2023"),
    "as-advised": _("zoals geadviseerd"),
}
OF_RECOMMENDATIONS: dict[str, str | Promise] = {
    "without-recommendation-": _("antwoord van het kabinet zonder aanbeveling %(number)s"),
    "with-recommendation-": _("antwoord van het kabinet met aanbeveling %(number)s"),
}
"""Beginnings of the names of scenarios that the register of recommendations asks for."""
STATES: dict[str, str | Promise] = {
    "waiting": _("Wacht op een plaats om te rekenen."),
    "running": _("Er wordt gerekend."),
    "done": _("Klaar."),
    "failed": _("Dit kon niet worden doorgerekend."),
    "lost": _("Het rekenen is afgebroken. Vraag het opnieuw."),
    "withdrawn": _("Gestopt. Er is niets bewaard."),
}
KINDS: dict[str, str | Promise] = {
    "compare": _("vergelijking"),
    "tornado": _("hefboom voor hefboom"),
    "worth": _("wat meer weten waard is"),
    "past": _("toets op het verleden"),
}
FAN_KEY = _("donker: helft van de toekomsten · licht: negen van de tien · lijn: midden")
BARS_KEY = _("balk: gemiddeld effect van een hefboom alleen · streep: 95 %")
WORTH_KEY = _("balk: wat weten waard is · streep: 95 %")
PAST_KEY = _("balk: 80 % · lijn: midden · dichte stip: achtergehouden cijfer · open stip: op gepast")


def measure(name: str) -> str:
    """Return a measure in the language of the page."""
    if name.startswith("rung-"):
        return str(RUNG) % {"rung": name.removeprefix("rung-")}
    if name.startswith("weeks-"):
        size = name.removeprefix("weeks-")
        return str(WEEKS) % {"size": SIZES.get(size, size)}
    return str(MEASURES.get(name, name))


def scenario(name: str) -> str:
    """Return the name of a scenario; a person's own name for one stays as it is."""
    for before, told in OF_RECOMMENDATIONS.items():
        if name.startswith(before) and name.removeprefix(before).isdecimal():
            return str(told) % {"number": name.removeprefix(before)}
    return str(SCENARIOS.get(name, name))


def lever_value(value: object) -> str:
    """Return the value of a lever for reading."""
    if isinstance(value, bool):
        return str(_("ja")) if value else str(_("nee"))
    if isinstance(value, str):
        return str(CHOICES.get(value, value))
    return str(_number(value, number_format)) if isinstance(value, float) else str(value)


def _number(value: float, told: Callable[[Decimal, int], str]) -> str:
    exact = Decimal(repr(value)).normalize()
    exponent = exact.as_tuple().exponent
    return told(exact, max(0, -exponent) if isinstance(exponent, int) else 0)


def lever_typed(value: object) -> str:
    """Return the value of a lever as a form holds it."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if not isinstance(value, float):
        return str(value)
    return _number(value, lambda exact, decimals: f"{exact:.{decimals}f}").replace(
        ".", get_format("DECIMAL_SEPARATOR")
    )
