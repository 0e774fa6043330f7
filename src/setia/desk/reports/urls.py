"""URLs of the reports."""

from django.urls import path

from setia.desk.reports import views

urlpatterns = [
    path("", views.objectives, name="reports"),
    path("goals/", views.goals, name="goals"),
    path("complaints/", views.promised, name="promised"),
    path("way/", views.way, name="way"),
    path("proof/", views.did_it_work, name="proof"),
    path("letter/", views.letters, name="letters"),
    path("letter/<str:week>/", views.letter, name="letter"),
    path("month/<str:month>/", views.month, name="month"),
]
