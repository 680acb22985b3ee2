"""Addresses of projects of flex homes."""

from django.urls import path

from eenthuis.web.views import flex

urlpatterns = [
    path("", flex.projects, name="flex"),
    path("projecten.csv", flex.projects_csv, name="flex-csv"),
    path("toevoegen/", flex.add, name="flex-add"),
    path("<str:identifier>/", flex.project, name="flex-project"),
    path("<str:identifier>/intrekken/", flex.withdraw, name="flex-withdraw"),
]
