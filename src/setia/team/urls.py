"""URLs of the pages of team, below `/<shop>/team/`."""

from django.urls import URLPattern

app_name = "team"
urlpatterns: list[URLPattern] = []
