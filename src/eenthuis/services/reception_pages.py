"""Reception places of the country: the cycle with what is done and due, the estimate, and shares beside places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from eenthuis import reference
from eenthuis.rules.reception_cycle import Cycle, CycleStep, DatedStep
from eenthuis.services.access import may, require
from eenthuis.services.reception_reading import (
    LawState,
    available,
    cycle_of,
    law_state,
    running_year,
    years_known,
)
from eenthuis.store import allocations, journal, sites
from eenthuis.store import reception as stored
from eenthuis.store.reception import HeldNeed, HeldScores, HeldShares
from eenthuis.terms.access import Actor
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.receipt import Receipt


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the cycle: ``done`` of ``of`` are done, the last on ``done_on``, with ``days_left`` to go.

    ``holds`` is False for a step whose last day comes after a repeal that was asked for.
    """

    step: DatedStep
    done: int
    of: int
    done_on: date | None
    days_left: int
    holds: bool = True

    @property
    def state(self) -> str:
        """How far it is: done, part, late or open."""
        if self.of and self.done >= self.of:
            return "done"
        if self.days_left < 0:
            return "late"
        return "part" if self.done else "open"


@dataclass(frozen=True, slots=True)
class PlacesLine:
    """A municipality or province with its share and what is available on the day, in places; None without a share."""

    code: str
    name: str
    province: ProvinceCode
    province_name: str
    share: int | None
    minors: int | None
    durable: int
    available: int
    inhabitants: int

    @property
    def short(self) -> int | None:
        """How many places are fewer than the share; 0 when there are enough."""
        return None if self.share is None else max(self.share - self.available, 0)

    @property
    def kind(self) -> str:
        """How far the places go towards the share, as the map colours it."""
        if self.share is None or self.available >= self.share:
            return "met"
        if not self.available:
            return "far-behind"
        return "on-schedule" if 2 * self.available >= self.share else "behind"


@dataclass(frozen=True, slots=True)
class PlacesCountry:
    """The country in a cycle on a day."""

    year: int
    years: tuple[int, ...]
    today: date
    day: date
    law: LawState
    cycle: Cycle | None
    steps: tuple[StepLine, ...]
    needs: tuple[HeldNeed, ...]
    shares: HeldShares | None
    computations: tuple[HeldShares, ...]
    scores: tuple[HeldScores, ...]
    provinces: tuple[PlacesLine, ...]
    municipalities: tuple[PlacesLine, ...]
    may_share: bool

    @property
    def need(self) -> HeldNeed | None:
        """The estimate in force."""
        return next((one for one in self.needs if one.is_in_force), None)

    @property
    def available(self) -> int:
        """The places available in the country on the day."""
        return sum(line.available for line in self.municipalities)

    @property
    def total(self) -> int:
        """The sum of the shares."""
        return sum(line.share or 0 for line in self.municipalities)

    @property
    def short(self) -> int:
        """The sum of what municipalities are short, those with more than their share left out."""
        return sum(line.short or 0 for line in self.municipalities)


@dataclass(frozen=True, slots=True)
class ShareFormula:
    """The numbers that the share of one municipality was made from, as its receipt holds them."""

    need: int
    score: Fraction
    inhabitants: int
    country: int
    weight: Fraction
    total_weight: Fraction
    exact: Fraction
    places: int
    minors_need: int | None
    minors: int | None
    reference_date: date
    receipt: Receipt


def read_places_country(
    *, actor: Actor, year: int | None, today: date, day: date | None = None, repealed_from: date | None = None
) -> PlacesCountry:
    """Return reception places of the country in a cycle; ``day`` is that of the places, ``repealed_from`` a thought.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no published figures.
    InputError
        INP-06 when no cycle begins in the year.
    """
    require(actor, "see-published-figures")
    chosen = running_year(today) if year is None else year
    state = law_state(today, repealed_from)
    found = cycle_of(chosen)
    shares = stored.shares(chosen)
    municipalities = places_lines(shares, day or today)
    needs = stored.needs(chosen)
    return PlacesCountry(
        year=chosen,
        years=years_known(today),
        today=today,
        day=day or today,
        law=state,
        cycle=found,
        steps=_steps(found, needs, today, repealed_from),
        needs=needs,
        shares=shares,
        computations=stored.computations(chosen),
        scores=stored.scores(),
        provinces=province_lines(municipalities),
        municipalities=municipalities,
        may_share=may(actor, "share-reception-places"),
    )


