"""Addresses of what leaves the service: subscribers, deliveries, and one's own overview by mail."""

from django.urls import path

from eenthuis.web.views import deliveries

urlpatterns = [
    path("beheer/afleveringen/", deliveries.deliveries, name="deliveries"),
    path("beheer/afleveringen/opnieuw/", deliveries.send_again, name="send-again"),
    path("beheer/abonnees/", deliveries.subscribe, name="subscribe"),
    path("beheer/abonnees/<int:number>/", deliveries.change, name="change-subscriber"),
    path("berichten/e-mail/", deliveries.mail, name="notice-mail"),
]
