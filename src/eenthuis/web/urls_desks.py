"""Addresses of the desks and of the work that stands open."""

from django.urls import path

from eenthuis.web.views import bulk_work, desks, open_work, saved_filters, searching

urlpatterns = [
    path("bureau/", desks.desk, name="desk"),
    path("bureau/regios/<str:region>/", desks.region_desk, name="region-desk"),
    path("werk/", open_work.work, name="work"),
    path("werk/samen/", bulk_work.bulk, name="bulk"),
    path("zoeken/", searching.search_everything, name="search"),
    path("filters/", saved_filters.save, name="save-filter"),
    path("filters/<int:number>/verwijderen/", saved_filters.drop, name="drop-filter"),
]
