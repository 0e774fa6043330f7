"""A shop's pages, below `/<shop>/` (see `shops.middleware`)."""

from django.urls import include, path

urlpatterns = [
    path("", include("setia.desk.urls")),
    path("chats/", include("setia.conversations.urls")),
    path("customers/", include("setia.customers.urls")),
    path("groups/", include("setia.segments.urls")),
    path("orders/", include("setia.orders.urls")),
    path("money/", include("setia.orders.money_urls")),
    path("products/", include("setia.catalog.urls")),
    path("care/", include("setia.care.urls")),
    path("loyalty/", include("setia.loyalty.urls")),
    path("supply/", include("setia.supply.urls")),
    path("team/", include("setia.team.urls")),
    path("promotions/", include("setia.promotions.urls")),
    path("prompts/", include("setia.today.urls")),
    path("settings/", include("setia.shops.shop_urls")),
]
