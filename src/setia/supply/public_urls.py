"""The page behind the code on a box."""

from django.urls import path

from setia.supply.views import baking

app_name = "public_supply"
urlpatterns = [
    path("b/<slug:token>/", baking.public_batch, name="batch"),
    path("b/<slug:token>/photo/", baking.public_photo, name="photo"),
]
