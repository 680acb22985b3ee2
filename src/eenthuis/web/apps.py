"""The Django application of the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages of Eenthuis."""

    name = "eenthuis.web"
    label = "web"
