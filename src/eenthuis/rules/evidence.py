"""The kind of evidence that is asked for a hard criterion."""

from __future__ import annotations

from typing import assert_never

from eenthuis.terms.people import Evidence, HardCriterion

_HARD = "hard:"


def evidence_for(reason: str) -> Evidence | None:
    """Return the kind of evidence behind a reason of a link; None for a reason that asks for none.

    References
    ----------
    Practice as told to status holders on a regional site: parents or children; a signed contract of at least eight
    hours a week with a pay slip; proof of enrolment in a regular course; an important treatment.

    Examples
    --------
    >>> evidence_for("hard:study").value, evidence_for("soft:region")
    ('enrolment', None)
    """
    code = reason.removeprefix(_HARD)
    if code == reason or code not in set(HardCriterion):
        return None
    criterion = HardCriterion(code)
    match criterion:
        case HardCriterion.FIRST_DEGREE_FAMILY:
            return Evidence.FAMILY_TIE
        case HardCriterion.FAMILY_REUNIFICATION:
            return Evidence.REUNIFICATION
        case HardCriterion.MEDICAL_TREATMENT:
            return Evidence.TREATMENT
        case HardCriterion.WORK_CONTRACT:
            return Evidence.CONTRACT_AND_PAY_SLIP
        case HardCriterion.STUDY:
            return Evidence.ENROLMENT
        case _:
            assert_never(criterion)
