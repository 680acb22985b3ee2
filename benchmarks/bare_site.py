"""The other side of the benchmark of load: one bare Django view over the same database, with no middleware at all."""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

os.environ.setdefault("EENTHUIS_TESTING", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eenthuis.site.settings")
django.setup()
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "bare_site"

from bench_pages import BARE  # noqa: E402 - models need Django set up
from eenthuis.store.models import TargetRow  # noqa: E402 - likewise

TABLE = Template(BARE)


def bare(request: HttpRequest) -> HttpResponse:
    """Read the 342 targets of a half-year with the ORM into a plain table."""
    del request
    rows = TargetRow.objects.filter(half_year="2026-I", replaced_by__isnull=True).order_by("municipality")
    return HttpResponse(TABLE.render(Context({"rows": rows})))


urlpatterns = [path("", bare)]
application = get_wsgi_application()
