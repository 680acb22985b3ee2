"""Files of money asked from the state ("gelddossier"): what is asked line by line, and the steps taken since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType

from eenthuis.terms.flex import FlexProjectId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import ProjectFact, SchemeCode

MoneyFileId = NewType("MoneyFileId", str)
"""Number of a money file, such as ``G-0000001``."""


class FileKind(StrEnum):
    """What is asked: costs that were made ("declaratie"), a grant ("specifieke uitkering"), money for a project."""

    RECEPTION_COSTS = "reception-costs"
    SPECIFIC_GRANT = "specific-grant"
    SCHEME_APPLICATION = "scheme-application"
    TRANSIT_CLAIM = "transit-claim"


class CostKind(StrEnum):
    """What a line of a file is for."""

    BUILDING = "building"
    RENT = "rent"
    STAFF = "staff"
    SECURITY = "security"
    LIVING = "living"
    UTILITIES = "utilities"
    OTHER = "other"
    PLACES = "places"
    HOMES = "homes"
    PEOPLE = "people"
    PERSON_DAYS = "person-days"


class EvidenceKind(StrEnum):
    """What shows that costs were made or that something was delivered."""

    INVOICE = "invoice"
    CONTRACT = "contract"
    PAYROLL = "payroll"
    ANNUAL_ACCOUNTS = "annual-accounts"
    HOMES_DELIVERED = "homes-delivered"
    OCCUPANCY_PER_DAY = "occupancy-per-day"
    REGISTER_OF_PLACES = "register-of-places"


class MoneyStepKind(StrEnum):
    """What is done with a file after it was asked, in the order in which it usually is."""

    EVIDENCE = "evidence"
    CHECKED = "checked"
    AWARDED = "awarded"
    REFUSED = "refused"
    PAID = "paid"
    SETTLEMENT_PROPOSED = "settlement-proposed"
    SETTLED = "settled"
    RECOVERED = "recovered"
    WITHDRAWN = "withdrawn"


class MoneyStage(StrEnum):
    """Where a file stands; ``CLOSED`` when what was paid and not recovered is what was settled."""

    ASKED = "asked"
    CHECKED = "checked"
    AWARDED = "awarded"
    SETTLEMENT_PROPOSED = "settlement-proposed"
    SETTLED = "settled"
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class MoneyRefused(StrEnum):
    """Why a step does not fit a file."""

    NOT_NOW = "not-now"
    LINES_DIFFER = "lines-differ"
    MORE_THAN_ASKED = "more-than-asked"
    CUT_WITHOUT_REASON = "cut-without-reason"
    NO_REASON = "no-reason"
    SAME_PERSON = "same-person"
    NOTHING_TO_AWARD = "nothing-to-award"
    MORE_THAN_DUE = "more-than-due"
    NO_EVIDENCE = "no-evidence"
    MORE_THAN_AWARDED = "more-than-awarded"
    NO_AMOUNT = "no-amount"


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One line of what is asked, in whole cents, with the evidence that is or will be there and where it is kept."""

    line: int
    cost: CostKind
    what: str
    asked_cents: int
    evidence: EvidenceKind
    kept_at: str = ""


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """What of one line is found right, in whole cents, and why where it is less than was asked."""

    line: int
    awarded_cents: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class GrantBasis:
    """The numbers that the grant for places was asked on, beside what the registers said on the day of counting.

    Attributes
    ----------
    year, receipt
        The cycle of the reception places and the receipt of its shares; 0 and empty where none was computed.
    number, places, own_places
        The number of the province, its places and those of the municipality, as used.
    registered
        The same three as the registers have them; the first is None where no shares were computed.
    held, own_held
        Places for which the grant was asked before in the province, and by the municipality.
    why
        Why a number is another than that of the register; empty where none is.
    """

    year: int
    receipt: str
    number: int
    places: int
    own_places: int
    registered: tuple[int | None, int, int]
    held: int = 0
    own_held: int = 0
    why: str = ""

    @property
    def deviates(self) -> bool:
        """Whether a number is another than that of the register."""
        return (self.number, self.places, self.own_places) != self.registered


@dataclass(frozen=True, slots=True)
class MoneyFile:
    """What was asked, by whom, and for what; nothing in it changes afterwards.

    Attributes
    ----------
    identifier, kind, municipality, owner, title, asked_on, asked_by
        Its number, what it is, for which municipality, whose it is, in a few words what for, and since when.
    scheme, round_name, project, units, facts
        The scheme and the round it takes part in, the project of flex homes, and what was said of it; empty where none.
    site
        The number of the reception site or transit location it is about; older claims hold a name, no address.
    basis
        What the grant for places was asked on; None for other files.
    first_day, last_day
        The days it is about, both counted.
    lines
        What is asked, line by line.
    """

    identifier: MoneyFileId
    kind: FileKind
    municipality: MunicipalityCode
    owner: str
    title: str
    asked_on: date
    asked_by: str
    first_day: date
    last_day: date
    lines: tuple[AskedLine, ...]
    scheme: SchemeCode | None = None
    round_name: str = ""
    project: FlexProjectId | None = None
    site: str | None = None
    units: int = 0
    facts: Mapping[ProjectFact, int | bool] = field(default_factory=dict)
    basis: GrantBasis | None = None

    @property
    def asked_cents(self) -> int:
        """What is asked in all, in whole cents."""
        return sum(line.asked_cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class MoneyStep:
    """Something that was done with a file, by whom, on which day and why.

    Attributes
    ----------
    kind, on, by, why
        What, on which day, by whom, and the reason where one was given.
    cents
        The amount of an award, a payment, a settlement or a recovery, in whole cents; 0 for other steps.
    lines
        What of each line is found right, of a check.
    category
        Of a check: the category in which an application takes part in a lot, first being 1; 0 where none does.
    evidence, kept_at, shown_units, digest
        Of evidence: what it is, where it is kept, the units it shows, and the SHA-256 of a file that was given.
    receipt
        The number of the receipt of a decision.
    """

    kind: MoneyStepKind
    on: date
    by: str
    why: str = ""
    cents: int = 0
    lines: tuple[CheckedLine, ...] = ()
    category: int = 0
    evidence: EvidenceKind | None = None
    kept_at: str = ""
    shown_units: int = 0
    digest: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class MoneyState:
    """Where a file stands after its steps, all amounts in whole cents.

    ``found_cents`` is what the last check found right; ``settled_cents`` is None until it is settled. A second person
    must not be ``checked_by`` or ``proposed_by``.
    """

    stage: MoneyStage
    asked_cents: int
    found_cents: int | None = None
    category: int = 0
    checked: tuple[CheckedLine, ...] = ()
    checked_by: str = ""
    awarded_cents: int | None = None
    paid_cents: int = 0
    recovered_cents: int = 0
    proposed_cents: int | None = None
    proposed_by: str = ""
    settled_cents: int | None = None
    evidence: int = 0

    @property
    def cut_cents(self) -> int | None:
        """What was asked and not awarded; None until it is decided."""
        return None if self.awarded_cents is None else self.asked_cents - self.awarded_cents

    @property
    def held_cents(self) -> int:
        """What was paid and not recovered."""
        return self.paid_cents - self.recovered_cents

    @property
    def due_cents(self) -> int:
        """What is still to be paid on what was settled; negative is to be paid back; 0 until it is settled."""
        return 0 if self.settled_cents is None else self.settled_cents - self.held_cents
