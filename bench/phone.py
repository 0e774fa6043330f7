"""A signed-in browser without sockets: requests go through the WSGI application as the server hands them over."""

import io
from typing import Any
from urllib.parse import urlencode

TOKEN = "b" * 32


class Phone:
    """`get` and `post` of one signed-in user; connections are closed after each request, as in service."""

    def __init__(self, user: Any) -> None:
        from django.conf import settings
        from django.test import Client

        from setia.wsgi import application

        client = Client()
        client.force_login(user)
        self._application = application
        self._cookies = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}; csrftoken={TOKEN}"

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a page."""
        return self._send("GET", path, b"")

    def post(self, path: str, data: dict[str, str]) -> tuple[int, bytes]:
        """Status and body of what a form answers."""
        return self._send("POST", path, urlencode(data | {"csrfmiddlewaretoken": TOKEN}).encode())

    def _send(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        path, _, query = path.partition("?")
        environment = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_ORIGIN": "http://127.0.0.1:8000",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": self._cookies,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "wsgi.version": (1, 0),
        }
        statuses: list[int] = []
        answer = self._application(environment, lambda status, headers: statuses.append(int(status[:3])))
        try:
            return statuses[0], b"".join(answer)
        finally:
            answer.close()
