"""Notices ("berichten"): what the chain is told, who is told it, and what it asks; never about whom.

A notice holds a kind, an addressee, a reference and whole numbers. There is no field for free text, so that nothing of
a person can leave in it; whoever may see more follows the reference to a page that asks for access again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from eenthuis.terms.access import Role
from eenthuis.terms.notice_deadlines import DEADLINE_KINDS
from eenthuis.terms.notice_documents import DOCUMENT_KINDS
from eenthuis.terms.notice_kinds import KindOfNotice, NoticeKind, Thing, dutch
from eenthuis.terms.notice_money import MONEY_KINDS
from eenthuis.terms.notice_reception import RECEPTION_KINDS
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode

__all__ = [
    "FIGURES",
    "KINDS",
    "REFERENCE",
    "Addressee",
    "KindOfNotice",
    "NoticeFilter",
    "NoticeKind",
    "Thing",
    "check_notice",
    "dutch",
]
REFERENCE = r"^[a-z][a-z-]{1,19}:([0-9]{1,8}|[0-9]{4}-I{1,2}|[0-9]{4}-(0[1-9]|1[0-2])|GM[0-9]{4}|PV[0-9]{2})$"
"""A reference: what it points at and a row number, a half-year, a month, a day as eight digits or a code of CBS.

A citizen service number (nine digits) and a file number of the IND (ten) do not fit, nor does the number of a
household.
"""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is told: a role, in one municipality, province or linking region, or in the whole country.

    ``association`` is one housing association, wherever it works.

    Examples
    --------
    >>> Addressee(Role.MUNICIPALITY, municipality=MunicipalityCode("GM0344")).place
    'GM0344'
    """

    role: Role
    municipality: MunicipalityCode | None = None
    province: ProvinceCode | None = None
    region: LinkingRegion | None = None
    association: str | None = None

    def __post_init__(self) -> None:
        """Refuse nobody and two places at once.

        Raises
        ------
        ValueError
            When the role is the public, or more than one place is given.
        """
        if self.role is Role.PUBLIC or len(self._places()) > 1:
            msg = "a notice goes to a role of the chain, in one place at most"
            raise ValueError(msg)

    @property
    def place(self) -> str:
        """The code of the one place, or nothing for the whole country."""
        return next(iter(self._places()), "")

    def _places(self) -> tuple[str, ...]:
        return tuple(
            str(place) for place in (self.municipality, self.province, self.region, self.association) if place
        )


@dataclass(frozen=True, slots=True)
class NoticeFilter:
    """Which notices of a reader are listed; an empty kind means every kind."""

    kind: str = ""
    only_unread: bool = False
    only_to_acknowledge: bool = False


