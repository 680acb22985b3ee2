"""Addresses of supervision."""

from django.urls import path

from eenthuis.web.views import case_files, supervision, warnings

urlpatterns = [
    path("", supervision.supervision, name="supervision"),
    path("provincies/<str:code>/", supervision.readings, name="readings"),
    path("provincies/<str:code>/vastleggen/", supervision.keep, name="keep-readings"),
    path("provincies/<str:code>/beoordelingen.csv", supervision.readings_csv, name="readings-csv"),
    path("provincies/<str:code>/vastgelegd.csv", supervision.kept_csv, name="kept-readings-csv"),
    path("provincies/<str:code>/regietafel.pdf", supervision.table_pack, name="table-pack"),
    path("provincies/<str:code>/ladder/", supervision.ladder, name="ladder"),
    path("provincies/<str:code>/ladder.csv", supervision.ladder_csv, name="ladder-csv"),
    path("provincies/<str:code>/waarschuwing/", warnings.warnings, name="warnings"),
    path("provincies/<str:code>/waarschuwing.csv", warnings.warnings_csv, name="warnings-csv"),
    path(
        "provincies/<str:code>/waarschuwing/betrouwbaarheid.csv",
        warnings.reliability_csv,
        name="reliability-csv",
    ),
    path("provincies/<str:code>/waarschuwing/modellen.csv", warnings.scores_csv, name="warning-models-csv"),
    path("gemeenten/<str:code>/", case_files.case_file, name="case-file"),
    path("gemeenten/<str:code>/vastleggen/", case_files.record, name="record-contact"),
    path("gemeenten/<str:code>/tijdlijn.csv", case_files.case_file_csv, name="case-file-csv"),
]
