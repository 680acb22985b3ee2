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
}
DOCUMENTS = {
    "documents": "/documenten/",
    "documents-csv": "/documenten/centra.csv",
    "document-list": "/documenten/lijst/",
    "document-list-csv": "/documenten/lijst.csv",
    "document-signal": "/documenten/aanmelden/",
    "document": "/documenten/document/D-9999999/",
    "document-step": "/documenten/document/D-9999999/stap/",
    "document-changes": "/documenten/wijzigingen/",
    "document-sessions": "/documenten/uitgiftedagen/",
    "document-sessions-csv": "/documenten/uitgiftedagen.csv",
    "document-session-make": "/documenten/uitgiftedagen/maken/",
    "document-session": "/documenten/uitgiftedagen/OL-999/2026-03-09/",
    "document-session-cancel": "/documenten/uitgiftedagen/OL-999/2026-03-09/afzeggen/",
    "document-day-csv": "/documenten/uitgiftedagen/OL-999/2026-03-09/daglijst.csv",
}
WITH_A_DOCUMENT = (
    "document",
    "document-step",
    "document-session",
    "document-session-cancel",
    "document-day-csv",
)
"""Routes that take a document or a session; walked in tests/services/test_documents.py and in the browser."""
