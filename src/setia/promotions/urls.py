"""URLs of the pages of promotions, below `/<shop>/promotions/`."""

from django.urls import URLPattern

app_name = "promotions"
# Sources and spending, word of mouth, bazaars, samples.
_FINDING: list[URLPattern] = []
# Offers, vouchers, campaigns, seasons, places, launches.
_OFFERING: list[URLPattern] = []
urlpatterns = _FINDING + _OFFERING
