"""URLs of orders."""

from django.urls import path

from setia.orders.views import following, taking

app_name = "orders"
urlpatterns = [
    path("", following.orders, name="list"),
    path("new/", taking.new, name="new"),
    path("people/", taking.people, name="people"),
    path("counter/", taking.counter, name="counter"),
    path("kitchen/", following.kitchen, name="kitchen"),
    path("<int:pk>/", following.detail, name="detail"),
    path("<int:pk>/confirmation/", following.confirmation, name="confirmation"),
    path("<int:pk>/readiness/", following.readiness, name="readiness"),
    path("<int:pk>/completion/", following.completion, name="completion"),
    path("<int:pk>/reopening/", following.reopening, name="reopening"),
    path("<int:pk>/cancellation/", following.cancellation, name="cancellation"),
    path("<int:pk>/payments/", following.payment, name="payment"),
]
