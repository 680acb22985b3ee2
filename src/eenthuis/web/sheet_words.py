"""Words for spreadsheets: their kinds, how far they are, and what the journal tells of them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

Words = Mapping[str, object]

SHEET_KINDS: Words = {
    "households": _("Huishoudens"),
    "homes": _("Woningen"),
    "sign-offs": _("Afmeldingen"),
    "progress": _("Voortgang volgens gemeenten"),
    "estimates": _("Officiële ramingen en tellingen"),
    "documents": _("Verblijfsdocumenten"),
    "workspace": _("Huishoudens in het voorstel"),
    "journal": _("Journaal"),
}

SHEETS: Words = {
    "waiting": _("Wacht op zijn beurt"),
    "checking": _("Wordt nagekeken"),
    "checked": _("Nagekeken"),
    "agreed": _("Akkoord: wacht op inlezen"),
    "importing": _("Wordt ingelezen"),
    "making": _("Wordt gemaakt"),
    "done": _("Klaar"),
    "failed": _("Niet gelukt"),
    "lost": _("Niet gelukt"),
    "withdrawn": _("Ingetrokken"),
}

SHEET_DONE: Words = {
    "hand-in-sheet": _("bestand ingeleverd"),
    "take-in-sheet": _("bestand ingelezen"),
    "withdraw-sheet": _("bestand ingetrokken"),
    "export-list": _("lijst gedownload"),
    "register-household": _("huishouden ingeleverd"),
    "state-progress": _("voortgang opgegeven"),
}
