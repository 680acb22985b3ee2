"""Addresses of reception places: the country, the regional table, decisions, and the register of sites."""

from django.urls import path

from eenthuis.web.views import allocations, places, regional_table, sites

urlpatterns = [
    path("", places.country, name="places"),
    path("gemeenten.csv", places.country_csv, name="places-csv"),
    path("gemeenten.ods", places.country_ods, name="places-ods"),
    path("raming/", places.announce, name="announce-need"),
    path("scores/", places.load_scores, name="load-ses-scores"),
    path("berekenen/", places.compute, name="compute-shares"),
    path("gemeenten/<str:code>/", places.municipality, name="places-of"),
    path("tafel/", regional_table.table, name="regional-table"),
    path("tafel/tafel.csv", regional_table.table_csv, name="regional-table-csv"),
    path("tafel/aanbod/", regional_table.offer_add, name="place-offer-add"),
    path("tafel/aanbod/<str:identifier>/", regional_table.offer, name="place-offer"),
    path("tafel/ruil/", regional_table.swap, name="place-swap"),
    path("tafel/ruil/<int:number>/", regional_table.swap_decide, name="place-swap-decide"),
    path("tafel/voorstel/", regional_table.accept_filling, name="accept-filling"),
    path("tafel/verslag/", regional_table.report, name="report-table"),
    path("besluiten/", allocations.decisions, name="allocations"),
    path("besluiten/schrijven/", allocations.draft, name="draft-allocation"),
    path("besluiten/<int:number>/", allocations.decision, name="allocation"),
    path("besluiten/<int:number>/bekendmaken/", allocations.publish, name="publish-allocation"),
    path("besluiten/<int:number>/intrekken/", allocations.withdraw, name="withdraw-allocation"),
    path("besluiten/<int:number>/besluit.<str:form>", allocations.decision_file, name="allocation-file"),
    path("locaties/", sites.register, name="sites"),
    path("locaties/locaties.csv", sites.register_csv, name="sites-csv"),
    path("locaties/locaties.ods", sites.register_ods, name="sites-ods"),
    path("locaties/toevoegen/", sites.add, name="site-add"),
    path("locaties/<str:identifier>/", sites.site, name="site"),
    path("locaties/<str:identifier>/bevestigen/", sites.confirm, name="site-confirm"),
]
