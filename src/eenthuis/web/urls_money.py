"""Addresses of files of money and of rounds of schemes."""

from django.urls import path

from eenthuis.web.views import money, money_asking, reception_bill, rounds

urlpatterns = [
    path("geld/", money.files, name="money"),
    path("geld/geld.csv", money.files_csv, name="money-csv"),
    path("geld/overzicht/", money.overview, name="money-overview"),
    path("geld/overzicht/regelingen.csv", money.overview_csv, name="money-overview-csv"),
    path("geld/rekening/", reception_bill.bill, name="reception-bill"),
    path("geld/rekening/rekening.csv", reception_bill.bill_csv, name="reception-bill-csv"),
    path("geld/vragen/", money_asking.choose, name="money-choose"),
    path("geld/vragen/kosten/", money_asking.costs, name="money-costs"),
    path("geld/vragen/plekken/", money_asking.grant, name="money-grant"),
    path("geld/vragen/regeling/<str:code>/", money_asking.apply, name="money-apply"),
    path("geld/dossiers/<str:identifier>/", money.file, name="money-file"),
    path("geld/dossiers/<str:identifier>/<str:word>/", money.step, name="money-step"),
    path("geld/bericht/<int:key>/", money.by_key, name="money-by-key"),
    path("geld/ronde/<int:key>/", rounds.by_key, name="round-by-key"),
    path("lotingen/", rounds.rounds, name="rounds"),
    path("lotingen/aankondigen/", rounds.announce, name="open-round"),
    path("lotingen/<str:name>/", rounds.read, name="round"),
    path("lotingen/<str:name>/lijst.csv", rounds.entries_csv, name="round-entries"),
    path("lotingen/<str:name>/loting.json", rounds.as_json, name="round-json"),
    path("lotingen/<str:name>/bekendmaken/", rounds.publish, name="publish-round"),
    path("lotingen/<str:name>/trekken/", rounds.draw, name="draw-round"),
]
