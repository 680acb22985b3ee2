"""Words for transit locations ("doorstroomlocaties")."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.terms.transit import NotPaid

Words = Mapping[str, object]

TRANSIT_MAY: Words = {
    "see-transit-counts": _("zien hoeveel doorstroomlocaties, plekken en mensen er in het land zijn"),
    "see-transit-sites": _(
        "doorstroomlocaties zien, met de mensen als nummer en de kosten; ook die waaraan de gemeente meedoet"
    ),
    "keep-transit-sites": _("doorstroomlocaties en de verblijven daar toevoegen of wijzigen"),
}
TRANSIT_GROUNDS: Words = {
    "see-transit-counts": _("Bekostigingsregeling doorstroomlocaties: waarvoor wordt betaald, is openbaar"),
    "see-transit-sites": _(
        "Bekostigingsregeling doorstroomlocaties: wie meedoet, telt de mensen mee in zijn taakstelling"
    ),
    "keep-transit-sites": _(
        "Bekostigingsregeling doorstroomlocaties: de gemeente toont de bezetting per dag"
    ),
}
TRANSIT_DONE: Words = {
    "add-transit-site": _("doorstroomlocatie toegevoegd"),
    "change-transit-site": _("doorstroomlocatie gewijzigd"),
    "change-transit-participants": _("deelnemers van een doorstroomlocatie gewijzigd"),
    "tell-transit": _("verteld welke doorstroomlocaties eindigen"),
    "take-in-transit-stays": _("verblijven op een doorstroomlocatie opgenomen"),
}
NOT_PAID: Words = {
    NotPaid.SCHEME_NOT_IN_FORCE: _("de regeling gold toen niet"),
    NotPaid.SITE_CLOSED: _("de locatie was dicht"),
    NotPaid.SITE_TOO_LONG: _("de locatie bestaat langer dan de regeling betaalt"),
    NotPaid.LINKED_TO_NO_PARTICIPANT: _("gekoppeld aan een gemeente die niet meedoet"),
    NotPaid.COUNTED_ELSEWHERE: _("die dag al geteld"),
    NotPaid.DAYS_USED_UP: _("het hoogste aantal dagen per persoon is op"),
    NotPaid.NO_PLACE: _("meer mensen dan plekken"),
}
STAY_REMEDIES: Words = {
    "person": _("Geef een nummer dat alleen binnen deze locatie geldt, zoals 12 of A-3; nooit een BSN."),
    "code": _("Geef de CBS-code van deze gemeente of van een gemeente die meedoet, zoals GM0344."),
    "first_day": _("Schrijf een dag als 2026-01-31, binnen de dagen van de locatie en niet na vandaag."),
    "last_day": _("Schrijf een dag als 2026-01-31, niet voor de eerste dag en niet na vandaag."),
    "household": _("Geef een nummer zoals PE-000123, of laat het leeg."),
    "came_from": _(
        "Geef het nummer van de locatie en van de persoon daar, zoals T-0000001/12, en het huishouden erbij."
    ),
}
"""What to do about a cell of a stay that is wrong."""

PARTICIPANT_REMEDIES: Words = {
    "gemeente": _("Kies een gemeente die nog niet meedoet, of juist wel, en niet die van de locatie zelf."),
    "dag": _("Geef een dag van de locatie waarvoor nog geen geld is gevraagd."),
    "reden": _("Vul in waarom dit verandert."),
}
"""What to do about a change of who takes part that cannot be."""

STAY_FIELD_REMEDIES: Words = {
    **STAY_REMEDIES,
    "code": _("Noem deze gemeente of een gemeente die meedoet op deze locatie."),
    "first_day": _("Schrijf de dag als dd-mm-jjjj, binnen de dagen van de locatie en niet na vandaag."),
    "last_day": _("Schrijf de dag als dd-mm-jjjj, niet voor de eerste dag en niet na vandaag."),
}
"""The same in the form for one stay, where days are typed as everywhere."""

TRANSIT_TABLES: Mapping[str, Words] = {"not-paid": NOT_PAID}
