"""Every page of the demonstration country beside a bare Django view, in the same process on the same machine.

The bare view reads the 342 targets of the running half-year with Django's ORM and writes them into a plain table,
behind the same middleware. Queries are counted in the same run; a page that asks fifty or more is an error here.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

from ratio import Ratio

ROUNDS = 9
MOST_QUERIES = 50
LIMIT = 5.0
PAGES = {
    "start": ("/", ""),
    "half-year": ("/halfjaren/2026-I/", ""),
    "municipality": ("/gemeenten/GM0344/", ""),
    "municipality, signed in": ("/gemeenten/GM0344/", "gemeente-utrecht"),
    "municipalities": ("/gemeenten/", ""),
    "provinces": ("/provincies/", ""),
    "province": ("/provincies/PV26/", ""),
    "linking": ("/koppelen/", "coa"),
    "proposal": ("/koppelen/voorstellen/1/", "coa"),
    "ask for a proposal": ("/koppelen/voorstel/", "coa"),
    "weeks": ("/koppelen/weken/", "coa"),
    "household": ("/huishoudens/PE-000001/", "coa"),
    "journal": ("/journaal/", "auditor"),
    "sign in": ("/aanmelden/", ""),
    "authority": ("/bevoegdheden/", ""),
}
BARE = """<!doctype html><html lang="nl"><title>Bare</title><table>{% for row in rows %}<tr>
<td>{{ row.municipality }}</td><td>{{ row.inhabitants }}</td><td>{{ row.people }}</td><td>{{ row.reference_date }}</td>
</tr>{% endfor %}</table>"""


def seconds(work: Callable[[], object]) -> float:
    """Return the median time of one round of ``work``, in seconds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def measure() -> list[Ratio]:
    """Build the demonstration where it is not there, and measure every page."""
    from eenthuis.cli.demo import build_country

    os.environ.setdefault("EENTHUIS_TESTING", "1")
    build_country(seed=None, rebuild=False)

    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.template import Context, Template
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import path

    from eenthuis.site import urls
    from eenthuis.store.models import TargetRow

    template = Template(BARE)

    def bare(request: HttpRequest) -> HttpResponse:
        del request
        rows = TargetRow.objects.filter(half_year="2026-I", replaced_by__isnull=True).order_by("municipality")
        return HttpResponse(template.render(Context({"rows": rows})))

    urls.urlpatterns += [path("bare/", bare)]
    found = []
    for name, (address, account) in PAGES.items():
        client = Client()
        if account:
            client.force_login(
                get_user_model().objects.get(username=account), "django.contrib.auth.backends.ModelBackend"
            )
        with CaptureQueriesContext(connection) as asked:
            status = client.get(address).status_code
            queries = len(asked)
        if status != 200 or queries >= MOST_QUERIES:  # noqa: PLR2004 - a page that answers
            raise SystemExit(f"{address} answered {status} after {queries} queries")
        ours, theirs = seconds(lambda: client.get(address)), seconds(lambda: client.get("/bare/"))  # noqa: B023 - at once
        found.append(
            Ratio(
                name=f"page: {name}",
                ours=ours * 1000,
                theirs=theirs * 1000,
                against="a bare Django view of 342 rows",
                unit="ms",
                limit=LIMIT,
                note=f"{queries} queries",
            )
        )
    return found
