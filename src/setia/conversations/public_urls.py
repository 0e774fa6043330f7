"""Public pages of conversations, below `/p/to/`: short links that open WhatsApp."""

from django.urls import path

from setia.conversations.views import public

urlpatterns = [path("<str:token>/", public.entry_link, name="entry_link")]
