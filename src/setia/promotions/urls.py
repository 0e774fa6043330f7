"""URLs of the pages of promotions, below `/<shop>/promotions/`."""

from django.urls import URLPattern, path

from setia.promotions.views import campaigns, offers

app_name = "promotions"
# Sources and spending, word of mouth, bazaars, samples.
_FINDING: list[URLPattern] = []
# Offers, vouchers, campaigns, seasons, places, launches.
_OFFERING: list[URLPattern] = [
    path("campaigns/", campaigns.home, name="campaigns"),
    path("campaigns/new/", campaigns.new, name="new_campaign"),
    path("campaigns/<int:pk>/", campaigns.one, name="campaign"),
    path("campaigns/<int:pk>/change/", campaigns.change, name="campaign_change"),
    path("campaigns/<int:pk>/progress/", campaigns.progress, name="campaign_progress"),
    path("campaigns/<int:pk>/start/", campaigns.start, name="campaign_start"),
    path("campaigns/<int:pk>/step/", campaigns.step, name="campaign_step"),
    path("campaigns/<int:pk>/copy/", campaigns.copy, name="campaign_copy"),
    path("campaigns/<int:pk>/removal/", campaigns.removal, name="campaign_removal"),
    path("campaigns/<int:pk>/reading/", campaigns.seen, name="campaign_seen"),
    path("offers/", offers.home, name="offers"),
    path("offers/new/", offers.new, name="new_offer"),
    path("offers/margin/", offers.margin, name="offer_margin"),
    path("offers/<int:pk>/", offers.one, name="offer"),
    path("offers/<int:pk>/change/", offers.change, name="offer_change"),
    path("offers/<int:pk>/state/", offers.state, name="offer_state"),
    path("offers/<int:pk>/codes/", offers.codes, name="offer_codes"),
    path("vouchers/<int:pk>/retirement/", offers.retirement, name="voucher_retirement"),
]
urlpatterns = _FINDING + _OFFERING
