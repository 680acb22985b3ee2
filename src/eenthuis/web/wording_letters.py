"""Words for the letter of the person concerned on the pages of staff; its own texts stand in ``letters``."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_TOLD = _("AVG, artikel 13 en 14: wie het aangaat, wordt het verteld")
LETTER_MAY = {
    "issue-letter-code": _("de brief voor een huishouden afdrukken, en de code geven waarmee het die leest"),
    "read-own-letter": _("de eigen brief lezen met de code daarvoor"),
}
LETTER_GROUNDS = {"issue-letter-code": _TOLD, "read-own-letter": _TOLD}
LETTER_DONE = {
    "issue-letter-code": _("code voor de brief gegeven"),
    "open-letter": _("brief gelezen met de code"),
}
