"""The Dutch words of the monthly report on family composition; the pages say the same, and in English."""

from __future__ import annotations

from collections.abc import Mapping

STAGES: Mapping[str, str] = {
    "waiting": "Wacht op een koppeling",
    "linked": "Gekoppeld, wacht op een woning",
}
CHARACTERISTICS: Mapping[str, str] = {
    "total": "Huishoudens in de opvang",
    "home": "Woning die nodig is",
    "size": "Grootte van het huishouden",
    "large": "Grote gezinnen, volgens twee definities",
    "singles-age": "Alleenstaanden naar leeftijd",
    "singles-sex": "Alleenstaanden naar geslacht",
    "joining": "Huishoudens die nareizigers verwachten",
    "joining-people": "Verwachte nareizigers, in mensen",
    "accessible": "Woning die geschikt is voor een rolstoel",
    "weeks": "Weken sinds de vergunning of de koppeling",
    "reason": "Reden van de koppeling",
}
CATEGORIES: Mapping[str, Mapping[str, str]] = {
    "total": {"all": "alle"},
    "home": {
        "1-2": "klein: 1 of 2 personen",
        "3-4": "gezin: 3 of 4 personen",
        "5+": "groot: 5 personen of meer",
    },
    "size": {
        "1": "1 persoon",
        "2": "2 personen",
        "3-4": "3 of 4 personen",
        "5": "5 personen",
        "6-7": "6 of 7 personen",
        "8+": "8 personen of meer",
    },
    "large": {
        "in-reception": "8 of meer personen in de opvang (regeling 2021)",
        "with-joining": "6 of meer, met nareizigers die een visum hebben (regeling 2024)",
    },
    "singles-age": {
        "0-17": "jonger dan 18 jaar",
        "18-22": "18 tot en met 22 jaar",
        "23-26": "23 tot en met 26 jaar",
        "27-39": "27 tot en met 39 jaar",
        "40-64": "40 tot en met 64 jaar",
        "65+": "65 jaar of ouder",
        "unknown": "leeftijd onbekend",
    },
    "singles-sex": {"f": "vrouw", "m": "man", "x": "onbekend"},
    "joining": {
        "nobody": "verwacht niemand",
        "expected": "verwacht nareizigers, nog geen visum",
        "granted": "verwacht nareizigers, visum verleend",
    },
    "joining-people": {"expected": "nog geen visum", "granted": "visum verleend"},
    "accessible": {"yes": "nodig", "no": "niet nodig"},
    "weeks": {
        "0-12": "0 tot en met 12 weken",
        "13-25": "13 tot en met 25 weken",
        "26-51": "26 tot en met 51 weken",
        "52+": "een jaar of langer",
    },
    "reason": {
        "first-degree-family": "familie in de eerste graad",
        "family-reunification": "gezinshereniging",
        "medical-treatment": "medische behandeling",
        "work-contract": "arbeidscontract",
        "study": "opleiding",
        "soft": "alleen zachte criteria",
        "none": "geen reden vastgelegd",
    },
}
REGIONS: Mapping[str, str] = {
    "groningen-friesland-drenthe": "Groningen, Friesland, Drenthe",
    "overijssel-gelderland": "Overijssel, Gelderland",
    "flevoland-utrecht-noord-holland": "Flevoland, Utrecht, Noord-Holland",
    "zuid-holland-zeeland": "Zuid-Holland, Zeeland",
    "noord-brabant-limburg": "Noord-Brabant, Limburg",
}
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
