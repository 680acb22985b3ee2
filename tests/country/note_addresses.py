"""Addresses of decision notes, for the walk of every role."""

from __future__ import annotations

NOTES = {
    "decision-notes": "/aanbevelingen/notas/",
    "begin-decision-note": "/aanbevelingen/notas/opstellen/",
    "decision-note": "/aanbevelingen/notas/1/",
    "decision-note-pdf": "/aanbevelingen/notas/1/nota.pdf",
    "decision-note-html": "/aanbevelingen/notas/1/nota.html",
    "decision-note-draft": "/aanbevelingen/notas/1/concept/",
    "edit-decision-note": "/aanbevelingen/notas/1/concept/schrijven/",
    "step-decision-note": "/aanbevelingen/notas/1/concept/stap/",
    "mark-decision-note": "/aanbevelingen/notas/1/concept/persoonsgegevens/",
    "publish-decision-note": "/aanbevelingen/notas/1/concept/openbaar/",
}
OF_ONE = {name for name, address in NOTES.items() if "/1/" in address}
"""Those of one note, which tests/journeys/test_decision_note.py walks."""
