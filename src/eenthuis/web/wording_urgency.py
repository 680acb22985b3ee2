"""Words for urgency schemes and the order of offers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.terms.urgency import OfferOrder, Shortcoming, TargetProvision, UrgencyGroup

Words = Mapping[str, object]

PROVISIONS: Words = {
    TargetProvision.LAID_DOWN: _("vastgelegd in de verordening"),
    TargetProvision.OTHERWISE_BY_EXECUTIVE: _("het college voorziet er anders in"),
    TargetProvision.NONE: _("niet geregeld"),
}
URGENCY_GROUPS: Words = {
    UrgencyGroup.CARERS: _("mantelzorgers en wie mantelzorg krijgt"),
    UrgencyGroup.CHRONIC_MEDICAL: _("mensen met een ernstige chronische medische aandoening"),
    UrgencyGroup.HOMELESS_SHELTER: _("mensen uit de maatschappelijke opvang"),
    UrgencyGroup.VIOLENCE_OR_TRAFFICKING_SHELTER: _("mensen uit de opvang na geweld of mensenhandel"),
    UrgencyGroup.LEAVING_PROTECTED_LIVING: _("mensen die beschermd wonen verlaten"),
    UrgencyGroup.LEAVING_MENTAL_HEALTH_CARE: _("mensen die een ggz-instelling verlaten"),
    UrgencyGroup.LEAVING_YOUTH_CARE: _("jongeren die de jeugdhulp verlaten"),
    UrgencyGroup.LEAVING_DETENTION: _("mensen die uit detentie komen"),
    UrgencyGroup.LEAVING_SEX_WORK: _("mensen in een uitstapprogramma voor sekswerkers"),
    UrgencyGroup.FAMILIES_WITHOUT_ABODE: _("gezinnen met kinderen zonder vaste plek"),
}
OFFER_ORDERS: Words = {
    OfferOrder.FIRST_DEADLINE: _("wiens termijn voor een woning het eerst afloopt"),
    OfferOrder.LONGEST_WAITING: _("wie het langst een vergunning heeft"),
    OfferOrder.LARGEST_HOUSEHOLD: _("het grootste huishouden"),
    OfferOrder.WITH_CHILDREN: _("huishoudens met kinderen"),
    OfferOrder.NEEDS_ACCESSIBLE_HOME: _("wie een toegankelijke woning nodig heeft"),
}
"""Who goes first."""

SET_APART: Words = {
    OfferOrder.FIRST_DEADLINE: _("Na het vorige: de termijn loopt later af."),
    OfferOrder.LONGEST_WAITING: _("Na het vorige: korter een vergunning."),
    OfferOrder.LARGEST_HOUSEHOLD: _("Na het vorige: een kleiner huishouden."),
    OfferOrder.WITH_CHILDREN: _("Na het vorige: geen kinderen."),
    OfferOrder.NEEDS_ACCESSIBLE_HOME: _("Na het vorige: geen toegankelijke woning nodig."),
}
"""Why a household stands after the one before it."""

SHORTCOMINGS: Words = {
    Shortcoming.NO_SCHEME: _("Er is geen urgentieregeling, terwijl die nu verplicht is."),
    Shortcoming.STATUS_HOLDERS_NOT_NAMED: _("Statushouders staan niet in de regeling, terwijl dat nu moet."),
    Shortcoming.NO_TARGET_PROVISION: _("Niet geregeld is hoe de gemeente aan de taakstelling voldoet."),
    Shortcoming.GROUP_MISSING: _("Een verplichte groep ontbreekt"),
}
URGENCY_PAPERS: Words = {
    "urgency.scheme_is_obligatory": _("Huisvestingswet 2014, artikel 12: is een regeling verplicht"),
    "urgency.status_holders_always": _("Huisvestingswet 2014, artikel 12: statushouders"),
    "urgency.provision_asked": _("Huisvestingswet 2014, artikel 12, vierde lid: de taakstelling"),
    "urgency.groups_asked": _("Huisvestingswet 2014, artikel 12: groepen"),
    "urgency.local_tie_may_block": _("Huisvestingswet 2014, artikel 16: binding met de gemeente"),
    "urgency.default_order": _("Huisvestingswet 2014, artikel 28: volgorde als de gemeente niets regelt"),
}
URGENCY_MAY: Words = {
    "keep-urgency-scheme": _("de urgentieregeling van de gemeente invoeren of verbeteren"),
}
URGENCY_GROUNDS: Words = {
    "keep-urgency-scheme": _("Huisvestingswet 2014, artikel 12: de gemeenteraad stelt de regeling vast"),
}
URGENCY_DONE: Words = {
    "keep-urgency-scheme": _("urgentieregeling ingevoerd of verbeterd"),
}
