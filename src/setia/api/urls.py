"""Addresses for machines, below `/webhooks/`. They are the site's, not a shop's: the body says whose it is."""

from django.urls import path

from setia.api import whatsapp

urlpatterns = [
    path("whatsapp/", whatsapp.webhook, name="whatsapp_webhook"),
]
