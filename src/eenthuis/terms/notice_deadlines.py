"""Notices of deadlines: a kind for each that is near and a kind for each that has passed; how many, never whose."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from eenthuis.terms.access import Role
from eenthuis.terms.notice_kinds import KindOfNotice, NoticeKind, Thing, dutch
from eenthuis.terms.way import DeadlineKind

_SENTENCES: Mapping[DeadlineKind, tuple[str, str]] = {
    DeadlineKind.LINK: (
        dutch("Huishoudens moeten binnenkort gekoppeld zijn."),
        dutch("Huishoudens zijn niet op tijd gekoppeld."),
    ),
    DeadlineKind.LEASE: (
        dutch("Huishoudens moeten binnenkort een huurcontract hebben."),
        dutch("Huishoudens hebben niet op tijd een huurcontract."),
    ),
    DeadlineKind.ANSWER: (
        dutch("Aangeboden woningen moeten binnenkort bekeken en beantwoord zijn."),
        dutch("Op aangeboden woningen kwam niet op tijd een antwoord."),
    ),
    DeadlineKind.JUDGE_REFUSAL: (
        dutch("Weigeringen moeten binnenkort beoordeeld zijn."),
        dutch("Weigeringen zijn niet op tijd beoordeeld."),
    ),
    DeadlineKind.LEAVE_RECEPTION: (
        dutch("Huishoudens moeten na een onterechte weigering binnenkort uit de opvang zijn."),
        dutch("Huishoudens zijn na een onterechte weigering niet op tijd uit de opvang."),
    ),
    DeadlineKind.MOVE: (
        dutch("Huishoudens met een huurcontract moeten binnenkort verhuisd zijn."),
        dutch("Huishoudens met een huurcontract zijn niet op tijd verhuisd."),
    ),
    DeadlineKind.SIGN_OFF: (
        dutch("Verhuisde huishoudens moeten binnenkort afgemeld zijn bij het COA."),
        dutch("Verhuisde huishoudens zijn niet op tijd afgemeld bij het COA."),
    ),
    DeadlineKind.LEAVE_TRANSIT: (
        dutch("Huishoudens mogen nog kort in een doorstroomlocatie wonen."),
        dutch("Huishoudens wonen langer in een doorstroomlocatie dan mag."),
    ),
    DeadlineKind.LEAVE_HOTEL: (
        dutch("Huishoudens mogen nog kort onder de hotelregeling verblijven."),
        dutch("Huishoudens verblijven langer onder de hotelregeling dan mag."),
    ),
    DeadlineKind.WHOLE_WAY: (
        dutch("Huishoudens moeten binnenkort in hun woning wonen."),
        dutch("Huishoudens wonen niet op tijd in een woning."),
    ),
}
_ROLES = frozenset({Role.MUNICIPALITY, Role.COA})
NEAR: Mapping[DeadlineKind, NoticeKind] = MappingProxyType(
    {kind: NoticeKind(f"{kind.value}-near") for kind in DeadlineKind}
)
"""The kind of notice that tells that the last day of a deadline is near."""

LATE: Mapping[DeadlineKind, NoticeKind] = MappingProxyType(
    {kind: NoticeKind(f"{kind.value}-late") for kind in DeadlineKind}
)
"""The kind of notice that tells that the last day of a deadline has passed."""


def _row(meaning: str, sentence: str) -> KindOfNotice:
    return KindOfNotice(
        meaning,
        sentence,
        Thing.DAY,
        _ROLES,
        asks=dutch("Bekijk het openstaande werk om te zien om welke huishoudens het gaat."),
        figures=frozenset({"concerned"}),
    )


DEADLINE_KINDS: Mapping[NoticeKind, KindOfNotice] = MappingProxyType(
    {
        NEAR[kind]: _row(f"the last day to {kind.value} is near", near)
        for kind, (near, _) in _SENTENCES.items()
    }
    | {
        LATE[kind]: _row(f"the last day to {kind.value} has passed", late)
        for kind, (_, late) in _SENTENCES.items()
    }
)
"""The rows of the register about deadlines; whom each is told follows from who can take the step that is waited for."""
