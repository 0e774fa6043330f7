"""URLs of the pages of loyalty, below `/<shop>/loyalty/`."""

from django.urls import path

from setia.loyalty.views import cards, overview, programme, tiers

app_name = "loyalty"
urlpatterns = [
    path("", overview.home, name="home"),
    path("report/", overview.report, name="report"),
    path("rules/", programme.rules, name="rules"),
    path("bonuses/", programme.bonus, name="bonus"),
    path("rewards/new/", programme.new_reward, name="new_reward"),
    path("rewards/<int:pk>/", programme.reward, name="reward"),
    path("rewards/<int:pk>/retirement/", programme.retirement, name="retirement"),
    path("rewards/<int:pk>/comeback/", programme.comeback, name="comeback"),
    path("tiers/", tiers.tiers, name="tiers"),
    path("tiers/new/", tiers.new, name="new_tier"),
    path("tiers/<int:pk>/", tiers.tier, name="tier"),
    path("tiers/<int:pk>/retirement/", tiers.retirement, name="tier_retirement"),
    path("tiers/<int:pk>/comeback/", tiers.comeback, name="tier_comeback"),
    path("paper/", cards.paper, name="paper"),
    path("customers/<int:pk>/", cards.card, name="card"),
    path("customers/<int:pk>/opening/", cards.opening, name="opening"),
    path("customers/<int:pk>/corrections/", cards.correction, name="correction"),
    path("customers/<int:pk>/redemptions/", cards.redemption, name="redemption"),
    path("customers/<int:pk>/sharing/", cards.sharing, name="sharing"),
    path("customers/<int:pk>/own-card/", cards.own_card, name="own_card"),
    path("redemptions/<int:pk>/undo/", cards.undone, name="undone"),
    path("cards/<slug:token>/", cards.scanned, name="scanned"),
]
