"""URLs of the pages that show several areas."""

from django.urls import include, path

from setia.desk import audit, views
from setia.desk.archive import views as archive

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("new/", views.add, name="add"),
    path("menu/", views.menu, name="menu"),
    path("customers/", views.customers, name="customers"),
    path("customers/table/", archive.book, name="book"),
    path("customers/<int:pk>/", views.customer, name="customer"),
    path("audit/", audit.events, name="audit"),
    path("everything/", archive.everything, name="everything"),
    path("everything/file/", archive.download, name="everything_file"),
    path("search/", views.search, name="search"),
    path("reports/customers/", views.people_report, name="people_report"),
    path("reports/", include("setia.desk.reports.urls")),
    path("welcome/", include("setia.desk.welcome.urls")),
]
