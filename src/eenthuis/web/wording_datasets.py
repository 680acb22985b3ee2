"""Words for the columns of open data."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

KINDS: Mapping[str, object] = {
    "text": _("tekst"),
    "whole": _("heel getal"),
    "decimal": _("getal met decimalen"),
    "day": _("dag (jjjj-mm-dd)"),
    "yes-no": _("ja (1) of nee (0)"),
}
UNITS: Mapping[str, object] = {
    "": "",
    "people": _("mensen"),
    "places": _("plaatsen"),
    "households": _("huishoudens"),
    "people or locations": _("mensen of locaties"),
}
