"""Whoever pressed a button waits for the database: the worker lets them in first."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from setia.core import turns


class HurryMiddleware:
    """A request that may write says so before anything else (see `core.turns`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            turns.hurry()
        return self.get_response(request)
