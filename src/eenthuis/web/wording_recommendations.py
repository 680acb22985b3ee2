"""Words for the register of recommendations: parties, answers, states, what is counted, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.rules.recommendations import Obstacle, State, StepState
from eenthuis.terms.recommendations import Answer, EntryKind, Party
from eenthuis.web.wording_notes import NOTE_DONE, NOTE_GROUNDS, NOTE_MAY

Words = Mapping[str, object]

PARTIES: Words = {
    Party.STATE: _("het Rijk"),
    Party.JENV: _("ministerie van JenV"),
    Party.BZK: _("ministerie van BZK"),
    Party.COA: _("COA"),
    Party.IND: _("IND"),
    Party.PROVINCES: _("provincies"),
    Party.MUNICIPALITIES: _("gemeenten"),
    Party.IPO: _("IPO"),
    Party.VNG: _("VNG"),
    Party.AEDES: _("Aedes"),
}
ANSWERS: Words = {
    Answer.TAKEN_OVER: _("overgenomen"),
    Answer.PARTLY: _("gedeeltelijk overgenomen"),
    Answer.NOT: _("niet overgenomen"),
}
STATES: Words = {
    State.GIVEN: _("gegeven, nog geen antwoord"),
    State.ANSWERED: _("beantwoord, geen stap toegezegd"),
    State.PROMISED: _("stappen toegezegd"),
    State.LATE: _("een stap is te laat"),
    State.DONE: _("alle stappen gedaan"),
    State.CLOSED: _("afgesloten"),
}
STEP_STATES: Words = {
    StepState.UNDATED: _("geen dag toegezegd"),
    StepState.OPEN: _("loopt"),
    StepState.NEAR: _("moet bijna klaar zijn"),
    StepState.LATE: _("te laat"),
    StepState.DONE: _("gedaan"),
    StepState.DONE_LATE: _("gedaan, na de dag"),
    StepState.WITHDRAWN: _("ingetrokken"),
}
ENTRIES: Words = {
    EntryKind.ANSWERED: _("beantwoord"),
    EntryKind.STEP_PROMISED: _("stap toegezegd"),
    EntryKind.STEP_MOVED: _("andere dag voor een stap"),
    EntryKind.STEP_DONE: _("stap gedaan"),
    EntryKind.STEP_WITHDRAWN: _("stap ingetrokken"),
    EntryKind.EVIDENCE: _("bewijs"),
    EntryKind.CLOSED: _("afgesloten"),
    EntryKind.REOPENED: _("weer geopend"),
    EntryKind.STRUCK_OUT: _("regel doorgehaald"),
}
OBSTACLES: Words = {
    Obstacle.AHEAD: _("Deze dag ligt in de toekomst."),
    Obstacle.BEFORE_GIVEN: _("Deze dag ligt vóór de dag van het advies."),
    Obstacle.NO_TEXT: _("Vul in een zin in wat er is."),
    Obstacle.NO_ANSWER: _("Kies een antwoord."),
    Obstacle.NO_OWNER: _("Kies wie de stap zet: een organisatie, geen persoon."),
    Obstacle.NO_SOURCE: _("Vul in waar dit te lezen is."),
    Obstacle.NOT_ANSWERED: _("Er is nog geen antwoord op deze aanbeveling."),
    Obstacle.DUE_PAST: _("De laatste dag ligt vóór de dag van de toezegging."),
    Obstacle.NO_DUE: _("Vul de nieuwe laatste dag in."),
    Obstacle.NO_SUCH_STEP: _("Deze stap staat niet in het register."),
    Obstacle.BEFORE_STEP: _("Deze dag ligt vóór de dag waarop de stap is toegezegd of verzet."),
    Obstacle.STEP_ENDED: _("Deze stap is al gedaan of ingetrokken. Laad de pagina opnieuw."),
    Obstacle.STEPS_OPEN: _("Er zijn nog stappen open. Rond ze af of trek ze in."),
    Obstacle.IS_CLOSED: _("Deze aanbeveling is afgesloten. Open haar eerst weer."),
    Obstacle.NOT_CLOSED: _("Deze aanbeveling is niet afgesloten."),
    Obstacle.NO_SUCH_ENTRY: _(
        "Deze regel is er niet, is al doorgehaald, of hoort bij de meegeleverde feiten."
    ),
}
FIELDS: Mapping[Obstacle, str] = {
    Obstacle.AHEAD: "dag",
    Obstacle.BEFORE_GIVEN: "dag",
    Obstacle.BEFORE_STEP: "dag",
    Obstacle.NO_ANSWER: "antwoord",
    Obstacle.NO_OWNER: "wie",
    Obstacle.NO_SOURCE: "bron",
    Obstacle.DUE_PAST: "uiterlijk",
    Obstacle.NO_DUE: "uiterlijk",
}
"""The field of the form that an obstacle is about; the text where none is named."""

INDICATORS: Mapping[str, tuple[object, object, str]] = {
    "waiting-people": (
        _("mensen met een vergunning in de opvang"),
        _("Alle mensen in de tabellen met een vergunning die nog niet zijn afgemeld."),
        "start",
    ),
    "centre-places": (
        _("deel van de opvangplaatsen dat mensen met een vergunning innemen"),
        _("Mensen met een vergunning in de opvang, gedeeld door alle plaatsen van de opvanglocaties."),
        "start",
    ),
    "composition-months": (
        _("maanden waarvan de gezinssamenstelling is gepubliceerd"),
        _("Van de eerste gepubliceerde maand tot en met deze maand."),
        "composition",
    ),
    "link-reasons": (
        _("koppelingen in dit halfjaar met een reden erbij"),
        _("Van alle koppelingen van dit halfjaar die nog gelden."),
        "composition",
    ),
    "urgency-schemes": (
        _("urgentieregelingen die statushouders noemen"),
        _("Van alle regelingen in het register die vandaag gelden."),
        "urgency",
    ),
    "housed-in-time": (
        _("huishoudens die op tijd een woning kregen"),
        _(
            "Van de huishoudens die in de laatste 182 dagen zijn afgemeld: afgemeld binnen de weken voor koppelen en"
            " een woning vinden na hun vergunning. Gewiste huishoudens tellen niet mee."
        ),
        "start",
    ),
    "sign-off-late": (
        _("afmeldingen die te laat zijn"),
        _("Van de huishoudens die zijn verhuisd en nog niet zijn afgemeld."),
        "start",
    ),
    "flex-homes": (_("flexwoningen in projecten"), _("Alle woningen van projecten in het register."), ""),
    "flex-for-status-holders": (
        _("flexwoningen die voor statushouders zijn bedoeld"),
        _("Van alle woningen van projecten in het register."),
        "",
    ),
    "schemes-in-force": (
        _("regelingen die vandaag gelden"),
        _("Regelingen voor huisvesting in het wettenboek."),
        "schemes",
    ),
    "scheme-overlaps": (
        _("paren regelingen die elkaar overlappen"),
        _("Met hetzelfde doel en dezelfde groep; hoe minder, hoe eenvormiger."),
        "schemes",
    ),
    "warnings-acted-on": (
        _("waarschuwingen waarop is gehandeld"),
        _(
            "Van de gemeenten waarvoor dit halfjaar vroeg is gewaarschuwd: met een gesprek, brief of afspraak daarna in"
            " het dossier van de provincie."
        ),
        "supervision",
    ),
    "without-backlog": (
        _("gemeenten zonder achterstand"),
        _("Gemeenten die dit halfjaar zonder achterstand van eerder begonnen."),
        "half-years",
    ),
    "by-inhabitants": (
        _("gemeenten met een taakstelling naar inwoners"),
        _("Taakstellingen van dit halfjaar, opnieuw uitgerekend uit de inwoners en vergeleken."),
        "half-years",
    ),
    "deviations-told": (
        _("grote afwijkingen die zijn verteld"),
        _("Van de afwijkingen die Eenthuis klaarzette en die niet zijn vervallen."),
        "deviations",
    ),
    "days-to-tell": (
        _("dagen tot een afwijking werd verteld, gemiddeld"),
        _("Van de dag waarop zij zichtbaar was tot de dag waarop zij werd verteld."),
        "deviations",
    ),
    "replaced-inside": (
        _("halfjaren waarvan het getal binnen het halfjaar is vervangen"),
        _("Van alle halfjaren met een landelijk getal."),
        "half-years",
    ),
}
"""What is counted, how, and the page where it comes from."""

RECOMMENDATION_MAY: Words = {
    **NOTE_MAY,
    "see-recommendations": _(
        "volgen wat er van elke aanbeveling werd, en beslisnota’s lezen zoals gepubliceerd"
    ),
    "see-recommendation-comments": _("lezen wat partners van een aanbeveling zeggen"),
    "comment-on-recommendation": _("namens de eigen organisatie iets zeggen van een aanbeveling"),
    "keep-recommendations": _(
        "het register van aanbevelingen bijhouden: antwoorden, stappen, bewijs, afsluiten"
    ),
}
_READ_ALONG = _("Partijen lezen mee, zoals bij de brief van 24 januari 2023")
RECOMMENDATION_GROUNDS: Words = {
    **NOTE_GROUNDS,
    "see-recommendations": _("voor iedereen"),
    "see-recommendation-comments": _READ_ALONG,
    "comment-on-recommendation": _READ_ALONG,
    "keep-recommendations": _("De ministeries antwoorden op het advies en leggen er verantwoording over af"),
}
RECOMMENDATION_DONE: Words = {
    **NOTE_DONE,
    "record-recommendation": _("regel in het register van aanbevelingen"),
    "comment-on-recommendation": _("reactie op een aanbeveling"),
    "tell-steps": _("over stappen bij aanbevelingen verteld"),
}
