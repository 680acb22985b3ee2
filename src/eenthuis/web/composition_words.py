"""Family composition in Dutch words: stages, characteristics and categories."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from eenthuis.web.wording import REGIONS

STAGES: dict[str, object] = {
    "waiting": _("Wacht op een koppeling"),
    "linked": _("Gekoppeld, wacht op een woning"),
}
CHARACTERISTICS: dict[str, object] = {
    "total": _("Huishoudens in de opvang"),
    "home": _("Woning die nodig is"),
    "size": _("Grootte van het huishouden"),
    "large": _("Grote gezinnen, volgens twee definities"),
    "singles-age": _("Alleenstaanden naar leeftijd"),
    "singles-sex": _("Alleenstaanden naar geslacht"),
    "joining": _("Huishoudens die nareizigers verwachten"),
    "joining-people": _("Verwachte nareizigers, in mensen"),
    "accessible": _("Woning die geschikt is voor een rolstoel"),
    "weeks": _("Weken sinds de vergunning of de koppeling"),
    "reason": _("Reden van de koppeling"),
}
CATEGORIES: dict[str, dict[str, object]] = {
    "total": {"all": _("alle")},
    "home": {
        "1-2": _("klein: 1 of 2 personen"),
        "3-4": _("gezin: 3 of 4 personen"),
        "5+": _("groot: 5 personen of meer"),
    },
    "size": {
        "1": _("1 persoon"),
        "2": _("2 personen"),
        "3-4": _("3 of 4 personen"),
        "5": _("5 personen"),
        "6-7": _("6 of 7 personen"),
        "8+": _("8 personen of meer"),
    },
    "large": {
        "in-reception": _("8 of meer personen in de opvang (regeling 2021)"),
        "with-joining": _("6 of meer, met nareizigers die een visum hebben (regeling 2024)"),
    },
    "singles-age": {
        "0-17": _("jonger dan 18 jaar"),
        "18-22": _("18 tot en met 22 jaar"),
        "23-26": _("23 tot en met 26 jaar"),
        "27-39": _("27 tot en met 39 jaar"),
        "40-64": _("40 tot en met 64 jaar"),
        "65+": _("65 jaar of ouder"),
        "unknown": _("leeftijd onbekend"),
    },
    "singles-sex": {"f": _("vrouw"), "m": _("man"), "x": _("onbekend")},
    "joining": {
        "nobody": _("verwacht niemand"),
        "expected": _("verwacht nareizigers, nog geen visum"),
        "granted": _("verwacht nareizigers, visum verleend"),
    },
    "joining-people": {"expected": _("nog geen visum"), "granted": _("visum verleend")},
    "accessible": {"yes": _("nodig"), "no": _("niet nodig")},
    "weeks": {
        "0-12": _("0 tot en met 12 weken"),
        "13-25": _("13 tot en met 25 weken"),
        "26-51": _("26 tot en met 51 weken"),
        "52+": _("een jaar of langer"),
    },
    "reason": {
        "first-degree-family": _("familie in de eerste graad"),
        "family-reunification": _("gezinshereniging"),
        "medical-treatment": _("medische behandeling"),
        "work-contract": _("arbeidscontract"),
        "study": _("opleiding"),
        "soft": _("alleen zachte criteria"),
        "none": _("geen reden vastgelegd"),
    },
}


def place_name(code: str, name: str) -> object:
    """Return the name of a place; a linking region by its provinces."""
    return REGIONS.get(code, name)
