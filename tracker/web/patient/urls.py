"""The patient's addresses. A date that is none leads nowhere: 404."""

from datetime import date

from django.urls import path, register_converter

from . import calling, course, diary, joining, right_now

app_name = "patient"


class IsoDate:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(IsoDate, "isodate")

urlpatterns = [
    path("join/", joining.join, name="join"),
    path("leave/", joining.leave, name="leave"),
    path("diary/", diary.today, name="today"),
    path("diary/history/", diary.history, name="history"),
    path("diary/now/", right_now.right_now, name="now"),
    path("diary/<isodate:on>/", diary.day, name="day"),
    path("course/", course.course, name="course"),
    path("course/chart.svg", course.chart, name="chart"),
    path("call/", calling.call, name="call"),
]
