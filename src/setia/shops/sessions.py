"""Sessions in the database, as Django keeps them; read by a prepared statement, for every page begins with one."""

import time
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from setia.core.prepared import prepared


@prepared
def _session(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)


class SessionStore(db.SessionStore):
    """The same rows and the same rules."""

    # Its days are written by Django and the real clock, so they are read by it.
    def _get_session_from_db(self) -> Any:
        found = next(iter(_session(self.session_key)), None) if self.session_key else None
        if found is None or found.expire_date.timestamp() <= time.time():
            self._session_key = None
            return None
        return found
