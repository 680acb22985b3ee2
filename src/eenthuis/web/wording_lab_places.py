"""The words of the policy lab for what is measured per province and per municipality."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEASURES: dict[str, str | Promise] = {
    "linked-waiting": _("mensen die gekoppeld zijn en nog niet verhuisd"),
    "backlog": _("achterstand op de taakstelling"),
    "rung": _("trede van de interventieladder"),
    "realised": _("afgemeld in het halfjaar"),
    "work": _("mensen van wie verwacht wordt dat zij binnen een jaar werk hebben, van wie een woning kreeg"),
    "places-short": _("duurzame opvangplaatsen onder het deel, naar inwoners, van wat nodig is"),
    "complying": _("gemeenten zonder achterstand"),
    "on-ladder": _("gemeenten op een trede van hun interventieladder"),
}
NONE: dict[str, str | Promise] = {
    "linked-waiting": _("niemand"),
    "backlog": _("geen achterstand, of een voorsprong"),
    "rung": _("op geen trede"),
    "realised": _("niemand"),
    "work": _("niemand"),
    "places-short": _("niets tekort, of meer dan het deel"),
}
SHOWN: dict[str, str | Promise] = {
    "scenario": _("het scenario"),
    "basis": _("waarmee het is vergeleken"),
    "verschil": _("het verschil"),
}
UNITS: dict[str, str | Promise] = {
    "people": _("mensen"),
    "municipalities": _("gemeenten"),
    "rung": _("trede"),
}
RATES: dict[str, str | Promise] = {"people": _("per 1.000 inwoners"), "rung": _("treden")}


def measure(name: str) -> str:
    """Return a measure of a province or municipality in the language of the page."""
    return str(MEASURES.get(name, name))


def rate_unit(unit: str) -> str:
    """Return the unit in which a municipality is classed."""
    return str(RATES.get(unit, unit))


def none(name: str) -> str:
    """Return what it means that a municipality has none of a measure."""
    return str(NONE.get(name, name))
