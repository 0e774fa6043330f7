"""URLs of the pages of promotions, below `/<shop>/promotions/`."""

from django.urls import URLPattern

app_name = "promotions"
urlpatterns: list[URLPattern] = []
