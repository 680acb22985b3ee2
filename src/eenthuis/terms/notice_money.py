"""The kinds of notice about money: what was asked, decided, paid and settled, and rounds of schemes."""

from __future__ import annotations

from collections.abc import Mapping

from eenthuis.terms.access import Role
from eenthuis.terms.notice_kinds import KindOfNotice, NoticeKind, Thing, dutch

_ASKERS = frozenset({Role.MUNICIPALITY, Role.HOUSING_ASSOCIATION})
MONEY_KINDS: Mapping[NoticeKind, KindOfNotice] = {
    NoticeKind.MONEY_ASKED: KindOfNotice(
        "a municipality or housing association asked for money",
        dutch("Een gemeente of corporatie heeft geld gevraagd."),
        Thing.MONEY,
        frozenset({Role.MINISTRY}),
        asks=dutch("Beoordeel de aanvraag op tijd."),
    ),
    NoticeKind.MONEY_DECIDED: KindOfNotice(
        "the ministry decided on what a municipality or housing association asked",
        dutch("Het ministerie heeft besloten over geld dat u vroeg."),
        Thing.MONEY,
        _ASKERS,
        asks=dutch("Bekijk het besluit, en wanneer bewijs nodig is."),
    ),
    NoticeKind.MONEY_PAID: KindOfNotice(
        "the ministry paid who asked for money",
        dutch("Het ministerie heeft geld aan u betaald."),
        Thing.MONEY,
        _ASKERS,
    ),
    NoticeKind.MONEY_PROPOSED: KindOfNotice(
        "a settlement was proposed; who asked may still bring evidence before a second person settles",
        dutch("Het ministerie stelt voor hoeveel van het toegekende geld u krijgt."),
        Thing.MONEY,
        _ASKERS,
        asks=dutch("Bekijk het voorstel, en lever bewijs in als het niet klopt."),
    ),
    NoticeKind.MONEY_SETTLED: KindOfNotice(
        "the ministry settled what was awarded",
        dutch("Het ministerie heeft vastgesteld hoeveel geld u krijgt."),
        Thing.MONEY,
        _ASKERS,
        asks=dutch("Bekijk of er nog iets te betalen of terug te betalen is."),
    ),
    NoticeKind.MONEY_EVIDENCE_NEAR: KindOfNotice(
        "the day by which evidence of spending is due comes near",
        dutch("Binnenkort moet bewijs binnen zijn van wat met geld is gedaan."),
        Thing.MONEY,
        _ASKERS,
        asks=dutch("Lever het bewijs in."),
    ),
    NoticeKind.MONEY_EVIDENCE_LATE: KindOfNotice(
        "the day by which evidence of spending was due has passed, and none came in",
        dutch("Bewijs van wat met geld is gedaan, is niet op tijd binnen."),
        Thing.MONEY,
        _ASKERS | {Role.MINISTRY},
        asks=dutch("Lever het bewijs alsnog in; het ministerie beslist wat er zonder bewijs gebeurt."),
    ),
    NoticeKind.TRANSIT_ENDS: KindOfNotice(
        "the last day of a transit location comes near: for who runs it and who takes part",
        dutch("Een doorstroomlocatie sluit binnenkort."),
        Thing.TRANSIT,
        frozenset({Role.MUNICIPALITY}),
        asks=dutch("Zorg dat iedereen dan een andere plek heeft, of verleng de locatie."),
    ),
    NoticeKind.TRANSIT_ENDED: KindOfNotice(
        "the last day of a transit location is there or has passed",
        dutch("De laatste dag van een doorstroomlocatie is bereikt."),
        Thing.TRANSIT,
        frozenset({Role.MUNICIPALITY}),
        asks=dutch("Vul van iedereen de laatste dag in; dagen hierna worden niet betaald."),
    ),
    NoticeKind.TRANSIT_TAKES_PART: KindOfNotice(
        "this municipality takes part in a transit location from a day on, or until one",
        dutch("Er is gewijzigd of uw gemeente meedoet aan een doorstroomlocatie."),
        Thing.TRANSIT,
        frozenset({Role.MUNICIPALITY}),
    ),
    NoticeKind.ROUND_OPENED: KindOfNotice(
        "a round of a scheme was announced, with the promise of its lot",
        dutch("Er is een aanvraagronde van een regeling aangekondigd."),
        Thing.ROUND,
        frozenset({Role.MUNICIPALITY}),
    ),
    NoticeKind.ROUND_DRAWN: KindOfNotice(
        "the lot of a round was drawn",
        dutch("De loting van een aanvraagronde is gedaan."),
        Thing.ROUND,
        frozenset({Role.MUNICIPALITY}),
    ),
}
"""Rows of the register of notices about money."""
