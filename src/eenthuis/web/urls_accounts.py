"""Addresses of the administrator's pages about accounts."""

from django.urls import path

from eenthuis.web.views import accounts

urlpatterns = [
    path("beheer/accounts/", accounts.accounts, name="accounts"),
    path("beheer/accounts/uitnodigen/", accounts.invite, name="invite-account"),
    path("beheer/accounts/gevraagd/<int:number>/", accounts.decide_grant, name="decide-grant"),
    path("beheer/accounts/van/<str:name>/", accounts.account_page, name="account-page"),
    path("beheer/accounts/van/<str:name>/doen/", accounts.do_account, name="do-account"),
]
