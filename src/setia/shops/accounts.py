"""How allauth is used here: people come in by invitation or by opening a shop; afterwards to their shop."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from setia.shops import queries


class Adapter(DefaultAccountAdapter):
    """Sign-up is open only where the installation says so; after sign-in one lands in one's shop."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.OPEN_SIGN_UP)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        shops = queries.shops_of(request.user.pk)
        return f"/{shops[0].shop.slug}/" if shops else "/new/"
