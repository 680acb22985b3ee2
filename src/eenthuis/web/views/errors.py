"""Pages for what goes wrong outside our own errors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, sentence: str, remedy: str) -> HttpResponse:
    context = {"code": str(status), "sentence": sentence, "message": "", "remedy": remedy}
    return render(request, "eenthuis/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    del exception
    return _page(request, 400, _("Deze aanvraag begrijpen we niet."), _("Ga terug en probeer het opnieuw."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, such as a form that was open too long."""
    del exception
    return forbidden_form(request)


def forbidden_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token: it was open too long, or came from elsewhere."""
    del reason
    return _page(request, 403, _("Dit mag niet."), _("Meld u aan of laad de pagina opnieuw."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    del exception
    return _page(
        request, 404, _("Deze pagina bestaat niet."), _("Controleer het adres of begin op de startpagina.")
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(
        request,
        500,
        _("Er ging iets mis aan onze kant."),
        _("Probeer het later opnieuw. Uw werk is niet half bewaard."),
    )
