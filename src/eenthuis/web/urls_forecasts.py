"""Addresses of forecasts and of what is official beside them."""

from django.urls import path

from eenthuis.web.views import forecasts

urlpatterns = [
    path("", forecasts.forecasts, name="forecasts"),
    path("prognoses.csv", forecasts.forecasts_csv, name="forecasts-csv"),
    path("toets.csv", forecasts.scores_csv, name="forecast-scores-csv"),
    path("ramingen.csv", forecasts.estimates_csv, name="estimates-csv"),
    path("ramingen/invoeren/", forecasts.state, name="state-estimate"),
]
