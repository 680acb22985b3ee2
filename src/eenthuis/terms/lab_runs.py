"""What is asked of the policy lab from a page: a comparison, the levers one by one, or the trial on the past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.policy import OWN_WEIGHTS, LeverValue, Scenario
from eenthuis.terms.receipt import digest
from eenthuis.terms.work_scores import WorkScores, work_from, work_plain

ADDRESS_LENGTH = 16


class LabKind(StrEnum):
    """What is done: a comparison, lever by lever, what knowing more is worth for the choice, or the past tried out."""

    COMPARE = "compare"
    TORNADO = "tornado"
    WORTH = "worth"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class LabAsk:
    """One question to the lab.

    ``scenarios`` holds the base first and the scenario second; it is empty for the past. ``futures`` counts futures,
    or for the past the sets of parameters that are tried. ``work`` holds scores of work that somebody loaded with it.
    """

    kind: LabKind
    scenarios: tuple[Scenario, ...]
    futures: int
    half_years: int
    seed: int
    work: WorkScores | None = None

    @property
    def total(self) -> int:
        """How many futures are lived, or sets tried, in all."""
        return self.futures * (2 if self.kind is LabKind.TORNADO else 1)


def ask_plain(ask: LabAsk) -> dict[str, object]:
    """Return a question as JSON holds it.

    Examples
    --------
    >>> sorted(ask_plain(LabAsk(LabKind.PAST, (), 10, 12, 1)))
    ['futures', 'half_years', 'kind', 'scenarios', 'seed']
    """
    return {
        "kind": ask.kind.value,
        "scenarios": [
            {"name": one.name, "levers": dict(one.levers), "sources": dict(one.sources), **_weighed(one)}
            for one in ask.scenarios
        ],
        "futures": ask.futures,
        "half_years": ask.half_years,
        "seed": ask.seed,
    } | ({} if ask.work is None else {"work": work_plain(ask.work)})


def ask_from(document: Mapping[str, object]) -> LabAsk:
    """Return a question from its JSON, as :func:`ask_plain` wrote it."""
    named = document["scenarios"]
    found = named if isinstance(named, list) else []
    return LabAsk(
        kind=LabKind(str(document["kind"])),
        scenarios=tuple(
            Scenario(
                str(one["name"]),
                _levers(one["levers"]),
                {str(k): str(v) for k, v in one["sources"].items()},
                {MunicipalityCode(k): int(v) for k, v in one.get("weights", {}).items()},
            )
            for one in found
        ),
        futures=int(str(document["futures"])),
        half_years=int(str(document["half_years"])),
        seed=int(str(document["seed"])),
        work=work_from(loaded) if isinstance(loaded := document.get("work"), Mapping) else None,
    )


def _weighed(one: Scenario) -> dict[str, object]:
    """Return the weights of a scenario that shares out by its own; nothing otherwise, so that addresses stay."""
    return {"weights": dict(sorted(one.weights.items()))} if one.key == OWN_WEIGHTS else {}


def _levers(written: Mapping[str, object]) -> dict[str, LeverValue]:
    return {
        str(name): value if isinstance(value, bool | str) else float(str(value))
        for name, value in written.items()
    }


def address_of(ask: LabAsk, version: str) -> str:
    """Return the address of a question: the same for the same question and code, whoever asks.

    Examples
    --------
    >>> one = LabAsk(LabKind.PAST, (), 10, 12, 1)
    >>> address_of(one, "1") == address_of(one, "1") != address_of(one, "2")
    True
    """
    levers = [
        {
            "name": one.name,
            "levers": {name: repr(value) for name, value in one.levers.items()},
            "sources": dict(one.sources),
            **_weighed(one),
        }
        for one in ask.scenarios
    ]
    return digest(
        {
            "kind": ask.kind,
            "scenarios": levers,
            "futures": ask.futures,
            "half_years": ask.half_years,
            "seed": ask.seed,
            "version": version,
        }
        | ({} if ask.work is None else {"work": ask.work.digest})
    ).removeprefix("sha256:")[:ADDRESS_LENGTH]
