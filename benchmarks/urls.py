"""The product's addresses, the floor of every request, and the naive ways to save an entry."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from benchmarks.naive_api import NaiveEntries, NaiveRows


def hello(request: HttpRequest) -> JsonResponse:
    """The least that a request through the same middleware can do."""
    return JsonResponse({"hello": "world"})


urlpatterns = [
    path("hello/", hello),
    path("naive/rows/", NaiveRows.as_view()),
    path("naive/entries/", NaiveEntries.as_view()),
    path("", include("config.urls")),
]
