"""Addresses of the policy lab."""

from django.urls import path, re_path

from eenthuis.web.views import lab, lab_places

ADDRESS = "(?P<address>[0-9a-f]{16})"

urlpatterns = [
    path("", lab.start, name="lab"),
    path("vragen/", lab.ask, name="lab-ask"),
    path("hefbomen/", lab.registers, name="lab-registers"),
    re_path(
        "^hefbomen/(?P<which>hefbomen|parameters|maten)[.]csv$", lab.registers_csv, name="lab-registers-csv"
    ),
    re_path(f"^{ADDRESS}/$", lab.run, name="lab-run"),
    re_path(f"^{ADDRESS}/provincies/$", lab_places.provinces, name="lab-provinces"),
    re_path(f"^{ADDRESS}/kaart/$", lab_places.place_map, name="lab-map"),
    re_path(f"^{ADDRESS}/stoppen/$", lab.stop, name="stop-lab"),
    re_path(f"^{ADDRESS}/rapport[.]pdf$", lab.report, name="lab-report"),
    re_path(f"^{ADDRESS}/scenario-(?P<which>[01])[.]toml$", lab.scenario_file, name="lab-scenario"),
    re_path(f"^{ADDRESS}/(?P<name>[^/]+[.](?:csv|json|svg))$", lab.file, name="lab-file"),
]
