"""The first run, below `/<shop>/welcome/`; names belong to `desk`."""

from django.urls import path

from setia.desk.welcome import views

urlpatterns = [
    path("", views.name, name="welcome"),
    path("whatsapp/", views.whatsapp, name="welcome_whatsapp"),
    path("products/", views.products, name="welcome_products"),
    path("later/", views.later, name="welcome_later"),
]
