"""The patient's addresses. A date that is none leads nowhere: 404."""

from datetime import date

from django.urls import path, register_converter

from . import (
    answering,
    calling,
    caregivers,
    confirm,
    contact,
    course,
    diary,
    export,
    joining,
    lookers,
    phones,
    plan,
    preferences,
    right_now,
    welcome,
    withdrawing,
    you,
)

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
    path("welcome/", welcome.welcome, name="welcome"),
    path("welcome/no/", welcome.no, name="welcome_no"),
    path("welcome/score/", welcome.first_score, name="first_score"),
    path("home-screen/", welcome.home_screen, name="home_screen"),
    path("leave/", joining.leave, name="leave"),
    path("diary/", diary.today, name="today"),
    path("diary/history/", diary.history, name="history"),
    path("diary/earlier/", diary.earlier, name="earlier"),
    path("diary/now/", right_now.right_now, name="now"),
    path("diary/<isodate:on>/", diary.day, name="day"),
    path("diary/<isodate:on>/<slug:form>/", answering.answer, name="answer"),
    path("plan/", plan.plan, name="plan"),
    path("course/", course.course, name="course"),
    path("course/chart.svg", course.chart, name="chart"),
    path("call/", calling.call, name="call"),
    path("you/", you.you, name="you"),
    path("you/phones/", phones.show, name="phones"),
    path("you/phones/code/", phones.code, name="phone_code"),
    path("you/phones/<int:phone>/", phones.rename, name="phone"),
    path("you/phones/<int:phone>/end/", phones.end, name="phone_end"),
    path("you/choices/", preferences.preferences, name="preferences"),
    path("you/consent/", welcome.agreed, name="agreed"),
    path("you/confirm/", confirm.confirm, name="confirm"),
    path("you/contact/", contact.show, name="contact"),
    path("you/contact/change/", contact.change, name="contact_change"),
    path("you/contact/remove/", contact.remove, name="contact_remove"),
    path("you/helpers/", caregivers.show, name="caregivers"),
    path("you/helpers/new/", caregivers.add, name="caregiver_new"),
    path("you/helpers/code/", caregivers.code, name="caregiver_code"),
    path("you/helpers/<int:caregiver>/end/", caregivers.end, name="caregiver_end"),
    path("you/looks/", lookers.show, name="lookers"),
    path("you/copy/", export.export, name="export"),
    path("you/stop/", withdrawing.withdraw, name="withdraw"),
]
