"""Addresses of forecasts and of what is official beside them."""

from django.urls import path

from eenthuis.web.views import deviations, forecasts

urlpatterns = [
    path("", forecasts.forecasts, name="forecasts"),
    path("prognoses.csv", forecasts.forecasts_csv, name="forecasts-csv"),
    path("toets.csv", forecasts.scores_csv, name="forecast-scores-csv"),
    path("ramingen.csv", forecasts.estimates_csv, name="estimates-csv"),
    path("ramingen/invoeren/", forecasts.state, name="state-estimate"),
    path("afwijkingen/", deviations.deviations, name="deviations"),
    path("afwijkingen/afwijkingen.csv", deviations.deviations_csv, name="deviations-csv"),
    path("afwijkingen/geschiedenis.csv", deviations.past_csv, name="past-deviations-csv"),
    path("afwijkingen/<int:number>/", deviations.deviation, name="deviation"),
    path("afwijkingen/<int:number>/gemeenten.csv", deviations.deviation_csv, name="deviation-csv"),
    path("afwijkingen/<int:number>/voorleggen/", deviations.forward, name="put-deviation-forward"),
    path("afwijkingen/<int:number>/vertellen/", deviations.tell, name="tell-deviation"),
    path("afwijkingen/<int:number>/laten-vallen/", deviations.drop, name="drop-deviation"),
]
