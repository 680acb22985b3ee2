"""The text of the daily overview by mail: what is new, for a role and place, without anything of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eenthuis import reference
from eenthuis.store.notice_models import NoticeRow
from eenthuis.terms.notices import KINDS, NoticeKind


@dataclass(frozen=True, slots=True)
class Overview:
    """Subject and text of a mail."""

    subject: str
    text: str


def overview_text(rows: Sequence[NoticeRow], *, count: int, site: str) -> Overview:
    """Return the overview of unread notices, newest first; ``count`` is how many there are in all."""
    one = count == 1
    new = "is 1 bericht dat" if one else f"zijn {count} berichten die"
    subject = f"Eenthuis: {count} {'nieuw bericht' if one else 'nieuwe berichten'}"
    lines = ["Goedemorgen,", "", f"Er {new} u nog niet hebt gelezen:", ""]
    for row in rows:
        lines += _notice(row, site)
    if count > len(rows):
        lines += [f"En nog {count - len(rows)} oudere.", ""]
    lines += [
        f"Alle berichten: {site}/berichten/",
        f"Wilt u dit overzicht niet meer? {site}/berichten/e-mail/",
        "",
        "In dit overzicht staat niets over personen. Meld u aan om te zien waarover een bericht gaat.",
    ]
    return Overview(subject, "\n".join(lines) + "\n")


def _notice(row: NoticeRow, site: str) -> list[str]:
    known = KINDS[NoticeKind(row.kind)]
    where = f" ({reference.municipality(row.municipality).name})" if row.municipality else ""
    lines = [f"- {_written(row.told_on)}: {known.sentence}{where}"]
    if known.asks:
        lines.append(f"  {known.asks}")
    if row.acknowledge_by:
        lines.append(f"  Bevestigen kan tot en met {_written(row.acknowledge_by)}.")
    if row.due_on:
        lines.append(f"  Uiterlijk {_written(row.due_on)}.")
    return [*lines, f"  {site}/berichten/openen/?bericht={row.pk}", ""]


def _written(day: date) -> str:
    return f"{day:%d-%m-%Y}"
