"""The steps of a residence document on its way to a person, and where it stands after each."""

from __future__ import annotations

from enum import StrEnum


class DocumentStep(StrEnum):
    """What happened with a document.

    ``REPLANNED``: an appointment was given up because the document cannot be handed out that day.
    """

    SIGNALLED = "signalled"
    CHANGED = "changed"
    INVITED = "invited"
    CENTRE_CHANGED = "centre-changed"
    LEFT_RECEPTION = "left-reception"
    SESSION_CANCELLED = "session-cancelled"
    REPLANNED = "replanned"
    NO_SHOW = "no-show"
    WRONG_DETAILS = "wrong-details"
    LOOKED_AT = "looked-at"
    GIVEN = "given"
    CHECK_REFUSED = "check-refused"
    HANDED_OUT = "handed-out"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class DocumentState(StrEnum):
    """Where a document stands.

    ``GIVEN``: one person says that it was handed out, and a second has yet to check; ``TO_LOOK_AT``: a person decides
    what now, after appointments that were not kept or a card that was wrong; ``ELSEWHERE``: its owner left reception
    and fetches it at a desk.
    """

    WAITING = "waiting"
    INVITED = "invited"
    TO_RESCHEDULE = "to-reschedule"
    TO_LOOK_AT = "to-look-at"
    GIVEN = "given"
    HANDED_OUT = "handed-out"
    ELSEWHERE = "elsewhere"
    WITHDRAWN = "withdrawn"
