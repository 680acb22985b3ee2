"""When a residence document can be handed out, and until when; and who of a household goes together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from eenthuis.law.documents import DocumentLaw
from eenthuis.rules.months import months_after, years_after
from eenthuis.terms.documents import Readiness, ResidenceDocument, WhyNotReady

_DAY = timedelta(days=1)


def photo_holds_until(document: ResidenceDocument, law: DocumentLaw) -> date | None:
    """Return the last day on which the facial image is young enough; None where there is none.

    References
    ----------
    Answer to parliamentary questions 2021-2022, nr. 3235: at most six months old.
    """
    return None if document.photo_on is None else months_after(document.photo_on, law.photo_months)


def fingerprints_hold_until(document: ResidenceDocument, law: DocumentLaw) -> date | None:
    """Return the last day before fingerprints are asked, or asked anew; None where that day never comes.

    Someone without fingerprints holds until the day before the first of the birthdays; someone born on 29 February has
    a birthday on the 28th in other years.

    References
    ----------
    Answer to parliamentary questions 2021-2022, nr. 3235: from the age of six, again at twelve and eighteen.
    """
    birthdays = (years_after(document.born_on, age) for age in law.fingerprint_ages)
    given = document.fingerprints_on
    asked = [day for day in birthdays if given is None or day > given]
    return min(asked) - _DAY if asked else None


def readiness(document: ResidenceDocument, day: date, law: DocumentLaw) -> Readiness:
    """Return whether a document can be handed out on a day, every reason why not, and the days on which it can.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> from eenthuis.law.documents import document_law
    >>> from eenthuis.terms.documents import DocumentNumber
    >>> from eenthuis.terms.people import CentreCode, HouseholdId
    >>> child = ResidenceDocument(
    ...     DocumentNumber("D-1"), HouseholdId("H-1"), CentreCode("C-1"), ready_on=date(2026, 11, 2),
    ...     born_on=date(2021, 1, 15), photo_on=date(2026, 9, 1), fingerprints_on=None,
    ...     has_citizen_number=True, has_address=True,
    ... )
    >>> law = document_law(law_book(), date(2026, 12, 1))
    >>> found = readiness(child, date(2026, 12, 1), law)
    >>> found.is_ready, found.last_day
    (True, datetime.date(2027, 1, 14))
    >>> readiness(child, date(2027, 3, 2), law).reasons
    (<WhyNotReady.PHOTO_TOO_OLD: 'photo-too-old'>, <WhyNotReady.NO_FINGERPRINTS: 'no-fingerprints'>)
    """
    window = ready_window(document, law)
    return Readiness(
        document.number,
        day,
        tuple(_reasons(document, day, law)),
        window.first_day if window else None,
        window.last_day if window else None,
    )


@dataclass(frozen=True, slots=True)
class ReadyWindow:
    """The days on which a document can be handed out as things stand; both ends count."""

    first_day: date
    last_day: date

    def meets(self, other: ReadyWindow) -> ReadyWindow | None:
        """Return the days of both; None where there is none."""
        first, last = max(self.first_day, other.first_day), min(self.last_day, other.last_day)
        return ReadyWindow(first, last) if first <= last else None

    def holds(self, day: date) -> bool:
        """Return whether a day lies in the window."""
        return self.first_day <= day <= self.last_day

    def within(self, days: Sequence[date]) -> ReadyWindow | None:
        """Return the window from its first to its last day that is one of ``days``, which rise; None without any.

        Examples
        --------
        >>> week = ReadyWindow(date(2026, 12, 5), date(2026, 12, 11))
        >>> week.within([date(2026, 12, 4), date(2026, 12, 7), date(2026, 12, 9), date(2026, 12, 14)])
        ReadyWindow(first_day=datetime.date(2026, 12, 7), last_day=datetime.date(2026, 12, 9))
        """
        first, after = bisect_left(days, self.first_day), bisect_right(days, self.last_day)
        return ReadyWindow(days[first], days[after - 1]) if first < after else None


def ready_window(document: ResidenceDocument, law: DocumentLaw) -> ReadyWindow | None:
    """Return the days on which a document can be handed out; None when something is needed first, whatever the day.

    They are one run of days: nothing that holds now and stops holding begins to hold again by itself.
    """
    photo = photo_holds_until(document, law)
    lacks_number = law.needs_citizen_number and not document.has_citizen_number
    lacks_address = law.needs_address and not document.has_address
    if photo is None or lacks_number or lacks_address:
        return None
    fingers = fingerprints_hold_until(document, law)
    last = photo if fingers is None else min(photo, fingers)
    return ReadyWindow(document.ready_on, last) if document.ready_on <= last else None


@dataclass(frozen=True, slots=True)
class Party:
    """People of one household who go to one session together, in order of number, and the days they all can."""

    documents: tuple[ResidenceDocument, ...]
    window: ReadyWindow

    @property
    def people(self) -> int:
        """How many slots they take."""
        return len(self.documents)


def parties(
    documents: Sequence[ResidenceDocument], days: Sequence[date], law: DocumentLaw, most: int
) -> tuple[Party, ...]:
    """Return who of one household in one centre goes together, so that they go in the fewest parties.

    ``days`` are those on which a session can be held, rising. Those who can be handed a document on one of them go in
    one party when there is one on which they all can and they are at most ``most`` people; otherwise in the fewest
    parties of which that is true for each. Those who cannot on any are left out; nobody waits for them.
    """
    held = []
    for document in documents:
        window = ready_window(document, law)
        if window is not None and (inside := window.within(days)) is not None:
            held.append((inside, document))
    held.sort(key=lambda one: (one[0].last_day, one[0].first_day, one[1].number))
    made: list[list[tuple[ReadyWindow, ResidenceDocument]]] = []
    while held:
        day = held[0][0].last_day
        goes = [one for one in held if one[0].first_day <= day][:most]
        made.append(goes)
        gone = {one.number for _, one in goes}
        held = [one for one in held if one[1].number not in gone]
    return tuple(_party(goes) for goes in made)


def _party(goes: Iterable[tuple[ReadyWindow, ResidenceDocument]]) -> Party:
    found = list(goes)
    window = ReadyWindow(max(one.first_day for one, _ in found), min(one.last_day for one, _ in found))
    return Party(tuple(sorted((one for _, one in found), key=lambda one: one.number)), window)


def _reasons(document: ResidenceDocument, day: date, law: DocumentLaw) -> Iterable[WhyNotReady]:
    if day < document.ready_on:
        yield WhyNotReady.CARD_NOT_THERE
    if law.needs_address and not document.has_address:
        yield WhyNotReady.NO_ADDRESS
    if law.needs_citizen_number and not document.has_citizen_number:
        yield WhyNotReady.NO_CITIZEN_NUMBER
    photo = photo_holds_until(document, law)
    if photo is None:
        yield WhyNotReady.NO_PHOTO
    elif day > photo:
        yield WhyNotReady.PHOTO_TOO_OLD
    fingers = fingerprints_hold_until(document, law)
    if fingers is not None and day > fingers:
        given = document.fingerprints_on is not None
        yield WhyNotReady.FINGERPRINTS_AGAIN if given else WhyNotReady.NO_FINGERPRINTS
