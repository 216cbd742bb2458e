from django.contrib.auth.backends import ModelBackend

from tracker.queries import staff_account


class StaffBackend(ModelBackend):
    """Django's own: the same time and the same answer for an unknown address, a wrong password and an account
    that is switched off. The user of a session comes with `has_second_factor`."""

    def get_user(self, user_id):
        user = staff_account.signed_in_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
