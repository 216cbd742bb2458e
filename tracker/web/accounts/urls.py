"""The account area. Of allauth's pages only those listed here exist, under the names it looks up itself."""

from allauth.account import views
from django.urls import path

from tracker.web.accounts import confirming, entrance, factors, own_account, session_ends
from tracker.web.accounts.guards import ENROLLING, ENTRANCE, marked
from tracker.web.accounts.welcome import welcome

urlpatterns = [
    path("", own_account.show, name="account"),
    path("login/", marked(entrance.SignIn.as_view(), ENTRANCE), name="account_login"),
    path("login/passkey/", marked(entrance.PasskeySignIn.as_view(), ENTRANCE), name="mfa_login_webauthn"),
    path("login/second/", marked(entrance.SecondStep.as_view(), ENTRANCE), name="mfa_authenticate"),
    path("logout/", marked(views.logout, ENTRANCE), name="account_logout"),
    path("welcome/", marked(welcome, ENTRANCE), name="account_welcome"),
    path("inactive/", marked(views.account_inactive, ENTRANCE), name="account_inactive"),
    path(
        "confirm/", marked(confirming.ConfirmByPassword.as_view(), ENROLLING), name="account_reauthenticate"
    ),
    path("confirm/code/", marked(confirming.ConfirmByCode.as_view(), ENROLLING), name="mfa_reauthenticate"),
    path(
        "confirm/passkey/",
        marked(confirming.ConfirmByPasskey.as_view(), ENROLLING),
        name="mfa_reauthenticate_webauthn",
    ),
    path("second-factor/", factors.enrol, name="account_enrol"),
    path("second-factor/app/", factors.add_app, name="account_app"),
    path("second-factor/passkey/", factors.add_passkey, name="account_passkey"),
    path("second-factor/<int:factor>/remove/", factors.remove, name="account_factor_remove"),
    path("codes/", factors.recovery_codes, name="account_codes"),
    path("password/", own_account.password, name="account_password"),
    path("sessions/end/", own_account.end_others, name="account_end_others"),
    path("session/left/", session_ends.left, name="session_left"),
    path("session/stay/", session_ends.stay, name="session_stay"),
]
