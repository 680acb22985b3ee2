"""The indicative share ("indicatieve opgave") of reception places of every municipality."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from eenthuis.law.reception import ReceptionLaw
from eenthuis.rules.rounding import rounded
from eenthuis.terms.errors import InputError, ReferenceFactError
from eenthuis.terms.places import Inhabitants, MunicipalityCode
from eenthuis.terms.reception import ReceptionShare, ReceptionShares, SesScores


@dataclass(frozen=True, slots=True)
class _Shared:
    """Exact and rounded places of one municipality."""

    exact: Fraction
    places: int


def weight(*, score: Fraction, inhabitants: int, country: int, law: ReceptionLaw) -> Fraction:
    """Return the weight of a municipality: its score plus the offset, times its part of the inhabitants.

    References
    ----------
    Besluit gemeentelijke taak mogelijk maken asielopvangvoorzieningen: Wf = (SES-WOA + 1) x iG / iN.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law = law_book().reception(date(2024, 2, 1))
    >>> weight(score=Fraction("-0.25"), inhabitants=100, country=300, law=law)
    Fraction(1, 4)
    """
    return (score + law.score_offset) * Fraction(inhabitants, country)


def distribute_reception(
    *,
    need: int,
    scores: SesScores,
    inhabitants: Inhabitants,
    law: ReceptionLaw,
    as_of: date,
    minors: int | None = None,
) -> ReceptionShares:
    """Return the indicative share of every municipality in a national need for reception places.

    Parameters
    ----------
    need
        Reception places to share out nationally.
    scores
        The SES-WOA score of every municipality of ``inhabitants``, and of no other.
    inhabitants
        Inhabitants of every municipality on the reference date.
    law
        What holds on ``as_of``; see :meth:`eenthuis.law.Book.reception`.
    as_of
        The day on which the law was asked; it stands in the receipt.
    minors
        Places needed nationally for unaccompanied minors, shared apart by the same formula; None leaves them out.

    Raises
    ------
    InputError
        INP-04 when a municipality has no score or no inhabitants; INP-06 when a need is negative, or a score makes a
        weight of 0 or less.
    ReferenceFactError
        REF-04 when there are no inhabitants to share by.

    References
    ----------
    Wet gemeentelijke taak mogelijk maken asielopvangvoorzieningen, arts. 2 and 3; its decree: Iv = BO x Wf / TWf,
    rounded arithmetically.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> on = date(2024, 2, 1)
    >>> a, b = MunicipalityCode("GM0001"), MunicipalityCode("GM0002")
    >>> shared = distribute_reception(
    ...     need=10,
    ...     scores=SesScores({a: Fraction(0), b: Fraction("-0.5")}, "example"),
    ...     inhabitants=Inhabitants(date(2024, 1, 1), {a: 1, b: 1}, 2, "example"),
    ...     law=law_book().reception(on),
    ...     as_of=on,
    ... )
    >>> [(share.weight, share.exact, share.places) for share in shared.shares]
    [(Fraction(1, 2), Fraction(20, 3), 7), (Fraction(1, 4), Fraction(10, 3), 3)]
    """
    _require_need(need, "need")
    if minors is not None:
        _require_need(minors, "need for unaccompanied minors")
    _require_same(scores, inhabitants)
    _require_positive(scores, law)
    weights = {
        code: weight(score=scores.scores[code], inhabitants=people, country=inhabitants.country, law=law)
        for code, people in sorted(inhabitants.people.items())
    }
    total = sum(weights.values(), Fraction(0))
    places = _shared(need, weights, total, law)
    apart = {} if minors is None else _shared(minors, weights, total, law)
    return ReceptionShares(
        need=need,
        minors_need=minors,
        as_of=as_of,
        reference_date=inhabitants.reference_date,
        country_inhabitants=inhabitants.country,
        total_weight=total,
        score_source=scores.source,
        is_invented=scores.is_invented,
        shares=tuple(
            ReceptionShare(
                municipality=code,
                inhabitants=inhabitants.people[code],
                score=scores.scores[code],
                weight=own,
                exact=places[code].exact,
                places=places[code].places,
                minors_exact=apart[code].exact if apart else None,
                minors=apart[code].places if apart else None,
            )
            for code, own in weights.items()
        ),
        citations=law.citations,
    )


def _shared(
    need: int, weights: Mapping[MunicipalityCode, Fraction], total: Fraction, law: ReceptionLaw
) -> dict[MunicipalityCode, _Shared]:
    found = {}
    for code, own in weights.items():
        exact = Fraction(need * own.numerator * total.denominator, own.denominator * total.numerator)
        found[code] = _Shared(exact, rounded(exact.numerator, exact.denominator, law.rounding))
    return found


def _require_need(need: int, what: str) -> None:
    try:
        is_possible = operator.index(need) >= 0
    except TypeError:
        is_possible = False
    if not is_possible:
        raise InputError(
            "INP-06", f"the {what} is {need}", remedy="Give a whole number of places, 0 or more."
        )


def _require_same(scores: SesScores, inhabitants: Inhabitants) -> None:
    counted = inhabitants.people
    if inhabitants.country <= 0 or sum(counted.values()) <= 0 or min(counted.values()) < 0:
        raise ReferenceFactError(
            "REF-04",
            "there are no inhabitants to share by",
            remedy="Give the inhabitants of each municipality, 0 or more.",
        )
    for here, there, what in (
        (counted.keys(), scores.scores.keys(), "SES-WOA score"),
        (scores.scores.keys(), counted.keys(), "number of inhabitants"),
    ):
        if missing := sorted(here - there):
            raise InputError(
                "INP-04",
                f"no {what} for {', '.join(missing)}",
                remedy="Give both for the same municipalities; without one the shares of all others would be wrong.",
            )


def _require_positive(scores: SesScores, law: ReceptionLaw) -> None:
    for code, score in sorted(scores.scores.items()):
        if score + law.score_offset <= 0:
            raise InputError(
                "INP-06",
                f"the SES-WOA score {score} of {code} makes a weight of 0 or less",
                remedy=f"Give the score as CBS publishes it, above -{law.score_offset}.",
            )
