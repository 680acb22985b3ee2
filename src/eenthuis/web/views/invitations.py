"""Taking up an invitation: sign in at one's own organisation, or choose a password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model, password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from eenthuis.services.inviting import read_invitation, take_invitation
from eenthuis.services.provider_sign_in import every_provider
from eenthuis.services.sign_ins import needs_code
from eenthuis.web.requests import DESK
from eenthuis.web.views.own_account import ask_for_code, let_in


@sensitive_post_parameters()
@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show who is invited, and let them in once a password is chosen."""
    invited = read_invitation(secret=secret)
    problems: dict[str, str] = {}
    if request.method == "POST":
        new = request.POST.get("nieuw", "")
        try:
            password_validation.validate_password(
                new, get_user_model()(username=invited.name, email=invited.email)
            )
        except ValidationError as wrong:
            problems["nieuw"] = " ".join(wrong.messages)
        if new != request.POST.get("nogmaals", ""):
            problems["nogmaals"] = _("De twee nieuwe wachtwoorden zijn niet gelijk.")
        if not problems:
            user_id = take_invitation(secret=secret, password=new)
            if needs_code(user_id):
                return ask_for_code(request, user_id, DESK)
            let_in(request, user_id, with_second_factor=False)
            return redirect("second-factor" if settings.SECOND_FACTOR_REQUIRED else "desk")
    context = {"invited": invited, "secret": secret, "providers": every_provider(), "problems": problems}
    response = render(request, "eenthuis/invitation.html", context, status=400 if problems else 200)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
