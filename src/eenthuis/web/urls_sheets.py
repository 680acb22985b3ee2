"""Addresses of spreadsheets handed in, and of lists that go out as files."""

from django.urls import path

from eenthuis.web.views import lists, sheets

urlpatterns = [
    path("bestanden/", sheets.sheets, name="sheets"),
    path("bestanden/sjablonen/<str:kind>/", sheets.template, name="sheet-template"),
    path("bestanden/inleveren/<str:kind>/", sheets.hand_in, name="sheet-hand-in"),
    path("bestanden/<int:number>/", sheets.sheet, name="sheet"),
    path("bestanden/<int:number>/inlezen/", sheets.agree, name="sheet-agree"),
    path("bestanden/<int:number>/intrekken/", sheets.withdraw, name="sheet-withdraw"),
    path("bestanden/<int:number>/nagekeken.xlsx", sheets.marked, name="sheet-marked"),
    path("bestanden/<int:number>/lijst/", sheets.made_list, name="sheet-file"),
    path("lijsten/huishoudens/", lists.households, name="households-file"),
    path("lijsten/woningen/", lists.homes, name="homes-file"),
    path("lijsten/afmeldingen/", lists.sign_offs, name="sign-offs-file"),
    path("lijsten/voortgang/", lists.progress, name="progress-file"),
    path("lijsten/voorstel/", lists.workspace, name="workspace-file"),
    path("lijsten/werk/", lists.work, name="work-file"),
    path("lijsten/journaal/", lists.journal, name="journal-file"),
]
