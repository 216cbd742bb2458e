from allauth.account import views
from django.urls import path

from tracker.web.actors import for_everybody

urlpatterns = [
    path("login/", for_everybody(views.login), name="account_login"),
    path("logout/", for_everybody(views.logout), name="account_logout"),
    path("inactive/", for_everybody(views.account_inactive), name="account_inactive"),
]
