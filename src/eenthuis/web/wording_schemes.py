"""Words for schemes, flex homes and their shares."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.rules.flex_shares import NoRule, Standing
from eenthuis.terms.flex import CountedIn, Direction
from eenthuis.terms.schemes import (
    AmountPer,
    ConditionKind,
    Evidence,
    OrderRule,
    ProjectFact,
    Purpose,
    TargetGroup,
)
from eenthuis.web.wording_liveability import LIVEABILITY_DONE
from eenthuis.web.wording_money import MONEY_DONE, MONEY_GROUNDS, MONEY_MAY
from eenthuis.web.wording_transit import TRANSIT_DONE, TRANSIT_GROUNDS, TRANSIT_MAY

Words = Mapping[str, object]

TARGET_GROUPS: Words = {
    TargetGroup.STATUS_HOLDERS: _("statushouders"),
    TargetGroup.DISPLACED_PEOPLE: _("ontheemden"),
    TargetGroup.HOMELESS_PEOPLE: _("dak- en thuislozen"),
    TargetGroup.SOCIAL_OR_MEDICAL_URGENCY: _("mensen met sociale of medische urgentie"),
    TargetGroup.LEAVING_INSTITUTIONS: _("mensen die een instelling verlaten"),
    TargetGroup.LABOUR_MIGRANTS: _("arbeidsmigranten"),
    TargetGroup.STUDENTS: _("uitwonende studenten"),
    TargetGroup.CARAVAN_DWELLERS: _("woonwagenbewoners"),
}
DIRECTIONS: Words = {
    Direction.AT_LEAST: _("ten minste"),
    Direction.AT_MOST: _("ten hoogste"),
}
COUNTED_IN: Words = {
    CountedIn.PROJECT: _("woningen in het project zelf"),
    CountedIn.WHOLE_STOCK: _("woningen in het project, en extra woningen elders in de gemeente"),
}
STANDINGS: Words = {
    Standing.BINDING: _("geldt"),
    Standing.STATED: _("staat ergens anders zo, maar geldt niet"),
}
NO_RULES: Words = {
    NoRule.NO_SCHEME: _("Voor dit project is geen regeling gevraagd; er geldt geen aandeel."),
    NoRule.NOT_IN_FORCE: _("De regeling gold niet op de dag van de aanvraag."),
    NoRule.NOT_KNOWN: _("Van deze regeling is geen aandeel bekend."),
}
SCHEMES_PAPERS: Words = {
    "scheme.sft-2022.share.scheme.direction": _("bericht over de regeling van 17 oktober 2022"),
    "scheme.sft-2022.share.memo.direction": _("beslisnota bij Kamerstuk 32 847, nr. 994"),
    "scheme.sft-2023.share.scheme.direction": _("artikel 7, vijfde lid, van de regeling"),
}
SCHEMES_MAY: Words = {
    **MONEY_MAY,
    **TRANSIT_MAY,
    "see-flex-projects": _("projecten met flexwoningen zien, en of zij zich aan het aandeel houden"),
    "keep-flex-projects": _("projecten met flexwoningen toevoegen, wijzigen of intrekken"),
}
SCHEMES_GROUNDS: Words = {
    **MONEY_GROUNDS,
    **TRANSIT_GROUNDS,
    "see-flex-projects": _(
        "Stimuleringsregeling flex- en transformatiewoningen: het aandeel is een voorwaarde"
    ),
    "keep-flex-projects": _(
        "Stimuleringsregeling flex- en transformatiewoningen: de gemeente verantwoordt haar project"
    ),
}
SCHEMES_DONE: Words = {
    **MONEY_DONE,
    **LIVEABILITY_DONE,
    **TRANSIT_DONE,
    "add-flex-project": _("project met flexwoningen toegevoegd"),
    "change-flex-project": _("project met flexwoningen gewijzigd"),
    "withdraw-flex-project": _("project met flexwoningen ingetrokken"),
}
PURPOSES: Words = {
    Purpose.EXTRA_HOMES: _("extra woningen"),
    Purpose.HOUSED_PEOPLE: _("mensen die een woning kregen"),
    Purpose.TEMPORARY_PLACES: _("tijdelijke plekken"),
}
AMOUNT_PER: Words = {
    AmountPer.HOME: _("per woning"),
    AmountPer.PERSON: _("per persoon"),
    AmountPer.PERSON_DAY: _("per persoon per dag"),
}
ORDER_RULES: Words = {
    OrderRule.FIRST_COME: _("wie het eerst komt"),
    OrderRule.CATEGORY_THEN_LOT: _("eerst de categorie, daarbinnen loting"),
}
EVIDENCE: Words = {
    Evidence.ANNUAL_ACCOUNTS: _("de jaarrekening"),
    Evidence.HOMES_DELIVERED: _("opgeleverde woningen"),
    Evidence.OCCUPANCY_PER_DAY: _("bezetting per dag"),
}
FACTS: Words = {
    ProjectFact.YEARS_AVAILABLE: _("jaren beschikbaar"),
    ProjectFact.SOCIAL_RENT: _("sociale huur"),
    ProjectFact.SHORTFALL_PROVEN: _("een tekort is aangetoond"),
    ProjectFact.WRITTEN_LEASE: _("een schriftelijk huurcontract"),
    ProjectFact.ADDS_TO_STOCK: _("extra op de bestaande voorraad"),
    ProjectFact.FOUNDATIONS_BEGUN: _("de fundering is al begonnen"),
    ProjectFact.MONTHS_TO_DELIVERY: _("maanden tot de oplevering"),
    ProjectFact.MONTHS_TO_START: _("maanden tot de start van de bouw"),
    ProjectFact.ONLY_FOR_THE_GROUPS: _("alleen voor de groepen"),
    ProjectFact.PERSONS_IN_HOUSEHOLD: _("personen in het huishouden"),
    ProjectFact.ADULTS_ONLY: _("alleen mensen van 18 jaar en ouder"),
    ProjectFact.LINKED_PEOPLE_ONLY: _("alleen mensen die gekoppeld zijn"),
    ProjectFact.FROM_RECEPTION_ONLY: _("alleen mensen uit de opvang"),
    ProjectFact.NO_OTHER_HOUSING: _("er is geen andere passende woning"),
    ProjectFact.FITS_THE_FAMILY: _("de plek past bij het gezin"),
    ProjectFact.SITE_YEARS: _("jaren per locatie"),
}
KINDS: Words = {
    ConditionKind.LEAST: _("ten minste"),
    ConditionKind.MOST: _("ten hoogste"),
}
DIFFERENCES: Words = {
    "amount": _("bedrag"),
    "order": _("volgorde"),
    "evidence": _("bewijs"),
    "conditions": _("voorwaarden"),
}
"""In what two schemes are not the same."""
