"""Rounds of schemes as rows, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from eenthuis.store.money_models import SchemeRoundRow, SchemeRoundStepRow
from eenthuis.terms.lots import LotEntry, SchemeRound
from eenthuis.terms.schemes import ApplicationId, SchemeCode, WhenShort


def add_round(made: SchemeRound) -> int:
    """Add a round and return its key; the database refuses a name that is taken."""
    row = SchemeRoundRow.objects.create(
        name=made.name,
        scheme=made.scheme,
        opens_on=made.opens_on,
        closes_on=made.closes_on,
        budget_cents=made.budget_cents,
        when_short=made.when_short.value,
        order_why=made.order_why,
        commitment=made.commitment,
        public_value_named=made.public_value_named,
        decided_by=made.opened_by,
        decided_on=made.opened_on,
    )
    return int(row.pk)


def publish(name: str, entries: Sequence[LotEntry], *, entries_digest: str, on: date, by: str) -> None:
    """Add the list of a round."""
    SchemeRoundStepRow.objects.create(
        round=SchemeRoundRow.objects.get(name=name),
        kind="published",
        on=on,
        entries=[[one.application, one.category, one.asked_cents] for one in entries],
        entries_digest=entries_digest,
        decided_by=by,
    )


def draw(name: str, *, seed: str, public_value: str, receipt: str, on: date, by: str) -> None:
    """Add the draw of a round; the database refuses one by who published its list."""
    SchemeRoundStepRow.objects.create(
        round=SchemeRoundRow.objects.get(name=name),
        kind="drawn",
        on=on,
        seed=seed,
        public_value=public_value,
        receipt=receipt,
        decided_by=by,
    )


def rounds(scheme: str = "") -> tuple[SchemeRound, ...]:
    """Return the rounds, of one scheme where it is given, the last opened first."""
    rows = SchemeRoundRow.objects.prefetch_related("steps").order_by("-opens_on", "-id")
    return tuple(_round(row) for row in (rows.filter(scheme=scheme) if scheme else rows))


def round_named(name: str) -> SchemeRound | None:
    """Return the round of a name."""
    row = SchemeRoundRow.objects.prefetch_related("steps").filter(name=name).first()
    return None if row is None else _round(row)


def round_by_key(key: int) -> SchemeRound | None:
    """Return the round of a row."""
    row = SchemeRoundRow.objects.prefetch_related("steps").filter(pk=key).first()
    return None if row is None else _round(row)


def _round(row: SchemeRoundRow) -> SchemeRound:
    steps = {step.kind: step for step in row.steps.all()}
    published, drawn = steps.get("published"), steps.get("drawn")
    return SchemeRound(
        key=int(row.pk),
        name=row.name,
        scheme=SchemeCode(row.scheme),
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        budget_cents=row.budget_cents,
        when_short=WhenShort(row.when_short),
        order_why=row.order_why,
        commitment=row.commitment,
        public_value_named=row.public_value_named,
        opened_by=row.decided_by,
        opened_on=row.decided_on,
        published_on=published.on if published else None,
        published_by=published.decided_by if published else "",
        entries=tuple(
            LotEntry(ApplicationId(application), category, cents)
            for application, category, cents in (published.entries if published else ())
        ),
        entries_digest=published.entries_digest if published else "",
        drawn_on=drawn.on if drawn else None,
        drawn_by=drawn.decided_by if drawn else "",
        seed=drawn.seed if drawn else "",
        public_value=drawn.public_value if drawn else "",
        receipt=drawn.receipt if drawn else "",
    )
