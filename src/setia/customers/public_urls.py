"""Public pages of customers, below `/p/`."""

from django.urls import path

from setia.customers.views import own

app_name = "customer_data"
urlpatterns = [
    path("data/<str:token>/", own.page, name="page"),
    path("data/<str:token>/consents/", own.consent, name="consent"),
    path("data/<str:token>/wishes/", own.wish, name="wish"),
]
