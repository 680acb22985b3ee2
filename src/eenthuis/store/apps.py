"""The Django application of the tables."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Tables of Eenthuis."""

    name = "eenthuis.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
