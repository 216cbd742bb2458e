"""A member of staff's own account: name, factors, password, where they are signed in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker import access
from tracker.access import User
from tracker.actions import passwords, sign_ins
from tracker.domain.zones import zone_of
from tracker.queries import staff_account, staff_sessions
from tracker.web.accounts.guards import for_account
from tracker.web.confirmed import recently_confirmed

UNPROCESSABLE = 422


@for_account
@require_safe
def show(request: HttpRequest, user: User) -> HttpResponse:
    """Everything about one's own account on one page."""
    here = request.session.session_key
    sessions = staff_sessions.of(user_id=user.pk, now=timezone.now())
    member = access.membership_of(user)
    context = {
        "factors": staff_account.factors_of(user),
        "sessions": [(session, session.key == here) for session in sessions],
        "member": member,
        "zone": zone_of(member.clinic.time_zone if member else "UTC"),
    }
    return render(request, "account/account.html", context)


@sensitive_post_parameters()
@for_account
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest, user: User) -> HttpResponse:
    """A new password; every other browser is signed out by it."""
    form = SetPasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        passwords.change(
            user=user,
            password=form.cleaned_data["new_password1"],
            kept=request.session.session_key,
            now=timezone.now(),
        )
        update_session_auth_hash(request, user)
        messages.success(request, "Your password is changed. Everywhere else you are signed out.")
        return redirect("account")
    return render(
        request, "account/password.html", {"form": form}, status=UNPROCESSABLE if form.is_bound else 200
    )


@for_account
@require_POST
def end_others(request: HttpRequest, user: User) -> HttpResponse:
    """Sign out everywhere else. It asks for nothing: whoever finds a foreign session is in a hurry."""
    ended = sign_ins.end_others(user_id=user.pk, kept=request.session.session_key, now=timezone.now())
    messages.success(request, "You are signed in nowhere else." if ended else "You were signed in here only.")
    return redirect("account")
