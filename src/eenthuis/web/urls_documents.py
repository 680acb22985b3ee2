"""Addresses of residence documents, sessions at centres and appointments."""

from django.urls import path

from eenthuis.web.views import document_sessions as sessions
from eenthuis.web.views import documents

SESSION = "uitgiftedagen/<str:centre>/<str:day>/"

urlpatterns = [
    path("", documents.overview, name="documents"),
    path("centra.csv", documents.overview_csv, name="documents-csv"),
    path("lijst/", documents.listed, name="document-list"),
    path("lijst.csv", documents.listed_csv, name="document-list-csv"),
    path("aanmelden/", documents.signal, name="document-signal"),
    path("document/<str:number>/", documents.document, name="document"),
    path("document/<str:number>/stap/", documents.step, name="document-step"),
    path("wijzigingen/", sessions.changes, name="document-changes"),
    path("uitgiftedagen/", sessions.sessions, name="document-sessions"),
    path("uitgiftedagen.csv", sessions.sessions_csv, name="document-sessions-csv"),
    path("uitgiftedagen/maken/", sessions.make, name="document-session-make"),
    path(SESSION, sessions.session, name="document-session"),
    path(f"{SESSION}afzeggen/", sessions.cancel, name="document-session-cancel"),
    path(f"{SESSION}daglijst.csv", sessions.day_csv, name="document-day-csv"),
]
