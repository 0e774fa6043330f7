"""Settings of a shop, below `/<shop>/settings/`."""

from django.urls import path

from setia.shops.views import people, settings

app_name = "shops"
urlpatterns = [
    path("", settings.shop, name="settings"),
    path("hours/", settings.hours, name="hours"),
    path("closures/", settings.closures, name="closures"),
    path("closures/<int:pk>/removal/", settings.reopen, name="reopen"),
    path("members/", people.members, name="members"),
    path("members/link/", people.link, name="link"),
    path("members/<int:pk>/", people.member, name="member"),
    path("members/<int:pk>/link/", people.member_link, name="member_link"),
    path("members/<int:pk>/removal/", people.removal, name="removal"),
    path("members/<int:pk>/return/", people.bring_back, name="bring_back"),
    path("invitations/<int:pk>/removal/", people.withdraw, name="withdraw"),
    path("profile/", people.profile, name="profile"),
]
