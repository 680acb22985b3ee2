"""Addresses of pages and API."""

from django.urls import URLPattern, URLResolver, include, path

from eenthuis.api.resources import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("", include("eenthuis.web.urls")),
]
handler400 = "eenthuis.web.views.errors.bad_request"
handler403 = "eenthuis.web.views.errors.forbidden"
handler404 = "eenthuis.web.views.errors.not_found"
handler500 = "eenthuis.web.views.errors.broken"
