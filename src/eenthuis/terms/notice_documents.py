"""The kinds of notice about residence documents and sessions at centres."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from eenthuis.terms.access import Role
from eenthuis.terms.notice_kinds import KindOfNotice, NoticeKind, Thing, dutch

_CENTRES = frozenset({Role.COA})
_DOCUMENTS = frozenset({"documents"})
DOCUMENT_KINDS: Mapping[NoticeKind, KindOfNotice] = MappingProxyType(
    {
        NoticeKind.SESSION_MADE: KindOfNotice(
            "the IND hands residence documents out at a centre on a day",
            dutch("De IND komt naar een opvanglocatie om verblijfsdocumenten uit te reiken."),
            Thing.SESSION,
            _CENTRES,
            asks=dutch("Houd op die dag een ruimte vrij."),
        ),
        NoticeKind.SESSION_FILLED: KindOfNotice(
            "people were invited to a session at a centre; figures say how many",
            dutch("Bewoners zijn uitgenodigd om hun verblijfsdocument te krijgen."),
            Thing.SESSION,
            _CENTRES,
            asks=dutch("Geef de bewoners hun uitnodiging."),
            figures=_DOCUMENTS,
        ),
        NoticeKind.SESSION_CANCELLED: KindOfNotice(
            "a session at a centre does not go on; who was invited gets a new appointment",
            dutch("Een dag waarop de IND documenten zou uitreiken gaat niet door."),
            Thing.SESSION,
            _CENTRES,
            asks=dutch("Zeg het de bewoners. Zij krijgen een nieuwe afspraak."),
            figures=_DOCUMENTS,
        ),
        NoticeKind.APPOINTMENT_MOVED: KindOfNotice(
            "a household with appointments moved to another centre; its appointments are to be made anew",
            dutch("Een huishouden met een afspraak is naar een andere opvanglocatie verhuisd."),
            Thing.DOCUMENT,
            frozenset({Role.IND}),
            asks=dutch("Maak een nieuwe afspraak."),
            figures=_DOCUMENTS,
        ),
        NoticeKind.NO_SHOW: KindOfNotice(
            "somebody did not come to so many appointments that a person looks first",
            dutch("Iemand kwam vaker niet op een afspraak voor een verblijfsdocument."),
            Thing.DOCUMENT,
            frozenset({Role.COA, Role.IND}),
            asks=dutch("Ga na waarom, en maak pas daarna een nieuwe afspraak."),
            figures=_DOCUMENTS,
        ),
    }
)
"""What the register says of these kinds."""
