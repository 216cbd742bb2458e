from django.urls import path

from tracker.web.clinic import charts, diary, injections, patients, worklist

app_name = "clinic"
urlpatterns = [
    path("", worklist.show, name="worklist"),
    path("patients/new/", patients.add, name="patient_new"),
    path("patients/<uuid:patient>/", patients.record, name="patient"),
    path("patients/<uuid:patient>/edit/", patients.correct, name="patient_edit"),
    path("patients/<uuid:patient>/invite/", patients.invite, name="invite"),
    path("patients/<uuid:patient>/injections/new/", injections.add, name="injection_new"),
    path("injections/<uuid:injection>/", patients.injection_record, name="injection"),
    path("injections/<uuid:injection>/edit/", injections.change, name="injection_edit"),
    path("injections/<uuid:injection>/baseline/", injections.correct_baseline, name="baseline"),
    path("injections/<uuid:injection>/readings/new/", injections.add_reading, name="reading_new"),
    path("injections/<uuid:injection>/diary/new/", diary.add_day, name="diary_new"),
    path("injections/<uuid:injection>/diary/<uuid:entry>/accept/", diary.accept, name="accept"),
    path("injections/<uuid:injection>/case.json", injections.case, name="case"),
    path("injections/<uuid:injection>/chart.svg", charts.svg, name="chart"),
    path("injections/<uuid:injection>/picture/", charts.picture, name="picture"),
    path("injections/<uuid:injection>/picture.png", charts.png, name="picture_png"),
]
