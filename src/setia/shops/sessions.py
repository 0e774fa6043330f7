"""Sessions in the database, as Django keeps them; read by a prepared statement, for every page begins with one."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from setia.core.prepared import prepared


@prepared
def _session(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)


class SessionStore(db.SessionStore):
    """The same rows and the same rules."""

    def _get_session_from_db(self) -> Any:
        found = next(iter(_session(self.session_key)), None) if self.session_key else None
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return None
        return found
