"""Words for files of money, their steps, and rounds of schemes."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from eenthuis.law.money import BillScenario
from eenthuis.terms.lots import RoundStage
from eenthuis.terms.money_files import (
    CostKind,
    EvidenceKind,
    FileKind,
    MoneyRefused,
    MoneyStage,
    MoneyStepKind,
)

Words = Mapping[str, object]

FILE_KINDS: Words = {
    FileKind.RECEPTION_COSTS: _("kosten van opvang"),
    FileKind.SPECIFIC_GRANT: _("uitkering voor opvangplekken"),
    FileKind.SCHEME_APPLICATION: _("aanvraag bij een regeling"),
    FileKind.TRANSIT_CLAIM: _("dagen in een doorstroomlocatie"),
}
COST_KINDS: Words = {
    CostKind.BUILDING: _("gebouw en verbouwing"),
    CostKind.RENT: _("huur"),
    CostKind.STAFF: _("personeel"),
    CostKind.SECURITY: _("beveiliging"),
    CostKind.LIVING: _("eten en leefgeld"),
    CostKind.UTILITIES: _("energie en water"),
    CostKind.OTHER: _("overig"),
    CostKind.PLACES: _("opvangplekken"),
    CostKind.HOMES: _("woningen"),
    CostKind.PEOPLE: _("mensen"),
    CostKind.PERSON_DAYS: _("dagen van mensen"),
}
EVIDENCE_KINDS: Words = {
    EvidenceKind.INVOICE: _("factuur"),
    EvidenceKind.CONTRACT: _("contract"),
    EvidenceKind.PAYROLL: _("loonstaat"),
    EvidenceKind.ANNUAL_ACCOUNTS: _("jaarrekening"),
    EvidenceKind.HOMES_DELIVERED: _("opgeleverde woningen"),
    EvidenceKind.OCCUPANCY_PER_DAY: _("bezetting per dag"),
    EvidenceKind.REGISTER_OF_PLACES: _("register van opvangplekken"),
}
MONEY_STAGES: Words = {
    MoneyStage.ASKED: _("aangevraagd"),
    MoneyStage.CHECKED: _("beoordeeld, wacht op een tweede persoon"),
    MoneyStage.AWARDED: _("toegekend"),
    MoneyStage.SETTLEMENT_PROPOSED: _("vaststelling voorgesteld, wacht op een tweede persoon"),
    MoneyStage.SETTLED: _("vastgesteld"),
    MoneyStage.CLOSED: _("afgerond"),
    MoneyStage.REFUSED: _("afgewezen"),
    MoneyStage.WITHDRAWN: _("ingetrokken"),
}
MONEY_STEPS: Words = {
    MoneyStepKind.EVIDENCE: _("Bewijs toegevoegd"),
    MoneyStepKind.CHECKED: _("Regel voor regel beoordeeld"),
    MoneyStepKind.AWARDED: _("Toegekend"),
    MoneyStepKind.REFUSED: _("Afgewezen"),
    MoneyStepKind.PAID: _("Betaald"),
    MoneyStepKind.SETTLEMENT_PROPOSED: _("Vaststelling voorgesteld"),
    MoneyStepKind.SETTLED: _("Vastgesteld"),
    MoneyStepKind.RECOVERED: _("Terugontvangen"),
    MoneyStepKind.WITHDRAWN: _("Ingetrokken"),
}
MONEY_FORMS: Words = {
    MoneyStepKind.EVIDENCE: _("Bewijs toevoegen"),
    MoneyStepKind.CHECKED: _("Regel voor regel beoordelen"),
    MoneyStepKind.AWARDED: _("Toekennen"),
    MoneyStepKind.REFUSED: _("Afwijzen"),
    MoneyStepKind.PAID: _("Betaling vastleggen"),
    MoneyStepKind.SETTLEMENT_PROPOSED: _("Vaststelling voorstellen"),
    MoneyStepKind.SETTLED: _("Vaststellen"),
    MoneyStepKind.RECOVERED: _("Terugbetaling vastleggen"),
    MoneyStepKind.WITHDRAWN: _("Aanvraag intrekken"),
}
"""The heading and button of the form of each step."""

REFUSED_STEPS: Words = {
    MoneyRefused.NOT_NOW: _("Deze stap kan nu niet. Kijk hoe ver het dossier is."),
    MoneyRefused.LINES_DIFFER: _("Beoordeel elke regel precies één keer."),
    MoneyRefused.MORE_THAN_ASKED: _("Een bedrag is hoger dan er is gevraagd."),
    MoneyRefused.CUT_WITHOUT_REASON: _("Vul in waarom het minder is."),
    MoneyRefused.NO_REASON: _("Vul in waarom."),
    MoneyRefused.SAME_PERSON: _("Dit doet een tweede persoon."),
    MoneyRefused.NOTHING_TO_AWARD: _("Er is niets toe te kennen, of het bedrag is een ander dan beoordeeld."),
    MoneyRefused.MORE_THAN_DUE: _("Dit is meer dan er nu kan worden betaald of terugbetaald."),
    MoneyRefused.NO_EVIDENCE: _("Er is nog geen bewijs. Zonder bewijs wordt er niets vastgesteld."),
    MoneyRefused.MORE_THAN_AWARDED: _("Vaststellen kan hoogstens tot wat is toegekend."),
    MoneyRefused.NO_AMOUNT: _("Vul een bedrag in."),
}
ROUND_STAGES: Words = {
    RoundStage.PROMISED: _("aangekondigd"),
    RoundStage.OPEN: _("open voor aanvragen"),
    RoundStage.CLOSED: _("gesloten, lijst nog niet bekend"),
    RoundStage.PUBLISHED: _("lijst bekend, wacht op de loting"),
    RoundStage.DRAWN: _("geloot"),
}
CONDITIONS: Words = {
    "in-force": _("de regeling geldt"),
    "open": _("er kan worden aangevraagd"),
    "share": _("aandeel van de woningen"),
}
"""Conditions that are no fact of a project."""

OUTCOMES: Words = {
    "met": _("voldoet"),
    "not-met": _("voldoet niet"),
    "not-known": _("niet bekend"),
}
BILL_SCENARIOS: Words = {
    BillScenario.LOW: _("laag"),
    BillScenario.MIDDLE: _("midden"),
    BillScenario.HIGH: _("hoog"),
}
MONEY_MAY: Words = {
    "see-money-files": _("dossiers van gevraagd geld zien, met elke stap"),
    "ask-for-money": _(
        "kosten declareren, een uitkering of geld van een regeling vragen, en bewijs toevoegen"
    ),
    "decide-money": _(
        "beoordelen, toekennen, betalen, vaststellen en terugvorderen, en de loting van een ronde"
    ),
    "see-money-overview": _(
        "zien hoeveel geld er per regeling is gevraagd, toegekend, betaald en vastgesteld"
    ),
}
MONEY_GROUNDS: Words = {
    "see-money-files": _("Algemene wet bestuursrecht, titel 4.2: wie vraagt en wie besluit zien het dossier"),
    "ask-for-money": _("Algemene wet bestuursrecht, artikel 4:1: een aanvraag van een belanghebbende"),
    "decide-money": _("Algemene wet bestuursrecht, titel 4.2: de minister besluit"),
    "see-money-overview": _("Comptabiliteitswet 2016: de minister verantwoordt wat is uitgegeven"),
}
MONEY_DONE: Words = {
    "ask-for-money": _("geld gevraagd"),
    "money-evidence": _("bewijs toegevoegd aan een gelddossier"),
    "money-checked": _("gelddossier beoordeeld"),
    "money-awarded": _("geld toegekend"),
    "money-refused": _("geld geweigerd"),
    "money-paid": _("geld betaald"),
    "money-settlement-proposed": _("vaststelling voorgesteld"),
    "money-settled": _("geld vastgesteld"),
    "money-recovered": _("geld terugontvangen"),
    "money-withdrawn": _("geldaanvraag ingetrokken"),
    "open-round": _("aanvraagronde aangekondigd"),
    "publish-round": _("lijst van een aanvraagronde bekendgemaakt"),
    "draw-round": _("loting van een aanvraagronde gedaan"),
    "tell-money-evidence": _("verteld wanneer bewijs van geld nodig is"),
}
MONEY_TASKS: Words = {
    "evidence-late": ngettext_lazy(
        "Voor %(count)s toekenning had het bewijs al binnen moeten zijn.",
        "Voor %(count)s toekenningen had het bewijs al binnen moeten zijn.",
        "count",
    ),
    "evidence-near": ngettext_lazy(
        "Voor %(count)s toekenning moet binnenkort bewijs binnen zijn.",
        "Voor %(count)s toekenningen moet binnenkort bewijs binnen zijn.",
        "count",
    ),
    "evidence-later": ngettext_lazy(
        "Voor %(count)s toekenning is later bewijs nodig.",
        "Voor %(count)s toekenningen is later bewijs nodig.",
        "count",
    ),
    "money-answer": ngettext_lazy(
        "Voor %(count)s toekenning is een vaststelling voorgesteld: kijk of zij klopt.",
        "Voor %(count)s toekenningen is een vaststelling voorgesteld: kijk of zij kloppen.",
        "count",
    ),
    "money-pay-back": ngettext_lazy(
        "Van %(count)s toekenning moet u geld terugbetalen.",
        "Van %(count)s toekenningen moet u geld terugbetalen.",
        "count",
    ),
    "money-waits": ngettext_lazy(
        "%(count)s aanvraag van u wacht op een besluit van het ministerie.",
        "%(count)s aanvragen van u wachten op een besluit van het ministerie.",
        "count",
    ),
    "money-decide-late": ngettext_lazy(
        "De termijn om te besluiten over %(count)s aanvraag van geld is voorbij.",
        "De termijn om te besluiten over %(count)s aanvragen van geld is voorbij.",
        "count",
    ),
    "money-decide-near": ngettext_lazy(
        "Over %(count)s aanvraag van geld moet binnenkort een besluit zijn genomen.",
        "Over %(count)s aanvragen van geld moet binnenkort een besluit zijn genomen.",
        "count",
    ),
    "money-decide-later": ngettext_lazy(
        "%(count)s aanvraag van geld wacht op een besluit en heeft nog tijd.",
        "%(count)s aanvragen van geld wachten op een besluit en hebben nog tijd.",
        "count",
    ),
    "money-settle": ngettext_lazy(
        "%(count)s voorgestelde vaststelling wacht op een collega.",
        "%(count)s voorgestelde vaststellingen wachten op een collega.",
        "count",
    ),
}
"""What a desk says about money; the day by which stands beside it."""

MONEY_TASK_PAGES: Mapping[str, tuple[str, Mapping[str, str]]] = {code: ("money", {}) for code in MONEY_TASKS}
"""Where each is done."""

MONEY_TABLES: Mapping[str, Words] = {
    "file-kind": FILE_KINDS,
    "cost-kind": COST_KINDS,
    "evidence-kind": EVIDENCE_KINDS,
    "money-stage": MONEY_STAGES,
    "money-step": MONEY_STEPS,
    "money-form": MONEY_FORMS,
    "round-stage": ROUND_STAGES,
    "condition": CONDITIONS,
    "outcome": OUTCOMES,
    "bill-scenario": BILL_SCENARIOS,
}
"""The tables of words that pages about money use."""
