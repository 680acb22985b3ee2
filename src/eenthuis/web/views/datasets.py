"""Open data: the catalogue, a page per data set with the meaning of every column, and the files."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eenthuis.connect.catalogue import FORMS, Listed, Publisher
from eenthuis.connect.catalogue import catalogue as written_catalogue
from eenthuis.connect.dataset_files import LICENCE, TYPES, written
from eenthuis.reference.datasets import datasets as every_dataset
from eenthuis.services.datasets import NEWEST, Asked, dataset_of, editions, table
from eenthuis.terms.access import ANYONE
from eenthuis.terms.datasets import Worded
from eenthuis.web import requests

SHOWN = 12
"""Rows of the newest edition that a page shows."""
LABELS = (("csv", "CSV"), ("parquet", "Parquet"), ("json", "JSON"))
TITLE = Worded("Open data van Eenthuis", "Open data of Eenthuis")
DESCRIPTION = Worded(
    "Taakstellingen, voortgang, gezinssamenstelling, opvang, prognoses en scenario’s van de huisvesting van"
    " statushouders.",
    "Targets, progress, family composition, reception, forecasts and scenarios of the housing of status holders.",
)
INVENTED = Worded(
    " Dit is een demonstratie: mensen, woningen en alles wat daarvan geteld is, zijn verzonnen.",
    " This is a demonstration: people, homes and all that is counted of them are invented.",
)


def _asked(request: HttpRequest) -> Asked:
    """Return what is asked, as anyone would ask it: whoever signed in gets the same files."""
    return Asked(ANYONE, requests.today(request), _site(request))


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """List the data sets."""
    asked = _asked(request)
    listed = [(one, editions(asked=asked, dataset=one)[:1]) for one in every_dataset().values()]
    context = {"listed": listed, "licence": LICENCE, "forms": FORMS, "endings": LABELS}
    return render(request, "eenthuis/datasets.html", context)


@require_safe
def dataset(request: HttpRequest, code: str) -> HttpResponse:
    """Show a data set: what every column means, its editions, how to compute it again, and its first rows."""
    asked, found = _asked(request), dataset_of(code)
    listed = editions(asked=asked, dataset=found)
    newest = table(asked=asked, dataset=found, edition=listed[0].name) if listed else None
    context = {
        "dataset": found,
        "editions": listed,
        "newest": newest,
        "rows": newest.rows[:SHOWN] if newest else (),
        "licence": LICENCE,
        "endings": tuple(TYPES),
    }
    return render(request, "eenthuis/dataset.html", context)


@require_safe
def file(request: HttpRequest, code: str, edition: str, form: str) -> HttpResponse:
    """Give an edition of a data set as a file; ``nieuwste`` leads to the newest one."""
    made = table(asked=_asked(request), dataset=dataset_of(code), edition=edition)
    if edition == NEWEST:
        return redirect("open-data-file", code=code, edition=made.edition.name, form=form)
    response = HttpResponse(written(made, form), content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{code}-{edition}.{form}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def catalogue(request: HttpRequest, form: str) -> HttpResponse:
    """Give the catalogue in DCAT-AP-NL 3, for portals that harvest."""
    asked = _asked(request)
    publisher = Publisher(
        name=settings.PUBLISHER_NAME or _("Eenthuis"),
        uri=settings.PUBLISHER_URI or f"{asked.site}/over/",
        address=settings.PUBLISHER_CONTACT or f"{asked.site}/over/",
    )
    more = INVENTED if settings.DEMONSTRATION else Worded("", "")
    made = written_catalogue(
        site=asked.site,
        publisher=publisher,
        title=TITLE,
        description=Worded(DESCRIPTION.nl + more.nl, DESCRIPTION.en + more.en),
        listed=[Listed(one, editions(asked=asked, dataset=one)) for one in every_dataset().values()],
        form=form,
    )
    response = HttpResponse(made, content_type=FORMS[form][1])
    response["Access-Control-Allow-Origin"] = "*"
    return response
