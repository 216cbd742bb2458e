from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate, pre_migrate


class TrackerConfig(AppConfig):
    name = "tracker"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tracker import checks  # noqa: F401  (registers the system checks)
        from tracker.tenancy import checks as wall_checks  # noqa: F401

        pre_migrate.connect(make_way, sender=self)
        post_migrate.connect(complete, sender=self)


def make_way(using: str, plan: Any = (), **options: Any) -> None:
    """Whatever stops a migration half-way, `check --database default` sees that the walls are missing."""
    from tracker.tenancy import walls

    if plan:
        walls.make_way(connections[using])


def complete(using: str, plan: Any = (), **options: Any) -> None:
    """What every database has to have besides its tables, also one that was emptied."""
    if plan and not _is_up_to_date(connections[using]):  # some tables are not there
        return
    build_walls(using)
    begin_first_epoch(using)


def build_walls(using: str) -> None:
    """SQLite loses triggers when a migration remakes a table: they are built anew after every one."""
    from tracker.tenancy import walls

    walls.install(connections[using])


def begin_first_epoch(using: str) -> None:
    """Here, so that whoever asks for it writes nothing; one that is there stays."""
    epochs = apps.get_model("tracker", "Epoch").objects.using(using)
    epochs.get_or_create(pk=epochs.model.THE_ONLY)


def _is_up_to_date(connection: Any) -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes("tracker"))
