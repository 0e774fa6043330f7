"""URLs of Today's prompts."""

from django.urls import path

from setia.today import views

app_name = "today"
urlpatterns = [
    path("choosing/", views.choosing, name="choosing"),
    path("kinds/<slug:kind>/campaign/", views.campaign, name="campaign"),
    path("<int:pk>/sending/", views.sending, name="sending"),
    path("<int:pk>/done/", views.done, name="done"),
    path("<int:pk>/later/", views.later, name="later"),
    path("<int:pk>/skipped/", views.skipped, name="skipped"),
    path("<int:pk>/undo/", views.undo, name="undo"),
]
