"""Pages outside any shop: the front, coming in, opening a shop."""

from django.urls import path

from setia.shops.views import front

urlpatterns = [
    path("", front.home, name="home"),
    path("new/", front.new_shop, name="new_shop"),
    path("join/<str:token>/", front.join, name="join"),
    path("sign-in/<str:token>/", front.sign_in_link, name="sign_in_link"),
]
