"""Words for reception places: the cycle, sites, offers, swaps and decisions."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from eenthuis.rules.capacity import WhyNot
from eenthuis.rules.reception_cycle import CycleStep
from eenthuis.rules.regional_table import SwapGround
from eenthuis.terms.capacity import SiteForm
from eenthuis.terms.reception import PlaceKind

Words = Mapping[str, object]

CYCLE_STEPS: Words = {
    CycleStep.ESTIMATE: _("Raming en aandelen"),
    CycleStep.REPORT: _("Verslag van de provinciale tafel"),
    CycleStep.DECISION: _("Verdeelbesluit per provincie"),
    CycleStep.PLACES: _("Plaatsen beschikbaar"),
}
CYCLE_WHO: Words = {
    CycleStep.ESTIMATE: _("De minister maakt bekend hoeveel plaatsen nodig zijn."),
    CycleStep.REPORT: _("De commissaris van de Koning doet verslag aan de minister."),
    CycleStep.DECISION: _("De minister besluit voor twee kalenderjaren."),
    CycleStep.PLACES: _("Gemeenten stellen locaties beschikbaar aan het COA."),
}
STEP_STATES: Words = {
    "done": _("gedaan"),
    "part": _("bezig"),
    "late": _("te laat"),
    "open": _("nog te doen"),
}
PLACE_KINDS: Words = {
    PlaceKind.REGULAR: _("gewoon"),
    PlaceKind.SPECIAL: _("bijzonder"),
}
SITE_FORMS: Words = {
    SiteForm.REGULAR: _("regulier"),
    SiteForm.EMERGENCY: _("noodopvang"),
}
SITE_STEPS: Words = {
    "opened": _("toegevoegd"),
    "places": _("ander aantal plaatsen"),
    "extended": _("langer open"),
    "closed": _("eerder dicht"),
    "confirmed": _("bevestigd door het COA"),
}
SITE_STATES: Words = {
    "open": _("nu open"),
    "coming": _("komt nog"),
    "ended": _("gesloten"),
    "to-confirm": _("nog te bevestigen"),
}
SWAP_GROUNDS: Words = {
    SwapGround.NO_SHARE: _("Een van de gemeenten heeft geen aandeel in deze provincie."),
    SwapGround.SUM: _("Wat de een minder doet, moet de ander meer doen: samen moet het nul zijn."),
    SwapGround.PROVINCE: _("De gemeenten liggen niet in dezelfde provincie."),
    SwapGround.BELOW_NOTHING: _("Een aandeel zou kleiner worden dan nul."),
    SwapGround.TOO_FEW_DURABLE: _(
        "Duurzame plaatsen tellen pas mee vanaf een kleinste aantal in een gemeente."
    ),
}
SITE_REFUSALS: Words = {
    WhyNot.OPENS_LATER: _("De locatie gaat later open dan deze dag."),
    WhyNot.ENDS_EARLIER: _("De locatie is voor deze dag al gesloten. Verleng haar eerst."),
    WhyNot.SAME_LAST_DAY: _("Dit is al de laatste dag van de locatie."),
    WhyNot.NOT_EARLIER: _("Sluiten kan alleen op een eerdere dag dan nu is afgesproken."),
    WhyNot.NOT_LATER: _("Verlengen kan alleen tot een latere dag dan nu is afgesproken."),
    WhyNot.PLACES: _("Vul een aantal plaatsen in van 1 tot en met 20.000."),
}
AIMS: Words = {
    "least-deviation": _("zo dicht mogelijk bij de aandelen"),
    "fewest-sites": _("zo weinig mogelijk locaties"),
    "spread": _("zo veel mogelijk gespreid"),
}
ALLOCATION_STATES: Words = {
    "put-forward": _("wacht op een tweede persoon"),
    "published": _("bekendgemaakt"),
    "withdrawn": _("ingetrokken"),
}
SWAP_STATES: Words = {
    "open": _("wacht op de andere gemeenten"),
    "accepted": _("aangenomen"),
    "confirmed": _("bevestigd door de provincie"),
    "withdrawn": _("ingetrokken"),
}
LINE_KINDS: Words = {
    "met": _("genoeg plaatsen"),
    "on-schedule": _("ten minste de helft"),
    "behind": _("minder dan de helft"),
    "far-behind": _("geen plaatsen"),
}
"""How far the places of a municipality go towards its share."""

PLACES_PAPERS: Words = {
    "reception.in_force": _("Spreidingswet: inwerkingtreding"),
    "reception.cycle.estimate_before": _("Spreidingswet, artikelen 2 en 3"),
    "reception.cycle.report_before": _("Spreidingswet, artikel 4, tweede lid"),
    "reception.cycle.decision_before": _("Spreidingswet, artikel 5"),
    "reception.cycle.places_months": _("Spreidingswet, artikel 7, eerste lid, onder a"),
    "reception.share.formula": _("Besluit bij de Spreidingswet: formule"),
    "reception.share.rounding": _("Besluit bij de Spreidingswet: afronding"),
    "reception.share.figures": _("Besluit bij de Spreidingswet: nieuwste cijfers van het CBS"),
}
PLACES_MAY: Words = {
    "share-reception-places": _(
        "bekendmaken hoeveel opvangplaatsen nodig zijn, scores laden en de aandelen berekenen"
    ),
    "see-reception-sites": _("opvanglocaties zien zoals ze nu zijn, ook voordat het COA ze bevestigt"),
    "keep-reception-sites": _("opvanglocaties toevoegen, wijzigen, verlengen of sluiten"),
    "confirm-reception-sites": _("bevestigen dat een opvanglocatie de plaatsen heeft die er staan"),
    "see-place-offers": _("aanbod, ruil en tekort aan de provinciale tafel zien"),
    "keep-place-offers": _("opvangplaatsen aanbieden aan de provinciale tafel"),
    "agree-place-swap": _("een ruil van opvangplaatsen voorleggen, aannemen of bevestigen"),
    "advise-allocation": _("een voorstel doen om het tekort te vullen, en verslag doen van de tafel"),
    "decide-allocation": _("een verdeelbesluit schrijven, en als tweede persoon bekendmaken"),
}
PLACES_GROUNDS: Words = {
    "share-reception-places": _(
        "Spreidingswet, artikelen 2 en 3: de minister maakt behoefte en aandelen bekend"
    ),
    "see-reception-sites": _("Spreidingswet, artikel 4: wie aan de provinciale tafel zit"),
    "keep-reception-sites": _("Spreidingswet, artikel 7: de gemeente stelt locaties beschikbaar aan het COA"),
    "confirm-reception-sites": _("Wet COA, artikel 3: het COA verzorgt de opvang"),
    "see-place-offers": _("Spreidingswet, artikel 4: wie aan de provinciale tafel zit"),
    "keep-place-offers": _("Spreidingswet, artikel 4: het college doet mee aan het overleg"),
    "agree-place-swap": _("Spreidingswet, artikelen 3 en 4: afspraak aan de provinciale tafel"),
    "advise-allocation": _("Spreidingswet, artikel 4, tweede lid: de commissaris van de Koning doet verslag"),
    "decide-allocation": _("Spreidingswet, artikel 5: de minister besluit per provincie"),
}
PLACES_DONE: Words = {
    "announce-reception-need": _("raming van opvangplaatsen bekendgemaakt"),
    "load-ses-scores": _("SES-WOA-scores geladen"),
    "compute-reception-shares": _("aandelen in opvangplaatsen berekend"),
    "add-reception-site": _("opvanglocatie toegevoegd"),
    "change-reception-site": _("opvanglocatie gewijzigd"),
    "confirm-reception-site": _("plaatsen van een opvanglocatie bevestigd"),
    "add-place-offer": _("aanbod van opvangplaatsen gedaan"),
    "change-place-offer": _("aanbod van opvangplaatsen gewijzigd"),
    "withdraw-place-offer": _("aanbod van opvangplaatsen ingetrokken"),
    "put-forward-place-swap": _("ruil van opvangplaatsen voorgelegd"),
    "accept-place-swap": _("ruil van opvangplaatsen aangenomen"),
    "confirm-place-swap": _("ruil van opvangplaatsen bevestigd"),
    "withdraw-place-swap": _("ruil van opvangplaatsen ingetrokken"),
    "draft-allocation-advice": _("voorstel om het tekort te vullen aangenomen"),
    "report-regional-table": _("verslag gedaan van de provinciale tafel"),
    "draft-allocation": _("verdeelbesluit geschreven"),
    "publish-allocation": _("verdeelbesluit bekendgemaakt"),
    "withdraw-allocation": _("verdeelbesluit ingetrokken"),
    "tell-reception": _("verteld over termijnen van de opvang"),
}

PLACES_TASKS: Words = {
    "places-lacking": ngettext_lazy(
        "Uw gemeente biedt aan de provinciale tafel %(count)s plaats minder dan haar aandeel.",
        "Uw gemeente biedt aan de provinciale tafel %(count)s plaatsen minder dan haar aandeel.",
        "count",
    ),
    "table-short": ngettext_lazy(
        "De provinciale tafel komt %(count)s opvangplaats tekort.",
        "De provinciale tafel komt %(count)s opvangplaatsen tekort.",
        "count",
    ),
    "tables-late": ngettext_lazy(
        "%(count)s provinciale tafel heeft niet op tijd verslag gedaan.",
        "%(count)s provinciale tafels hebben niet op tijd verslag gedaan.",
        "count",
    ),
    "sites-to-confirm": ngettext_lazy(
        "%(count)s wijziging van een opvanglocatie wacht op bevestiging door het COA.",
        "%(count)s wijzigingen van opvanglocaties wachten op bevestiging door het COA.",
        "count",
    ),
    "sites-ending": ngettext_lazy(
        "%(count)s opvanglocatie eindigt binnenkort.",
        "%(count)s opvanglocaties eindigen binnenkort.",
        "count",
    ),
    "allocation-waits": ngettext_lazy(
        "%(count)s verdeelbesluit wacht op een tweede persoon.",
        "%(count)s verdeelbesluiten wachten op een tweede persoon.",
        "count",
    ),
}
"""What a desk says about reception places."""

PLACES_TASK_PAGES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "places-lacking": ("regional-table", {}),
    "table-short": ("regional-table", {}),
    "tables-late": ("places", {}),
    "sites-to-confirm": ("sites", {"stand": "to-confirm"}),
    "sites-ending": ("sites", {}),
    "allocation-waits": ("allocations", {}),
}
"""Where each is done."""
