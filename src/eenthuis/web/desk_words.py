"""What a desk says: a sentence, a link and words for every task, figure and urgency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from eenthuis.services.desk_models import Figure, Task, Urgency
from eenthuis.terms.access import Role
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.way import DeadlineKind
from eenthuis.web.wording import Words
from eenthuis.web.wording_documents import DOCUMENT_TASK_PAGES, DOCUMENT_TASKS
from eenthuis.web.wording_money import MONEY_TASK_PAGES, MONEY_TASKS
from eenthuis.web.wording_places import PLACES_TASK_PAGES, PLACES_TASKS
from eenthuis.web.wording_way import DEADLINES

URGENCY: Words = {
    Urgency.OVERDUE: _("Te laat"),
    Urgency.TODAY: _("Vandaag"),
    Urgency.SOON: _("Binnenkort"),
    Urgency.LATER: _("Later"),
}
TASKS: Words = {
    "link-late": ngettext_lazy(
        "%(count)s huishouden wacht langer op een koppeling dan de afgesproken termijn.",
        "%(count)s huishoudens wachten langer op een koppeling dan de afgesproken termijn.",
        "count",
    ),
    "link-in-time": ngettext_lazy(
        "%(count)s huishouden wacht op een koppeling, nog binnen de termijn.",
        "%(count)s huishoudens wachten op een koppeling, nog binnen de termijn.",
        "count",
    ),
    "move-late": ngettext_lazy(
        "%(count)s gekoppeld huishouden had al verhuisd moeten zijn.",
        "%(count)s gekoppelde huishoudens hadden al verhuisd moeten zijn.",
        "count",
    ),
    "reference-day": ngettext_lazy(
        "%(count)s gemeente kan tot de peildatum nog mensen gekoppeld krijgen.",
        "%(count)s gemeenten kunnen tot de peildatum nog mensen gekoppeld krijgen.",
        "count",
    ),
    "reference-day-past": ngettext_lazy(
        "De peildatum is voorbij en %(count)s gemeente heeft nog ruimte.",
        "De peildatum is voorbij en %(count)s gemeenten hebben nog ruimte.",
        "count",
    ),
    "warning-low": ngettext_lazy(
        "%(count)s gemeente haalt haar taakstelling waarschijnlijk niet: praat er nu mee.",
        "%(count)s gemeenten halen hun taakstelling waarschijnlijk niet: praat er nu mee.",
        "count",
    ),
    "run-open": _("Er wordt een nieuw voorstel gemaakt: bekijk hoe ver het is."),
    "no-proposal": _("Er is nog geen voorstel voor dit halfjaar."),
    "confirm": ngettext_lazy(
        "%(count)s voorgestelde koppeling wacht op uw besluit.",
        "%(count)s voorgestelde koppelingen wachten op uw besluit.",
        "count",
    ),
    "decide-change": ngettext_lazy(
        "%(count)s aanpassing van het voorstel wacht op een besluit.",
        "%(count)s aanpassingen van het voorstel wachten op een besluit.",
        "count",
    ),
    "proposal-old": ngettext_lazy(
        "Het nieuwste voorstel is %(count)s dag oud.",
        "Het nieuwste voorstel is %(count)s dagen oud.",
        "count",
    ),
    "home-late": ngettext_lazy(
        "%(count)s huishouden had al een woning moeten hebben.",
        "%(count)s huishoudens hadden al een woning moeten hebben.",
        "count",
    ),
    "home-near": ngettext_lazy(
        "Voor %(count)s huishouden moet er binnen twee weken een woning zijn.",
        "Voor %(count)s huishoudens moet er binnen twee weken een woning zijn.",
        "count",
    ),
    "home-later": ngettext_lazy(
        "%(count)s huishouden zoekt een woning en heeft nog tijd.",
        "%(count)s huishoudens zoeken een woning en hebben nog tijd.",
        "count",
    ),
    "link-new": ngettext_lazy(
        "%(count)s huishouden is de laatste twee weken aan u gekoppeld: bekijk de reden en wat de woning vraagt.",
        "%(count)s huishoudens zijn de laatste twee weken aan u gekoppeld: bekijk de reden en wat de woning vraagt.",
        "count",
    ),
    "pace-behind": ngettext_lazy(
        "Het tempo vraagt dat er nu %(count)s mens meer gehuisvest was.",
        "Het tempo vraagt dat er nu %(count)s mensen meer gehuisvest waren.",
        "count",
    ),
    "half-year-ends": ngettext_lazy(
        "Het halfjaar duurt nog %(count)s dag.", "Het halfjaar duurt nog %(count)s dagen.", "count"
    ),
    "due-late": _("%(name)s: %(count)s te laat."),
    "due-open": _("%(name)s: %(count)s open, nog op tijd."),
    "homes-free": ngettext_lazy(
        "%(count)s woning van u is vrij en nog niemand aangeboden.",
        "%(count)s woningen van u zijn vrij en nog niemand aangeboden.",
        "count",
    ),
    "homes-kept": ngettext_lazy(
        "%(count)s woning van u is aangeboden of verhuurd.",
        "%(count)s woningen van u zijn aangeboden of verhuurd.",
        "count",
    ),
    "homes-asked": ngettext_lazy(
        "In %(name)s wacht %(count)s gekoppeld mens op een woning.",
        "In %(name)s wachten %(count)s gekoppelde mensen op een woning.",
        "count",
    ),
    "homes-to-come": ngettext_lazy(
        "Aan %(name)s kan dit halfjaar nog %(count)s mens gekoppeld worden.",
        "Aan %(name)s kunnen dit halfjaar nog %(count)s mensen gekoppeld worden.",
        "count",
    ),
    "answer-late": ngettext_lazy(
        "De termijn van %(count)s gemeente om te antwoorden is voorbij: ga na of het antwoord er is.",
        "De termijn van %(count)s gemeenten om te antwoorden is voorbij: ga na of het antwoord er is.",
        "count",
    ),
    "answer-asked": ngettext_lazy(
        "%(count)s gemeente moet nog antwoorden.", "%(count)s gemeenten moeten nog antwoorden.", "count"
    ),
    "rung-up": ngettext_lazy(
        "Voor %(count)s gemeente is een hogere trede voorgesteld; u beslist.",
        "Voor %(count)s gemeenten is een hogere trede voorgesteld; u beslist.",
        "count",
    ),
    "pace-far-behind": ngettext_lazy(
        "%(count)s gemeente ligt ver achter op het tempo.",
        "%(count)s gemeenten liggen ver achter op het tempo.",
        "count",
    ),
    "pace-behind-province": ngettext_lazy(
        "%(count)s gemeente ligt achter op het tempo.",
        "%(count)s gemeenten liggen achter op het tempo.",
        "count",
    ),
    "advice-late": ngettext_lazy(
        "%(count)s toegezegde stap bij een aanbeveling is te laat.",
        "%(count)s toegezegde stappen bij aanbevelingen zijn te laat.",
        "count",
    ),
    "advice-near": ngettext_lazy(
        "%(count)s toegezegde stap bij een aanbeveling moet binnenkort klaar zijn.",
        "%(count)s toegezegde stappen bij aanbevelingen moeten binnenkort klaar zijn.",
        "count",
    ),
    "announce-next": _("De taakstelling van het volgende halfjaar is nog niet bekendgemaakt."),
    "visa-waiting": ngettext_lazy(
        "%(count)s huishouden verwacht nareizigers zonder visum.",
        "%(count)s huishoudens verwachten nareizigers zonder visum.",
        "count",
    ),
    "visa-granted": ngettext_lazy(
        "%(count)s huishouden verwacht nareizigers met een visum: zij krijgen straks een document.",
        "%(count)s huishoudens verwachten nareizigers met een visum: zij krijgen straks een document.",
        "count",
    ),
    "without-proof": _("Bij het nieuwste voorstel is geen bewijs bewaard."),
    "overridden": ngettext_lazy(
        "In het nieuwste voorstel heeft een mens %(count)s keer anders beslist dan het programma.",
        "In het nieuwste voorstel heeft een mens %(count)s keer anders beslist dan het programma.",
        "count",
    ),
    "undone": ngettext_lazy(
        "%(count)s koppeling is de laatste vier weken beëindigd.",
        "%(count)s koppelingen zijn de laatste vier weken beëindigd.",
        "count",
    ),
    "confirmed": ngettext_lazy(
        "%(count)s koppeling is de laatste vier weken bevestigd.",
        "%(count)s koppelingen zijn de laatste vier weken bevestigd.",
        "count",
    ),
    "announced": ngettext_lazy(
        "%(count)s landelijk getal is de laatste vier weken vastgelegd.",
        "%(count)s landelijke getallen zijn de laatste vier weken vastgelegd.",
        "count",
    ),
    "worker-silent": ngettext_lazy(
        "Van %(count)s berekening is niets meer gehoord.",
        "Van %(count)s berekeningen is niets meer gehoord.",
        "count",
    ),
    "no-worker": _("Er is geen programma dat voorstellen maakt: start «eenthuis worker»."),
    "journal-broken": _("Het journaal is niet meer zoals het geschreven is: regel %(name)s klopt niet."),
    "journal-unverified": _("Het journaal is gisteren en vandaag niet nagerekend: start «eenthuis worker»."),
    "glass-broken": _("Het noodaccount is nu open: ga na wie dit deed en waarom."),
    "grant-waiting": ngettext_lazy(
        "%(count)s gevraagde rol van beheerder wacht op u.",
        "%(count)s gevraagde rollen van beheerder wachten op u.",
        "count",
    ),
    "deliveries-failed": ngettext_lazy(
        "%(count)s aflevering is niet aangekomen: kijk waarom en verstuur opnieuw.",
        "%(count)s afleveringen zijn niet aangekomen: kijk waarom en verstuur opnieuw.",
        "count",
    ),
    "deliveries-failed-elsewhere": ngettext_lazy(
        "%(count)s aflevering is niet aangekomen; de beheerder gaat daarover.",
        "%(count)s afleveringen zijn niet aangekomen; de beheerder gaat daarover.",
        "count",
    ),
    "run-waiting": ngettext_lazy("%(count)s berekening wacht.", "%(count)s berekeningen wachten.", "count"),
    **DOCUMENT_TASKS,
    **PLACES_TASKS,
    **MONEY_TASKS,
}
"""The sentence of each task; a test holds them complete."""

FIGURES: Words = {
    "unlinked": _("Wachten op een koppeling"),
    "open-people": _("Nog te koppelen"),
    "linked": _("Gekoppeld, nog niet gehuisvest"),
    "linked-province": _("Gekoppeld in de provincie"),
    "realised": _("Gehuisvest"),
    "corrected": _("Gecorrigeerde taakstelling"),
    "in-reception": _("Huishoudens in de opvang"),
    "done": _("Handelingen in vier weken"),
    "homes": _("Woningen van u"),
    "workers": _("Rekenprogramma's"),
    "runs-waiting": _("Wachtende berekeningen"),
    "accounts": _("Accounts"),
    "journal-lines": _("Regels van het journaal nagerekend"),
}
MORE: Words = {
    "unlinked": _("mensen in %(more)s huishoudens"),
    "linked": _("mensen in %(more)s huishoudens"),
    "realised": _("van %(more)s mensen"),
    "homes": _("waarvan %(more)s vrij"),
}
PLAIN_MORE: Words = {
    "open-people": _("mensen passen nog in de taakstelling"),
    "linked-province": _("mensen"),
    "corrected": _("mensen dit halfjaar"),
    "in-reception": _("met een vergunning, zonder woning"),
    "done": _("volgens het journaal"),
    "workers": _("maken voorstellen"),
    "journal-lines": _("elke regel klopt"),
}
WORK: Words = {
    "link": _("koppelen"),
    "house": _("huisvesten"),
}
"""What is to be done for a household."""

HITS: Words = {
    "home": _("woning"),
    "household": _("huishouden"),
    "municipality": _("gemeente"),
    "receipt": _("ontvangstbewijs"),
}
"""What a search found."""

BULK: Words = {
    "sign-off": _("Huishoudens afmelden bij het COA"),
    "take-work": _("Huishoudens op mijn naam zetten"),
}
"""What can be done for several households at once."""

VERDICTS: Words = {
    "lead": _("voorsprong"),
    "complies": _("voldoet"),
    "behind-excusable": _("achter, maar verschoonbaar"),
    "behind": _("achter"),
}
_PLACES: Mapping[str, str] = {
    "run-open": "run",
    "decide-change": "change",
    "overridden": "proposal",
    "warning-low": "warnings",
    "without-proof": "proposal",
    "pace-behind": "municipality",
    "half-year-ends": "municipality",
    "homes-asked": "municipality",
    "homes-to-come": "municipality",
}
_PAGES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "link-late": ("work", {"soort": "link", "termijn": "late"}),
    "link-in-time": ("work", {"soort": "link", "termijn": "soon"}),
    "move-late": ("work", {"soort": "house", "termijn": "late"}),
    "home-late": ("work", {"termijn": "late"}),
    "home-near": ("work", {"termijn": "soon"}),
    "reference-day": ("weeks", {}),
    "reference-day-past": ("weeks", {}),
    "grant-waiting": ("accounts", {}),
    "deliveries-failed": ("deliveries", {}),
    "no-proposal": ("propose", {}),
    "confirm": ("workspace", {}),
    "announce-next": ("announce", {}),
    "advice-late": ("recommendations", {}),
    "advice-near": ("recommendations", {}),
    **DOCUMENT_TASK_PAGES,
    **PLACES_TASK_PAGES,
    **MONEY_TASK_PAGES,
    "undone": ("journal", {"handeling": "undo-link"}),
    "confirmed": ("journal", {"handeling": "confirm-link"}),
    "announced": ("journal", {"handeling": "announce"}),
}
_ON_THE_DESK: Mapping[str, str] = {
    "homes-free": "#woningen",
    "homes-kept": "#woningen",
    "home-later": "#huishoudens",
    "link-new": "#huishoudens",
    "answer-late": "#toezicht",
    "answer-asked": "#toezicht",
    "rung-up": "#toezicht",
    "visa-waiting": "#regios",
    "visa-granted": "#regios",
}
_PACES: Mapping[str, str] = {"pace-far-behind": "far-behind", "pace-behind-province": "behind"}
_DUE = {"due-late", "due-open"}
_WITH_REGION = {"link-late", "link-in-time", "move-late", "reference-day", "reference-day-past"}


@dataclass(frozen=True, slots=True)
class Said:
    """A task in words, with the address where it is done; an empty address where there is none."""

    task: Task
    sentence: str
    address: str


class _Shown(int):
    """A number that picks its plural as a number and shows itself with a thousands separator."""

    def __str__(self) -> str:
        return str(number_format(int(self), 0, use_l10n=True))


def said(task: Task, half_year: HalfYear, role: Role | None = None) -> Said:
    """Return a task in words with its address, where ``role`` does it."""
    name = str(DEADLINES.get(task.reference, task.name)) if task.code in _DUE else task.name
    sentence = str(TASKS[task.code] % {"count": _Shown(task.count), "name": capfirst(name)})  # type: ignore[operator]
    return Said(task, sentence, _DONE_AT.get((role, task.reference), "") or _address(task, half_year))


_DONE_AT: Mapping[tuple[Role | None, str], str] = {
    (Role.COA, DeadlineKind.JUDGE_REFUSAL): "/weigeringen/",
    (Role.MUNICIPALITY, DeadlineKind.LEAVE_TRANSIT): "#doorstroom",
}
"""Deadlines that a role sees to in a place of its own."""


def more(figure: Figure) -> str:
    """Return what stands beneath a figure."""
    if figure.more is not None and figure.code in MORE:
        return str(MORE[figure.code]) % {"more": _Shown(figure.more)}
    return str(PLAIN_MORE.get(figure.code, ""))


def _address(task: Task, half_year: HalfYear) -> str:
    if task.code in _PACES:
        query = {"tempo": _PACES[task.code], "provincie": task.reference}
        listed = reverse("half-year", args=[str(half_year)])
        return f"{listed}?{urlencode({key: value for key, value in query.items() if value})}#tabel"
    if task.code in _ON_THE_DESK:
        return _ON_THE_DESK[task.code]
    if task.code in _PLACES:
        return reverse(_PLACES[task.code], args=[task.reference])
    if task.code in _DUE:
        return reverse("work") + "?soort=house"
    if task.code not in _PAGES:
        return ""
    name, asked = _PAGES[task.code]
    query = dict(asked)
    if task.code in _WITH_REGION and task.reference:
        query["regio"] = task.reference
    return reverse(name) + (f"?{urlencode(query)}" if query else "")
