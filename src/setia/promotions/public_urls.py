"""Public pages of promotions, below `/p/`."""

from django.urls import path

from setia.promotions.views import joining, referrals

urlpatterns = [
    path("friend/<str:token>/", referrals.told, name="friend"),
    path("bazaar/<str:token>/", joining.join, name="bazaar_join"),
]
