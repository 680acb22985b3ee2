"""Addresses of the register of recommendations."""

from django.urls import include, path

from eenthuis.web.views import recommendations as views

urlpatterns = [
    path("", views.recommendations, name="recommendations"),
    path("aanbevelingen.csv", views.recommendations_csv, name="recommendations-csv"),
    path("stappen.csv", views.steps_csv, name="recommendation-steps-csv"),
    path("aanbevelingen.json", views.recommendations_json, name="recommendations-json"),
    path("notas/", include("eenthuis.web.urls_notes")),
    path("<int:number>/", views.recommendation, name="recommendation"),
    path("<int:number>/regel/", views.record, name="record-recommendation"),
    path("<int:number>/reactie/", views.comment, name="comment-on-recommendation"),
    path("<int:number>/lab/", views.ask_lab, name="recommendation-lab"),
]
