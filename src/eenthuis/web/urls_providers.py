"""Addresses of signing in at a provider, and of taking up an invitation."""

from django.urls import path

from eenthuis.web.views import invitations, provider_sign_in

urlpatterns = [
    path("uitnodiging/<str:secret>/", invitations.invitation, name="invitation"),
    path("aanmelden/bij/<str:provider>/", provider_sign_in.begin, name="provider-begin"),
    path("aanmelden/bij/<str:provider>/terug/", provider_sign_in.come_back, name="provider-come-back"),
]
