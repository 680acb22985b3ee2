"""Addresses of one's own account, and of the second step of signing in."""

from django.urls import path

from eenthuis.web.views import own_account

urlpatterns = [
    path("aanmelden/code/", own_account.sign_in_code, name="sign-in-code"),
    path("account/", own_account.account, name="account"),
    path("account/tweede-stap/", own_account.second_factor, name="second-factor"),
    path("account/wachtwoord/", own_account.password, name="password"),
    path("account/sessies/", own_account.end_session, name="end-session"),
]
