"""Public pages of loyalty, below `/p/card/`."""

from django.urls import path

from setia.loyalty.views import public

app_name = "loyalty_public"
urlpatterns = [path("<slug:token>/", public.card, name="card")]
