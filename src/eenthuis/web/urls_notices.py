"""Addresses of notices and of the calendar that follows from them."""

from django.urls import path

from eenthuis.web.views import notices

urlpatterns = [
    path("berichten/", notices.notices, name="notices"),
    path("berichten/openen/", notices.open_notice, name="open-notice"),
    path("berichten/gelezen/", notices.read, name="read-notices"),
    path("berichten/bevestigen/", notices.acknowledge, name="acknowledge-notice"),
    path("berichten/samen-bevestigen/", notices.acknowledge_together, name="acknowledge-notices"),
    path("berichten/agenda/", notices.calendar, name="calendar"),
    path("agenda/<str:secret>/deadlines.ics", notices.calendar_file, name="calendar-file"),
]
