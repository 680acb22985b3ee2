"""Words for the way of a household, its deadlines, homes and offers, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.terms.way import StepKind

Words = Mapping[str, object]

STAGES: Words = {
    "permit": _("vergunning verleend"),
    "talk-planned": _("profielgesprek gepland"),
    "waiting-for-link": _("wacht op een koppeling"),
    "linked": _("gekoppeld"),
    "home-offered": _("woning aangeboden"),
    "accepted": _("woning geaccepteerd"),
    "refused": _("woning geweigerd"),
    "refusal-rejected": _("weigering niet terecht"),
    "leased": _("huurcontract getekend"),
    "moved": _("verhuisd"),
    "signed-off": _("afgemeld bij het COA"),
    "left": _("zelf vertrokken"),
    "dissolved": _("opgegaan in een ander huishouden"),
}
"""Where a household stands."""

STAYS: Words = {
    "centre": _("in de opvang"),
    "transit-location": _("in een doorstroomlocatie"),
    "hotel-scheme": _("in de hotelregeling"),
}
"""Where it sleeps."""

STEPS: Words = {
    "talk-planned": _("profielgesprek gepland"),
    "talk-held": _("profielgesprek gehouden"),
    "linked": _("gekoppeld"),
    "link-changed": _("koppeling gewijzigd"),
    "link-ended": _("koppeling beëindigd"),
    "home-offered": _("woning aangeboden"),
    "offer-withdrawn": _("aanbod ingetrokken"),
    "home-viewed": _("woning bezichtigd"),
    "accepted": _("woning geaccepteerd"),
    "refused": _("woning geweigerd"),
    "refusal-justified": _("weigering terecht, er volgt een nieuw aanbod"),
    "refusal-rejected": _("weigering niet terecht"),
    "home-released": _("woning vrijgegeven"),
    "leased": _("huurcontract getekend"),
    "moved": _("verhuisd"),
    "home-changed": _("naar een andere woning"),
    "signed-off": _("afgemeld bij het COA"),
    "sign-off-withdrawn": _("afmelding ingetrokken"),
    "transit-entered": _("naar een doorstroomlocatie"),
    "transit-left": _("weg uit de doorstroomlocatie"),
    "hotel-entered": _("naar de hotelregeling"),
    "hotel-left": _("weg uit de hotelregeling"),
    "relatives-awaited": _("wacht op nareizigers"),
    "relatives-wait-ended": _("wacht niet meer op nareizigers"),
    "centre-changed": _("naar een andere opvanglocatie"),
    "left": _("zelf vertrokken"),
    "merged": _("samengevoegd met een ander huishouden"),
    "split": _("gesplitst"),
    "struck-out": _("stap doorgehaald"),
}
"""What was done, as a line of the way."""

DEADLINES: Words = {
    "link": _("koppelen"),
    "lease": _("huurcontract"),
    "answer": _("antwoord op het aanbod"),
    "judge-refusal": _("weigering beoordelen"),
    "leave-reception": _("vertrek uit de opvang"),
    "move": _("verhuizen"),
    "sign-off": _("afmelden"),
    "leave-transit": _("vertrek uit de doorstroomlocatie"),
    "leave-hotel": _("vertrek uit de hotelregeling"),
    "whole-way": _("verhuisd binnen veertien weken"),
}
"""What must have happened by a day."""

REFUSAL_GROUNDS: Words = {
    "too-small": _("te klein"),
    "not-accessible": _("niet toegankelijk"),
    "medical": _("medische reden"),
    "unsafe": _("onveilig"),
    "work-or-study": _("werk of opleiding"),
    "too-far-from-family": _("te ver van familie"),
    "other": _("iets anders"),
}
"""What a refusal has to do with."""

HOME_KINDS: Words = {
    "social-rent": _("sociale huur"),
    "private-rent": _("particuliere huur"),
    "flex-home": _("flexwoning"),
    "shared": _("gedeelde woning"),
}
HOME_STATES: Words = {
    "free": _("vrij"),
    "kept": _("aangeboden of verhuurd"),
    "withdrawn": _("ingetrokken"),
}
HOME_VERSIONS: Words = {
    "added": _("toegevoegd"),
    "changed": _("gewijzigd"),
    "withdrawn": _("ingetrokken"),
}
"""What was done with a home in the register."""

EVIDENCE: Words = {
    "family-tie": _("bewijs van de familieband"),
    "reunification": _("bewijs van de gezinshereniging"),
    "treatment": _("verklaring over de behandeling"),
    "contract-and-pay-slip": _("arbeidscontract en loonstrook"),
    "enrolment": _("bewijs van inschrijving"),
}
"""The kind of evidence that was seen; never the document."""

MATCH_REASONS: Words = {
    "fits-exactly": _("Precies groot genoeg."),
    "room-left": _("Er is plaats voor %(number)s meer."),
    "accessible": _("Toegankelijk, zoals nodig."),
    "in-time": _("Op tijd klaar, %(number)s dagen voor de uiterste dag."),
    "late": _("Klaar %(number)s dagen na de uiterste dag."),
    "none-large-enough": _("Geen vrije woning is groot genoeg voor %(number)s mensen."),
    "none-accessible": _("Geen vrije woning is toegankelijk."),
    "none-fits": _("Geen vrije woning is groot genoeg en ook toegankelijk."),
    "taken-by-more-urgent": _("De woningen die passen, gaan naar huishoudens voor wie dat dringender is."),
    "no-homes": _("Er is geen vrije woning."),
}
"""Why a home is proposed for a household, or why none is."""

MATCHES_WITH_NUMBER = frozenset({"room-left", "in-time", "late", "none-large-enough"})
"""Reasons whose sentence has a place for a number."""

DEADLINE_GROUNDS: Words = {
    "link": _("koppelen binnen twee weken"),
    "lease": _("een woning binnen tien weken"),
    "answer": _("antwoord binnen een week"),
    "judge-refusal": _("oordeel binnen een week"),
    "leave-reception": _("vertrek binnen twee weken"),
    "move": _("verhuizen binnen twee weken"),
    "sign-off": _("afmelden binnen een week"),
    "leave-transit": _("hoogstens 365 dagen"),
    "leave-hotel": _("hoogstens zes maanden"),
    "whole-way": _("twee, tien en twee weken samen"),
}
"""What a term says, in short; its authority stands beside it."""

MAY: Words = {
    "hold-profile-talk": _("het profielgesprek plannen en vastleggen"),
    "keep-homes": _("woningen toevoegen, wijzigen of intrekken"),
    "see-homes": _("woningen zien, en of zij vrij zijn"),
    "offer-home": _("een woning aanbieden, het aanbod intrekken of de woning vrijgeven"),
    "answer-offer": _("de bezichtiging en het antwoord op een aanbod vastleggen"),
    "judge-refusal": _("beoordelen of een weigering terecht is"),
    "sign-lease": _("vastleggen dat het huurcontract is getekend"),
    "record-move": _("vastleggen dat een huishouden is verhuisd"),
    "place-in-transit": _("een verblijf in een doorstroomlocatie vastleggen"),
    "place-in-hotel": _("een verblijf in de hotelregeling vastleggen"),
    "change-centre": _("een huishouden naar een andere opvanglocatie verhuizen"),
    "change-household": _("huishoudens samenvoegen of splitsen, en laten wachten op nareizigers"),
    "record-departure": _("vastleggen dat een huishouden zelf is vertrokken"),
    "correct-step": _("een stap doorhalen of verbeteren die verkeerd is vastgelegd"),
}
"""What the rows of the authority matrix about the way and homes allow."""

GROUNDS: Words = {
    "hold-profile-talk": _("Wet COA, artikel 3, eerste lid, onder d: bemiddelen bij de uitstroom"),
    "keep-homes": _("verhuur voor de taakstelling; zonder dossier van een persoon"),
    "see-homes": _("Huisvestingswet 2014, artikel 28: het college zorgt voor huisvesting"),
    "offer-home": _("Huisvestingswet 2014, artikel 28: het college zorgt voor huisvesting"),
    "answer-offer": _(
        "Praktijk: het huishouden vertelt het aan de gemeente of aan zijn begeleider bij het COA"
    ),
    "judge-refusal": _("Rva 2005, artikel 7, eerste lid, onder a: het COA beoordeelt"),
    "sign-lease": _("Huisvestingswet 2014, artikel 28: het college zorgt voor huisvesting"),
    "record-move": _("Huisvestingswet 2014, artikel 28: het college zorgt voor huisvesting"),
    "place-in-transit": _("Bekostigingsregeling doorstroomlocaties"),
    "place-in-hotel": _("hotel- en accommodatieregeling"),
    "change-centre": _("Wet COA, artikel 3, eerste lid, onder d: bemiddelen bij de uitstroom"),
    "change-household": _("Wet COA, artikel 3, eerste lid, onder d: bemiddelen bij de uitstroom"),
    "record-departure": _("Wet COA, artikel 3, eerste lid, onder d: bemiddelen bij de uitstroom"),
    "correct-step": _("verantwoording van besluiten"),
}
"""On which ground they stand."""

ELSEWHERE = frozenset(
    {
        StepKind.LINKED,
        StepKind.LINK_CHANGED,
        StepKind.LINK_ENDED,
        StepKind.SIGNED_OFF,
        StepKind.SIGN_OFF_WITHDRAWN,
        StepKind.STRUCK_OUT,
    }
)
"""Steps that the journal tells under the name of their use case."""

IN_JOURNAL: Words = {
    "change-link": _("koppeling gewijzigd"),
    "withdraw-sign-off": _("afmelding ingetrokken"),
    "correct-step": _("stap verbeterd of doorgehaald"),
    "add-home": _("woning toegevoegd"),
    "change-home": _("woning gewijzigd"),
    "withdraw-home": _("woning ingetrokken"),
    **{kind.value: STEPS[kind.value] for kind in StepKind if kind not in ELSEWHERE},
}
"""What a line of the journal about the way tells was done."""
