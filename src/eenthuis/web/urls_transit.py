"""Addresses of transit locations."""

from django.urls import path

from eenthuis.web.views import transit, transit_participants

urlpatterns = [
    path("", transit.sites, name="transit"),
    path("toevoegen/", transit.add, name="transit-add"),
    path("<str:identifier>/", transit.site, name="transit-site"),
    path("<str:identifier>/wijzigen/", transit.change, name="transit-change"),
    path("<str:identifier>/deelnemers/", transit_participants.participants, name="transit-participants"),
    path("<str:identifier>/verblijf/", transit.stay, name="transit-stay"),
    path("<str:identifier>/verblijven/", transit.stays, name="transit-stays"),
    path("<str:identifier>/aanvragen/", transit.claim, name="transit-claim"),
    path("<str:identifier>/dagen.csv", transit.days_csv, name="transit-days-csv"),
    path("<str:identifier>/rekening.csv", transit.bill_csv, name="transit-bill-csv"),
]
