"""Addresses of the desks and of the work that stands open."""

from django.urls import path

from eenthuis.web.views import bulk_work, desks, letters, open_work, saved_filters, searching

urlpatterns = [
    path("bureau/", desks.desk, name="desk"),
    path("bureau/regios/<str:region>/", desks.region_desk, name="region-desk"),
    path("werk/", open_work.work, name="work"),
    path("werk/samen/", bulk_work.bulk, name="bulk"),
    path("zoeken/", searching.search_everything, name="search"),
    path("filters/", saved_filters.save, name="save-filter"),
    path("filters/<int:number>/verwijderen/", saved_filters.drop, name="drop-filter"),
    path("huishoudens/<str:identifier>/brief/", letters.staff_letter, name="letter"),
    path("huishoudens/<str:identifier>/brief/<str:code>.pdf", letters.staff_letter_pdf, name="letter-pdf"),
    path("brief/lezen/brief.pdf", letters.letter_file, name="own-letter-pdf"),
    path("brief/", letters.open_letter, name="open-letter"),
    path("brief/lezen/", letters.read_letter, name="read-letter"),
    path("brief/sluiten/", letters.close_letter, name="close-letter"),
]
