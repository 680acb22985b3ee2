"""Addresses of the public register of schemes."""

from django.urls import path

from eenthuis.web.views import schemes

urlpatterns = [
    path("", schemes.register, name="schemes"),
    path("regelingen.csv", schemes.register_csv, name="schemes-csv"),
    path("<str:code>/", schemes.scheme, name="scheme"),
]
