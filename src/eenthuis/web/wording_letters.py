"""Words for the letter of the person concerned on the pages of staff; its own texts stand in ``letters``."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_TOLD = _("AVG, artikel 13 en 14: wie het aangaat, wordt het verteld")
_SUPERVISION = _("Gemeentewet, artikel 124; Huisvestingswet 2014, artikel 28")
KINDS = {
    "signal": _("signaal"),
    "information-request": _("verzoek om inlichtingen"),
    "plan-request": _("verzoek om een plan"),
    "prior-notice": _("vooraankondiging"),
    "decision": _("besluit tot indeplaatsstelling"),
    "carrying-out": _("uitvoering van de indeplaatsstelling"),
}
"""The kinds of letters of supervision."""

STATES = {
    "put-forward": _("wacht op een tweede persoon"),
    "sent": _("verstuurd"),
    "withdrawn": _("ingetrokken"),
}
STEPS = STATES | {"put-forward": _("geschreven")}
"""What happened to a letter of supervision, where its states say what it is now."""
LETTER_MAY = {
    "write-supervision-letter": _(
        "een brief over de taakstelling schrijven, en als tweede persoon versturen"
    ),
    "see-supervision-letter": _("brieven over de taakstelling lezen; een gemeente die aan haar"),
    "check-letter": _("met het kenmerk nagaan of een brief echt is, zonder de inhoud"),
    "issue-letter-code": _("de brief voor een huishouden afdrukken, en de code geven waarmee het die leest"),
    "read-own-letter": _("de eigen brief lezen met de code daarvoor"),
}
LETTER_GROUNDS = {
    "issue-letter-code": _TOLD,
    "read-own-letter": _TOLD,
    "write-supervision-letter": _SUPERVISION,
    "see-supervision-letter": _SUPERVISION,
    "check-letter": _("voor iedereen"),
}
LETTER_DONE = {
    "write-supervision-letter": _("brief over de taakstelling geschreven"),
    "send-supervision-letter": _("brief over de taakstelling verstuurd"),
    "withdraw-supervision-letter": _("brief over de taakstelling ingetrokken"),
    "issue-letter-code": _("code voor de brief gegeven"),
    "open-letter": _("brief gelezen met de code"),
}
