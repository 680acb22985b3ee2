"""Addresses of the register of urgency schemes."""

from django.urls import path

from eenthuis.web.views import urgency

urlpatterns = [
    path("", urgency.register, name="urgency"),
    path("register.csv", urgency.register_csv, name="urgency-csv"),
    path("<str:code>/", urgency.municipality, name="urgency-of"),
]
