"""Words for supervision: verdicts, reasons in numbers, figures with their source, and the parts of a ladder."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from eenthuis.rules.judgement import Ground, GroundKind
from eenthuis.terms.supervision import Entry, FigureKind, Letter, Regime, Scope, Step, Talk
from eenthuis.web.wording_warnings import WARNING_DONE

Words = Mapping[str, object]

REASONS: Mapping[GroundKind, object] = {
    GroundKind.LEAD: _("%(number)s mensen meer gehuisvest dan de %(out_of)s van de hele taakstelling"),
    GroundKind.MET: _("%(number)s gehuisvest waar %(out_of)s nodig waren"),
    GroundKind.WITHIN_TOLERANCE: _("%(number)s te weinig, binnen de %(out_of)s die mogen ontbreken"),
    GroundKind.SHORT: _("%(number)s te weinig van de %(out_of)s die op %(by)s nodig waren"),
    GroundKind.NOT_LINKED_IN_TIME: _("%(number)s van %(out_of)s mensen waren niet gekoppeld vóór %(by)s"),
    GroundKind.REQUESTS_UNMET: _("%(number)s mensen in aanvragen waaraan niet te voldoen was"),
    GroundKind.HOMES_READY: _("%(out_of)s woningen stonden klaar zonder huishouden, voor %(number)s mensen"),
    GroundKind.OUTSIDE: _("%(number)s van het tekort van %(out_of)s ligt buiten de gemeente"),
    GroundKind.PLAN_ON_SCHEDULE: _(
        "afgesproken inhaalplan op schema, halfjaar %(number)s van ten hoogste %(out_of)s"
    ),
    GroundKind.PLAN_OVER: _(
        "inhaalplan in halfjaar %(number)s, terwijl het er ten hoogste %(out_of)s verontschuldigt"
    ),
    GroundKind.CARRIED_IN: _("%(number)s meegenomen bovenop de netto taakstelling van %(out_of)s"),
    GroundKind.OWN_COUNT: _("de gemeente telt zelf %(number)s; de %(out_of)s afgemeld bij het COA tellen"),
    GroundKind.IN_A_ROW: _("halfjaar %(number)s op rij achter en niet verschoonbaar"),
    GroundKind.CLIMBS: _("van trede %(out_of)s naar trede %(number)s"),
    GroundKind.HELD_EXCUSABLE: _("blijft op trede %(number)s, want het tekort is verschoonbaar"),
    GroundKind.HELD_CONDITIONS: _("blijft op trede %(number)s, want trede %(out_of)s vraagt meer"),
    GroundKind.HELD_DECISION: _(
        "blijft op trede %(number)s, want alleen Gedeputeerde Staten besluit over trede %(out_of)s"
    ),
    GroundKind.HELD_TOP: _("blijft op de hoogste trede %(number)s"),
    GroundKind.HELD_PROVISIONAL: _("blijft op trede %(number)s tot de beoordeling van %(by)s"),
    GroundKind.LEAVES: _("verlaat de ladder vanaf trede %(out_of)s"),
}
FIGURES: Mapping[FigureKind, tuple[object, object]] = {
    FigureKind.NET: (_("netto taakstelling, na ruil"), _("brief van de minister en vastgelegde ruil")),
    FigureKind.CORRECTED: (
        _("gecorrigeerde taakstelling"),
        _("netto, met achterstand of voorsprong van eerdere halfjaren"),
    ),
    FigureKind.REALISED: (_("gehuisvest"), _("afgemeld bij het COA")),
    FigureKind.LINKED: (_("gekoppeld op tijd"), _("koppelingen van het COA tot de peildatum van koppelen")),
    FigureKind.OWN_COUNT: (_("eigen telling"), _("opgave van de gemeente; beslist niet")),
    FigureKind.REQUESTS_UNMET: (
        _("in aanvragen waaraan niet te voldoen was"),
        _("vastgelegd in het dossier"),
    ),
    FigureKind.HOMES_READY: (_("woningen die klaarstonden"), _("vastgelegd in het dossier")),
}
STEPS: Words = {
    Step.SIGNAL: _("signaleren"),
    Step.INFORMATION: _("informatie vragen en toetsen"),
    Step.ACTIVE_SUPERVISION: _("afspraken over actie en termijn"),
    Step.PRIOR_NOTICE: _("vooraankondiging van indeplaatsstelling"),
    Step.DECISION: _("besluit met laatste termijn"),
    Step.SUBSTITUTION: _("indeplaatsstelling uitvoeren"),
}
ENTRIES: Words = {
    Entry.READING: _("uit de cijfers"),
    Entry.DECISION: _("alleen door een besluit"),
}
TALKS: Words = {
    Talk.NONE: _("geen"),
    Talk.OFFICIALS: _("ambtelijk"),
    Talk.ADMINISTRATORS: _("bestuurlijk"),
}
LETTERS: Words = {
    Letter.NONE: _("geen"),
    Letter.SIGNAL: _("signaalbrief"),
    Letter.INFORMATION_REQUEST: _("verzoek om informatie"),
    Letter.PLAN_REQUEST: _("verzoek om een plan"),
    Letter.PRIOR_NOTICE: _("vooraankondiging"),
    Letter.DECISION: _("besluit"),
    Letter.CARRYING_OUT: _("bericht van uitvoering"),
}
REGIMES: Words = {
    Regime.GREEN: _("groen: maandelijks volgen"),
    Regime.ORANGE: _("oranje: ambtelijk gesprek"),
    Regime.RED: _("rood: bestuurlijk gesprek"),
}
SCOPES: Words = {
    Scope.BACKLOG_ONLY: _("alleen de achterstand"),
    Scope.WHOLE_TASK: _("de hele taak, regulier en achterstand"),
}
LAW_KEYS: Words = {
    "supervision.rungs": _("aantal treden"),
    "supervision.readings": _("dagen waarop wordt beoordeeld"),
    "supervision.tolerance": _("mensen die mogen ontbreken"),
    "supervision.scope": _("wat de provincie overneemt"),
    "supervision.off_ladder_regime": _("regime zonder trede"),
    "supervision.council_first": _("eerst de gemeenteraad"),
    "supervision.excusable_share": _("deel van het tekort dat buiten de gemeente moet liggen"),
    "supervision.plan_half_years": _("halfjaren dat een inhaalplan verontschuldigt"),
    "supervision.people_per_home": _("mensen per woning die klaarstaat"),
    "realisation.counted_at": _("waar het huisvesten wordt geteld"),
    "progress.months": _("maanden van het tempo"),
    "linking.reference_month": _("maand van de peildatum van koppelen"),
}
RUNG_PARTS: Words = {
    "step": _("stap"),
    "entry": _("hoe men erop komt"),
    "backlog_people": _("tekort in mensen, minstens"),
    "backlog_share": _("tekort als deel van de taakstelling, minstens"),
    "half_years": _("halfjaren op rij, minstens"),
    "term_weeks": _("termijn in weken"),
    "talk": _("gesprek"),
    "letter": _("brief"),
    "regime": _("regime"),
}
SUPERVISION_MAY: Words = {
    "see-supervision": _("beoordelingen, treden en dossiers van het toezicht zien"),
    "keep-supervision-file": _("een beoordeling vastleggen, en het dossier van een gemeente bijhouden"),
    "decide-rung": _("een trede voorleggen, en bevestigen of weigeren wat een collega voorlegde"),
}
SUPERVISION_GROUNDS: Words = {
    "see-supervision": _("Provinciewet en Gemeentewet, toezicht: ieder ziet wat hem aangaat"),
    "keep-supervision-file": _(
        "Huisvestingswet 2014 en Gemeentewet, artikel 124: Gedeputeerde Staten houdt toezicht"
    ),
    "decide-rung": _("Gemeentewet, artikel 124: Gedeputeerde Staten besluit"),
}
SUPERVISION_DONE: Words = {
    "keep-reading": _("beoordelingen vastgelegd"),
    "record-contact": _("dossier van het toezicht bijgewerkt"),
    **WARNING_DONE,
}


LEAD_CARRIED = _("%(number)s minder door een voorsprong, onder de netto taakstelling van %(out_of)s")


def reason(ground: Ground) -> str:
    """Return one reason in words, with its numbers."""
    is_lead = ground.kind is GroundKind.CARRIED_IN and ground.number < 0
    return str(LEAD_CARRIED if is_lead else REASONS[ground.kind]) % {
        "number": abs(ground.number),
        "out_of": ground.out_of,
        "by": date_format(ground.by, "j F Y") if ground.by else "",
    }


def law_name(key: str) -> object:
    """Return what a value of the law of supervision is about; a part of a rung by that part."""
    if key.startswith("supervision.rung."):
        return RUNG_PARTS.get(key.rpartition(".")[2], key)
    return LAW_KEYS.get(key, key)
