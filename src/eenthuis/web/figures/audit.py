"""What stands beside a proposal, as lying bars: ways of linking, and the gain of every group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eenthuis.services.proposal_page import GroupLine, WayLine
from eenthuis.web.figures.svg import element, nice_ceiling, picture, text
from eenthuis.web.wording import CHARACTERISTICS, LABELS, WAYS

WIDTH = 720
BAR, ROW, HEAD = 18, 50, 34
LEFT, RIGHT = 8, 70


@dataclass(frozen=True, slots=True)
class _Bar:
    """One bar; ``heading`` begins a part, and then there is no bar."""

    name: str
    value: float | None
    written: str
    kind: str
    heading: bool = False


def ways_chart(ways: Sequence[WayLine]) -> SafeString:
    """Draw the people that every way of linking gives a place, the proposal first."""
    bars = [
        _Bar(
            str(WAYS.get(way.name, way.name)),
            way.people,
            number_format(way.people, 0 if way.people == int(way.people) else 1, use_l10n=True),
            "done" if way.is_proposal else "asked",
        )
        for way in ways
    ]
    own = next((way.people for way in ways if way.is_proposal), 0.0)
    best = max((way.people for way in ways if not way.is_proposal), default=0.0)
    title = _(
        "Mensen met een plek: %(own)s in dit voorstel, hoogstens %(best)s bij een eenvoudiger werkwijze."
    ) % {"own": number_format(own, 0, use_l10n=True), "best": number_format(best, 0, use_l10n=True)}
    end = nice_ceiling(max([1.0, *(way.people for way in ways)]))
    return _drawn(bars, end=float(end), name="ways", title=title, mark=None)


def gain_chart(groups: Sequence[GroupLine]) -> SafeString:
    """Draw the gain of every group against random, with a line where it is the same as random."""
    bars: list[_Bar] = []
    for characteristic in dict.fromkeys(group.characteristic for group in groups):
        bars.append(
            _Bar(str(CHARACTERISTICS.get(characteristic, characteristic)), None, "", "", heading=True)
        )
        for group in groups:
            if group.characteristic == characteristic:
                gain = group.gain
                written = number_format(round(gain, 2), 2, use_l10n=True) if gain is not None else "–"
                bars.append(_Bar(str(LABELS.get(group.label, group.label)), gain, written, "done"))
    known = [bar.value for bar in bars if bar.value is not None]
    low, high = min(known, default=1.0), max(known, default=1.0)
    title = _("Winst ten opzichte van loten: van %(low)s tot %(high)s keer zoveel punten, per groep.") % {
        "low": number_format(round(low, 2), 2, use_l10n=True),
        "high": number_format(round(high, 2), 2, use_l10n=True),
    }
    return _drawn(bars, end=max(1.25, high * 1.05), name="gain", title=title, mark=1.0)


def _drawn(bars: Sequence[_Bar], *, end: float, name: str, title: str, mark: float | None) -> SafeString:
    parts: list[str] = []
    y = 6
    room = WIDTH - LEFT - RIGHT
    for bar in bars:
        if bar.heading:
            parts.append(text(bar.name, x=LEFT, y=y + 22, class_="ee-label"))
            y += HEAD
            continue
        parts.append(text(bar.name, x=LEFT, y=y + 14, class_="ee-tick"))
        width = 0.0 if bar.value is None else max(room * bar.value / end, 1.0)
        parts.append(
            element("rect", x=LEFT, y=y + 20, width=width, height=BAR, class_=f"ee-bar ee-bar--{bar.kind}")
        )
        if mark is not None:
            x = LEFT + room * mark / end
            parts.append(element("line", x1=x, x2=x, y1=y + 17, y2=y + 41, class_="ee-mark"))
        parts.append(text(bar.written, x=LEFT + width + 8, y=y + 34, class_="ee-label"))
        y += ROW
    return picture(parts, width=WIDTH, height=y + 6, name=name, title=title)
