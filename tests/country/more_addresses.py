"""Addresses of residence documents, schemes and flex homes, for the walk of every role past every route."""

SCHEMES = {
    "schemes": "/regelingen/",
    "schemes-csv": "/regelingen/regelingen.csv",
    "scheme": "/regelingen/sft-2023/",
    "flex": "/flexwoningen/",
    "flex-csv": "/flexwoningen/projecten.csv",
    "flex-add": "/flexwoningen/toevoegen/",
    "flex-project": "/flexwoningen/F-9999999/",
    "flex-withdraw": "/flexwoningen/F-9999999/intrekken/",
    "flex-liveability": "/flexwoningen/F-9999999/leefbaarheid/",
    "flex-liveability-csv": "/flexwoningen/F-9999999/leefbaarheid.csv",
    "flex-liveability-correct": "/flexwoningen/F-9999999/leefbaarheid/9999999/",
}
DOCUMENTS = {
    "documents": "/documenten/",
    "documents-csv": "/documenten/centra.csv",
    "document-list": "/documenten/lijst/",
    "document-list-csv": "/documenten/lijst.csv",
    "document-signal": "/documenten/aanmelden/",
    "document": "/documenten/document/D-9999999/",
    "document-step": "/documenten/document/D-9999999/stap/",
    "document-invitation": "/documenten/document/D-9999999/uitnodiging/",
    "document-invitation-pdf": "/documenten/document/D-9999999/uitnodiging.nl.pdf",
    "document-ics": "/documenten/document/D-9999999/afspraak.ics",
    "document-sessions-ics": "/documenten/uitgiftedagen.ics",
    "document-day-pdf": "/documenten/uitgiftedagen/OL-999/2026-03-09/daglijst.pdf",
    "document-changes": "/documenten/wijzigingen/",
    "document-plans": "/documenten/plannen/",
    "document-plan": "/documenten/plannen/999999/",
    "document-plan-csv": "/documenten/plannen/999999/dagen.csv",
    "document-plan-stop": "/documenten/plannen/999999/stoppen/",
    "document-plan-confirm": "/documenten/plannen/999999/bevestigen/",
    "document-sessions": "/documenten/uitgiftedagen/",
    "document-sessions-csv": "/documenten/uitgiftedagen.csv",
    "document-session-make": "/documenten/uitgiftedagen/maken/",
    "document-session": "/documenten/uitgiftedagen/OL-999/2026-03-09/",
    "document-session-cancel": "/documenten/uitgiftedagen/OL-999/2026-03-09/afzeggen/",
    "document-day-csv": "/documenten/uitgiftedagen/OL-999/2026-03-09/daglijst.csv",
}
WITH_A_DOCUMENT = (
    "document-plan",
    "document-plan-csv",
    "document-plan-stop",
    "document-plan-confirm",
    "document",
    "document-step",
    "document-session",
    "document-session-cancel",
    "document-day-csv",
    "document-day-pdf",
    "document-invitation",
    "document-invitation-pdf",
    "document-ics",
)
"""Routes that take a document or a session; walked in tests/services/test_documents.py and in the browser."""

PLACES = {
    "places": "/opvangplaatsen/",
    "places-csv": "/opvangplaatsen/gemeenten.csv",
    "places-ods": "/opvangplaatsen/gemeenten.ods",
    "announce-need": "/opvangplaatsen/raming/",
    "load-ses-scores": "/opvangplaatsen/scores/",
    "compute-shares": "/opvangplaatsen/berekenen/",
    "places-of": "/opvangplaatsen/gemeenten/GM0344/",
    "sites": "/opvangplaatsen/locaties/",
    "sites-csv": "/opvangplaatsen/locaties/locaties.csv",
    "sites-ods": "/opvangplaatsen/locaties/locaties.ods",
    "site-add": "/opvangplaatsen/locaties/toevoegen/",
    "site": "/opvangplaatsen/locaties/S-0000001/",
    "site-confirm": "/opvangplaatsen/locaties/S-0000001/bevestigen/",
    "regional-table": "/opvangplaatsen/tafel/",
    "regional-table-csv": "/opvangplaatsen/tafel/tafel.csv",
    "place-offer-add": "/opvangplaatsen/tafel/aanbod/",
    "place-offer": "/opvangplaatsen/tafel/aanbod/O-0000001/",
    "place-swap": "/opvangplaatsen/tafel/ruil/",
    "place-swap-decide": "/opvangplaatsen/tafel/ruil/1/",
    "accept-filling": "/opvangplaatsen/tafel/voorstel/",
    "report-table": "/opvangplaatsen/tafel/verslag/",
    "allocations": "/opvangplaatsen/besluiten/",
    "draft-allocation": "/opvangplaatsen/besluiten/schrijven/",
    "allocation": "/opvangplaatsen/besluiten/1/",
    "publish-allocation": "/opvangplaatsen/besluiten/1/bekendmaken/",
    "withdraw-allocation": "/opvangplaatsen/besluiten/1/intrekken/",
    "allocation-file": "/opvangplaatsen/besluiten/1/besluit.pdf",
}
"""Addresses of reception places."""

OWN_TABLE = {
    "regional-table",
    "regional-table-csv",
    "place-offer-add",
    "place-swap",
    "accept-filling",
    "report-table",
    "site-add",
}
"""Pages of the table of the province that the account itself belongs to."""

OF_A_DECISION = {
    "place-swap-decide",
    "draft-allocation",
    "allocation",
    "allocation-file",
    "publish-allocation",
    "withdraw-allocation",
}
"""Routes that take a swap or a decision, walked in tests/services/test_place_table.py."""
