"""URLs of orders."""

from django.urls import path

from setia.orders.views import baskets, counter, following, reductions, returns, steps, taking

app_name = "orders"
urlpatterns = [
    path("", following.orders, name="list"),
    path("new/", taking.new, name="new"),
    path("people/", baskets.people, name="people"),
    path("deductions/", baskets.offered, name="deductions"),
    path("counter/", counter.counter, name="counter"),
    path("kitchen/", following.kitchen, name="kitchen"),
    path("<int:pk>/", steps.detail, name="detail"),
    path("<int:pk>/changes/", taking.edit, name="edit"),
    path("<int:pk>/confirmation/", steps.confirmation, name="confirmation"),
    path("<int:pk>/readiness/", steps.readiness, name="readiness"),
    path("<int:pk>/sending/", steps.sending, name="sending"),
    path("<int:pk>/reductions/", reductions.reduction, name="reduction"),
    path("<int:pk>/reductions/removal/", reductions.removal, name="reduction_removal"),
    path("<int:pk>/returns/", returns.returned, name="returned"),
    path("<int:pk>/completion/", steps.completion, name="completion"),
    path("<int:pk>/reopening/", steps.reopening, name="reopening"),
    path("<int:pk>/cancellation/", steps.cancellation, name="cancellation"),
    path("<int:pk>/payments/", steps.payment, name="payment"),
    path("<int:pk>/refunds/", steps.refund, name="refund"),
    path("<int:pk>/undone-sale/", counter.undone_sale, name="undone_sale"),
]
