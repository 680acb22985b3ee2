"""Addresses of the desks and of the work that stands open."""

from django.urls import path

from eenthuis.web.views import desks, open_work

urlpatterns = [
    path("bureau/", desks.desk, name="desk"),
    path("bureau/regios/<str:region>/", desks.region_desk, name="region-desk"),
    path("werk/", open_work.work, name="work"),
]
