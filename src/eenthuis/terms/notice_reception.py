"""Notices about reception places: what was announced, computed and decided, what is asked, and which site ends."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from eenthuis.terms.access import Role
from eenthuis.terms.notice_kinds import KindOfNotice, NoticeKind, Thing, dutch

_TABLE = frozenset({Role.MUNICIPALITY, Role.PROVINCE, Role.COA})
_PLACES = frozenset({"places"})
RECEPTION_KINDS: Mapping[NoticeKind, KindOfNotice] = MappingProxyType(
    {
        NoticeKind.NEED_ANNOUNCED: KindOfNotice(
            "an estimate of the reception places needed was announced or replaced",
            dutch("Er is een raming van de benodigde opvangplaatsen bekendgemaakt."),
            Thing.RECEPTION,
            _TABLE,
            figures=_PLACES,
        ),
        NoticeKind.SHARES_COMPUTED: KindOfNotice(
            "the shares of all municipalities in the reception places were computed",
            dutch("De aandelen in de opvangplaatsen zijn berekend."),
            Thing.RECEPTION,
            _TABLE,
            figures=_PLACES,
        ),
        NoticeKind.PLACES_ASKED: KindOfNotice(
            "the report of the regional table is due soon, and this municipality offers less than its share",
            dutch("Uw gemeente biedt nog minder opvangplaatsen aan dan haar aandeel."),
            Thing.RECEPTION,
            frozenset({Role.MUNICIPALITY}),
            asks=dutch("Vul het aanbod van uw gemeente aan, of ruil met een andere gemeente."),
            figures=_PLACES,
        ),
        NoticeKind.PLACES_LATE: KindOfNotice(
            "the report of the regional table was due, and places are still short in this province or, for the "
            "ministry, in all provinces that did not report together",
            dutch("De termijn van de provinciale tafel is voorbij, en er zijn nog opvangplaatsen tekort."),
            Thing.RECEPTION,
            frozenset({Role.PROVINCE, Role.MINISTRY}),
            asks=dutch("Bekijk wat er aan de tafel nog ontbreekt."),
            figures=_PLACES,
        ),
        NoticeKind.ALLOCATION_PUBLISHED: KindOfNotice(
            "the minister published an allocation decision for this province",
            dutch("Het verdeelbesluit over de opvangplaatsen is bekendgemaakt."),
            Thing.RECEPTION,
            _TABLE,
            asks=dutch("Lees het besluit, en zorg dat de plaatsen er op tijd zijn."),
            figures=_PLACES,
        ),
        NoticeKind.SITE_ADDED: KindOfNotice(
            "a municipality added or changed a reception site; COA confirms the places",
            dutch("Een gemeente heeft een opvanglocatie toegevoegd of gewijzigd."),
            Thing.SITE,
            frozenset({Role.COA}),
            asks=dutch("Bevestig de plaatsen als ze kloppen."),
            figures=_PLACES,
        ),
        NoticeKind.SITE_ENDS: KindOfNotice(
            "the last day of a reception site is near",
            dutch("Een opvanglocatie sluit binnenkort."),
            Thing.SITE,
            _TABLE,
            asks=dutch("Spreek af of de locatie langer open kan blijven, of zoek andere plaatsen."),
            figures=_PLACES,
        ),
    }
)
"""The rows of the register of notices about reception places."""
