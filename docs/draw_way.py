"""Draw the machine of a household's way from the code: ``python docs/draw_way.py`` writes the page and its picture."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path

from eenthuis.law import law_book
from eenthuis.law.calendar import Term
from eenthuis.rules.way import every_transition
from eenthuis.rules.way_deadlines import STARTS, met_by
from eenthuis.terms.way import Circumstances, DeadlineKind, Stage, Transition
from generate import link, table

FOLDER = Path(__file__).parent / "reference"
PAGE, PICTURE = FOLDER / "household-way.md", FOLDER / "household-way.svg"
BOX, HEIGHT, STEP, TOP, LANE = 170, 34, 78, 20, 26
AS_OF = date(2026, 11, 26)
ROW = {stage: TOP + number * STEP for number, stage in enumerate(Stage)}


INTRODUCTION = """\
# The way of a household

Drawn from the code by `docs/draw_way.py`; a test compares. A household stands in exactly one stage. Beside it the
machine knows where the household sleeps (`centre`, `transit-location`, `hotel-scheme`), whether it waits for relatives,
and whether a home is kept for it and was seen. That a municipality read the reason of a link is no step: the
notice of the link is acknowledged, or escalated.

![The stages of a household and the steps between them](household-way.svg)

## Steps

Every step is a row that is only ever added, and a line in the journal. *Who may* is a row of the authority matrix.
*Tells* names roles; within a role only those whose reach holds the household.
"""
ABOUT_DEADLINES = """\
## Deadlines

A last day that is a Saturday, Sunday or public holiday moves to the next open day, unless the term is longer than the
Algemene termijnenwet extends. That terms of practice are treated like terms of law is an assumption of the law book.
"""
OPENING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-family="sans-serif"
  font-size="12">
<title>The way of a household from permit to sign-off</title>
<desc>Stages stand in a column; each step is a lane that begins at a dot and ends at an arrow. The table on the page
says the same.</desc>
<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">
<path d="M0 0 8 4 0 8z" fill="#154273"/></marker></defs>
<rect width="{width}" height="{height}" fill="#fff"/>"""


def moves() -> tuple[Transition, ...]:
    """Return the steps that lead to another stage."""
    return tuple(one for one in every_transition() if one.to is not None)


def sources(one: Transition) -> list[Stage]:
    """Return the stages a step comes from other than the one it leads to, from top to bottom."""
    return [stage for stage in Stage if stage in one.from_stages and stage is not one.to]


def picture() -> str:
    """Return the diagram: a column of stages, and a lane for every step with a dot where it begins."""
    right = [one for one in moves() if ROW[sources(one)[0]] < ROW[one.to or Stage.PERMIT]]
    left = [one for one in moves() if one not in right]
    middle = 30 + LANE * (len(left) + 1)
    width = middle + BOX + LANE * (len(right) + 1) + 10
    height = ROW[list(Stage)[-1]] + HEIGHT + TOP
    parts = [OPENING.format(width=width, height=height)]
    for number, one in enumerate(right, start=1):
        parts += lane(one, middle + BOX, middle + BOX + LANE * number, offset(number, len(right)))
    for number, one in enumerate(left, start=1):
        parts += lane(one, middle, middle - LANE * number, offset(number, len(left)))
    for stage, top in ROW.items():
        parts.append(
            f'<rect x="{middle}" y="{top}" width="{BOX}" height="{HEIGHT}" rx="4" fill="#e8eef5" stroke="#154273"/>'
            f'<text x="{middle + BOX // 2}" y="{top + 21}" text-anchor="middle" fill="#111">{stage.value}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def offset(number: int, lanes: int) -> int:
    """Return where on the side of a box a lane begins, so that lanes stay apart."""
    return 3 + number * (HEIGHT - 6) // (lanes + 1)


def lane(one: Transition, edge: int, across: int, down: int) -> Iterator[str]:
    """Yield the lines of one step: a stub with a dot per stage it begins in, the lane, the arrow and its name."""
    to = ROW[one.to or Stage.PERMIT] + down
    begins = [ROW[stage] + down for stage in sources(one)]
    for top in begins:
        yield f'<path d="M{edge} {top} H{across}" stroke="#154273" fill="none"/>'
        yield f'<circle cx="{edge}" cy="{top}" r="3" fill="#154273"/>'
    first, last = min([*begins, to]), max([*begins, to])
    yield f'<path d="M{across} {first} V{last}" stroke="#154273" fill="none"/>'
    yield f'<path d="M{across} {to} H{edge}" stroke="#154273" fill="none" marker-end="url(#tip)"/>'
    name = escape(one.kind.value)
    yield (
        f'<text transform="translate({across - 3} {(first + last) // 2}) rotate(-90)" text-anchor="middle" '
        f'font-size="10" fill="#111" stroke="#fff" stroke-width="3" paint-order="stroke">{name}</text>'
    )


def page() -> str:
    """Return the page: the picture, every step, and every deadline."""
    steps = [
        (
            f"`{one.kind.value}`",
            "any"
            if one.from_stages == frozenset(Stage)
            else [s.value for s in Stage if s in one.from_stages],
            one.to.value if one.to else "as it was",
            circumstances(one.needs),
            circumstances(one.makes),
            f"`{one.action}`",
            [field.value for field in one.fields],
            [kind.value for kind in one.starts],
            [role.value for role in one.told],
        )
        for one in every_transition()
    ]
    head = ("Step", "From", "To", "If", "Makes", "Who may", "Asks", "Starts", "Tells")
    law = law_book().way(AS_OF)
    deadlines = [
        (
            f"`{kind.value}`",
            ["the permit"] * (kind in {DeadlineKind.LINK, DeadlineKind.WHOLE_WAY})
            + [step.value for step, starts in STARTS.items() if kind in starts],
            sorted(step.value for step in met_by(kind)),
            f"{term.amount} {term.unit.value}",
            *paper(term),
        )
        for kind, term in law.terms.items()
    ]
    terms = table(("Deadline", "From", "Met by", "Term", "Ground", "Source"), deadlines)
    return "\n".join([INTRODUCTION, table(head, steps), ABOUT_DEADLINES, terms])


def circumstances(some: Circumstances) -> list[str]:
    """Return what a step needs or makes so, in words."""
    words = {
        "awaits relatives": some.awaits_relatives,
        "home kept": some.holds_home,
        "home seen": some.has_viewed,
    }
    told = [name if is_so else f"no {name}" for name, is_so in words.items() if is_so is not None]
    return ([f"sleeps in {some.stay.value}"] if some.stay else []) + told


def paper(term: Term) -> tuple[str, str]:
    """Return the authority and the source of a term."""
    return (
        ", ".join(dict.fromkeys(one.authority.value for one in term.citations)),
        ", ".join(dict.fromkeys(link(one.source) for one in term.citations)),
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    PICTURE.write_text(picture(), encoding="utf-8")
