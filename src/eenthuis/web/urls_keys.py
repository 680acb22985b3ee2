"""Addresses of the administrator's pages about API keys."""

from django.urls import path

from eenthuis.web.views import keys

urlpatterns = [
    path("beheer/sleutels/", keys.keys, name="keys"),
    path("beheer/sleutels/<str:prefix>/vernieuwen/", keys.rotate, name="rotate-key"),
    path("beheer/sleutels/<str:prefix>/intrekken/", keys.withdraw, name="withdraw-key"),
]
