"""URLs of the pages of care, below `/<shop>/care/`."""

from django.urls import URLPattern

app_name = "care"
urlpatterns: list[URLPattern] = []
