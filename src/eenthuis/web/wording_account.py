"""Words for what is done to accounts, as the journal tells it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

IN_JOURNAL = {
    "set-second-factor": _("tweede stap ingesteld"),
    "use-recovery-code": _("herstelcode gebruikt"),
    "end-session": _("sessie beëindigd"),
    "set-password": _("wachtwoord gewijzigd"),
    "add-account": _("account gemaakt"),
    "link-provider": _("gekoppeld aan een aanmelddienst"),
    "unlink-provider": _("losgemaakt van een aanmelddienst"),
    "invite": _("uitgenodigd"),
    "change-account": _("rol of plaats van een account gewijzigd"),
    "reopen-account": _("account weer geopend"),
    "ask-administrator": _("rol van beheerder gevraagd"),
    "grant-administrator": _("rol van beheerder toegekend"),
    "refuse-administrator": _("rol van beheerder niet toegekend"),
    "seal-account": _("noodaccount verzegeld"),
    "break-glass": _("noodaccount geopend"),
    "name-deputy": _("vervanger aangewezen"),
    "end-deputy": _("vervanging beëindigd"),
    "add-unit": _("eenheid toegevoegd"),
    "drop-unit": _("eenheid verwijderd"),
    "set-unit": _("account in een eenheid geplaatst"),
    "take-work": _("werk op naam gezet"),
    "hand-over-work": _("werk overgedragen"),
    "close-account": _("account gesloten"),
    "reset-second-factor": _("tweede stap weggehaald"),
}
"""What was done to an account."""

STATES = {
    "open": _("open"),
    "invited": _("uitgenodigd"),
    "without-factor": _("open, zonder tweede stap"),
    "closed": _("gesloten"),
}
"""The states of an account."""

MAY = {
    "hold-work": _("werk op de eigen naam zetten, of overdragen aan een collega"),
    "manage-accounts": _("accounts zien, uitnodigen, wijzigen, sluiten en helpen"),
    "keep-own-account": _(
        "de tweede stap en het wachtwoord van het eigen account instellen, en sessies beëindigen"
    ),
}
"""What the row of the authority matrix about one's own account lets people do."""

GROUNDS = {
    "hold-work": _("praktijk: één mens is aanspreekbaar, en iemand neemt over van wie weggaat"),
    "keep-own-account": _("voor wie zich aanmeldt"),
    "manage-accounts": _(
        "toegang beheren; het journaal zegt wie wat deed, en voor de rol van beheerder zijn er twee nodig"
    ),
}
"""On which ground that row stands."""
