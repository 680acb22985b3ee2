"""Words for residence documents, sessions at centres and appointments."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from eenthuis.terms.document_steps import DocumentState, DocumentStep
from eenthuis.terms.documents import WhyChanged, WhyNotPlanned, WhyNotReady

Words = Mapping[str, object]

DOCUMENT_STATES: Words = {
    DocumentState.WAITING: _("wacht"),
    DocumentState.INVITED: _("uitgenodigd"),
    DocumentState.TO_RESCHEDULE: _("nieuwe afspraak nodig"),
    DocumentState.TO_LOOK_AT: _("moet worden bekeken"),
    DocumentState.GIVEN: _("uitgereikt, nog niet gecontroleerd"),
    DocumentState.HANDED_OUT: _("uitgereikt en gecontroleerd"),
    DocumentState.ELSEWHERE: _("uit de opvang, haalt het op bij een loket"),
    DocumentState.WITHDRAWN: _("ingetrokken"),
}
DOCUMENT_STEPS: Words = {
    DocumentStep.SIGNALLED: _("aangemeld door de IND"),
    DocumentStep.CHANGED: _("gegevens gewijzigd"),
    DocumentStep.INVITED: _("uitgenodigd"),
    DocumentStep.CENTRE_CHANGED: _("verhuisd naar een andere opvanglocatie"),
    DocumentStep.LEFT_RECEPTION: _("uit de opvang vertrokken"),
    DocumentStep.SESSION_CANCELLED: _("de uitgiftedag ging niet door"),
    DocumentStep.REPLANNED: _("afspraak vervallen: het document kan die dag niet worden uitgereikt"),
    DocumentStep.NO_SHOW: _("niet gekomen"),
    DocumentStep.WRONG_DETAILS: _("de kaart klopte niet"),
    DocumentStep.LOOKED_AT: _("bekeken, mag opnieuw worden uitgenodigd"),
    DocumentStep.GIVEN: _("uitgereikt"),
    DocumentStep.CHECK_REFUSED: _("controle niet akkoord"),
    DocumentStep.HANDED_OUT: _("gecontroleerd door een tweede persoon"),
    DocumentStep.RETURNED: _("uitreiken teruggedraaid"),
    DocumentStep.WITHDRAWN: _("ingetrokken"),
}
WHY_NOT_READY: Words = {
    WhyNotReady.CARD_NOT_THERE: _("de kaart is er nog niet"),
    WhyNotReady.NO_ADDRESS: _("geen adres bekend"),
    WhyNotReady.NO_CITIZEN_NUMBER: _("geen burgerservicenummer"),
    WhyNotReady.NO_PHOTO: _("geen pasfoto"),
    WhyNotReady.PHOTO_TOO_OLD: _("de pasfoto is te oud"),
    WhyNotReady.NO_FINGERPRINTS: _("geen vingerafdrukken"),
    WhyNotReady.FINGERPRINTS_AGAIN: _("vingerafdrukken moeten opnieuw"),
}
"""Why a document cannot be handed out."""

WHAT_TO_DO: Words = {
    WhyNotReady.CARD_NOT_THERE: _("Wacht tot de dag waarop de kaart er is."),
    WhyNotReady.NO_ADDRESS: _("Vraag het COA om inschrijving op een adres."),
    WhyNotReady.NO_CITIZEN_NUMBER: _("Maak een afspraak bij een BRP-straat."),
    WhyNotReady.NO_PHOTO: _("Maak een pasfoto op de uitgiftedag vóór deze, of bij een loket."),
    WhyNotReady.PHOTO_TOO_OLD: _("Maak een nieuwe pasfoto."),
    WhyNotReady.NO_FINGERPRINTS: _("Neem vingerafdrukken af."),
    WhyNotReady.FINGERPRINTS_AGAIN: _(
        "Neem opnieuw vingerafdrukken af: de persoon is sindsdien jarig geweest."
    ),
}
"""What to do about it."""

DOCUMENT_LISTS: Words = {
    "nog-niet": _("kan nog niet worden uitgereikt"),
    "wacht": _("wacht op een afspraak"),
    "uitgenodigd": _("heeft een afspraak"),
    "controleren": _("uitgereikt, wacht op controle"),
    "bekijken": _("moet worden bekeken"),
    "uitgereikt": _("uitgereikt en gecontroleerd"),
    "loket": _("haalt het op bij een loket"),
}
"""The lists of documents, by their word in the address."""

DOCUMENT_SETTINGS: Words = {
    "documents.photo_months": _("hoe oud een pasfoto mag zijn, in maanden"),
    "documents.fingerprint_ages": _("leeftijden vanaf welke vingerafdrukken nodig zijn"),
    "documents.needs_citizen_number": _("burgerservicenummer nodig"),
    "documents.needs_address": _("adres nodig"),
    "sessions.slots_a_day": _("plaatsen per dag op één locatie"),
    "sessions.slots_a_week": _("plaatsen per week op één locatie"),
    "sessions.people_at_counter": _("medewerkers per balie"),
    "sessions.minutes_per_slot": _("minuten per afspraak"),
    "sessions.minutes_a_day": _("minuten uitreiken per dag"),
    "sessions.first_slot": _("eerste afspraak"),
    "sessions.horizon_weeks": _("weken vooruit plannen"),
    "sessions.notice_days": _("dagen tussen uitnodiging en afspraak"),
    "sessions.waiting_days_per_km": _("wat een kilometer weegt, in dagen wachten"),
    "sessions.unplanned_days": _("wat iemand niet plannen weegt, in dagen"),
    "sessions.no_shows": _("afspraken gemist voor een gesprek"),
    "sessions.detour": _("kilometers over de weg per kilometer hemelsbreed"),
    "sessions.expat_centres_count": _("expatcentra reiken ook uit"),
    "sessions.desk_slots_a_day": _("plaatsen per dag bij een loket"),
    "missed_appointment.again_days": _("dagen tot een nieuwe afspraak na een gemiste"),
}
"""The settings of the law book that documents go by."""

DOCUMENT_TASKS: Words = {
    "document-check": ngettext_lazy(
        "%(count)s uitgereikt document wacht op controle door een collega.",
        "%(count)s uitgereikte documenten wachten op controle door een collega.",
        "count",
    ),
    "session-today": ngettext_lazy(
        "Vandaag is er %(count)s uitgiftedag.", "Vandaag zijn er %(count)s uitgiftedagen.", "count"
    ),
    "document-reschedule": ngettext_lazy(
        "Voor %(count)s verblijfsdocument is een nieuwe afspraak nodig.",
        "Voor %(count)s verblijfsdocumenten is een nieuwe afspraak nodig.",
        "count",
    ),
    "document-look": ngettext_lazy(
        "%(count)s verblijfsdocument moet worden bekeken voor er een nieuwe afspraak komt.",
        "%(count)s verblijfsdocumenten moeten worden bekeken voor er een nieuwe afspraak komt.",
        "count",
    ),
    "document-ready": ngettext_lazy(
        "%(count)s verblijfsdocument kan worden uitgereikt en wacht op een afspraak.",
        "%(count)s verblijfsdocumenten kunnen worden uitgereikt en wachten op een afspraak.",
        "count",
    ),
    "session-soon": ngettext_lazy(
        "Binnen een week komt de IND %(count)s keer naar een opvanglocatie.",
        "Binnen een week komt de IND %(count)s keer naar een opvanglocatie.",
        "count",
    ),
    "document-blocked": ngettext_lazy(
        "%(count)s verblijfsdocument kan nog niet worden uitgereikt: kijk wat het COA kan doen.",
        "%(count)s verblijfsdocumenten kunnen nog niet worden uitgereikt: kijk wat het COA kan doen.",
        "count",
    ),
}
"""What a desk says about residence documents."""

DOCUMENT_TASK_PAGES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "document-check": ("document-list", {"soort": "controleren"}),
    "session-today": ("document-sessions", {}),
    "document-reschedule": ("document-changes", {}),
    "document-look": ("document-list", {"soort": "bekijken"}),
    "document-ready": ("documents", {}),
    "session-soon": ("document-sessions", {}),
    "document-blocked": ("document-list", {}),
}
"""Where each is done."""

PLAN_STATES: Words = {
    "waiting": _("wacht op een programma dat rekent"),
    "running": _("wordt gemaakt"),
    "done": _("klaar, wacht op uw besluit"),
    "failed": _("mislukt"),
    "lost": _("niets meer van gehoord"),
    "withdrawn": _("gestopt"),
}
"""How far a plan is."""

WHY_NOT_PLANNED: Words = {
    WhyNotPlanned.NOT_READY: _("het document kan nog niet worden uitgereikt"),
    WhyNotPlanned.EXPIRES_FIRST: _(
        "pasfoto of vingerafdrukken zijn te oud voor er tijd is om uit te nodigen"
    ),
    WhyNotPlanned.NO_TEAM: _("geen team kan op een dag die past"),
    WhyNotPlanned.NO_ROOM: _("geen plaats binnen de weken die worden gepland"),
}
"""Why somebody gets no appointment in a plan."""

WHY_CHANGED: Words = {
    WhyChanged.NEW_DOCUMENT: _("eerste afspraak"),
    WhyChanged.ROOM_CAME_FREE: _("er kwam plaats vrij"),
    WhyChanged.MOVED_CENTRE: _("verhuisd naar een andere opvanglocatie"),
    WhyChanged.NOT_READY_THEN: _("het document kan die dag niet worden uitgereikt"),
    WhyChanged.NO_LONGER_AWAITED: _("wacht niet meer"),
    WhyChanged.SESSION_FELL_OUT: _("de uitgiftedag gaat niet door"),
    WhyChanged.NOW_READY: _("het document kan nu wel worden uitgereikt"),
    WhyChanged.CAME_TO_NOTHING: _("de afspraak is niet doorgegaan"),
}
"""Why an appointment changes in a plan that is made again."""

TRAVEL_REMEDIES: Mapping[str, object] = {
    "": _(
        "De kolommen zijn code, lat en lon, of code, desk, staff en vans met desgewenst first_day en last_day."
    ),
    "code": _("Schrijf elke code één keer, zoals die op deze pagina staat; een eigen loket begint met IND-."),
    "lat": _("Schrijf de breedtegraad, tussen 50 en 54, zoals 52.09."),
    "lon": _("Schrijf de lengtegraad, tussen 3 en 8, zoals 5.12."),
    "desk": _("Schrijf een loket van deze pagina, of laad eerst de coördinaten van het eigen loket."),
    "staff": _("Schrijf een heel getal van 0 tot en met 200."),
    "vans": _("Schrijf een heel getal van 0 tot en met 50."),
    "first_day": _("Schrijf een dag als 2026-09-30; de eerste dag ligt niet na de laatste."),
    "last_day": _("Schrijf een dag als 2026-09-30; de eerste dag ligt niet na de laatste."),
}
"""What helps when a cell of a file of coordinates or teams is wrong, by its column."""

DOCUMENT_MAY: Words = {
    "see-document-counts": _("zien hoeveel verblijfsdocumenten wachten, gepland en uitgereikt zijn"),
    "see-documents": _("verblijfsdocumenten, uitgiftedagen en afspraken zien"),
    "signal-document": _("melden dat een verblijfsdocument klaar is, en wat ervan bekend is"),
    "plan-session": _("uitgiftedagen maken en wijzigen, en bewoners uitnodigen"),
    "hand-out-document": _("verblijfsdocumenten uitreiken, en controleren dat een collega dat deed"),
}
_PROVIDES = _("Vreemdelingenwet 2000, artikel 9: de minister verschaft het document")
DOCUMENT_GROUNDS: Words = {
    "see-document-counts": _("Vreemdelingenwet 2000, artikel 9: het document toont de vergunning"),
    "see-documents": _("Vreemdelingenwet 2000, artikel 9; Wet COA, artikel 3: opvang en wat daarbij hoort"),
    "signal-document": _PROVIDES,
    "plan-session": _PROVIDES,
    "hand-out-document": _PROVIDES,
}
DOCUMENT_DONE: Words = {
    "signal-document": _("verblijfsdocument aangemeld"),
    "document-changed": _("gegevens van een verblijfsdocument gewijzigd"),
    "document-withdrawn": _("verblijfsdocument ingetrokken"),
    "document-looked-at": _("verblijfsdocument bekeken"),
    "document-invited": _("uitgenodigd voor een verblijfsdocument"),
    "document-centre-changed": _("verblijfsdocumenten verhuisden mee"),
    "document-left-reception": _("verblijfsdocumenten gaan naar een loket"),
    "document-followed": _("verblijfsdocumenten horen bij een ander huishouden"),
    "document-session-cancelled": _("afspraak voor een verblijfsdocument vervallen"),
    "document-replanned": _("afspraak voor een verblijfsdocument opnieuw gepland"),
    "document-no-show": _("niet gekomen voor een verblijfsdocument"),
    "document-wrong-details": _("verblijfsdocument klopte niet"),
    "document-given": _("verblijfsdocument uitgereikt"),
    "document-check-refused": _("uitreiken van een verblijfsdocument afgekeurd"),
    "document-handed-out": _("uitreiken van een verblijfsdocument gecontroleerd"),
    "document-returned": _("uitreiken van een verblijfsdocument teruggedraaid"),
    "ask-plan": _("plan van uitgiftedagen gevraagd"),
    "stop-plan": _("plan van uitgiftedagen gestopt"),
    "confirm-plan": _("plan van uitgiftedagen bevestigd"),
    "load-travel": _("coördinaten of teams voor uitgiftedagen geladen"),
    "make-session": _("uitgiftedag gemaakt"),
    "cancel-session": _("uitgiftedag afgezegd"),
}
