"""Words for codes, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.rules.announcing import Remark
from eenthuis.rules.progress import PaceClass
from eenthuis.terms.law import Authority
from eenthuis.terms.linking import Reason
from eenthuis.terms.targets import AnnouncementStatus
from eenthuis.web import wording_account, wording_places, wording_way
from eenthuis.web.forecast_words import FORECAST_DONE, FORECAST_GROUNDS, FORECAST_MAY
from eenthuis.web.sheet_words import SHEET_DONE
from eenthuis.web.wording_documents import DOCUMENT_DONE, DOCUMENT_GROUNDS, DOCUMENT_MAY
from eenthuis.web.wording_letters import LETTER_DONE, LETTER_GROUNDS, LETTER_MAY
from eenthuis.web.wording_notices import DONE_OUTSIDE
from eenthuis.web.wording_schemes import SCHEMES_DONE, SCHEMES_GROUNDS, SCHEMES_MAY
from eenthuis.web.wording_supervision import SUPERVISION_DONE, SUPERVISION_GROUNDS, SUPERVISION_MAY
from eenthuis.web.wording_urgency import URGENCY_DONE, URGENCY_GROUNDS, URGENCY_MAY

Words = Mapping[str, object]

PACE: Words = {
    PaceClass.MET: _("Gehaald"),
    PaceClass.ON_SCHEDULE: _("Op schema"),
    PaceClass.BEHIND: _("Achter op schema"),
    PaceClass.FAR_BEHIND: _("Ver achter"),
}
STATUS: Words = {
    AnnouncementStatus.OFFICIAL: _("officieel"),
    AnnouncementStatus.PRESS: _("uit de pers"),
    AnnouncementStatus.SECONDARY: _("uit een tweede bron, niet gecontroleerd"),
    AnnouncementStatus.DERIVED: _("afgeleid, niet zo gepubliceerd"),
    AnnouncementStatus.ENTERED: _("ingevoerd"),
}
AUTHORITY: Words = {
    Authority.STATUTE: _("wet"),
    Authority.DECREE: _("besluit"),
    Authority.POLICY_RULE: _("beleidsregel"),
    Authority.CIRCULAR: _("circulaire"),
    Authority.PRACTICE: _("praktijk"),
    Authority.INFERRED: _("afgeleid"),
    Authority.ASSUMPTION: _("aanname"),
}
REMARKS: Words = {
    Remark.IN_TIME: _("Op tijd: minstens dertien weken voor het begin van het halfjaar."),
    Remark.LATE: _("Te laat: minder dan dertien weken voor het begin van het halfjaar."),
    Remark.DATE_UNKNOWN: _(
        "De dag van bekendmaking is niet gevonden; op tijd of te laat is dus niet te zeggen."
    ),
    Remark.REPLACES_BEFORE: _("Vervangt een eerder getal, nog voor het halfjaar begon."),
    Remark.NO_GROUND: _(
        "De Huisvestingswet 2014 kent geen grond om het getal tijdens het halfjaar te wijzigen."
    ),
    Remark.DOWN_IS_PRACTICE: _("Verlagen tijdens het halfjaar komt in de praktijk voor."),
    Remark.UP_IS_NOT_PRACTICE: _(
        "Verhogen gebeurt in de praktijk pas met de taakstelling van het volgende halfjaar."
    ),
}
ROLES: Words = {
    "public": _("iedereen"),
    "ministry": _("ministerie"),
    "coa": _("COA"),
    "municipality": _("gemeente"),
    "province": _("provincie"),
    "ind": _("IND"),
    "housing-association": _("woningcorporatie"),
    "auditor": _("auditor"),
    "administrator": _("beheerder"),
}
REACHES: Words = {
    "nation": _("hele land"),
    "own-province": _("eigen provincie"),
    "own-municipality": _("eigen gemeente"),
    "own-homes": _("eigen woningen"),
    "aggregates": _("alleen totalen"),
    "nothing": "–",
}
REGIONS: Words = {
    "groningen-friesland-drenthe": _("Groningen, Friesland, Drenthe"),
    "overijssel-gelderland": _("Overijssel, Gelderland"),
    "flevoland-utrecht-noord-holland": _("Flevoland, Utrecht, Noord-Holland"),
    "zuid-holland-zeeland": _("Zuid-Holland, Zeeland"),
    "noord-brabant-limburg": _("Noord-Brabant, Limburg"),
}
STATES: Words = {
    "open": _("te bevestigen"),
    "confirmed": _("bevestigd"),
    "elsewhere": _("elders gekoppeld"),
    "unlinked": _("geen plek"),
    "ended": _("beëindigd"),
    "linked": _("gekoppeld"),
}

REFUSALS: Words = {
    "not-in-proposal": _("staat niet in dit voorstel"),
    "not-proposed": _("het voorstel noemt geen gemeente"),
    "already-linked": _("is intussen al gekoppeld"),
    "signed-off": _("is al afgemeld"),
    "no-room": _("de taakstelling van de gemeente biedt geen ruimte meer"),
    "not-waiting": _("het huishouden wacht niet meer op een koppeling"),
}
REASONS: Words = {
    "hard:first-degree-family": _("Een familielid in de eerste graad woont hier."),
    "hard:family-reunification": _("Hier komt het gezin weer bij elkaar."),
    "hard:medical-treatment": _("De medische behandeling is in deze streek."),
    "hard:work-contract": _("Iemand heeft een arbeidscontract in deze streek."),
    "hard:study": _("Iemand volgt een opleiding in deze streek."),
    "soft:work-experience": _("De werkervaring past bij het werk in deze streek."),
    "soft:education": _("De opleiding past bij deze streek."),
    "soft:network": _("Het huishouden kent hier mensen."),
    "soft:ambition": _("De plannen van het huishouden passen bij deze streek."),
    "soft:region": _("Het huishouden verblijft nu al in deze regio."),
    "count:joining-relatives": _("Er is ook plaats voor nareizigers die worden verwacht: %(joining)s."),
    "not-linked:no-allowed-place": _("Geen gemeente voldoet aan de harde plaatsingscriteria."),
    "not-linked:too-large": _(
        "In geen toegestane gemeente is nog plaats voor een huishouden van deze grootte."
    ),
    "not-linked:no-room": _("In de toegestane gemeenten is geen ruimte meer in de taakstelling."),
    "not-linked:spread": _(
        "De toegestane gemeenten krijgen al genoeg huishoudens van deze grootte; er wordt gespreid."
    ),
    "not-linked:group-apart": _("De huishoudens die samen gaan, passen in geen toegestane gemeente."),
    "not-linked:held-back": _("Een medewerker heeft besloten dat dit huishouden wacht."),
    "not-linked:no-gain": _("Geen van de toegestane gemeenten is een betere plek dan wachten."),
}
WAYS: Words = {
    "proposal": _("Dit voorstel"),
    "first-come": _("Op volgorde: de eerste gemeente met plek"),
    "greedy": _("Op volgorde: de best passende gemeente met plek"),
    "most-room": _("Op volgorde: de gemeente met de meeste ruimte"),
    "random": _("Loten (gemiddeld over twintig keer)"),
    "persons-flow": _("Mensen los verdelen, daarna huishoudens heel houden"),
}
"""The ways of linking that stand beside a proposal."""

CHARACTERISTICS: Words = {
    "size": _("grootte van het huishouden"),
    "children": _("met of zonder kinderen"),
    "sex": _("vrouwen en mannen"),
    "age": _("leeftijd van de oudste"),
    "region": _("regio van de opvang"),
}
"""What households are told apart by, to see who gets what."""

LABELS: Words = {
    "with": _("met kinderen"),
    "without": _("zonder kinderen"),
    "women": _("alleen vrouwen"),
    "men": _("alleen mannen"),
    "both": _("vrouwen en mannen samen"),
    "under 18": _("jonger dan 18"),
    "18-29": _("18 tot en met 29"),
    "30-44": _("30 tot en met 44"),
    "45-59": _("45 tot en met 59"),
    "60 and over": _("60 en ouder"),
    **REGIONS,
}
"""The groups within a characteristic; a size is its own word."""

RUNS: Words = {
    "waiting": _("Wacht op zijn beurt"),
    "running": _("Het programma rekent"),
    "silent": _("Het rekenen is stilgevallen"),
    "done": _("Klaar: er is een nieuw voorstel"),
    "failed": _("Het is niet gelukt"),
    "lost": _("Het rekenen is afgebroken"),
    "withdrawn": _("Ingetrokken"),
}
"""Where a run is."""

STAGES: Words = {
    "": _("beginnen"),
    "first": _("een eerste voorstel"),
    "rounded": _("een eerste voorstel"),
    "settled": _("ruilen en schuiven"),
    "household prices": _("de bovengrens scherper maken"),
    "dive": _("verder zoeken"),
    "search": _("verder zoeken"),
    "exact": _("precies uitrekenen"),
    "unspread": _("nog eens, zonder de grootte te spreiden"),
    "wider": _("nog eens, met ruimere spreiding"),
}
"""What the engine is doing."""

COUNTED: Words = {
    "persons": _("mensen met een plek"),
    "households": _("huishoudens met een plek"),
    "score": _("punten"),
}
"""What a goal of a proposal counts."""

GOALS: Words = {
    "housed-then-score": _("eerst zoveel mogelijk mensen, dan zo passend mogelijk"),
    "score": _("zo passend mogelijk, ook als er minder mensen een plek krijgen"),
}

WITH_VALUES = frozenset({"count:joining-relatives"})
"""Reasons whose sentence has a place for a value."""
OTHERWISE = _("Hier is ruimte in de taakstelling.")

PAPERS: Words = {
    "targets.share": _("Huisvestingswet 2014, artikel 29, eerste lid: de formule"),
    "targets.rounding": _("Huisvestingswet 2014, artikel 29, eerste lid: afronding"),
    "targets.reference_rule": _("Huisvestingswet 2014, artikel 29, eerste lid: peildatum van de inwoners"),
    "targets.notice_weeks": _("Huisvestingswet 2014, artikel 29, eerste lid: dertien weken vooraf"),
    "targets.swap_keeps_sum": _("Huisvestingswet 2014, artikel 29, tweede lid: ruil met gelijke som"),
    "targets.swap_parties": _("Huisvestingswet 2014, artikel 29, tweede lid: twee of meer gemeenten"),
    "targets.reorganisation": _("Huisvestingswet 2014, artikel 30: herindeling"),
    "targets.interim_change_has_ground": _(
        "Huisvestingswet 2014, artikelen 28 tot en met 31: wijzigen tijdens het halfjaar"
    ),
    "announcements.down_inside": _("Praktijk: verlagen tijdens het halfjaar"),
    "announcements.up_inside": _("Praktijk: verhogen in het volgende halfjaar"),
    "realisation.counted_at": _("Praktijk: gehuisvest is afgemeld bij het COA"),
    "realisation.backlog_carries": _("Praktijk: een achterstand gaat mee"),
    "realisation.lead_carries": _("Praktijk: een voorsprong gaat mee"),
    "realisation.order": _("Volgorde van tellen: oude achterstand eerst"),
    "progress.months": _("Praktijk: een zesde per maand"),
    "progress.on_schedule_from": _("Grens van op schema"),
    "progress.far_behind_below": _("Grens van ver achter"),
}
NOTES: Words = {
    "targets.rounding:arithmetic:inferred": _(
        "Gepubliceerde cijfers van 2022 en 2023 passen bij rekenkundig afronden; "
        "de wettekst van 1 juli 2026 zegt naar boven. Waarom dat verschilt, is niet gevonden."
    ),
    "targets.rounding:up:inferred": _(
        "Zo staat het in de wettekst van 1 juli 2026; de tekst van dit halfjaar is op dit punt niet gelezen."
    ),
    "targets.reference_rule:year-before-announcement:inferred": _(
        "Gepubliceerde cijfers van 2022 en 2023 passen bij de inwoners van 1 januari twee jaar vóór een halfjaar "
        "dat in januari begint, en één jaar vóór een halfjaar dat in juli begint."
    ),
    "targets.reference_rule:year-before-half-year:inferred": _(
        "Zo staat het in de wettekst van 1 juli 2026; de tekst van dit halfjaar is op dit punt niet gelezen."
    ),
}
"""What a reader must know of a value of the law, by key, value and authority."""

ANNOUNCED: Words = {
    "2016-II/1": _("Met een achterstand van 5.283 mensen samen meer dan 28.000."),
    "2017-I/1": _("Er kwam een achterstand van 6.082 mensen bij."),
    "2017-II/1": _("Tegelijk werd voor 2018-I een raming van 6.000 genoemd."),
    "2018-I/1": _("Drie dagen na de uiterste dag; tegelijk werd voor 2018-II een raming van 8.000 genoemd."),
    "2020-I/1": _("12.000 voor heel 2020 min 6.500 voor 2020-II; niet zo gepubliceerd."),
    "2020-II/1": _("De berekening zelf gaf 9.000."),
    "2021-I/1": _(
        "27.000 verwacht voor heel 2021 min de raming van 13.500 voor 2021-II; niet zo gepubliceerd."
    ),
    "2021-II/1": _("Een eerdere raming was 13.500."),
    "2022-I/1": _("Andere berichten noemen 9.979; de oorzaak is niet gevonden."),
    "2023-I/1": _("Met ongeveer 100 Afghaanse Nederlanders die werden geëvacueerd."),
    "2023-II/1": _("Later verlaagd volgens één gemeente; het lagere getal is niet gevonden."),
    "2024-I/1": _(
        "Niet gecontroleerd; welke van de twee getallen van 2024 bij welk halfjaar hoort, is onzeker."
    ),
    "2024-II/1": _(
        "Niet gecontroleerd; welke van de twee getallen van 2024 bij welk halfjaar hoort, is onzeker."
    ),
    "2025-I/2": _("Verlaagd tijdens het halfjaar, omdat minder vergunningen werden verleend."),
    "2026-I/1": _("Niet gecontroleerd."),
}
"""What a reader must know of a packaged announcement, by its name."""

VALUES: Words = {
    "up": _("naar boven"),
    "arithmetic": _("rekenkundig"),
    "down": _("naar beneden"),
    "year-before-half-year": _("1 januari van het jaar vóór het jaar van het halfjaar"),
    "year-before-announcement": _("1 januari van het jaar vóór het jaar van de aankondiging"),
    "true": _("ja"),
    "false": _("nee"),
}

MAY: Words = {
    "see-published-figures": _("taakstellingen, aankondigingen, voortgang en ontvangstbewijzen zien"),
    "see-desk": _("het eigen bureau zien: wat vandaag aandacht vraagt"),
    "see-open-work": _("de lijst met open werk openen, met alleen de huishoudens die men mag zien"),
    "announce": _("een landelijk getal aankondigen of vervangen"),
    "register-swap": _("een ruil van taakstelling vastleggen"),
    "see-proposal": _("het koppelvoorstel met zijn huishoudens zien"),
    "propose": _("een koppelvoorstel laten maken"),
    "ask-lab": _("het beleidslab laten doorrekenen wat een aanbeveling doet"),
    "change-proposal": _("een voorstel aanpassen, en de aanpassing aannemen of laten vallen"),
    "confirm-link": _("een koppeling bevestigen of beëindigen"),
    "manage-keys": _("sleutels voor programma’s uitgeven, vernieuwen en intrekken"),
    "see-linked-household": _("een gekoppeld huishouden zien: grootte, behoefte en reden"),
    **wording_way.MAY,
    **wording_account.MAY,
    "register-household": _("huishoudens met een vergunning inleveren"),
    "state-progress": _("voortgang volgens de eigen administratie opgeven"),
    "see-stated-progress": _("zien wat gemeenten zelf opgeven over hun voortgang"),
    **SUPERVISION_MAY,
    "use-sheets": _(
        "bestanden inleveren en lange lijsten vragen, alleen eigen; wat erin staat heeft een eigen rij"
    ),
    **LETTER_MAY,
    **FORECAST_MAY,
    **URGENCY_MAY,
    **SCHEMES_MAY,
    **wording_places.PLACES_MAY,
    **DOCUMENT_MAY,
    "sign-off": _("een huishouden afmelden bij het COA"),
    "publish-composition": _("de gezinssamenstelling van een maand publiceren"),
    "see-notices": _("de berichten voor de eigen rol en plaats lezen en bevestigen"),
    "manage-deliveries": _("systemen berichten laten krijgen, en opnieuw versturen wat niet aankwam"),
    "see-journal": _("het journaal lezen"),
    "sign-in": _("de aanmeldpagina en de pagina's over deze dienst zien"),
}
"""What each row of the authority matrix allows."""

GROUNDS: Words = {
    "see-published-figures": _("Huisvestingswet 2014, artikel 29, en de maandelijkse publicatie"),
    "see-desk": _("de eigen taak van elke partij in de keten"),
    "see-open-work": _("de eigen taak van elke partij in de keten"),
    "announce": _("Huisvestingswet 2014, artikel 29, eerste lid: de minister maakt bekend"),
    "register-swap": _("Huisvestingswet 2014, artikel 29, tweede lid: twee of meer colleges besluiten samen"),
    "see-proposal": _("Wet COA, artikel 3, eerste lid, onder d: bemiddelen bij de uitstroom"),
    "propose": _("Wet COA, artikel 3, eerste lid, onder d: bemiddelen bij de uitstroom"),
    "ask-lab": _("wie in de keten werkt, mag vragen wat een aanbeveling zou doen"),
    "change-proposal": _("Wet COA, artikel 3, eerste lid, onder d; een mens beslist"),
    "confirm-link": _("Wet COA, artikel 3, eerste lid, onder d; een mens beslist"),
    "manage-keys": _("toegang beheersen; het journaal zegt wie wat uitgaf"),
    "see-linked-household": _("Huisvestingswet 2014, artikel 28: het college zorgt voor huisvesting"),
    **wording_way.GROUNDS,
    **wording_account.GROUNDS,
    "register-household": _("Wet COA, artikel 3, eerste lid, onder d: bemiddelen bij de uitstroom"),
    "state-progress": _("Huisvestingswet 2014, artikel 29: het college verantwoordt zijn taakstelling"),
    "see-stated-progress": _("Huisvestingswet 2014, artikel 29: toezicht op de taakstelling"),
    **SUPERVISION_GROUNDS,
    "use-sheets": _("Praktijk: er wordt met lijsten gewerkt"),
    **LETTER_GROUNDS,
    **FORECAST_GROUNDS,
    **URGENCY_GROUNDS,
    **SCHEMES_GROUNDS,
    **wording_places.PLACES_GROUNDS,
    **DOCUMENT_GROUNDS,
    "sign-off": _("Praktijk: gehuisvest is afgemeld bij het COA"),
    "publish-composition": _("Het COA deelt de gezinssamenstelling per gemeente, elke maand"),
    "see-notices": _("Verantwoording: wie een bericht kreeg, en of het is gezien"),
    "manage-deliveries": _("Beheer van de dienst; er is niets van een persoon te zien"),
    "see-journal": _("verantwoording van besluiten"),
    "sign-in": _("voor iedereen"),
}
"""On which ground each row of the authority matrix stands."""

DONE: Words = {
    "announce": _("getal aangekondigd"),
    "register-swap": _("ruil vastgelegd"),
    "ask-run": _("voorstel gevraagd"),
    "ask-lab": _("beleidslab gevraagd"),
    "stop-lab": _("beleidslab gestopt"),
    "stop-run": _("rekenen gestopt"),
    "propose": _("voorstel gemaakt"),
    "ask-change": _("aanpassing gevraagd"),
    "change-proposal": _("aanpassing doorgerekend"),
    "accept-change": _("aanpassing aangenomen"),
    "discard-change": _("aanpassing laten vallen"),
    "confirm-link": _("koppeling bevestigd"),
    "undo-link": _("koppeling beëindigd"),
    "create-key": _("sleutel uitgegeven"),
    "rotate-key": _("sleutel vernieuwd"),
    "withdraw-key": _("sleutel ingetrokken"),
    **SHEET_DONE,
    **LETTER_DONE,
    **SUPERVISION_DONE,
    **FORECAST_DONE,
    **URGENCY_DONE,
    **SCHEMES_DONE,
    **wording_places.PLACES_DONE,
    **DOCUMENT_DONE,
    "sign-off": _("huishouden afgemeld"),
    "publish-composition": _("gezinssamenstelling gepubliceerd"),
    **wording_way.IN_JOURNAL,
    **wording_account.IN_JOURNAL,
    **DONE_OUTSIDE,
}
"""What a line of the journal tells was done."""


def reason_sentences(reasons: tuple[Reason, ...]) -> list[object]:
    """Return a sentence for each reason; one that says there is room when there is no other."""
    return [_sentence(reason) for reason in reasons] or [OTHERWISE]


def _sentence(reason: Reason) -> object:
    words = REASONS.get(reason.code, reason.code)
    return str(words) % dict(reason.values or {}) if reason.code in WITH_VALUES else words


def is_hard(reasons: tuple[Reason, ...]) -> bool:
    """Return whether a hard criterion decides."""
    return any(reason.code.startswith("hard:") for reason in reasons)
