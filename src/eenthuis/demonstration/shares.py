"""The shares and counts from which the country is drawn, each with its source; what is not published is assumed."""

from __future__ import annotations

from dataclasses import dataclass

from eenthuis.terms.law import Authority

_DECREE_2024 = "https://zoek.officielebekendmakingen.nl/stcrt-2024-16795.html"
_NO_SOURCE = "no published figure was found"


@dataclass(frozen=True, slots=True)
class Share:
    """A figure of the demonstration with its meaning, its source and how strong that is."""

    name: str
    value: float
    meaning: str
    source: str
    authority: Authority


def _assumed(name: str, value: float, meaning: str) -> Share:
    return Share(name, value, meaning, _NO_SOURCE, Authority.ASSUMPTION)


_LISTED = (
    _assumed(
        "talk-not-held", 0.03, "share of households, two weeks after the permit, without a profile talk"
    ),
    _assumed("free-homes", 1.6, "mean number of free homes in a municipality"),
    _assumed("accessible-homes", 0.12, "share of free homes in which someone with a wheelchair can live"),
    Share(
        "people-waiting",
        18_420,
        "status holders in reception, people",
        "https://www.welingelichtekringen.nl/samenleving/ruim-70-procent-gemeenten-huisvest-te-weinig-statushouders",
        Authority.INFERRED,
    ),
    Share(
        "large-family-people",
        2_637 / 18_220,
        "share of the people waiting who live in a household of six or more",
        _DECREE_2024,
        Authority.DECREE,
    ),
    Share(
        "weeks-large-family",
        31,
        "mean weeks a household of six or more waits",
        _DECREE_2024,
        Authority.DECREE,
    ),
    Share(
        "over-fourteen-weeks",
        0.70,
        "share of households that wait longer than fourteen weeks",
        "https://www.nhnieuws.nl/nieuws/n179599/coa-veel-meer-opvangplekken-nodig-als-statushouders-geen-voorrang-meer-krijgen",
        Authority.INFERRED,
    ),
    Share(
        "meets-2024-II",
        0.15,
        "share of municipalities without backlog on 1 January 2025",
        "https://www.welingelichtekringen.nl/samenleving/ruim-70-procent-gemeenten-huisvest-te-weinig-statushouders",
        Authority.INFERRED,
    ),
    Share(
        "meets-2025-II",
        98 / 342,
        "share of municipalities without backlog on 1 January 2026",
        "https://www.welingelichtekringen.nl/samenleving/ruim-70-procent-gemeenten-huisvest-te-weinig-statushouders",
        Authority.INFERRED,
    ),
    Share(
        "exact-2025-II",
        16 / 342,
        "share of municipalities that met the target to the person on 1 January 2026",
        "https://www.welingelichtekringen.nl/samenleving/ruim-70-procent-gemeenten-huisvest-te-weinig-statushouders",
        Authority.INFERRED,
    ),
    _assumed("meets-2024-I", 0.19, "share of municipalities without backlog on 1 July 2024"),
    _assumed("meets-2025-I", 0.21, "share of municipalities without backlog on 1 July 2025"),
    _assumed("opening-backlog", 5_000, "people carried into the first half-year drawn, nationally"),
    _assumed("backlog-2024-I", 7_500, "people carried out of 2024-I, nationally"),
    _assumed("backlog-2024-II", 10_500, "people carried out of 2024-II, nationally"),
    _assumed("backlog-2025-I", 11_500, "people carried out of 2025-I, nationally"),
    _assumed("backlog-2025-II", 12_000, "people carried out of 2025-II, nationally"),
    _assumed("realised-a-month", 2_250, "people signed off per month in the running half-year, nationally"),
    _assumed("linked-not-housed", 4_200, "people linked and not yet signed off on the demonstration day"),
    _assumed("child-in-pair", 0.20, "share of households of two that are a parent and a child"),
    _assumed("joining", 0.22, "share of households that wait for relatives"),
    _assumed("joining-visa", 0.45, "share of those whose relatives have a visa"),
    _assumed("accessible", 0.03, "share of households that need an accessible home"),
    _assumed("hard:first-degree-family", 0.060, "share of households with this hard tie"),
    _assumed("hard:family-reunification", 0.030, "share of households with this hard tie"),
    _assumed("hard:medical-treatment", 0.030, "share of households with this hard tie"),
    _assumed("hard:work-contract", 0.040, "share of households with this hard tie"),
    _assumed("hard:study", 0.015, "share of households with this hard tie"),
    _assumed("soft:work-experience", 0.25, "share of households with this soft tie"),
    _assumed("soft:education", 0.12, "share of households with this soft tie"),
    _assumed("soft:network", 0.35, "share of households with this soft tie"),
    _assumed("soft:ambition", 0.15, "share of households with this soft tie"),
)

SHARES: dict[str, Share] = {share.name: share for share in _LISTED}
"""Every figure by its name."""

CENTRES = 68
"""Reception centres drawn; an assumption of the order of the published number of locations."""


def value(name: str) -> float:
    """Return the figure with this name."""
    return SHARES[name].value
