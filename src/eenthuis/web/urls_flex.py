"""Addresses of projects of flex homes."""

from django.urls import path

from eenthuis.web.views import flex, liveability

urlpatterns = [
    path("", flex.projects, name="flex"),
    path("projecten.csv", flex.projects_csv, name="flex-csv"),
    path("toevoegen/", flex.add, name="flex-add"),
    path("<str:identifier>/", flex.project, name="flex-project"),
    path("<str:identifier>/intrekken/", flex.withdraw, name="flex-withdraw"),
    path("<str:identifier>/leefbaarheid/", liveability.record, name="flex-liveability"),
    path("<str:identifier>/leefbaarheid.csv", liveability.figures_csv, name="flex-liveability-csv"),
    path("<str:identifier>/leefbaarheid/<int:number>/", liveability.correct, name="flex-liveability-correct"),
    path(
        "<str:identifier>/leefbaarheid/<int:number>/intrekken/",
        liveability.withdraw,
        name="flex-liveability-withdraw",
    ),
]
