"""Pages about this service itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eenthuis.access import actions
from eenthuis.terms.access import Role


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what this is and where the figures come from."""
    return render(request, "eenthuis/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the pages are and where to report what is not."""
    return render(request, "eenthuis/accessibility.html")


@require_safe
def authority(request: HttpRequest) -> HttpResponse:
    """Show who may do what."""
    rows = [
        (action, [action.reach[role] for role in Role])
        for action in sorted(actions().values(), key=lambda a: a.name)
    ]
    return render(request, "eenthuis/authority.html", {"rows": rows, "roles": list(Role)})
