"""Where every address leads. tests/contracts/access_table.py says who may open each of them."""

from django.urls import include, path

from tracker.web import start

urlpatterns = [
    path("", start.start, name="start"),
    path("livez", start.livez, name="livez"),
    path("readyz", start.readyz, name="readyz"),
    path("", include("tracker.web.patient.urls")),
    path("clinic/", include("tracker.web.clinic.urls")),
    path("accounts/", include("tracker.web.accounts.urls")),
    path("api/", include("tracker.api.urls")),
]
