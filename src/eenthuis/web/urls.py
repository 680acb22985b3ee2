"""Addresses of the pages; each has a row in the route table that tests compare with the authority matrix."""

from django.urls import path

from eenthuis.web.views import account, information, linking, ministry, published

urlpatterns = [
    path("", published.start, name="start"),
    path("halfjaren/", published.half_years, name="half-years"),
    path("halfjaren/<str:half_year>/", published.half_year, name="half-year"),
    path("halfjaren/<str:half_year>/gemeenten.csv", published.half_year_csv, name="half-year-csv"),
    path("halfjaren/<str:half_year>/verloop.csv", published.months_csv, name="months-csv"),
    path("gemeenten/", published.find_municipality, name="municipalities"),
    path("gemeenten/<str:code>/", published.municipality, name="municipality"),
    path("gemeenten/<str:code>/verloop.csv", published.municipality_csv, name="municipality-csv"),
    path(
        "gemeenten/<str:code>/halfjaren.csv",
        published.municipality_history_csv,
        name="municipality-history-csv",
    ),
    path("gemeenten/<str:code>/ruilen/", ministry.swap, name="swap"),
    path("provincies/", published.provinces, name="provinces"),
    path("provincies/<str:code>/", published.province, name="province"),
    path("provincies/<str:code>/verloop.csv", published.province_csv, name="province-csv"),
    path("provincies/<str:code>/halfjaren.csv", published.province_history_csv, name="province-history-csv"),
    path("ontvangstbewijzen/<str:number>/", published.receipt, name="receipt"),
    path("ontvangstbewijzen/<str:number>/bewijs.json", published.receipt_json, name="receipt-json"),
    path("koppelen/", linking.workspace, name="workspace"),
    path("koppelen/voorstel/", linking.make_proposal, name="propose"),
    path("koppelen/bevestigen/", linking.confirm, name="confirm"),
    path("koppelen/lijst.csv", linking.workspace_csv, name="workspace-csv"),
    path("huishoudens/<str:identifier>/", linking.household, name="household"),
    path("huishoudens/<str:identifier>/ongedaan-maken/", linking.undo, name="undo"),
    path("huishoudens/<str:identifier>/afmelden/", linking.sign_off, name="sign-off"),
    path("aankondigen/", ministry.announce, name="announce"),
    path("journaal/", linking.journal, name="journal"),
    path("aanmelden/", account.sign_in, name="sign-in"),
    path("aanmelden/demonstratie/", account.sign_in_demonstration, name="sign-in-demonstration"),
    path("afmelden/", account.sign_out, name="sign-out"),
    path("taal/", account.language, name="language"),
    path("over/", information.about, name="about"),
    path("toegankelijkheid/", information.accessibility, name="accessibility"),
    path("bevoegdheden/", information.authority, name="authority"),
]
