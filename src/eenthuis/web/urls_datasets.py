"""Addresses of the open data."""

from django.urls import path, re_path

from eenthuis.web.views import datasets

CODE = "(?P<code>[a-z-]+)"

urlpatterns = [
    path("", datasets.start, name="open-data"),
    re_path("^catalogus[.](?P<form>ttl|jsonld|rdf)$", datasets.catalogue, name="open-data-catalogue"),
    re_path(f"^{CODE}/$", datasets.dataset, name="open-data-set"),
    re_path(
        f"^{CODE}/(?P<edition>[0-9a-zA-Z-]+)[.](?P<form>csv|json|parquet)$",
        datasets.file,
        name="open-data-file",
    ),
]
