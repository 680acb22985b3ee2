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
    "close-account": _("account gesloten"),
    "reset-second-factor": _("tweede stap weggehaald"),
}
"""What was done to an account."""

MAY = {
    "keep-own-account": _(
        "de tweede stap en het wachtwoord van het eigen account instellen, en sessies beëindigen"
    )
}
"""What the row of the authority matrix about one's own account lets people do."""

GROUNDS = {"keep-own-account": _("voor wie zich aanmeldt")}
"""On which ground that row stands."""
