"""Addresses of residence documents, sessions at centres and appointments."""

from django.urls import path

from eenthuis.web.views import document_letters as letters
from eenthuis.web.views import document_plans as plans
from eenthuis.web.views import document_sessions as sessions
from eenthuis.web.views import document_travel as travel
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
    path("document/<str:number>/uitnodiging/", letters.invitation, name="document-invitation"),
    path(
        "document/<str:number>/uitnodiging.<str:code>.pdf",
        letters.invitation_pdf,
        name="document-invitation-pdf",
    ),
    path("document/<str:number>/afspraak.ics", letters.appointment_ics, name="document-ics"),
    path("wijzigingen/", sessions.changes, name="document-changes"),
    path("plannen/", plans.plans, name="document-plans"),
    path("plannen/<int:number>/", plans.plan, name="document-plan"),
    path("plannen/<int:number>/dagen.csv", plans.plan_csv, name="document-plan-csv"),
    path("plannen/<int:number>/wijzigingen.csv", plans.changes_csv, name="document-plan-changes-csv"),
    path("plannen/<int:number>/stoppen/", plans.stop, name="document-plan-stop"),
    path("plannen/<int:number>/bevestigen/", plans.confirm, name="document-plan-confirm"),
    path("reizen/", travel.travel, name="document-travel"),
    path("uitgiftedagen/", sessions.sessions, name="document-sessions"),
    path("uitgiftedagen.csv", sessions.sessions_csv, name="document-sessions-csv"),
    path("uitgiftedagen.ics", letters.sessions_ics, name="document-sessions-ics"),
    path("uitgiftedagen/maken/", sessions.make, name="document-session-make"),
    path(SESSION, sessions.session, name="document-session"),
    path(f"{SESSION}afzeggen/", sessions.cancel, name="document-session-cancel"),
    path(f"{SESSION}daglijst.csv", sessions.day_csv, name="document-day-csv"),
    path(f"{SESSION}daglijst.pdf", letters.day_pdf, name="document-day-pdf"),
]
