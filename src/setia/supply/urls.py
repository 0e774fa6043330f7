"""URLs of the pages of supply, below `/<shop>/supply/`."""

from django.urls import URLPattern

app_name = "supply"
urlpatterns: list[URLPattern] = []
