"""Looking at pages: what a reader sees, and how often the database was asked for it."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext


def text(answer) -> str:
    """The words of a page, one space between them."""
    main = answer.content.decode().partition("<main")[2] or answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).strip()


def queries(client, url: str) -> int:
    """How many queries a page needs, the second time somebody looks at it."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
