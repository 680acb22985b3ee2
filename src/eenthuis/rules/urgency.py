"""What the law asks of a municipality's urgency scheme, and how the register stands to the published figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from eenthuis.law.urgency import PublishedShare, PublishedUrgency, UrgencyLaw
from eenthuis.terms.errors import InputError
from eenthuis.terms.law import Citation
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.urgency import Shortcoming, TargetProvision, UrgencyGroup, UrgencyScheme


@dataclass(frozen=True, slots=True)
class Finding:
    """What the law asks and the register does not show, and where it is asked; ``group`` is the one missing."""

    shortcoming: Shortcoming
    citation: Citation
    group: UrgencyGroup | None = None


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """A published share beside what the register counts.

    Attributes
    ----------
    published
        The share as published, or None where none was known yet.
    counted, of
        Municipalities counted, out of those asked: with a scheme out of the register, dropped out of those with one.
    """

    published: PublishedShare | None
    counted: int
    of: int

    @property
    def difference(self) -> Fraction | None:
        """How much larger the share in the register is; None where one of the two is not known."""
        if self.published is None or not self.of:
            return None
        return Fraction(self.counted, self.of) - self.published.part


@dataclass(frozen=True, slots=True)
class NationalFigures:
    """The register beside the published figures; ``filled`` municipalities out of ``municipalities`` are in it."""

    filled: int
    municipalities: int
    with_scheme: FigureCheck
    dropped: FigureCheck


def in_force(register: Sequence[UrgencyScheme], day: date) -> dict[MunicipalityCode, UrgencyScheme]:
    """Return what each municipality in the register has on a day.

    Raises
    ------
    InputError
        INP-03 when a municipality has two entries on the day, INP-06 when one ends before it begins.
    """
    found: dict[MunicipalityCode, UrgencyScheme] = {}
    for entry in register:
        if entry.last_day is not None and entry.last_day < entry.first_day:
            raise InputError(
                "INP-06",
                f"an entry of {entry.municipality} ends before it begins on {entry.first_day.isoformat()}",
                remedy="Mend one of the two days; both count.",
            )
        if not entry.holds_on(day):
            continue
        if entry.municipality in found:
            raise InputError(
                "INP-03",
                f"{entry.municipality} has two entries on {day.isoformat()}",
                remedy="End the earlier entry the day before the later one begins.",
            )
        found[entry.municipality] = entry
    return found


def check_urgency(entry: UrgencyScheme, law: UrgencyLaw) -> tuple[Finding, ...]:
    """Return what the law asks on a day and the entry does not show; nothing when it shows all.

    References
    ----------
    Huisvestingswet 2014, art. 12, as it held from 2015, from 1 July 2017 and from 1 July 2026.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> from eenthuis.law.urgency import urgency_law
    >>> entry = UrgencyScheme(
    ...     MunicipalityCode("GM0344"), date(2016, 1, 1), None, True, False, TargetProvision.NONE, frozenset(), (), "x"
    ... )
    >>> [
    ...     [one.shortcoming.value for one in check_urgency(entry, urgency_law(law_book(), day))]
    ...     for day in (date(2017, 6, 30), date(2017, 7, 1))
    ... ]
    [['status-holders-not-named'], ['no-target-provision']]
    """
    if not entry.has_scheme:
        if law.scheme_is_obligatory:
            return (Finding(Shortcoming.NO_SCHEME, law.citation("scheme_is_obligatory")),)
        return ()
    found = []
    if law.status_holders_always and not entry.names_status_holders:
        found.append(Finding(Shortcoming.STATUS_HOLDERS_NOT_NAMED, law.citation("status_holders_always")))
    if law.provision_asked and entry.provision is TargetProvision.NONE:
        found.append(Finding(Shortcoming.NO_TARGET_PROVISION, law.citation("provision_asked")))
    asked = law.citation("groups_asked")
    found += [
        Finding(Shortcoming.GROUP_MISSING, asked, group) for group in sorted(law.groups_asked - entry.groups)
    ]
    return tuple(found)


def national_figures(
    held: Mapping[MunicipalityCode, UrgencyScheme], municipalities: int, published: PublishedUrgency
) -> NationalFigures:
    """Return the register on a day beside the figures published by then.

    ``held`` is what :func:`in_force` returns. A part of the country in the register says little of the whole: the
    number filled stands beside every share.
    """
    having = [entry for entry in held.values() if entry.has_scheme]
    dropped = sum(1 for entry in having if not entry.names_status_holders)
    return NationalFigures(
        filled=len(held),
        municipalities=municipalities,
        with_scheme=FigureCheck(published.with_scheme, len(having), len(held)),
        dropped=FigureCheck(published.dropped, dropped, len(having)),
    )