def places_lines(shares: HeldShares | None, day: date) -> tuple[PlacesLine, ...]:
    """Return every municipality of a day with its share and its places that COA confirmed, by name."""
    there = available(sites.confirmed_sites(), day)
    counted_on = [
        known for known in reference.reference_dates() if known <= day
    ] or reference.reference_dates()
    people = reference.inhabitants(counted_on[-1]).people
    provinces = {one.code: one.name for one in reference.provinces()}
    lines = []
    for code, inhabitants in people.items():
        one = reference.municipality(code)
        lines.append(
            PlacesLine(
                code=code,
                name=one.name,
                province=one.province,
                province_name=provinces[one.province],
                share=shares.places.get(code) if shares else None,
                minors=shares.minors.get(code) if shares else None,
                durable=shares.durable.get(code, 0) if shares else 0,
                available=there.get(code, 0),
                inhabitants=inhabitants,
            )
        )
    return tuple(sorted(lines, key=lambda line: line.name.casefold().lstrip("'")))


def province_lines(lines: tuple[PlacesLine, ...]) -> tuple[PlacesLine, ...]:
    """Return the sums of every province."""
    found = []
    for province in reference.provinces():
        own = [line for line in lines if line.province == province.code]
        shared = [line.share for line in own if line.share is not None]
        minors = [line.minors for line in own if line.minors is not None]
        found.append(
            PlacesLine(
                code=province.code,
                name=province.name,
                province=province.code,
                province_name=province.name,
                share=sum(shared) if shared else None,
                minors=sum(minors) if minors else None,
                durable=sum(line.durable for line in own),
                available=sum(line.available for line in own),
                inhabitants=sum(line.inhabitants for line in own),
            )
        )
    return tuple(found)


def share_formula(shares: HeldShares, code: MunicipalityCode) -> ShareFormula | None:
    """Return how the share of a municipality was computed, from the receipt; None when it had none."""
    receipt = journal.receipt(shares.receipt)
    if receipt is None or code not in shares.places:
        return None
    inputs = receipt.inputs
    people, scores = _mapping(inputs["inhabitants"]), _mapping(inputs["scores"])
    country = int(str(inputs["country"]))
    weights = {
        one: (Fraction(str(scores[one])) + 1) * Fraction(int(str(number)), country)
        for one, number in people.items()
    }
    total = sum(weights.values(), Fraction(0))
    need = int(str(inputs["need"]))
    minors = inputs["minors"]
    return ShareFormula(
        need=need,
        score=Fraction(str(scores[code])),
        inhabitants=int(str(people[code])),
        country=country,
        weight=weights[code],
        total_weight=total,
        exact=need * weights[code] / total,
        places=shares.places[code],
        minors_need=None if minors is None else int(str(minors)),
        minors=shares.minors.get(code),
        reference_date=date.fromisoformat(str(inputs["reference_date"])),
        receipt=receipt,
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _steps(
    found: Cycle, needs: tuple[HeldNeed, ...], today: date, repealed_from: date | None
) -> tuple[StepLine, ...]:
    provinces = len(reference.provinces())
    reported, decided = allocations.reported(found.year), allocations.published_on(found.year)
    done: dict[CycleStep, tuple[int, int, date | None]] = {
        CycleStep.ESTIMATE: (min(len(needs), 1), 1, needs[-1].need.announced_on if needs else None),
        CycleStep.REPORT: (len(reported), provinces, max(reported.values(), default=None)),
        CycleStep.DECISION: (len(decided), provinces, max(decided.values(), default=None)),
        CycleStep.PLACES: (0, 0, None),
    }
    return tuple(
        StepLine(
            step=step,
            done=done[step.step][0],
            of=done[step.step][1],
            done_on=done[step.step][2],
            days_left=(step.last_day - today).days,
            holds=repealed_from is None or step.last_day < repealed_from,
        )
        for step in found.steps
    )
