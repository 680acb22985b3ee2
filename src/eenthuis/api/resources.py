"""The resources of version 1, put together."""

from __future__ import annotations

from eenthuis.api import (
    allocations,
    announcements,
    changes,
    compositions,
    deviations,
    document_plans,
    documents,
    flex,
    forecasts,
    homes,
    households,
    interim,
    journal,
    lab,
    lab_figures,
    lab_registers,
    letters,
    links,
    liveability,
    money,
    money_steps,
    notices,
    place_offers,
    place_sites,
    place_swaps,
    place_tables,
    places,
    places_grants,
    problems,
    proposals,
    published,
    recommendation_entries,
    recommendations,
    rounds,
    scheme_applications,
    schemes,
    steps,
    supervision,
    swaps,
    transit,
    urgency,
)
from eenthuis.api.asking import StrictParser
from eenthuis.api.description import DescribedApi

CONTACT = {
    "name": "Eenthuis",
    "email": "beheer@eenthuis.example",
    "url": "https://eenthuis.example/over",
}
DESCRIPTION = """\
Taakstellingen, koppelingen en woningen voor het huisvesten van vergunninghouders.

Een sleutel gaat mee als `Authorization: Bearer …` of als `X-Api-Key`. Wie schrijft, stuurt een
`Idempotency-Key` mee; wie iets vervangt ook `If-Match`. Elke fout is een probleemdocument (RFC 9457)
waarin alle fouten staan.
"""

api = DescribedApi(
    title="Eenthuis",
    version=problems.VERSION,
    description=DESCRIPTION,
    openapi_url="/openapi.json",
    docs_url=None,
    urls_namespace="api-1",
    parser=StrictParser(),
    servers=[{"url": "/api/v1", "description": "this installation"}],
    openapi_extra={
        "info": {"contact": CONTACT, "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}},
    },
)
problems.register(api)
PARTS = (
    announcements,
    published,
    compositions,
    deviations,
    forecasts,
    swaps,
    supervision,
    letters,
    places,
    places_grants,
    place_sites,
    place_offers,
    place_swaps,
    place_tables,
    allocations,
    proposals,
    households,
    steps,
    changes,
    links,
    homes,
    money,
    money_steps,
    transit,
    urgency,
    schemes,
    scheme_applications,
    rounds,
    flex,
    liveability,
    documents,
    document_plans,
    interim,
    lab,
    lab_figures,
    lab_registers,
    recommendations,
    recommendation_entries,
    notices,
    journal,
)
for part in PARTS:
    api.add_router("", part.router)
