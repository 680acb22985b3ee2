"""Addresses of reception places: the country, the register of sites."""

from django.urls import path

from eenthuis.web.views import places, sites

urlpatterns = [
    path("", places.country, name="places"),
    path("gemeenten.csv", places.country_csv, name="places-csv"),
    path("gemeenten.ods", places.country_ods, name="places-ods"),
    path("raming/", places.announce, name="announce-need"),
    path("scores/", places.load_scores, name="load-ses-scores"),
    path("berekenen/", places.compute, name="compute-shares"),
    path("gemeenten/<str:code>/", places.municipality, name="places-of"),
    path("locaties/", sites.register, name="sites"),
    path("locaties/locaties.csv", sites.register_csv, name="sites-csv"),
    path("locaties/locaties.ods", sites.register_ods, name="sites-ods"),
    path("locaties/toevoegen/", sites.add, name="site-add"),
    path("locaties/<str:identifier>/", sites.site, name="site"),
    path("locaties/<str:identifier>/bevestigen/", sites.confirm, name="site-confirm"),
]
