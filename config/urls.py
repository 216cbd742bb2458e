"""Where every address leads. tests/contracts/access_table.py says who may open each of them."""

from django.urls import include, path

from tracker.web import app_shell, pwa, start

handler400 = "tracker.web.errors.bad_request"
handler404 = "tracker.web.errors.not_found"
handler500 = "tracker.web.errors.server_error"

urlpatterns = [
    path("", start.start, name="start"),
    path("livez", start.livez, name="livez"),
    path("app/<slug:release>.js", app_shell.scripts, name="app_scripts"),
    path("app/<slug:language>/", app_shell.shell, name="app_shell"),
    path("offline/", app_shell.offline, name="offline"),
    path("sw.js", app_shell.worker, name="worker"),
    path("readyz", start.readyz, name="readyz"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("", include("tracker.web.patient.urls")),
    path("clinic/", include("tracker.web.clinic.urls")),
    path("accounts/", include("tracker.web.accounts.urls")),
    path("api/", include("tracker.api.urls")),
]
