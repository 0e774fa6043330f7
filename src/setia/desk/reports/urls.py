"""URLs of the reports."""

from django.urls import path

from setia.desk.reports import views

urlpatterns = [
    path("", views.objectives, name="reports"),
    path("goals/", views.goals, name="goals"),
]
