"""Notices as events of CloudEvents 1.0, in the Dutch government's profile: a reference, and nothing of a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

CONTENT_TYPE = "application/cloudevents+json"
TYPE_PREFIX = "nl.eenthuis.bericht"
SCHEMA_PATH = "/static/eenthuis/schemas/bericht-1.json"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the identification number of the organisation (OIN, twenty digits), the system and its address."""

    oin: str
    system: str
    site: str

    @property
    def source(self) -> str:
        """The source of its events, in the form the profile asks."""
        return f"urn:nld:oin:{self.oin}:systeem:{self.system}"


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """What is told to another system; ``event`` is the same however often it is sent."""

    event: str
    kind: str
    reference: str
    role: str
    place: str
    figures: Mapping[str, int]
    told_at: datetime
    due_on: date | None
    acknowledge_by: date | None
    number: int


def event_body(told: ToldEvent, sender: Sender) -> bytes:
    """Return an event as JSON, the same bytes every time.

    References
    ----------
    CloudEvents 1.0.2; NL GOV profile for CloudEvents: ``source`` as urn:nld:oin, ``type`` in reverse DNS, ``time``,
    ``dataschema``, no personal data in ``subject`` or ``data``.
    """
    document = {
        "specversion": "1.0",
        "id": told.event,
        "source": sender.source,
        "type": f"{TYPE_PREFIX}.{told.kind}",
        "subject": told.reference,
        "time": told.told_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "dataschema": f"{sender.site}{SCHEMA_PATH}",
        "data": {
            "kenmerk": told.reference,
            "rol": told.role,
            "plaats": told.place,
            "aantallen": dict(told.figures),
            "uiterlijk": told.due_on.isoformat() if told.due_on else None,
            "bevestigenTotEnMet": told.acknowledge_by.isoformat() if told.acknowledge_by else None,
            "adres": f"{sender.site}/berichten/openen/?bericht={told.number}",
        },
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
