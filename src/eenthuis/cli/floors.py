"""Telling whose least gain could not be reached."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eenthuis.matching.certificate import FloorStated


def tell_floors_out_of_reach(floors: tuple[FloorStated, ...]) -> None:
    """Warn on standard error for every group that reaches less than was asked."""
    for floor in floors:
        if floor.least < floor.asked:
            print(
                f"warning: {floor.characteristic} {floor.label} reaches {floor.reached / floor.asked:.0%} of the least "
                "gain asked for; more is out of reach beside the other groups.",
                file=sys.stderr,
            )
