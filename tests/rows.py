"""What the database holds, to see that a refusal changed nothing."""

from __future__ import annotations

from django.apps import apps


def everything() -> dict[str, list[object]]:
    """Every row of the product."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("tracker").get_models()
    }
