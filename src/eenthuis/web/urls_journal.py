"""Addresses of the journal."""

from django.urls import path

from eenthuis.web.views import journal

urlpatterns = [
    path("journaal/", journal.journal, name="journal"),
    path("journaal/journaal.csv", journal.journal_csv, name="journal-csv"),
]
