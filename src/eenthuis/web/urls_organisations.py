"""Addresses of deputies, and of handing work over."""

from django.urls import path

from eenthuis.web.views import standing_in

urlpatterns = [
    path("account/vervanging/", standing_in.deputy, name="deputy"),
    path("account/vervanging/beeindigen/", standing_in.end_deputy, name="end-deputy"),
    path("account/vervangen/", standing_in.stand_in, name="stand-in"),
    path("werk/overdragen/", standing_in.hand_work_over, name="hand-over"),
]
