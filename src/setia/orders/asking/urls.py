"""Where the public page's basket leads."""

from django.urls import path

from setia.orders.asking import views

app_name = "public_orders"
urlpatterns = [
    path("o/<slug:token>/", views.basket, name="basket"),
    path("o/<slug:token>/thanks/", views.thanks, name="thanks"),
]
