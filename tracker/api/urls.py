"""The addresses of the API. docs/api.md tells how to use them."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from tracker.api.diary import Entries, PatientEntries, Sync
from tracker.api.injections import Assessment, ChartPng, ChartSvg
from tracker.api.nowhere import Nowhere
from tracker.api.phone import Mine, Session
from tracker.api.push import Push
from tracker.api.worklist import Worklist
from tracker.web.actors import for_everybody

app_name = "api"
urlpatterns = [
    path("schema/", for_everybody(SpectacularAPIView.as_view()), name="schema"),
    path("v1/session/", Session.as_view(), name="session"),
    path("v1/mine/", Mine.as_view(), name="mine"),
    path("v1/push/", Push.as_view(), name="push"),
    path("v1/entries/", Entries.as_view(), name="entries"),
    path("v1/sync/", Sync.as_view(), name="sync"),
    path("v1/patients/<uuid:patient>/entries/", PatientEntries.as_view(), name="patient_entries"),
    path("v1/worklist/", Worklist.as_view(), name="worklist"),
    path("v1/injections/<uuid:injection>/assessment/", Assessment.as_view(), name="assessment"),
    path("v1/injections/<uuid:injection>/chart.svg", ChartSvg.as_view(), name="chart_svg"),
    path("v1/injections/<uuid:injection>/chart.png", ChartPng.as_view(), name="chart_png"),
    re_path("", Nowhere.as_view(), name="nowhere"),
]
