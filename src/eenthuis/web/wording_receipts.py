"""Words for what a receipt is of, and for the settings of the law book that a page names."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

Words = Mapping[str, object]

ACTIONS: Words = {
    "targets.compute": _("berekening van de netto taakstelling"),
    "targets.correct": _("berekening van de gecorrigeerde taakstelling"),
    "targets.swap": _("ruil van taakstelling"),
    "supervise.assess": _("beoordeling in het toezicht"),
    "reception.distribute": _("berekening van de aandelen in opvangplaatsen"),
    "reception.allocate": _("verdeelbesluit over opvangplaatsen"),
    "sheets.take-in": _("inlezen van een bestand"),
    "composition.publish": _("Gezinssamenstelling"),
}
STEPS: Words = {
    "share": _("Aandeel naar inwoners"),
    "net": _("Netto taakstelling"),
    "swap": _("Ruil met andere gemeenten"),
    "carried": _("Achterstand of voorsprong uit eerdere halfjaren"),
    "corrected": _("Gecorrigeerde taakstelling"),
}
"""The steps of a computed target."""

SETTINGS: Words = {
    "deviation.share": _("deel van wat is verteld vanaf waar een afwijking groot is"),
    "deviation.people": _("mensen vanaf waar een afwijking groot is"),
    "deviation.least_counted": _("deel van het halfjaar dat geteld moet zijn"),
    "deviation.persons_per_home": _("mensen per woning"),
    "disclosure.floor": _("kleinste aantal dat te zien is"),
    "disclosure.protection": _("ruimte die een verborgen aantal houdt"),
    "composition.area_alone": _("inwoners vanaf waar een gemeente apart wordt verteld"),
    "composition.area_together": _("inwoners die een gebied minstens heeft"),
    "composition.area_fewest": _("gemeenten die een gebied minstens heeft"),
    "composition.areas_year": _("jaar waarvan de inwoners de gebieden bepalen"),
}
