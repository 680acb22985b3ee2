"""Words for what a person changes in a proposal, and for who is hard to place, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

Words = Mapping[str, object]

GROUNDS_OF_CHANGE: Words = {
    "family": _("familie"),
    "care": _("zorg"),
    "work-or-study": _("werk of opleiding"),
    "safety": _("veiligheid"),
    "municipality-asks": _("de gemeente vraagt het"),
    "household-asks": _("het huishouden vraagt het"),
    "other": _("iets anders"),
}
"""For what sort of reason a person changes a proposal."""

OVERRIDES: Words = {
    "pin": _("naar"),
    "pin-anywhere": _("ergens een plek"),
    "forbid": _("niet naar"),
    "forbid-anywhere": _("laten wachten"),
    "release": _("losgelaten"),
}
"""What an override does; after the first and the third comes a municipality."""

NO_LONGER: Words = {
    "linked": _("het huishouden is al gekoppeld"),
    "gone": _("het huishouden wacht niet meer"),
    "no-target": _("de gemeente heeft dit halfjaar geen taakstelling"),
    "no-room": _("in de gemeente is hiervoor geen ruimte meer"),
    "criterion": _("een harde eis laat dit nu niet toe"),
    "together": _("het kan niet samen met wat eerder is besloten"),
}
"""Why a change in the proposal before is not taken over."""

HARDNESS: Words = {
    "few-places": _("mag naar weinig gemeenten"),
    "large": _("groot: vraagt meer plekken dan de meeste gemeenten nog hebben"),
    "scarce-use": _("vraagt iets dat schaars is, zoals ruimte voor wie nareist"),
}
"""Why a household is hard to place."""
