"""Words for forecasts, official figures and what deviates, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.web.wording_recommendations import (
    RECOMMENDATION_DONE,
    RECOMMENDATION_GROUNDS,
    RECOMMENDATION_MAY,
)

Words = Mapping[str, object]

SERIES: Words = {
    "first-requests": _("Eerste asielverzoeken (zeven herkomstlanden)"),
    "joining-relatives": _("Nareizigers (zeven herkomstlanden)"),
    "national-number": _("Landelijk aantal te huisvesten"),
    "waiting": _("Statushouders in de opvang"),
}
"""What is forecast; official figures of the first two are of everyone."""

QUANTITIES: Words = {
    "national-number": _("Te huisvesten"),
    "permits": _("Vergunningen"),
    "first-requests": _("Eerste asielverzoeken"),
    "joining-relatives": _("Nareizigers"),
    "waiting": _("In de opvang"),
}

OFFICIAL: Words = {
    "announced": _("aangekondigd"),
    "estimate": _("raming"),
    "count": _("telling"),
}

MODELS: Words = {
    "same-as-last": _("zelfde als vorige keer"),
    "same-as-last-year": _("zelfde als een jaar eerder"),
    "drift": _("de gemiddelde verandering gaat door"),
    "smoothing": _("exponentieel gladstrijken van de maanden"),
    "state-space": _("een niveau dat zwerft"),
    "pooled": _("groepen die samen bewegen"),
    "combined-equally": _("alle modellen even zwaar"),
    "combined-by-record": _("alle modellen, naar hoe goed ze waren"),
}

SCORE_VERDICTS: Words = {
    "naive": _("de maat"),
    "better": _("aantoonbaar beter"),
    "worse": _("slechter"),
    "not-shown-better": _("niet aantoonbaar beter"),
    "too-few": _("te weinig cijfers"),
}

ESTIMATE_PROBLEMS: Words = {
    "out-of-range": _("Vul een heel getal in van 0 tot en met 1.000.000."),
    "not-in-order": _("Vul minimum, midden en maximum in op volgorde."),
    "ahead": _("Deze dag ligt in de toekomst. Vul de dag van publicatie in."),
    "until-missing": _("Vul de laatste dag in die is meegeteld."),
    "until-outside": _("Vul een dag in binnen het halfjaar, niet na de dag van publicatie."),
    "count-has-no-range": _(
        "Een telling heeft geen minimum of maximum, en een raming geen laatste getelde dag. Laat dit leeg."
    ),
    "no-source": _("Vul in waar dit is gepubliceerd."),
}

ORIGINS: Words = {
    "newer": _("een nieuwere officiële raming"),
    "count": _("de telling tot nu toe, gelijkmatig doorgetrokken"),
    "forecast": _("onze prognose"),
    "arrivals": _("wie er in twaalf maanden aankwam"),
}
"""What says that another number is to be expected."""

DEVIATION_STATES: Words = {
    "drafted": _("klaar om te beoordelen"),
    "put-forward": _("voorgelegd aan een tweede persoon"),
    "told": _("verteld"),
    "dropped": _("niet verteld"),
    "overtaken": _("ingehaald door een nieuwer cijfer"),
}

FORECAST_MAY = {
    **RECOMMENDATION_MAY,
    "tell-deviation": _("een afwijking voorleggen, als tweede persoon vertellen, of laten vallen"),
    "state-estimate": _("een officiële raming of telling invoeren"),
}
FORECAST_GROUNDS = {
    **RECOMMENDATION_GROUNDS,
    "tell-deviation": _("Advies 9 van de Adviesraad Migratie: vertel grote afwijkingen op tijd"),
    "state-estimate": _("Meerjaren Productie Prognose: de eigen ramingen van het ministerie"),
}
FORECAST_DONE = {
    **RECOMMENDATION_DONE,
    "draft-deviation": _("afwijking klaargezet"),
    "put-forward-deviation": _("afwijking voorgelegd"),
    "told-deviation": _("afwijking verteld"),
    "dropped-deviation": _("afwijking niet verteld"),
    "overtaken-deviation": _("afwijking ingehaald"),
    "state-estimate": _("raming of telling ingevoerd"),
    "make-forecast": _("prognose gemaakt"),
}
