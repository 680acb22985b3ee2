"""Asking the application all kinds of right and wrong questions that its description allows, in this process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok

from eenthuis.site.wsgi import application

ADDRESS = "/api/v1/openapi.json"
ANSWERS = ["2xx", "304", "401", "403", "404", "409", "412", "422"]
"""What a right question may be answered with: a version or key that was drawn is seldom the one that fits."""


@contextmanager
def one_connection() -> Iterator[None]:
    """Keep the connection between requests, as Django's own test client does; a test's transaction lives on it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def operations() -> Iterator[Any]:
    """Yield every operation of the description, as the application itself hands it out."""
    config = SchemathesisConfig.from_dict(
        {"checks": {"positive_data_acceptance": {"expected-statuses": ANSWERS}}}
    )
    for found in schemathesis.openapi.from_wsgi(ADDRESS, application, config=config).get_all_operations():
        if not isinstance(found, Ok):
            raise TypeError(found)
        yield found.ok()


def ask_all(
    secret: str,
    known: Mapping[str, Sequence[str | int]],
    *,
    examples: int,
    modes: Sequence[GenerationMode],
    same_every_time: bool = True,
) -> int:
    """Ask every operation with a key, and hold each answer to the description; return how many were asked.

    ``known`` are values that lead somewhere, by the name they have in addresses and bodies; half of the right questions
    use one, so that writes are really done.
    """
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    careful = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=same_every_time,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    asked, found = 0, []
    for one in operations():
        for mode in modes:
            try:
                asked += _ask(one, mode, headers, known, careful)
            except FailureGroup as wrong:
                found.append(str(wrong))
    assert not found, "\n\n".join(found)
    return asked


def _ask(
    operation: Any,
    mode: GenerationMode,
    headers: dict[str, str],
    known: Mapping[str, Sequence[str | int]],
    careful: settings,
) -> int:
    asked = []

    @careful
    @given(case=operation.as_strategy(generation_mode=mode), at_home=st.booleans(), pick=st.integers(0, 99))
    def ask(case: Case[Any], *, at_home: bool, pick: int) -> None:
        if at_home and mode is GenerationMode.POSITIVE:
            _lead_somewhere(case, known, pick)
        asked.append(case.call_and_validate(headers=dict(headers)).status_code)

    with suppress(Unsatisfiable):  # an operation that asks for nothing cannot be asked wrongly
        ask()
    return len(asked)


def _lead_somewhere(case: Case[Any], known: Mapping[str, Sequence[str | int]], pick: int) -> None:
    """Put values that lead somewhere in the place of those that were drawn."""
    topic = case.path.strip("/").split("/")[0]
    for name in case.path_parameters or {}:
        choices = known.get(f"{topic}.{name}") or known.get(name)
        if choices:
            case.path_parameters[name] = choices[pick % len(choices)]
    if isinstance(case.body, dict):
        for name in case.body:
            choices = known.get(name)
            if choices:
                case.body[name] = choices[pick % len(choices)]
