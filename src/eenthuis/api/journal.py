"""The journal ("journaalregels"): who did what, when and why, for those who account for decisions."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from eenthuis.api.answering import GUARDED
from eenthuis.api.asking import A_PAGE, FIRST_PAGE, SEARCH, Number, PageSize, asked_by, page_links
from eenthuis.api.schemas import Moment, Schema
from eenthuis.services.journal import read_journal
from eenthuis.services.read_models import JournalLine
from eenthuis.terms.journal import JournalFilter

router = Router()
SearchKey = Annotated[str | None, Query(alias="zoek", min_length=1, max_length=80, pattern=SEARCH)]


class JournalResource(Schema):
    """One line of the journal."""

    number: int = Field(serialization_alias="nummer")
    at: Moment = Field(serialization_alias="vastgelegdTijdstip")
    actor: str = Field(serialization_alias="wie")
    role: str = Field(serialization_alias="rol")
    action: str = Field(serialization_alias="handeling")
    subject: str = Field(serialization_alias="onderwerp")
    municipality: str | None = Field(serialization_alias="gemeenteCode")
    why: str = Field(serialization_alias="reden")

    @classmethod
    def of(cls, line: JournalLine) -> JournalResource:
        """Return a line."""
        return cls(
            number=line.number,
            at=line.at,
            actor=line.actor,
            role=line.role,
            action=line.action,
            subject=line.subject,
            municipality=line.municipality or None,
            why=line.why,
        )


@router.get(
    "/journaalregels",
    by_alias=True,
    response={200: list[JournalResource], **GUARDED},
    operation_id="journaalregels",
)
def journal_lines(
    request: HttpRequest,
    response: HttpResponse,
    search: SearchKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[JournalResource]:
    """Geef het journaal, de nieuwste regel eerst; `zoek` zoekt in onderwerp, gemeente en reden."""
    lines, count = read_journal(
        actor=asked_by(request), wanted=JournalFilter(subject=search or ""), page=page, most=page_size
    )
    page_links(request, response, count=count, page=page, size=page_size)
    return [JournalResource.of(line) for line in lines]
