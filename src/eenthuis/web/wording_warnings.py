"""Words for early warning: what stands in the way, and the models that were tried."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.forecast.warning import BOTH, PACE, PIPELINE, SEASON
from eenthuis.forecast.warning_turn import Why

WHYS: Mapping[Why, object] = {
    Why.MET: _("heeft de taakstelling al gehaald"),
    Why.ON_COURSE: _("ligt op koers"),
    Why.TOO_FEW_LINKED: _("er zijn te weinig mensen gekoppeld"),
    Why.WITHOUT_HOME: _("de meeste gekoppelde mensen hebben nog geen woning"),
    Why.TOO_SLOW: _("de tijd is te kort voor wie gekoppeld is"),
}
MODELS: Mapping[str, object] = {
    PACE: _("alleen het tempo tot nu toe (de eenvoudigste)"),
    SEASON: _("het tempo met het seizoen"),
    PIPELINE: _("wie er gekoppeld is en hoe lang al"),
    BOTH: _("wie er gekoppeld is, met het seizoen"),
}
WARNING_DONE: Mapping[str, object] = {"keep-warning": _("kansen op de taakstelling vastgelegd")}
SETTINGS: Mapping[str, object] = {
    "warning.threshold": _("drempel"),
    "warning.aim": _("kans waarnaartoe is geteld"),
    "warning.home_days": _("dagen van woning tot afmelding"),
    "warning.home_chance": _("kans met een woning"),
}
