"""Whether a project of flex homes keeps the shares that its scheme reserves for groups, with the room left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from eenthuis.law.book import Book
from eenthuis.law.schemes import ShareRule, holds, scheme, scheme_codes
from eenthuis.rules.rounding import rounded
from eenthuis.terms.errors import InputError, LawError
from eenthuis.terms.flex import CountedIn, Direction, FlexProject, HomesForGroups
from eenthuis.terms.law import Authority, Citation, Rounding

_STRONGEST_FIRST = tuple(Authority)


class Standing(StrEnum):
    """How a share rule stands to a project.

    ``BINDING`` decides. ``STATED`` is said of the same scheme on weaker authority: it is shown and does not decide.
    """

    BINDING = "binding"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class ShareVerdict:
    """What one rule says of a project.

    Attributes
    ----------
    rule, standing
        The rule, and how it stands to the project.
    counted, exact, limit
        Homes that count, the exact share, and the homes it comes to: the most, or the fewest, that keep it.
    slack
        Homes that may be added to the groups, or taken from them, before the share is broken; negative when it is.
    """

    rule: ShareRule
    standing: Standing
    counted: int
    exact: Fraction
    limit: int
    slack: int

    @property
    def is_kept(self) -> bool:
        """Whether the share is kept."""
        return self.slack >= 0

    @property
    def is_tight(self) -> bool:
        """Whether the share is kept with no home to spare: the next change breaks it."""
        return self.slack == 0


class NoRule(StrEnum):
    """Why no share rule applies to a project."""

    NO_SCHEME = "no-scheme"
    NOT_IN_FORCE = "not-in-force"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True)
class FlexVerdict:
    """What holds for a project on its days: a verdict for each rule of its scheme, or why there is none.

    ``version`` says where the version of the scheme stands that applies by the day of the application, with its days.
    """

    project: FlexProject
    verdicts: tuple[ShareVerdict, ...]
    no_rule: NoRule | None
    version: Citation | None

    @property
    def broken(self) -> tuple[ShareVerdict, ...]:
        """The binding shares that are broken."""
        return tuple(one for one in self.verdicts if one.standing is Standing.BINDING and not one.is_kept)

    @property
    def warnings(self) -> tuple[ShareVerdict, ...]:
        """The binding shares that the next home breaks."""
        return tuple(one for one in self.verdicts if one.standing is Standing.BINDING and one.is_tight)


def share_of(counted: HomesForGroups, rule: ShareRule, standing: Standing = Standing.BINDING) -> ShareVerdict:
    """Return what one rule says of homes: those counted, the limit, and what is left before it is broken.

    A share that is not a whole number of homes is made one so that the share is kept: a least share rounds up, a most
    share rounds down.

    References
    ----------
    Meerjarige stimuleringsregeling flex- en transformatiewoningen 2023, art. 7, fifth paragraph.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> from eenthuis.terms.schemes import SchemeCode, TargetGroup
    >>> from datetime import date
    >>> on = date(2022, 10, 1)
    >>> memo, text = scheme(law_book(), SchemeCode("sft-2022"), on).shares
    >>> ten = HomesForGroups(10, {TargetGroup.STATUS_HOLDERS: 4})
    >>> [(share_of(ten, rule).limit, share_of(ten, rule).slack) for rule in (memo, text)]
    [(3, -1), (4, 0)]
    """
    held = sum(counted.meant_for.get(group, 0) for group in rule.groups)
    if rule.counted_in is CountedIn.WHOLE_STOCK:
        held += sum(counted.extra_in_stock.get(group, 0) for group in rule.groups)
    exact = rule.part * counted.homes
    match rule.direction:
        case Direction.AT_LEAST:
            limit = rounded(exact.numerator, exact.denominator, Rounding.UP)
            slack = held - limit
        case Direction.AT_MOST:
            limit = rounded(exact.numerator, exact.denominator, Rounding.DOWN)
            slack = limit - held
    return ShareVerdict(rule, standing, held, exact, limit, slack)


def flex_verdict(project: FlexProject, book: Book) -> FlexVerdict:
    """Return which share rules apply to a project, and what each says of it.

    The version of the scheme on the day of the application applies for as long as the homes stand. Where texts about
    it differ, the one with the strongest authority decides; the others are shown beside it.

    Raises
    ------
    InputError
        INP-06 when its homes do not add up.
    LawError
        LAW-01 when there is no such scheme.
    """
    require_homes(project)
    if project.scheme is None:
        return FlexVerdict(project, (), NoRule.NO_SCHEME, None)
    known = scheme_codes(book)
    if project.scheme not in known:
        raise LawError(
            "LAW-01",
            f"the law book has no scheme {project.scheme!r}",
            remedy=f"Use one of {', '.join(known)}.",
        )
    if not holds(book, project.scheme, project.applied_on):
        return FlexVerdict(project, (), NoRule.NOT_IN_FORCE, None)
    found = scheme(book, project.scheme, project.applied_on)
    version = found.citations[0]
    if not found.shares:
        return FlexVerdict(project, (), NoRule.NOT_KNOWN, version)
    strongest = min(_rank(rule) for rule in found.shares)
    verdicts = tuple(
        share_of(project.for_groups, rule, Standing.BINDING if _rank(rule) == strongest else Standing.STATED)
        for rule in found.shares
    )
    return FlexVerdict(project, verdicts, None, version)


def require_homes(project: FlexProject) -> None:
    """Pass when the homes of a project add up.

    Raises
    ------
    InputError
        INP-06 when it has no homes or a number below 0, when more are meant for groups than it has, when its sizes do
        not add up to its homes, or when it is delivered before building begins.
    """
    counts = (*project.meant_for.values(), *project.extra_in_stock.values(), *project.sizes.values())
    if project.homes < 1 or project.years < 1 or min(counts, default=0) < 0:
        raise _wrong(
            project, "a number is below what it can be", "Give homes and years from 1, counts from 0."
        )
    if sum(project.meant_for.values()) > project.homes:
        raise _wrong(
            project,
            f"{sum(project.meant_for.values())} homes are meant for groups and it has {project.homes}",
            "Count every home for one group at most.",
        )
    if project.sizes and sum(project.sizes.values()) != project.homes:
        raise _wrong(
            project,
            f"its sizes add up to {sum(project.sizes.values())} and it has {project.homes} homes",
            "Give every home one size, or no sizes at all.",
        )
    if project.starts_on is not None and project.delivered_on < project.starts_on:
        raise _wrong(project, "it is delivered before building begins", "Mend one of the two days.")


def _rank(rule: ShareRule) -> int:
    """Return how weak the direction of a rule is grounded; 0 is strongest."""
    return _STRONGEST_FIRST.index(rule.citations[0].authority)


def _wrong(project: FlexProject, what: str, remedy: str) -> InputError:
    return InputError("INP-06", f"project {project.identifier}: {what}", remedy=remedy)


def broken_by(verdict: FlexVerdict, more: int) -> tuple[ShareVerdict, ...]:
    """Return the binding shares that break when ``more`` homes go to their groups; negative takes homes away."""
    return tuple(
        one
        for one in _binding(verdict.verdicts)
        if one.slack + (more if one.rule.direction is Direction.AT_LEAST else -more) < 0
    )


def _binding(verdicts: Iterable[ShareVerdict]) -> tuple[ShareVerdict, ...]:
    return tuple(one for one in verdicts if one.standing is Standing.BINDING)
