"""Addresses of decision notes: what everyone reads, and where they are written."""

from django.urls import path

from eenthuis.web.views import decision_notes as views

urlpatterns = [
    path("", views.notes, name="decision-notes"),
    path("opstellen/", views.begin, name="begin-decision-note"),
    path("<int:number>/", views.published, name="decision-note"),
    path("<int:number>/nota.pdf", views.published_pdf, name="decision-note-pdf"),
    path("<int:number>/nota.html", views.published_html, name="decision-note-html"),
    path("<int:number>/concept/", views.draft, name="decision-note-draft"),
    path("<int:number>/concept/schrijven/", views.edit, name="edit-decision-note"),
    path("<int:number>/concept/stap/", views.step, name="step-decision-note"),
    path("<int:number>/concept/persoonsgegevens/", views.marks, name="mark-decision-note"),
    path("<int:number>/concept/openbaar/", views.publish, name="publish-decision-note"),
]
