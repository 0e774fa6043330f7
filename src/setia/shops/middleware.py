"""Opens the shop of the URL: `/<shop>/…` becomes SCRIPT_NAME, the rest is resolved by the shop's URL map."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import set_script_prefix
from django.utils import timezone, translation

from setia.core.scope import open_shop
from setia.shops import accounts, queries
from setia.shops.rules import RESERVED_SLUGS
from setia.web.links import SHOP_URLCONF, site_url


class ShopMiddleware:
    """Membership or 404. Without a session: to the sign-in page, whatever the address says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        slug, slash, rest = request.path_info.lstrip("/").partition("/")
        if not slug or slug in RESERVED_SLUGS:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), site_url("account_login"))
        member = queries.membership(user_id=request.user.pk, slug=slug)
        if member is None:
            return render(request, "404.html", status=404)
        if not slash:
            return HttpResponse(status=308, headers={"Location": f"/{slug}/"})
        accounts.note_use(request)
        shop = member.shop
        request.shop, request.member = shop, member  # type: ignore[attr-defined]
        request.urlconf = SHOP_URLCONF
        request.META["SCRIPT_NAME"] = f"/{slug}"
        request.path_info = f"/{rest}"
        set_script_prefix(f"/{slug}/")
        language = member.language or request.LANGUAGE_CODE
        with open_shop(shop, actor=f"member:{member.pk}"), timezone.override(shop.zone), translation.override(language):
            try:
                response = self.get_response(request)
            finally:
                set_script_prefix("/")
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.headers["Content-Language"] = language
        if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language:
            # The account's pages lie outside the shop and speak the same language.
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
        return response
