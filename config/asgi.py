"""An ASGI entry point for hosts that offer nothing else; WSGI serves this product faster."""

import os

from django.core.asgi import get_asgi_application

from tracker.checks import refuse_unsafe_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_asgi_application()
refuse_unsafe_settings()
