"""The law book: ask it for a value on a day and in a place."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, partial
from importlib import resources
from types import MappingProxyType

from eenthuis.law.calendar import (
    HOLIDAY,
    SCHEMES,
    TERMS,
    CalendarLaw,
    RefusalLaw,
    WayLaw,
    calendar_law,
    refusal_law,
    term_of,
)
from eenthuis.law.loading import DatedValue, LawValue, packaged
from eenthuis.law.page import Page
from eenthuis.law.reception import CycleLaw, ReceptionLaw, cycle_law, reception_law
from eenthuis.law.records import (
    BreakGlassLaw,
    CompositionLaw,
    CountingLaw,
    CountingOrder,
    DeviationLaw,
    LinkingLaw,
    NoticeLaw,
    ProcessLaw,
    ProgressLaw,
    RealisationLaw,
    ReferenceRule,
    ReorganisationRule,
    TargetLaw,
)
from eenthuis.law.retention import RetentionLaw, retention_law
from eenthuis.law.supervision import (
    InformationLaw,
    SubstitutionLaw,
    SupervisionLaw,
    information_law,
    substitution_law,
    supervision_law,
)
from eenthuis.law.warning import WarningLaw, warning_law
from eenthuis.terms.errors import LawError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Authority, Citation, Rounding

NATION = "nl"


@dataclass(frozen=True, slots=True)
class Book:
    """Dated values by place and key; a scenario is a new book made by :meth:`assuming`."""

    values: tuple[DatedValue, ...]
    _by_key: Mapping[tuple[str, str], tuple[DatedValue, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay the values out by place and key, so that a look-up need not leaf through the whole book."""
        by_key: defaultdict[tuple[str, str], list[DatedValue]] = defaultdict(list)
        for value in self.values:
            by_key[value.place, value.key].append(value)
        object.__setattr__(self, "_by_key", {found: tuple(held) for found, held in by_key.items()})

    def look_up(self, key: str, day: date, place: str = NATION) -> tuple[LawValue, Citation]:
        """Return the value of ``key`` on ``day`` with its citation; a province's own value goes before the nation's.

        Raises
        ------
        LawError
            LAW-01 when there is none, naming the law, the day asked and the nearest days on which one holds.
        """
        for where in dict.fromkeys((place, NATION)):
            for value in self._by_key.get((where, key), ()):
                if value.holds_on(day):
                    return value.value, _citation(value)
        raise self._gap(key, day, place)

    def keys(self, prefix: str = "") -> tuple[str, ...]:
        """Return the keys that begin with ``prefix``, each once, in order."""
        return tuple(sorted({key for _, key in self._by_key if key.startswith(prefix)}))

    def holds(self, key: str, day: date) -> bool:
        """Return whether the nation has a value of ``key`` on ``day``."""
        return any(value.holds_on(day) for value in self._by_key.get((NATION, key), ()))

    def change_days(self) -> tuple[date, ...]:
        """Return the days on which a value begins or is no longer held, in order."""
        begins = {value.first_day for value in self.values}
        ended = {value.last_day + timedelta(days=1) for value in self.values if value.last_day is not None}
        return tuple(sorted(begins | ended))

    def assuming(self, changes: Mapping[str, LawValue], *, why: str, first_day: date | None = None) -> Book:
        """Return a book in which the changed values hold as assumptions, on every day or from ``first_day`` on.

        Where a first day is given, what held before it stays as it is: that is how a repeal is assumed.

        Raises
        ------
        LawError
            LAW-01 when a key is unknown: a scenario may change the law, not invent words for it.
        """
        for key in changes:
            if key not in self.keys():
                raise LawError(
                    "LAW-01", f"the law book has no value {key!r}", remedy="Use a key that the book knows."
                )
        first = first_day or min(value.first_day for value in self.values)
        kept = tuple(
            left
            for value in self.values
            if (left := value.until_day_before(first) if value.key in changes else value) is not None
        )
        changed = []
        for key, value in changes.items():
            model = next(entry for entry in self.values if entry.key == key)
            changed.append(
                replace(
                    model,
                    place=NATION,
                    value=value,
                    first_day=first,
                    last_day=None,
                    authority=Authority.ASSUMPTION,
                    source=f"an assumption, instead of what {model.instrument} says",
                    note=why,
                )
            )
        return Book(kept + tuple(changed))

    def targets(self, half_year: HalfYear) -> TargetLaw:
        """Return what holds for the net target of a half-year, as on its first day."""
        page = self._page(half_year.first_day)
        return TargetLaw(
            rounding=page.choice(Rounding, "targets.rounding"),
            reference_rule=page.choice(ReferenceRule, "targets.reference_rule"),
            notice_weeks=page.whole("targets.notice_weeks"),
            swap_keeps_sum=page.yes("targets.swap_keeps_sum"),
            swap_parties=page.whole("targets.swap_parties"),
            reorganisation=page.choice(ReorganisationRule, "targets.reorganisation"),
            interim_change_has_ground=page.yes("targets.interim_change_has_ground"),
            down_inside=page.yes("announcements.down_inside"),
            up_inside=page.yes("announcements.up_inside"),
            citations=page.citations,
        )

    def realisation(self, half_year: HalfYear) -> RealisationLaw:
        """Return how realised people are counted and carried over in a half-year."""
        page = self._page(half_year.first_day)
        page.text("realisation.counted_at")
        return RealisationLaw(
            backlog_carries=page.yes("realisation.backlog_carries"),
            lead_carries=page.yes("realisation.lead_carries"),
            order=page.choice(CountingOrder, "realisation.order"),
            citations=page.citations,
        )

    def progress(self, half_year: HalfYear) -> ProgressLaw:
        """Return the expected pace in a half-year."""
        page = self._page(half_year.first_day)
        return ProgressLaw(
            months=page.whole("progress.months"),
            on_schedule_from=page.share("progress.on_schedule_from"),
            far_behind_below=page.share("progress.far_behind_below"),
            citations=page.citations,
        )

    def process(self, day: date) -> ProcessLaw:
        """Return the weeks between permit and key on a day."""
        page = self._page(day)
        return ProcessLaw(
            link_weeks=page.whole("process.link_weeks"),
            home_weeks=page.whole("process.home_weeks"),
            move_weeks=page.whole("process.move_weeks"),
            citations=page.citations,
        )

    def linking(self, day: date) -> LinkingLaw:
        """Return the reference month of linking and the floor of small counts on a day."""
        page = self._page(day)
        return LinkingLaw(
            reference_month=page.whole("linking.reference_month"),
            disclosure_floor=page.whole("disclosure.floor"),
            citations=page.citations,
        )

    def retention(self, day: date) -> RetentionLaw:
        """Return how long each kind of record is kept, as on a day."""
        return retention_law(self._page(day))

    def notices(self, day: date) -> NoticeLaw:
        """Return how long a notice may wait for its acknowledgement, and how far ahead one tells of a day to come."""
        page = self._page(day)
        return NoticeLaw(
            acknowledge_days=page.whole("notices.acknowledge_days"),
            near_days=page.whole("notices.near_days"),
            erasing_days=page.whole("notices.erasing_days"),
            citations=page.citations,
        )

    def break_glass(self, day: date) -> BreakGlassLaw:
        """Return how long the account for emergencies stays open, as on the day it is opened."""
        page = self._page(day)
        return BreakGlassLaw(page.whole("break_glass.minutes"), page.citations)

    def deviation(self, day: date) -> DeviationLaw:
        """Return from when a deviation of the national number is substantial on a day, and how it is said in homes."""
        page = self._page(day)
        return DeviationLaw(
            share=page.share("deviation.share"),
            people=page.whole("deviation.people"),
            least_counted=page.share("deviation.least_counted"),
            persons_per_home=page.share("deviation.persons_per_home"),
            citations=page.citations,
        )

    def warning(self, day: date) -> WarningLaw:
        """Return when a province is warned that a target will not be met, as on a day."""
        return warning_law(self._page(day))

    def composition(self, day: date) -> CompositionLaw:
        """Return how family composition is told on a day: what is hidden, and both definitions of a large family."""
        page = self._page(day)
        return CompositionLaw(
            floor=page.whole("disclosure.floor"),
            protection=page.whole("disclosure.protection"),
            large=page.whole("composition.large_family"),
            large_with_joining=page.whole("composition.large_family_with_joining"),
            alone=page.whole("composition.area_alone"),
            together=page.whole("composition.area_together"),
            fewest=page.whole("composition.area_fewest"),
            areas_year=page.whole("composition.areas_year"),
            citations=page.citations,
        )

    def counting(self, day: date) -> CountingLaw:
        """Return which groups count towards the target on a day; a group without a value that day is left out."""
        counts, citations = {}, {}
        for value in self.values:
            if value.key.startswith("counting.") and value.holds_on(day):
                group = value.key.removeprefix("counting.")
                counts[group] = bool(value.value)
                citations[group] = _citation(value)
        return CountingLaw(MappingProxyType(counts), MappingProxyType(citations))

    def supervision(self, day: date, place: str = NATION) -> SupervisionLaw:
        """Return the ladder of a province on a day, and by what it judges; the common one where it has no own.

        ``place`` is the name of a province's folder, such as ``noord-brabant``.

        Examples
        --------
        >>> law_book().supervision(date(2025, 7, 1), "flevoland").ladder.scope.value
        'whole-task'
        """
        return supervision_law(self._page(day, place), place)

    def substitution(self, day: date, place: str = NATION) -> SubstitutionLaw:
        """Return what is asked of a substitution on a day."""
        return substitution_law(self._page(day, place))

    def information(self, day: date, place: str = NATION) -> InformationLaw:
        """Return what holds for information that a province asks for on a day."""
        return information_law(self._page(day, place))

    def reception(self, day: date) -> ReceptionLaw:
        """Return what holds for sharing reception places out on a day.

        Examples
        --------
        >>> law_book().reception(date(2024, 2, 1)).rounding.value
        'arithmetic'
        """
        return reception_law(self._page(day))

    def reception_cycle(self, day: date) -> CycleLaw:
        """Return the two-year cycle of the reception places as it holds on a day."""
        return cycle_law(self._page(day))

    def calendar(self, day: date) -> CalendarLaw:
        """Return the days on which a term does not end, as they hold on a day."""
        return calendar_law(self._page(day), self._held(HOLIDAY, day))

    def way(self, day: date) -> WayLaw:
        """Return the terms on a household's way on a day.

        Examples
        --------
        >>> law_book().way(date(2026, 1, 1)).calendar.extends_practice
        True
        """
        held = set(self._held("way.", day))
        kinds = [kind for kind in TERMS if kind not in SCHEMES or held.issuperset(TERMS[kind][0])]
        terms = {kind: term_of(self._page(day), kind) for kind in kinds}
        return WayLaw(MappingProxyType(terms), self.calendar(day))

    def refusal(self, day: date) -> RefusalLaw:
        """Return what a refusal that is not justified leads to on a day."""
        return refusal_law(self._page(day))

    def _held(self, prefix: str, day: date) -> tuple[str, ...]:
        return tuple(sorted({v.key for v in self.values if v.key.startswith(prefix) and v.holds_on(day)}))

    def next_day(self, key: str, after: date) -> date | None:
        """Return the first day after ``after`` on which a value of ``key`` begins, or None."""
        begins = [value.first_day for value in self.values if value.key == key and value.first_day > after]
        return min(begins, default=None)

    def _page(self, day: date, place: str = NATION) -> Page:
        return Page(partial(self.look_up, day=day, place=place), day)

    def _gap(self, key: str, day: date, place: str) -> LawError:
        held = [value for value in self.values if value.key == key and value.place in {place, NATION}]
        if not held:
            return LawError("LAW-01", f"the law book has no value {key!r}", remedy="Check the name.")
        before = [value for value in held if value.last_day is not None and value.last_day < day]
        after = [value for value in held if value.first_day > day]
        near = held[0]
        spoken = []
        if before:
            near = max(before, key=lambda value: value.last_day or day)
            spoken.append(f"the last day it held is {near.last_day}")
        if after:
            following = min(after, key=lambda value: value.first_day)
            near = near if before else following
            spoken.append(f"the next day it holds is {following.first_day}")
        return LawError(
            "LAW-01",
            f"{near.instrument}, {near.article}: {key} has no value on {day.isoformat()}; {' and '.join(spoken)}",
            remedy="Ask for a day on which it holds, or add the value with its source.",
        )


def _citation(value: DatedValue) -> Citation:
    return Citation(
        place=value.place,
        key=value.key,
        value=str(value.value).lower() if isinstance(value.value, bool) else str(value.value),
        instrument=value.instrument,
        article=value.article,
        authority=value.authority,
        source=value.source,
        first_day=value.first_day,
        last_day=value.last_day,
        checked_on=value.checked_on,
        note=value.note,
    )


@cache
def law_book() -> Book:
    """Return the packaged law book.

    Examples
    --------
    >>> law_book().targets(HalfYear(2026, 2)).rounding.value
    'up'
    """
    return Book(packaged())


@cache
def coverage() -> tuple[Mapping[str, str], ...]:
    """Return every article known of, with how far it is modelled and where."""
    text = (resources.files("eenthuis.law") / "coverage.toml").read_text(encoding="utf-8")
    return tuple(MappingProxyType(dict(entry)) for entry in tomllib.loads(text)["article"])
