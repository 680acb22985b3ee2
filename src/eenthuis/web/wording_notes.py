"""Words for decision notes: sections, states, the rules that find personal data, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.rules.decision_notes import NoteObstacle, NoteState
from eenthuis.rules.personal_details import Rule
from eenthuis.terms.decision_notes import NoteStepKind, Section, WithheldGround

Words = Mapping[str, object]

SECTIONS: Words = {
    Section.OCCASION: _("Aanleiding"),
    Section.ADVICE: _("Geadviseerd besluit"),
    Section.KEY_POINTS: _("Kernpunten"),
    Section.EXPLANATION: _("Toelichting"),
    Section.POLITICAL: _("Politieke context"),
    Section.FINANCIAL: _("Financiële overwegingen"),
    Section.LEGAL: _("Juridische overwegingen"),
    Section.STAKEHOLDERS: _("Krachtenveld"),
    Section.STRATEGY: _("Strategie"),
    Section.IMPLEMENTATION: _("Uitvoering"),
    Section.COMMUNICATION: _("Communicatie"),
    Section.NOT_PUBLIC: _("Wat niet openbaar gemaakt kan worden"),
}
NOTE_STATES: Words = {
    NoteState.DRAFT: _("wordt geschreven"),
    NoteState.PUT_FORWARD: _("wacht op een tweede persoon"),
    NoteState.SENT_BACK: _("teruggegeven aan de schrijver"),
    NoteState.REVIEWED: _("goedgekeurd door een tweede persoon"),
    NoteState.PUBLISHED: _("openbaar"),
    NoteState.WITHDRAWN: _("ingetrokken"),
}
NOTE_STEPS: Words = {
    NoteStepKind.PUT_FORWARD: _("voorgelegd aan een tweede persoon"),
    NoteStepKind.SENT_BACK: _("teruggegeven"),
    NoteStepKind.REVIEWED: _("goedgekeurd"),
    NoteStepKind.PUBLISHED: _("openbaar gemaakt"),
    NoteStepKind.WITHDRAWN: _("ingetrokken"),
}
OBSTACLES: Words = {
    NoteObstacle.ENDED: _("Deze nota is al openbaar of ingetrokken."),
    NoteObstacle.WRONG_STATE: _("Dit kan nu niet met deze nota. Laad de pagina opnieuw."),
    NoteObstacle.OWN_WORK: _(
        "Wie aan de nota schreef of haar voorlegde, keurt haar niet goed. Vraag een collega."
    ),
    NoteObstacle.NO_REASON: _("Vul in een zin in waarom."),
    NoteObstacle.OVERTAKEN: _("Er is intussen een nieuwe versie. Lees die eerst."),
    NoteObstacle.UNDECIDED: _("Besluit eerst over alles wat is gevonden."),
}
FOUND_BY: Words = {
    Rule.EMAIL: _("e-mailadres"),
    Rule.PHONE: _("telefoonnummer"),
    Rule.ADDRESSED: _("naam na een aanspreekvorm of titel"),
    Rule.JOB: _("naam na een functie"),
    Rule.GIVEN_NAME: _("voornaam uit de lijst"),
    Rule.INITIALS: _("voorletters"),
    Rule.TWO_CAPITALS: _("twee woorden met een hoofdletter die niet in de lijst staan"),
    Rule.SIGNATURE: _("regel onder een groet of ondertekening"),
    Rule.LABEL: _("regel na opgesteld door, paraaf en dergelijke"),
    Rule.MIXED_LETTERS: _("woord met letters uit meer dan één schrift"),
    Rule.AGAIN: _("dezelfde naam, elders gevonden"),
    Rule.BY_HAND: _("door een persoon aangewezen"),
}
WITHHELD_GROUNDS: Words = {
    WithheldGround.PRIVACY: _("persoonlijke levenssfeer"),
    WithheldGround.OPINIONS: _("persoonlijke beleidsopvattingen voor intern beraad"),
    WithheldGround.FUNCTIONING: _("goed functioneren van de Staat"),
    WithheldGround.MONEY: _("economische of financiële belangen van de Staat"),
    WithheldGround.SUPERVISION: _("inspectie, controle en toezicht"),
    WithheldGround.FOREIGN: _("betrekkingen met andere landen"),
    WithheldGround.SECURITY: _("veiligheid van de Staat"),
    WithheldGround.COMPANY: _("vertrouwelijke bedrijfsgegevens"),
    WithheldGround.CROWN: _("eenheid van de Kroon"),
}
NOTE_MAY: Words = {
    "see-decision-note-drafts": _(
        "beslisnota’s lezen voordat zij openbaar zijn, met wat eruit wordt weggelaten"
    ),
    "write-decision-note": _(
        "een beslisnota schrijven, als tweede persoon goedkeuren, en zonder persoonsgegevens openbaar maken"
    ),
}
NOTE_GROUNDS: Words = {
    "see-decision-note-drafts": _("De ministeries antwoorden op het advies; de auditor ziet wie besloot"),
    "write-decision-note": _("Wet open overheid, artikelen 5.1 en 5.2"),
}
NOTE_DONE: Words = {
    "begin-decision-note": _("beslisnota opgesteld"),
    "save-decision-note": _("versie van een beslisnota bewaard"),
    "put-forward-decision-note": _("beslisnota voorgelegd"),
    "sent-back-decision-note": _("beslisnota teruggegeven"),
    "reviewed-decision-note": _("beslisnota goedgekeurd"),
    "mark-decision-note": _("besloten wat uit een beslisnota wordt weggelaten"),
    "published-decision-note": _("beslisnota openbaar gemaakt"),
    "withdrawn-decision-note": _("beslisnota ingetrokken"),
}
