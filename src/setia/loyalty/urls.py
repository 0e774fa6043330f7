"""URLs of the pages of loyalty, below `/<shop>/loyalty/`."""

from django.urls import URLPattern

app_name = "loyalty"
urlpatterns: list[URLPattern] = []
