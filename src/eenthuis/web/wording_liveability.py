"""Words for figures on liveability: what each measure counts, and in what unit."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.terms.liveability import LiveabilityMeasure, LiveabilityUnit

Words = Mapping[str, object]

MEASURES: Words = {
    LiveabilityMeasure.SATISFIED: _("bewoners die tevreden zijn"),
    LiveabilityMeasure.COMPLAINTS: _("klachten"),
    LiveabilityMeasure.POLICE_REPORTS: _("meldingen bij de politie"),
    LiveabilityMeasure.TURNOVER: _("woningen waar iemand vertrok"),
}
MEANINGS: Words = {
    LiveabilityMeasure.SATISFIED: _(
        "Van de bewoners die antwoordden: het deel dat (zeer) tevreden is met wonen in dit project. Hoger is beter."
    ),
    LiveabilityMeasure.COMPLAINTS: _(
        "Klachten over het project bij gemeente of verhuurder, in de twaalf maanden voor de dag. Lager is beter."
    ),
    LiveabilityMeasure.POLICE_REPORTS: _(
        "Meldingen van overlast of misdrijven bij het project, in de twaalf maanden voor de dag. Lager is beter."
    ),
    LiveabilityMeasure.TURNOVER: _(
        "Woningen waarvan de huur eindigde in de twaalf maanden voor de dag; een woning kan vaker tellen."
    ),
}
UNITS: Words = {
    LiveabilityUnit.PERCENT: _("procent van wie antwoordde"),
    LiveabilityUnit.PER_100_HOMES: _("per 100 woningen per jaar"),
}
LIVEABILITY_TABLES: Mapping[str, Words] = {
    "liveability-measure": MEASURES,
    "liveability-meaning": MEANINGS,
    "liveability-unit": UNITS,
}
LIVEABILITY_DONE: Words = {
    "record-liveability": _("cijfer over leefbaarheid vastgelegd"),
    "correct-liveability": _("cijfer over leefbaarheid verbeterd"),
    "withdraw-liveability": _("cijfer over leefbaarheid ingetrokken"),
}
