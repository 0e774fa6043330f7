"""URLs of groups of people, below `/<shop>/groups/`."""

from django.urls import path

from setia.segments.views import groups, lists

app_name = "segments"
urlpatterns = [
    path("", groups.groups, name="list"),
    path("rule/", groups.build, name="build"),
    path("saved/", groups.save, name="save"),
    path("<int:pk>/", groups.detail, name="detail"),
    path("<int:pk>/change/", groups.change, name="change"),
    path("<int:pk>/removal/", groups.removal, name="removal"),
    path("<int:pk>/return/", groups.returned, name="return"),
    path("people/", lists.people, name="people"),
    path("people/print/", lists.printed, name="print"),
    path("people/file/", lists.file, name="file"),
]
