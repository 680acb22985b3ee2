"""Words for what notices are about, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.terms.notices import Thing

THINGS: Mapping[Thing, object] = {
    Thing.HALF_YEAR: _("halfjaar"),
    Thing.MUNICIPALITY: _("gemeente"),
    Thing.MONTH: _("maand"),
    Thing.DAY: _("dag"),
    Thing.SWAP: _("ruil"),
    Thing.RUN: _("berekening"),
    Thing.PROPOSAL: _("voorstel"),
    Thing.LINK: _("koppeling"),
    Thing.SIGN_OFF: _("afmelding"),
    Thing.HOME: _("woning"),
    Thing.OFFER: _("aanbod"),
    Thing.STEP: _("stap"),
    Thing.NOTICE: _("bericht"),
    Thing.ACCOUNT: _("account"),
    Thing.GRANT: _("gevraagde rol"),
    Thing.SUPERVISION: _("dossier van het toezicht"),
    Thing.DEVIATION: _("afwijking"),
    Thing.LETTER: _("brief"),
    Thing.SESSION: _("uitgiftedag"),
    Thing.DOCUMENT: _("verblijfsdocument"),
    Thing.RECOMMENDATION: _("aanbeveling"),
    Thing.RECEPTION: _("jaar van de opvang"),
    Thing.SITE: _("opvanglocatie"),
    Thing.MONEY: _("geldaanvraag"),
    Thing.ROUND: _("aanvraagronde"),
    Thing.TRANSIT: _("doorstroomlocatie"),
    Thing.NOTE: _("beslisnota"),
}
"""What a reference points at."""

DELIVERIES: Mapping[str, object] = {
    "failed": _("niet aangekomen"),
    "waiting": _("wacht"),
    "delivered": _("aangekomen"),
}
"""The states of a delivery."""

DONE_OUTSIDE: Mapping[str, object] = {
    "tell-deadlines": _("over termijnen verteld"),
    "acknowledge-notice": _("bericht bevestigd"),
    "renew-calendar": _("agenda-adres vernieuwd"),
    "withdraw-calendar": _("agenda-adres ingetrokken"),
    "subscribe": _("systeem toegevoegd dat berichten krijgt"),
    "renew-secret": _("geheim van een systeem vernieuwd"),
    "pause-events": _("berichten aan een systeem gepauzeerd"),
    "resume-events": _("berichten aan een systeem hervat"),
    "send-again": _("afleveringen opnieuw verstuurd"),
    "set-mail": _("dagelijks overzicht aangezet"),
    "stop-mail": _("dagelijks overzicht uitgezet"),
    "erase": _("persoonsgegevens gewist"),
}
"""What a line of the journal tells was done with notices and with what leaves the service."""
