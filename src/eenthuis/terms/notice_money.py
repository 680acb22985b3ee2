"""The kinds of notice about money: what was asked, decided, paid and settled, and rounds of schemes."""

from __future__ import annotations

from collections.abc import Mapping

from eenthuis.terms.access import Role
from eenthuis.terms.notice_kinds import KindOfNotice, NoticeKind, Thing, dutch

MONEY_KINDS: Mapping[NoticeKind, KindOfNotice] = {
    NoticeKind.MONEY_ASKED: KindOfNotice(
        "a municipality or housing association asked for money",
        dutch("Een gemeente of corporatie heeft geld gevraagd."),
        Thing.MONEY,
        frozenset({Role.MINISTRY}),
        asks=dutch("Beoordeel de aanvraag op tijd."),
    ),
    NoticeKind.MONEY_DECIDED: KindOfNotice(
        "the ministry decided on what a municipality asked",
        dutch("Het ministerie heeft besloten over geld dat uw gemeente vroeg."),
        Thing.MONEY,
        frozenset({Role.MUNICIPALITY}),
        asks=dutch("Bekijk het besluit, en wanneer bewijs nodig is."),
    ),
    NoticeKind.MONEY_PAID: KindOfNotice(
        "the ministry paid a municipality",
        dutch("Het ministerie heeft geld aan uw gemeente betaald."),
        Thing.MONEY,
        frozenset({Role.MUNICIPALITY}),
    ),
    NoticeKind.MONEY_SETTLED: KindOfNotice(
        "the ministry settled what a municipality was awarded",
        dutch("Het ministerie heeft vastgesteld wat uw gemeente krijgt."),
        Thing.MONEY,
        frozenset({Role.MUNICIPALITY}),
        asks=dutch("Bekijk of er nog iets te betalen of terug te betalen is."),
    ),
    NoticeKind.MONEY_EVIDENCE_NEAR: KindOfNotice(
        "the day by which evidence of spending is due comes near",
        dutch("Binnenkort moet bewijs binnen zijn van wat met geld is gedaan."),
        Thing.MONEY,
        frozenset({Role.MUNICIPALITY}),
        asks=dutch("Lever het bewijs in."),
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
