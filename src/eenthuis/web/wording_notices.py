"""Words for what notices are about, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.terms.notices import Thing

THINGS: Mapping[Thing, object] = {
    Thing.HALF_YEAR: _("halfjaar"),
    Thing.MUNICIPALITY: _("gemeente"),
    Thing.MONTH: _("maand"),
    Thing.SWAP: _("ruil"),
    Thing.RUN: _("berekening"),
    Thing.PROPOSAL: _("voorstel"),
    Thing.LINK: _("koppeling"),
    Thing.SIGN_OFF: _("afmelding"),
    Thing.HOME: _("woning"),
    Thing.OFFER: _("aanbod"),
    Thing.STEP: _("stap"),
    Thing.NOTICE: _("bericht"),
}
"""What a reference points at."""
