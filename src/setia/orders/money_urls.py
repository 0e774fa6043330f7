"""URLs of the shop's money: till, debts, consignment, accounts."""

from django.urls import path

from setia.orders.consignment import views as consignment
from setia.orders.credit import views as credit
from setia.orders.qris import views as qris
from setia.orders.till import views as till

app_name = "money"
urlpatterns = [
    path("", till.money, name="overview"),
    path("till/", till.till, name="till"),
    path("till/count/", till.counting, name="till_count"),
    path("till/reopening/", till.reopening, name="till_reopening"),
    path("credit/", credit.debtors, name="credit"),
    path("credit/<int:pk>/", credit.account, name="account"),
    path("credit/<int:pk>/payments/", credit.repayment, name="repayment"),
    path("credit/<int:pk>/opening/", credit.opening, name="opening"),
    path("credit/<int:pk>/letting-go/", credit.letting_go, name="letting_go"),
    path("credit/<int:pk>/terms/", credit.terms, name="terms"),
    path("credit/entries/<int:pk>/taking-back/", credit.taking_back, name="taking_back"),
    path("consignment/", consignment.holders, name="consignments"),
    path("consignment/<int:pk>/", consignment.holder, name="consignment"),
    path("consignment/<int:pk>/visits/", consignment.visit, name="visit"),
    path("consignment/<int:pk>/settlements/", consignment.settlement, name="settlement"),
    path("consignment/visits/<int:pk>/undoing/", consignment.undoing, name="visit_undoing"),
    path("accounts/", qris.settings, name="accounts"),
    path("accounts/code/", qris.code, name="code"),
    path("accounts/code/removal/", qris.code_removal, name="code_removal"),
    path("accounts/new/", qris.account, name="new_account"),
    path("accounts/<int:pk>/use/", qris.account_use, name="account_use"),
    path("orders/<int:pk>/qris/", qris.order_code, name="order_code"),
]
