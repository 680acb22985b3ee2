"""Invented files of money and an invented round in the demonstration country: every step there is, nothing real.

Owners, projects and amounts are invented and say so; the schemes and their conditions are those of the law book.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from eenthuis.rules.lots import commitment_of
from eenthuis.services.flex_projects import add_flex_project
from eenthuis.services.liveability import record_liveability
from eenthuis.services.money_asked import CostsAsked, SchemeAsked
from eenthuis.services.money_asking import ask_costs, ask_scheme, sites_to_claim
from eenthuis.services.money_files import read_file, take_step
from eenthuis.services.scheme_rounds import draw_round, open_round, publish_list
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.flex import FlexProject, FlexProjectId
from eenthuis.terms.liveability import LiveabilityFigure, LiveabilityMeasure
from eenthuis.terms.lots import SchemeRound
from eenthuis.terms.money_files import (
    AskedLine,
    CheckedLine,
    CostKind,
    EvidenceKind,
    MoneyFileId,
    MoneyStep,
    MoneyStepKind,
)
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import ProjectFact, SchemeCode, TargetGroup, WhenShort

UTRECHT, ZUNDERT = MunicipalityCode("GM0344"), MunicipalityCode("GM0879")
ROUND = "verzonnen-ronde"
SEED = "dit-zaad-is-verzonnen-voor-de-demonstratie"
"""A seed that anybody can read here: the round of the demonstration is an example and no secret."""

LIVEABILITY = (
    (LiveabilityMeasure.SATISFIED, 60, Decimal("71.5")),
    (LiveabilityMeasure.SATISFIED, 8, Decimal("76.0")),
    (LiveabilityMeasure.COMPLAINTS, 8, Decimal("4.5")),
)
"""Invented figures: what, so many days ago, and its value."""

UNIT_CENTS = 1_400_000


def fill_money(*, by: Actor, colleague: Actor, today: date) -> None:
    """Let invented municipalities' files go through every step, on days before today.

    ``by`` checks and ``colleague`` decides.
    """
    _Writer(by, colleague, today).write()


class _Writer:
    """Writes the files, each step on the day it would be taken."""

    def __init__(self, by: Actor, colleague: Actor, today: date) -> None:
        self._by, self._colleague, self._today = by, colleague, today
        self._utrecht = Actor("gemeente-utrecht", Role.MUNICIPALITY, UTRECHT)
        self._zundert = Actor("gemeente-zundert", Role.MUNICIPALITY, ZUNDERT)

    def write(self) -> None:
        """Write a claim that is closed, one that waits, and a round with its lot drawn."""
        self._closed_claim()
        self._waiting_claim()
        self._round()

    def _closed_claim(self) -> None:
        number = self._claim(self._utrecht, "Verzonnen kade", 300, (48_000_000, 21_550_075))
        cut = (CheckedLine(1, 48_000_000), CheckedLine(2, 20_000_000, "Loonstaat van een maand ontbreekt."))
        self._step(self._by, number, 280, MoneyStepKind.CHECKED, lines=cut)
        self._step(self._colleague, number, 270, MoneyStepKind.AWARDED, cents=68_000_000)
        self._step(self._by, number, 260, MoneyStepKind.PAID, cents=68_000_000)
        self._evidence(self._utrecht, number, 90)
        why = "De locatie was in december leeg."
        self._step(self._by, number, 60, MoneyStepKind.SETTLEMENT_PROPOSED, cents=64_000_000, why=why)
        self._step(self._colleague, number, 50, MoneyStepKind.SETTLED, cents=64_000_000)
        self._step(self._by, number, 20, MoneyStepKind.RECOVERED, cents=4_000_000)

    def _waiting_claim(self) -> None:
        self._claim(self._utrecht, "Verzonnen hof", 40, (12_500_000, 3_333_33))
        number = self._claim(self._zundert, "Verzonnen hoeve", 70, (9_000_000, 1_234_56))
        found = tuple(
            CheckedLine(line.line, line.asked_cents)
            for line in read_file(actor=self._by, identifier=number).line.file.lines
        )
        self._step(self._by, number, 30, MoneyStepKind.CHECKED, lines=found)

    def _claim(self, who: Actor, title: str, days: int, cents: tuple[int, int]) -> MoneyFileId:
        asked_on = self._day(days)
        lines = (
            AskedLine(
                1, CostKind.RENT, "Huur van het gebouw", cents[0], EvidenceKind.CONTRACT, "zaak 2025-12"
            ),
            AskedLine(
                2, CostKind.STAFF, "Beheer en toezicht", cents[1], EvidenceKind.PAYROLL, "zaak 2025-13"
            ),
        )
        asked = CostsAsked(
            who.municipality or UTRECHT,
            f"{title} (verzonnen)",
            sites_to_claim(actor=who)[0].identifier,
            asked_on - timedelta(days=120),
            asked_on - timedelta(days=30),
            lines,
        )
        return ask_costs(actor=who, asked=asked, today=asked_on)

    def _round(self) -> None:
        opened, closes = self._day(100), self._day(60)
        open_round(
            actor=self._by,
            asked=SchemeRound(
                key=0,
                name=ROUND,
                scheme=SchemeCode("sft-2025"),
                opens_on=opened,
                closes_on=closes,
                budget_cents=70 * UNIT_CENTS,
                when_short=WhenShort.STOP,
                order_why="Verzonnen ronde: een voorbeeld van een loting, geen besluit van een ministerie.",
                commitment=commitment_of(round_name=ROUND, seed=SEED),
                public_value_named="",
                opened_by="",
                opened_on=opened,
            ),
            today=opened,
        )
        numbers = [
            self._apply(who, name, place)
            for place, (who, name) in enumerate(
                (
                    (self._utrecht, "Verzonnen plein"),
                    (self._utrecht, "Verzonnen steeg"),
                    (self._zundert, "Verzonnen veld"),
                    (self._zundert, "Verzonnen akker"),
                )
            )
        ]
        for place, number in enumerate(numbers):
            file = read_file(actor=self._by, identifier=number).line.file
            lines = (CheckedLine(1, file.asked_cents),)
            self._step(
                self._by, number, 50, MoneyStepKind.CHECKED, lines=lines, category=1 if place % 2 else 2
            )
        publish_list(actor=self._by, name=ROUND, today=self._day(45))
        made = draw_round(actor=self._colleague, name=ROUND, seed=SEED, public_value="", today=self._day(40))
        first = next(one for one in made.drawn if one.awarded_cents)
        number = MoneyFileId(first.entry.application)
        self._step(self._by, number, 35, MoneyStepKind.PAID, cents=first.awarded_cents // 2)

    def _apply(self, who: Actor, name: str, place: int) -> MoneyFileId:
        homes, on = 20 + place * 5, self._day(90 - place)
        project = FlexProject(
            identifier=FlexProjectId(""),
            municipality=who.municipality or UTRECHT,
            owner="",
            scheme=SchemeCode("sft-2025"),
            applied_on=on,
            homes=homes,
            meant_for={TargetGroup.STATUS_HOLDERS: homes // 3},
            delivered_on=self._today + timedelta(days=200 + place * 90),
            years=15,
        )
        identifier = add_flex_project(actor=who, project=project, name=f"{name} (verzonnen)")
        self._measure(who, identifier, place)
        asked = SchemeAsked(
            municipality=project.municipality,
            title=f"{name} (verzonnen)",
            scheme=SchemeCode("sft-2025"),
            project=identifier,
            units=homes,
            facts={ProjectFact.MONTHS_TO_START: 6 + place * 5},
            first_day=project.delivered_on,
            last_day=project.delivered_on + timedelta(days=15 * 365),
        )
        return ask_scheme(actor=who, asked=asked, today=on)

    def _measure(self, who: Actor, project: FlexProjectId, place: int) -> None:
        """Record invented figures on liveability; the project and every figure say that they are invented."""
        for measure, days, value in LIVEABILITY:
            figure = LiveabilityFigure(
                measure, self._day(days), value + place, "verzonnen bureau", "verzonnen voor de demonstratie"
            )
            record_liveability(actor=who, identifier=project, figure=figure, today=self._today)

    def _evidence(self, who: Actor, number: MoneyFileId, days: int) -> None:
        step = MoneyStep(
            MoneyStepKind.EVIDENCE,
            self._today,
            "",
            evidence=EvidenceKind.ANNUAL_ACCOUNTS,
            kept_at="jaarrekening 2025 (verzonnen)",
        )
        take_step(actor=who, identifier=number, step=step, today=self._day(days))

    def _step(
        self,
        who: Actor,
        number: MoneyFileId,
        days: int,
        kind: MoneyStepKind,
        *,
        cents: int = 0,
        why: str = "",
        lines: tuple[CheckedLine, ...] = (),
        category: int = 0,
    ) -> None:
        step = MoneyStep(kind, self._today, "", why=why, cents=cents, lines=lines, category=category)
        take_step(actor=who, identifier=number, step=step, today=self._day(days))

    def _day(self, days: int) -> date:
        """Return the day so many days before today."""
        return self._today - timedelta(days=days)
