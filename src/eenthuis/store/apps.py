"""The Django application of the tables."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoreConfig(AppConfig):
    """Tables of Eenthuis; after migrating, their policies follow the authority matrix."""

    name = "eenthuis.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the policies brought up to date after every migration."""
        post_migrate.connect(_secure, sender=self)


def _secure(**_: object) -> None:
    from eenthuis.store.row_security import secure

    secure()
