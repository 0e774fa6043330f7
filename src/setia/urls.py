"""The site's own pages, and public links below `/p/` (`shops.public`); all under `/<shop>/` is in `shop_urls.py`."""

from django.urls import include, path

from setia.web import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("accounts/", include("setia.shops.account_urls")),
    path("p/", include("setia.catalog.public_urls")),
    path("p/", include("setia.orders.asking.urls")),
    path("p/", include("setia.supply.public_urls")),
    path("p/", include("setia.customers.public_urls")),
    path("webhooks/", include("setia.api.urls")),
    path("p/card/", include("setia.loyalty.public_urls")),
    path("p/", include("setia.promotions.public_urls")),
    path("p/to/", include("setia.conversations.public_urls")),
    path("", include("setia.shops.urls")),
]
