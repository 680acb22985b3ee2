"""What municipalities weigh in a distribution of one's own: a table of weights, or the SES-WOA scores of CBS."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from eenthuis import reference
from eenthuis.connect.ses_woa import ODATA_SCORE, newest_period, read_ses_woa
from eenthuis.connect.tables import Row, code, exact_decimal, read_table
from eenthuis.connect.text import decoded, handed_in
from eenthuis.law import law_book
from eenthuis.rules.reception import weight
from eenthuis.terms.errors import InputError
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.policy import THOUSANDTHS

COLUMNS = ("code", "weight")
OF_SCORES = ("SES-WOA", ODATA_SCORE)
"""What stands in a table of scores and in no table of weights."""
MOST_WEIGHT = 10**9
"""The most one municipality may weigh."""


def read_weights(path: Path) -> Mapping[MunicipalityCode, int]:
    """Return the weight of each municipality of a file, in thousandths.

    A table with the columns ``code`` and ``weight`` gives them as they are, with at most three decimals. The table of
    SES-WOA scores of CBS gives, of its newest year, what a municipality weighs in the distribution of reception
    places: its score plus the offset of the law, times its inhabitants.

    Parameters
    ----------
    path
        The file; scores must be there of every municipality of the newest packaged day.

    Raises
    ------
    InputError, InputErrors
        As :func:`eenthuis.connect.tables.read_table`, with INP-06 for a weight below 0 and INP-01 for one with more
        than three decimals; as :func:`eenthuis.connect.ses_woa.read_ses_woa`.
    """
    text = decoded(path)
    if any(mark in text for mark in OF_SCORES):
        return _of_scores(path)
    table = read_table(path, columns=COLUMNS, optional=("name",), kinds={"code": code}, unique=("code",))
    return dict(table.each(lambda row: (code(row), weight_of(exact_decimal(row, "weight"), row))))


def weights_in(content: bytes, *, name: str) -> Mapping[MunicipalityCode, int]:
    """Return the weights of what was handed in, like :func:`read_weights`; ``name`` is what the file is called."""
    with handed_in(content, name, otherwise="weights") as file:
        return read_weights(file)


def weight_of(number: Fraction, row: Row) -> int:
    """Return a weight in thousandths; ``row`` says where it stands.

    Raises
    ------
    InputError
        INP-06 for a weight below 0 or over the most; INP-01 for more than three decimals.
    """
    parts = number * THOUSANDTHS
    if not 0 <= number <= MOST_WEIGHT:
        raise InputError(
            "INP-06",
            f"a weight of {row['weight']}",
            remedy=f"Give 0 to {MOST_WEIGHT}.",
            location=row.where("weight"),
        )
    if parts.denominator != 1:
        raise InputError(
            "INP-01",
            "a weight has more than three decimals",
            remedy="Round it to three decimals.",
            location=row.where("weight"),
        )
    return int(parts)


def _of_scores(path: Path) -> Mapping[MunicipalityCode, int]:
    on = reference.reference_dates()[-1]
    found = read_ses_woa(path, period=newest_period(path), on=on)
    people = reference.inhabitants(on).people
    law = law_book().reception(on)
    return {
        name: round(weight(score=score, inhabitants=people[name], country=1, law=law) * THOUSANDTHS)
        for name, score in found.scores.scores.items()
    }
