"""A program in which four people decide on one money file at once, and say what each was told."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def together(names: tuple[str, ...], act: Callable[[str], str]) -> None:
    """Let everybody act at once, each on a connection of its own, and say what they were told."""
    from django.db import connection

    def told(name: str) -> str:
        try:
            return act(name)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(names)) as pool:
        sys.stdout.write(" ".join(sorted(pool.map(told, names))) + "\n")


def race(by: str) -> None:
    """Ask for money, check it, and let four colleagues decide at once: through the use case or as bare rows."""
    from django.db import DatabaseError, transaction
    from money_examples import COSTS, CUT, kade
    from small_country import MINISTRY, OF_UTRECHT, TODAY

    from eenthuis.services.money_asking import ask_costs
    from eenthuis.services.money_files import take_step
    from eenthuis.store.money_models import MoneyFileRow, MoneyStepRow
    from eenthuis.terms.access import Actor, Role
    from eenthuis.terms.errors import EenthuisError
    from eenthuis.terms.money_files import MoneyStep, MoneyStepKind

    kade()
    number = ask_costs(actor=OF_UTRECHT, asked=COSTS, today=TODAY)
    checked = MoneyStep(MoneyStepKind.CHECKED, TODAY, "", lines=CUT)
    take_step(actor=MINISTRY, identifier=number, step=checked, today=TODAY)
    names = ("m-1", "m-2", "m-3", MINISTRY.name)
    gate = threading.Barrier(len(names))
    row = MoneyFileRow.objects.get(number=number)

    def as_use_case(name: str) -> str:
        gate.wait()
        step = MoneyStep(MoneyStepKind.AWARDED, TODAY, "", cents=1_200_000_00)
        try:
            return take_step(
                actor=Actor(name, Role.MINISTRY), identifier=number, step=step, today=TODAY
            ).stage.value
        except EenthuisError as told:
            return told.code

    def as_row(name: str) -> str:
        gate.wait()
        try:
            with transaction.atomic():
                MoneyStepRow.objects.create(
                    file=row,
                    municipality=row.municipality,
                    owner=row.owner,
                    step=2,
                    kind="awarded",
                    on=TODAY,
                    decided_by=name,
                )
        except DatabaseError as told:
            return type(told).__name__
        return "awarded"

    together(names, as_use_case if by == "services" else as_row)


if __name__ == "__main__":
    from eenthuis.cli.django_ready import ready

    os.environ["EENTHUIS_TESTING"] = "1"
    ready()
    race("services")
    race("rows")
