"""Words and addresses for what is due when, on the screen with the whole task of a municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from eenthuis.services.whole_task import DueDate, WholeTask

WORDS: Mapping[str, object] = {
    "half-year-ends": _("Einde van het halfjaar %(name)s"),
    "cycle-estimate": _("Raming van de opvangplaatsen bekend"),
    "cycle-report": _("Tafel: verslag over de opvangplaatsen"),
    "cycle-decision": _("Verdeelbesluit over de opvangplaatsen"),
    "cycle-places": _("Opvangplaatsen beschikbaar"),
    "site-ends": _("Laatste dag van %(name)s"),
    "money-decided": _("Besluit over geld: %(name)s"),
    "money-evidence": _("Verantwoording van geld: %(name)s"),
}


@dataclass(frozen=True, slots=True)
class SaidDate:
    """Something that is due, in words, with the page it is on."""

    due: DueDate
    words: str
    address: str
    is_late: bool


def said_dates(task: WholeTask) -> tuple[SaidDate, ...]:
    """Return what is due in words, each with its page."""
    return tuple(_said(one, task.places.line.code, task.today) for one in task.dates)


def _said(one: DueDate, municipality: str, today: date) -> SaidDate:
    words = str(WORDS[one.code]) % {"name": one.name}
    return SaidDate(one, words, _address(one, municipality), one.is_late(today))


def _address(one: DueDate, municipality: str) -> str:
    match one.code:
        case "half-year-ends":
            return "#stappen"
        case "site-ends":
            return reverse("site", args=[one.key])
        case "money-decided" | "money-evidence":
            return reverse("money-file", args=[one.key])
        case "cycle-places":
            return reverse("places-of", args=[municipality])
        case _:
            return f"{reverse('places')}#cyclus"
