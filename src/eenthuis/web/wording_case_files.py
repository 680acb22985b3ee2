"""Words for the file of a municipality: kinds of entries, what an entry lacks, and the duties of a substitution."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from eenthuis.rules.case_entries import Obstacle, Part
from eenthuis.rules.substitution import Duty
from eenthuis.terms.case_file import ContactKind

KINDS: Mapping[ContactKind, object] = {
    ContactKind.TALK_OFFICIALS: _("ambtelijk gesprek"),
    ContactKind.TALK_ADMINISTRATORS: _("bestuurlijk gesprek"),
    ContactKind.LETTER: _("brief"),
    ContactKind.INFORMATION_OBLIGED: _("verplichte informatie ontvangen"),
    ContactKind.INFORMATION_VOLUNTARY: _("informatie uit eigen beweging ontvangen"),
    ContactKind.NOTE: _("aantekening, alleen voor de provincie"),
    ContactKind.REQUESTS_UNMET: _("aanvragen waaraan niet te voldoen was"),
    ContactKind.HOMES_READY: _("woningen die klaarstonden"),
    ContactKind.PLAN: _("verbeterplan afgesproken"),
    ContactKind.PLAN_ENDED: _("verbeterplan beëindigd"),
    ContactKind.MILESTONE: _("mijlpaal"),
    ContactKind.MILESTONE_MET: _("mijlpaal gehaald"),
    ContactKind.RUNG_PUT_FORWARD: _("trede voorgelegd"),
    ContactKind.RUNG_CONFIRMED: _("trede bevestigd door een collega"),
    ContactKind.RUNG_REFUSED: _("trede niet genomen"),
    ContactKind.INTENTION: _("voornemen tot indeplaatsstelling"),
    ContactKind.INTENTION_IN_GAZETTE: _("voornemen bekendgemaakt"),
    ContactKind.INTENTION_TO_COUNCIL: _("afschrift van het voornemen aan de raad"),
    ContactKind.SUBSTITUTION_ITEM: _("onderdeel met eigen termijn"),
    ContactKind.SUBSTITUTION_URGENT: _("spoed: geen termijn nodig"),
    ContactKind.DECISION: _("besluit tot indeplaatsstelling"),
    ContactKind.DECISION_IN_GAZETTE: _("besluit bekendgemaakt"),
    ContactKind.DECISION_TO_COUNCIL: _("afschrift van het besluit aan de raad"),
    ContactKind.ITEM_DONE: _("onderdeel door de gemeente uitgevoerd"),
    ContactKind.CARRIED_OUT: _("door de provincie uitgevoerd"),
    ContactKind.WITHDRAWN: _("indeplaatsstelling ingetrokken"),
    ContactKind.STRUCK_OUT: _("geschrapt"),
}
FORMS: tuple[tuple[str, object, tuple[ContactKind, ...]], ...] = (
    (
        "contact",
        _("Contact vastleggen"),
        (
            ContactKind.TALK_OFFICIALS,
            ContactKind.TALK_ADMINISTRATORS,
            ContactKind.INFORMATION_OBLIGED,
            ContactKind.INFORMATION_VOLUNTARY,
            ContactKind.NOTE,
        ),
    ),
    (
        "buiten",
        _("Vastleggen wat buiten de gemeente ligt"),
        (ContactKind.REQUESTS_UNMET, ContactKind.HOMES_READY),
    ),
    ("plan", _("Verbeterplan afspreken"), (ContactKind.PLAN,)),
    ("mijlpaal", _("Mijlpaal bij een plan"), (ContactKind.MILESTONE,)),
    ("trede", _("Trede voorleggen"), (ContactKind.RUNG_PUT_FORWARD,)),
    (
        "indeplaatsstelling",
        _("Stap van een indeplaatsstelling"),
        (
            ContactKind.INTENTION,
            ContactKind.INTENTION_IN_GAZETTE,
            ContactKind.INTENTION_TO_COUNCIL,
            ContactKind.SUBSTITUTION_ITEM,
            ContactKind.SUBSTITUTION_URGENT,
            ContactKind.DECISION,
            ContactKind.DECISION_IN_GAZETTE,
            ContactKind.DECISION_TO_COUNCIL,
            ContactKind.CARRIED_OUT,
            ContactKind.WITHDRAWN,
        ),
    ),
)
CORRECTABLE = frozenset(ContactKind) - {
    ContactKind.LETTER,
    ContactKind.RUNG_PUT_FORWARD,
    ContactKind.RUNG_CONFIRMED,
    ContactKind.RUNG_REFUSED,
    ContactKind.STRUCK_OUT,
}
PARTS: Mapping[Part, object] = {
    Part.WHAT: _("omschrijving"),
    Part.HALF_YEAR: _("halfjaar"),
    Part.DUE: _("laatste dag"),
    Part.PEOPLE: _("aantal"),
    Part.RUNG: _("trede"),
    Part.ABOUT: _("waar het over gaat"),
}
OBSTACLES: Mapping[Obstacle, object] = {
    Obstacle.LACKS: _("Dit ontbreekt nog:"),
    Obstacle.AHEAD: _("Die dag ligt nog voor ons, of is niet ingevuld."),
    Obstacle.NOTHING_ABOUT: _("Waar dit over gaat, staat niet (meer) in het dossier."),
    Obstacle.ANSWERED: _("Dit is al afgehandeld. Open de pagina opnieuw."),
    Obstacle.SAME_PERSON: _("Vier ogen: een collega bevestigt wat u voorlegt."),
    Obstacle.RUNG_OPEN: _("Er ligt al een trede voor. Bevestig die eerst, of neem haar niet."),
    Obstacle.NOT_YET: _("Deze stap kan nog niet. Eerst is nodig:"),
    Obstacle.DUE_BEFORE: _("De laatste dag ligt voor de dag zelf."),
    Obstacle.NOT_CORRECTED: _("Dit wordt niet verbeterd; een nieuw besluit volgt."),
}
DUTIES: Mapping[Duty, object] = {
    Duty.STATE_INTENTION: _("het voornemen kenbaar maken"),
    Duty.INTENTION_IN_GAZETTE: _("het voornemen bekendmaken"),
    Duty.INTENTION_TO_COUNCIL: _("een afschrift van het voornemen aan de raad sturen"),
    Duty.NAME_ITEMS: _("de onderdelen noemen"),
    Duty.NAME_TERMS: _("elk onderdeel een termijn geven"),
    Duty.DECIDE: _("besluiten"),
    Duty.DECISION_IN_GAZETTE: _("het besluit bekendmaken"),
    Duty.DECISION_TO_COUNCIL: _("een afschrift van het besluit aan de raad sturen"),
}
PROBLEMS: Mapping[str, object] = {
    "soort": _("Kies wat u vastlegt."),
    "dag": _("Schrijf de dag als 2026-03-03."),
    "tot": _("Schrijf de laatste dag als 2026-06-30."),
    "halfjaar": _("Schrijf het jaar en I of II, zoals 2026-II."),
    "aantal": _("Vul een heel getal in van 0 of meer."),
    "trede": _("Kies een trede."),
    "over": _("Kies waar het over gaat."),
    "vervangt": _("Wat u verbetert, staat niet in het dossier."),
}
