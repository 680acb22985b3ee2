"""What a notice can be about, of which kind it can be, and what the register says of a kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from eenthuis.terms.access import Role


class Thing(StrEnum):
    """What a reference can point at."""

    HALF_YEAR = "half-year"
    MUNICIPALITY = "municipality"
    MONTH = "month"
    DAY = "day"
    SWAP = "swap"
    RUN = "run"
    PROPOSAL = "proposal"
    LINK = "link"
    SIGN_OFF = "sign-off"
    HOME = "home"
    OFFER = "offer"
    STEP = "step"
    NOTICE = "notice"
    DEVIATION = "deviation"
    LETTER = "letter"
    RECOMMENDATION = "recommendation"
    NOTE = "note"
    ACCOUNT = "account"
    GRANT = "grant"
    SUPERVISION = "supervision"
    RECEPTION = "reception"
    SITE = "site"
    SESSION = "session"
    DOCUMENT = "document"
    MONEY = "money"
    ROUND = "round"
    TRANSIT = "transit"


class NoticeKind(StrEnum):
    """The kinds of notice; the register says what each means."""

    ANNOUNCED = "announced"
    SWAPPED = "swapped"
    LINK_CONFIRMED = "link-confirmed"
    LINK_ENDED = "link-ended"
    LINK_CHANGED = "link-changed"
    HOUSEHOLD_RECOMPOSED = "household-recomposed"
    PROPOSAL_READY = "proposal-ready"
    CHANGE_READY = "change-ready"
    HOME_OFFERED = "home-offered"
    OFFER_ENDED = "offer-ended"
    HOME_ACCEPTED = "home-accepted"
    HOME_REFUSED = "home-refused"
    REFUSAL_JUDGED = "refusal-judged"
    LEASE_SIGNED = "lease-signed"
    HOUSEHOLD_MOVED = "household-moved"
    WAY_CHANGED = "way-changed"
    SIGNED_OFF = "signed-off"
    COMPOSITION_PUBLISHED = "composition-published"
    HOME_WITHDRAWN = "home-withdrawn"
    LINK_NEAR = "link-near"
    LINK_LATE = "link-late"
    LEASE_NEAR = "lease-near"
    LEASE_LATE = "lease-late"
    ANSWER_NEAR = "answer-near"
    ANSWER_LATE = "answer-late"
    JUDGE_REFUSAL_NEAR = "judge-refusal-near"
    JUDGE_REFUSAL_LATE = "judge-refusal-late"
    LEAVE_RECEPTION_NEAR = "leave-reception-near"
    LEAVE_RECEPTION_LATE = "leave-reception-late"
    MOVE_NEAR = "move-near"
    MOVE_LATE = "move-late"
    SIGN_OFF_NEAR = "sign-off-near"
    SIGN_OFF_LATE = "sign-off-late"
    LEAVE_TRANSIT_NEAR = "leave-transit-near"
    LEAVE_TRANSIT_LATE = "leave-transit-late"
    LEAVE_HOTEL_NEAR = "leave-hotel-near"
    LEAVE_HOTEL_LATE = "leave-hotel-late"
    WHOLE_WAY_NEAR = "whole-way-near"
    WHOLE_WAY_LATE = "whole-way-late"
    ERASING_NEAR = "erasing-near"
    ADMINISTRATOR_ASKED = "administrator-asked"
    GLASS_BROKEN = "glass-broken"
    RUNG_ENTERED = "rung-entered"
    SESSION_MADE = "session-made"
    SESSION_FILLED = "session-filled"
    SESSION_CANCELLED = "session-cancelled"
    APPOINTMENT_MOVED = "appointment-moved"
    NO_SHOW = "no-show"
    DEVIATION_DRAFTED = "deviation-drafted"
    DEVIATION_TOLD = "deviation-told"
    LETTER_SENT = "letter-sent"
    ADVICE_STEP_NEAR = "advice-step-near"
    ADVICE_STEP_LATE = "advice-step-late"
    NOTE_PUT_FORWARD = "note-put-forward"
    WARNING_LOW = "warning-low"
    NEED_ANNOUNCED = "need-announced"
    SHARES_COMPUTED = "shares-computed"
    PLACES_ASKED = "places-asked"
    PLACES_LATE = "places-late"
    ALLOCATION_PUBLISHED = "allocation-published"
    SITE_ADDED = "site-added"
    SITE_ENDS = "site-ends"
    MONEY_ASKED = "money-asked"
    MONEY_DECIDED = "money-decided"
    MONEY_PAID = "money-paid"
    MONEY_PROPOSED = "money-proposed"
    MONEY_SETTLED = "money-settled"
    MONEY_EVIDENCE_NEAR = "money-evidence-near"
    MONEY_EVIDENCE_LATE = "money-evidence-late"
    TRANSIT_ENDS = "transit-ends"
    TRANSIT_ENDED = "transit-ended"
    TRANSIT_TAKES_PART = "transit-takes-part"
    ROUND_OPENED = "round-opened"
    ROUND_DRAWN = "round-drawn"
    NOT_ACKNOWLEDGED = "not-acknowledged"


@dataclass(frozen=True, slots=True)
class KindOfNotice:
    """One row of the register.

    ``meaning`` is for developers; ``sentence`` and ``asks`` are what a reader sees, in Dutch, with an English
    translation beside the pages. ``escalates_to`` is told when nobody acknowledges in time; None asks for no
    acknowledgement. ``figures`` names the whole numbers that a notice of this kind may carry.
    """

    meaning: str
    sentence: str
    about: Thing
    roles: frozenset[Role]
    asks: str = ""
    escalates_to: Role | None = None
    figures: frozenset[str] = frozenset()


def dutch(sentence: str) -> str:
    """Return a Dutch sentence as it is; the tool that collects texts to translate knows it by this name."""
    return sentence
