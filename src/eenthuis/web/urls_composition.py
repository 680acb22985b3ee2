"""Addresses of family composition."""

from django.urls import path

from eenthuis.web.views import composition

urlpatterns = [
    path("", composition.composition, name="composition"),
    path("cijfers.csv", composition.composition_csv, name="composition-csv"),
    path("<str:month>/<str:name>", composition.report, name="composition-report"),
]