_HOUSING_ROLES = frozenset({Role.MUNICIPALITY, Role.COA})
_TARGET_ROLES = frozenset({Role.MUNICIPALITY, Role.PROVINCE, Role.COA})
KINDS: Mapping[NoticeKind, KindOfNotice] = MappingProxyType(
    {
        NoticeKind.ANNOUNCED: KindOfNotice(
            "a national number was announced or replaced, and targets follow from it",
            dutch("Er is een landelijk aantal bekendgemaakt. De taakstellingen zijn berekend."),
            Thing.HALF_YEAR,
            _TARGET_ROLES,
            figures=frozenset({"people"}),
        ),
        NoticeKind.SWAPPED: KindOfNotice(
            "a swap changed the target of this municipality, or of one in this province",
            dutch("Er is een ruil van taakstelling vastgelegd."),
            Thing.HALF_YEAR,
            frozenset({Role.MUNICIPALITY, Role.PROVINCE}),
            figures=frozenset({"change"}),
        ),
        NoticeKind.LINK_CONFIRMED: KindOfNotice(
            "a household was linked to this municipality; the page behind it says why and what it needs",
            dutch("Er is een huishouden aan uw gemeente gekoppeld."),
            Thing.LINK,
            frozenset({Role.MUNICIPALITY}),
            asks=dutch("Bekijk de reden en wat de woning moet hebben, en bevestig dat u dit gezien hebt."),
            escalates_to=Role.COA,
        ),
        NoticeKind.LINK_ENDED: KindOfNotice(
            "a link to this municipality ended",
            dutch("Een koppeling aan uw gemeente is beëindigd."),
            Thing.LINK,
            frozenset({Role.MUNICIPALITY}),
            asks=dutch("Stop met het zoeken naar een woning voor dit huishouden."),
            escalates_to=Role.COA,
        ),
        NoticeKind.LINK_CHANGED: KindOfNotice(
            "a household that was linked to this municipality is linked to another one now",
            dutch(
                "Een huishouden dat aan uw gemeente was gekoppeld, is nu aan een andere gemeente gekoppeld."
            ),
            Thing.LINK,
            frozenset({Role.MUNICIPALITY}),
            asks=dutch("Stop met het zoeken naar een woning voor dit huishouden."),
            escalates_to=Role.COA,
        ),
        NoticeKind.HOUSEHOLD_RECOMPOSED: KindOfNotice(
            "a household linked to this municipality was merged or split; what goes on of it here has its own notice",
            dutch("Een huishouden dat aan uw gemeente was gekoppeld, is samengevoegd of gesplitst."),
            Thing.LINK,
            frozenset({Role.MUNICIPALITY}),
            asks=dutch(
                "Zoek niet verder onder het oude nummer. Blijft iemand gekoppeld, dan krijgt u daarover een bericht."
            ),
            escalates_to=Role.COA,
        ),
        NoticeKind.PROPOSAL_READY: KindOfNotice(
            "a proposal of the engine is there to be judged by a person",
            dutch("Er is een nieuw koppelvoorstel."),
            Thing.PROPOSAL,
            frozenset({Role.COA}),
            asks=dutch("Beoordeel het voorstel."),
            figures=frozenset({"households", "linked"}),
        ),
        NoticeKind.CHANGE_READY: KindOfNotice(
            "a changed proposal is there to be accepted or not",
            dutch("De aanpassing van een koppelvoorstel is doorgerekend."),
            Thing.PROPOSAL,
            frozenset({Role.COA}),
            asks=dutch("Neem de aanpassing aan, of laat haar vallen."),
        ),
        NoticeKind.HOME_OFFERED: KindOfNotice(
            "a municipality offered a home to a household",
            dutch("Een gemeente heeft een huishouden een woning aangeboden."),
            Thing.STEP,
            frozenset({Role.COA}),
            asks=dutch("Leg vast wat het huishouden antwoordt, als u dat weet."),
        ),
        NoticeKind.OFFER_ENDED: KindOfNotice(
            "a municipality took an offer back, or let a refused home go",
            dutch("Een gemeente heeft een aanbod ingetrokken of een woning vrijgegeven."),
            Thing.STEP,
            frozenset({Role.COA}),
        ),
        NoticeKind.HOME_ACCEPTED: KindOfNotice(
            "a household accepted a home",
            dutch("Een huishouden heeft een woning geaccepteerd."),
            Thing.STEP,
            _HOUSING_ROLES,
        ),
        NoticeKind.HOME_REFUSED: KindOfNotice(
            "a household refused a home; COA judges",
            dutch("Een huishouden heeft een woning geweigerd. Het COA beoordeelt of dat terecht is."),
            Thing.STEP,
            _HOUSING_ROLES,
        ),
        NoticeKind.REFUSAL_JUDGED: KindOfNotice(
            "COA judged a refusal",
            dutch("Het COA heeft een weigering beoordeeld."),
            Thing.STEP,
            frozenset({Role.MUNICIPALITY}),
            asks=dutch("Bekijk het oordeel en wat daarna nodig is."),
        ),
        NoticeKind.LEASE_SIGNED: KindOfNotice(
            "the lease of a household was signed",
            dutch("Een huishouden heeft een huurcontract getekend."),
            Thing.STEP,
            frozenset({Role.COA}),
        ),
        NoticeKind.HOUSEHOLD_MOVED: KindOfNotice(
            "a household moved into its home and can be signed off",
            dutch("Een huishouden is verhuisd."),
            Thing.STEP,
            frozenset({Role.COA}),
            asks=dutch("Meld het huishouden af, zodat het meetelt."),
        ),
        NoticeKind.WAY_CHANGED: KindOfNotice(
            "another step was recorded on the way of a household",
            dutch("Er is een stap vastgelegd voor een huishouden."),
            Thing.STEP,
            _HOUSING_ROLES,
        ),
        NoticeKind.SIGNED_OFF: KindOfNotice(
            "a household linked to this municipality was signed off and counts towards its target",
            dutch("Een huishouden is afgemeld bij het COA en telt mee voor uw taakstelling."),
            Thing.SIGN_OFF,
            frozenset({Role.MUNICIPALITY}),
        ),
        NoticeKind.COMPOSITION_PUBLISHED: KindOfNotice(
            "the family composition of a month was published, with its report",
            dutch("De gezinssamenstelling van deze maand is er, met het maandrapport."),
            Thing.MONTH,
            frozenset({Role.MUNICIPALITY, Role.HOUSING_ASSOCIATION}),
        ),
        NoticeKind.ADMINISTRATOR_ASKED: KindOfNotice(
            "an administrator asked the role of administrator for an account; another decides",
            dutch("Voor een account is de rol van beheerder gevraagd."),
            Thing.GRANT,
            frozenset({Role.ADMINISTRATOR}),
            asks=dutch("Beslis, als u het niet zelf vroeg."),
        ),
        NoticeKind.GLASS_BROKEN: KindOfNotice(
            "the sealed account for emergencies was opened; it ends by itself after these minutes",
            dutch("Het noodaccount is geopend."),
            Thing.ACCOUNT,
            frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
            asks=dutch("Ga na wie dit deed en waarom."),
            figures=frozenset({"minutes"}),
        ),
        NoticeKind.RUNG_ENTERED: KindOfNotice(
            "two people of the province put this municipality on a rung of the ladder, or took it off",
            dutch("De provincie heeft besloten over een trede van de interventieladder."),
            Thing.SUPERVISION,
            frozenset({Role.MUNICIPALITY, Role.PROVINCE}),
            figures=frozenset({"rung"}),
        ),
        **DEADLINE_KINDS,
        **RECEPTION_KINDS,
        **DOCUMENT_KINDS,
        **MONEY_KINDS,
        NoticeKind.HOME_WITHDRAWN: KindOfNotice(
            "a housing association withdrew a home in this municipality",
            dutch("Een woningcorporatie heeft een woning in uw gemeente ingetrokken."),
            Thing.HOME,
            frozenset({Role.MUNICIPALITY}),
        ),
        NoticeKind.ERASING_NEAR: KindOfNotice(
            "records of households will be erased within the month, since their term ends",
            dutch("Gegevens van huishoudens worden binnenkort gewist, omdat hun bewaartermijn afloopt."),
            Thing.MONTH,
            frozenset({Role.COA, Role.ADMINISTRATOR}),
            asks=dutch("Leg vóór die dag vast wat u nog nodig hebt."),
            figures=frozenset({"concerned"}),
        ),
        NoticeKind.DEVIATION_DRAFTED: KindOfNotice(
            "what is expected deviates substantially from what was told; people decide whether to tell it",
            dutch(
                "Wat we verwachten wijkt sterk af van wat is verteld. Er staat een bericht klaar om te beoordelen."
            ),
            Thing.DEVIATION,
            frozenset({Role.MINISTRY}),
            asks=dutch("Leg het bericht voor aan een collega, of laat het vallen met een reden."),
            escalates_to=Role.MINISTRY,
            figures=frozenset({"told", "expected"}),
        ),
        NoticeKind.LETTER_SENT: KindOfNotice(
            "the province sent this municipality a letter of supervision",
            dutch("De provincie heeft uw gemeente een brief gestuurd over de taakstelling."),
            Thing.LETTER,
            frozenset({Role.MUNICIPALITY}),
            asks=dutch("Lees de brief, en antwoord op tijd."),
        ),
        NoticeKind.ADVICE_STEP_NEAR: KindOfNotice(
            "the last day of steps promised on a recommendation is near",
            dutch("Een toegezegde stap bij een aanbeveling moet binnenkort klaar zijn."),
            Thing.RECOMMENDATION,
            frozenset({Role.MINISTRY, Role.COA, Role.IND, Role.PROVINCE}),
            figures=frozenset({"steps"}),
        ),
        NoticeKind.ADVICE_STEP_LATE: KindOfNotice(
            "the last day of steps promised on a recommendation has passed",
            dutch("Een toegezegde stap bij een aanbeveling is niet op tijd klaar."),
            Thing.RECOMMENDATION,
            frozenset({Role.MINISTRY, Role.COA, Role.IND, Role.PROVINCE}),
            asks=dutch("Leg vast dat de stap klaar is, of noem een nieuwe dag met de reden."),
            figures=frozenset({"steps"}),
        ),
        NoticeKind.NOTE_PUT_FORWARD: KindOfNotice(
            "a decision note waits for a second person of the ministry",
            dutch("Een beslisnota wacht op een tweede persoon."),
            Thing.NOTE,
            frozenset({Role.MINISTRY}),
            asks=dutch("Lees de nota. Wie haar schreef, kan haar niet zelf goedkeuren."),
        ),
        NoticeKind.DEVIATION_TOLD: KindOfNotice(
            "the ministry expects another national number than was told; figures say what it means here",
            dutch("Het ministerie verwacht een ander landelijk aantal dan eerder is verteld."),
            Thing.DEVIATION,
            frozenset({Role.MUNICIPALITY, Role.PROVINCE}),
            figures=frozenset({"told", "expected", "difference", "homes"}),
        ),
        NoticeKind.WARNING_LOW: KindOfNotice(
            "the chance of a municipality to meet its target newly fell under the threshold",
            dutch("De kans dat een gemeente haar taakstelling haalt, is onder de drempel gezakt."),
            Thing.SUPERVISION,
            frozenset({Role.PROVINCE}),
            figures=frozenset({"chance", "short"}),
        ),
        NoticeKind.NOT_ACKNOWLEDGED: KindOfNotice(
            "a notice was not acknowledged in time by those it was for",
            dutch("Een bericht is niet op tijd bevestigd."),
            Thing.NOTICE,
            frozenset({Role.COA, Role.MINISTRY, Role.ADMINISTRATOR}),
            asks=dutch("Neem contact op met wie het bericht kreeg."),
        ),
    }
)
"""The register of notices."""

FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "people": dutch("mensen"),
        "change": dutch("verandering van de taakstelling, in mensen"),
        "households": dutch("huishoudens in het voorstel"),
        "minutes": dutch("minuten tot het noodaccount vanzelf sluit"),
        "linked": dutch("huishoudens met een plek"),
        "rung": dutch("trede, 0 is van de ladder af"),
        "concerned": dutch("huishoudens waar het om gaat"),
        "documents": dutch("documenten"),
        "told": dutch("eerder verteld, landelijk, in mensen"),
        "expected": dutch("nu verwacht, landelijk, in mensen"),
        "difference": dutch("wat dat hier scheelt, in mensen"),
        "homes": dutch("wat dat hier scheelt, in woningen"),
        "chance": dutch("kans in procenten"),
        "places": dutch("opvangplaatsen"),
        "short": dutch("mensen die naar verwachting tekortkomen"),
        "steps": dutch("toegezegde stappen"),
    }
)
"""What each whole number in a notice counts, in Dutch."""


def check_notice(kind: NoticeKind, to: Addressee, reference: str, figures: Mapping[str, int]) -> None:
    """Refuse a notice that its kind does not allow: another role, another thing, a text, or a number it does not know.

    Raises
    ------
    ValueError
        When something in it could tell of a person, or does not belong to its kind. That is a mistake in the program
        that tells, not in what a user gave.

    Examples
    --------
    >>> check_notice(NoticeKind.SIGNED_OFF, Addressee(Role.MUNICIPALITY), "sign-off:12", {})
    >>> check_notice(NoticeKind.SIGNED_OFF, Addressee(Role.MUNICIPALITY), "sign-off:123456782", {})
    Traceback (most recent call last):
        ...
    ValueError: signed-off cannot carry this reference
    """
    known = KINDS[kind]
    if to.role not in known.roles:
        msg = f"{kind} is not for {to.role}"
        raise ValueError(msg)
    if not re.fullmatch(REFERENCE, reference) or not reference.startswith(f"{known.about}:"):
        msg = f"{kind} cannot carry this reference"
        raise ValueError(msg)
    if not set(figures) <= known.figures or any(type(number) is not int for number in figures.values()):
        msg = f"{kind} cannot carry these figures"
        raise ValueError(msg)
