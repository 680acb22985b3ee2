"""A bar on a terminal for work of a known length, and nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack


def bar(stack: ExitStack, what: str) -> Callable[[int, int], None] | None:
    """Return a callback that draws how much of ``what`` is done, or None where nobody looks."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console
    from rich.progress import Progress

    drawn = stack.enter_context(Progress(console=Console(stderr=True)))
    task = drawn.add_task(what)

    def tell(done: int, total: int) -> None:
        drawn.update(task, completed=done, total=total)

    return tell
