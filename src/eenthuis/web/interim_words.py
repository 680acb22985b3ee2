"""Words for the five ways with a number that turns out otherwise, and for how each stands in law."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.rules.interim import Standing, Way

WAYS: Mapping[Way, object] = {
    Way.LEAVE: _("Laten staan en meenemen"),
    Way.SET_OFF: _("Verrekenen in het volgende getal"),
    Way.ANNOUNCE: _("Nu een ander getal aankondigen"),
    Way.EXCUSE: _("Laten staan; de provincie rekent het tekort niet aan"),
    Way.SCENARIO: _("Alleen als scenario laten zien"),
}
MEANINGS: Mapping[Way, object] = {
    Way.LEAVE: _("Het getal blijft. Wat niet wordt gehaald, gaat mee naar het volgende halfjaar."),
    Way.SET_OFF: _(
        "Het getal blijft. Het verschil gaat van het volgende landelijke getal af, of komt erbij."
    ),
    Way.ANNOUNCE: _("Er komt een tweede aankondiging binnen het halfjaar. De eerste blijft zichtbaar."),
    Way.EXCUSE: _(
        "Het getal blijft. Wat er door het verschil niet kon worden gekoppeld, heet verschoonbaar."
    ),
    Way.SCENARIO: _("Er verandert niets; het is een gedachte."),
}
STANDINGS: Mapping[Standing, object] = {
    Standing.CARRIES_BY_PRACTICE: _("Meenemen is praktijk; de wet zegt er niets over."),
    Standing.NEXT_IN_TIME: _("Het volgende getal kan vandaag nog op tijd worden aangekondigd."),
    Standing.NEXT_LATE: _("Het volgende getal zou vandaag te laat worden aangekondigd."),
    Standing.HAS_GROUND: _("De wet heeft een grond om het getal tijdens het halfjaar te wijzigen."),
    Standing.NO_GROUND: _("De wet heeft geen grond om het getal tijdens het halfjaar te wijzigen."),
    Standing.DOWN_IS_PRACTICE: _("Verlagen tijdens het halfjaar komt in de praktijk voor."),
    Standing.UP_IS_NOT_PRACTICE: _("Verhogen gebeurt in de praktijk alleen via het volgende halfjaar."),
    Standing.BEFORE_THE_HALF_YEAR: _("Het halfjaar is nog niet begonnen."),
    Standing.PROVINCE_JUDGES: _(
        "De provincie beoordeelt of een achterstand verschoonbaar is; dat is praktijk."
    ),
    Standing.NEEDS_NOTHING: _("Hiervoor is geen grond nodig."),
}
SETTINGS = {
    "targets.interim_change_has_ground": _("grond om het getal tijdens het halfjaar te wijzigen"),
    "announcements.down_inside": _("verlagen tijdens het halfjaar"),
    "announcements.up_inside": _("verhogen tijdens het halfjaar"),
}
