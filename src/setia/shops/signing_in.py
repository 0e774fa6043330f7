"""Who is signed in: allauth's way in, with the user of a session read by a prepared statement."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from setia.core.prepared import prepared


@prepared
def _user(pk: int) -> QuerySet[Any]:
    return get_user_model()._default_manager.filter(pk=pk)


class Backend(AuthenticationBackend):
    """The same people by the same passwords."""

    def get_user(self, user_id: int) -> Any:
        """The user of a session; None when they are gone or may not come in."""
        user = next(iter(_user(user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None
