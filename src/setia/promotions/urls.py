"""URLs of the pages of promotions, below `/<shop>/promotions/`."""

from django.urls import URLPattern, path

from setia.promotions.views import bazaars, campaigns, offers, places, referrals, samples, seasons, spending, stall

app_name = "promotions"
# Sources and spending, word of mouth, bazaars, samples.
_FINDING: list[URLPattern] = [
    path("sources/", spending.sources, name="sources"),
    path("sources/people/", spending.people, name="source_people"),
    path("spending/", spending.spend, name="spend"),
    path("spending/<int:pk>/removal/", spending.removal, name="spending_removal"),
    path("friends/", referrals.friends, name="friends"),
    path("friends/rules/", spending.rules, name="invite_rules"),
    path("friends/<int:pk>/", referrals.friend, name="friend"),
    path("friends/<int:pk>/code/", referrals.code, name="friend_code"),
    path("places/", places.home, name="places"),
    path("places/goals/<int:pk>/", places.goal, name="place_goal"),
    path("places/goals/<int:pk>/removal/", places.goal_removal, name="place_goal_removal"),
    path("samples/", samples.samples, name="samples"),
    path("samples/<int:pk>/removal/", samples.removal, name="sample_removal"),
    path("bazaars/", bazaars.bazaars, name="bazaars"),
    path("bazaars/new/", bazaars.new, name="new_bazaar"),
    path("bazaars/compared/", bazaars.compare, name="compare_bazaars"),
    path("bazaars/<int:pk>/", bazaars.bazaar, name="bazaar"),
    path("bazaars/<int:pk>/edit/", bazaars.edit, name="edit_bazaar"),
    path("bazaars/<int:pk>/stock/", bazaars.stock, name="bazaar_stock"),
    path("bazaars/<int:pk>/helpers/", bazaars.helpers, name="bazaar_helpers"),
    path("bazaars/<int:pk>/tasks/", bazaars.tasks, name="bazaar_tasks"),
    path("bazaars/<int:pk>/tasks/<int:task>/", bazaars.tick, name="bazaar_task"),
    path("bazaars/<int:pk>/costs/", bazaars.costs, name="bazaar_costs"),
    path("bazaars/<int:pk>/removal/", bazaars.removal, name="bazaar_removal"),
    path("bazaars/<int:pk>/poster/", bazaars.poster, name="bazaar_poster"),
    path("bazaars/<int:pk>/people/", bazaars.guests, name="bazaar_guests"),
    path("bazaars/<int:pk>/count/", bazaars.count, name="bazaar_count"),
    path("bazaars/<int:pk>/stall/", stall.stall, name="stall"),
    path("bazaars/<int:pk>/stall/facts.json", stall.facts, name="stall_facts"),
    path("bazaars/<int:pk>/stall/manifest.webmanifest", stall.manifest, name="stall_manifest"),
    path("bazaars/<int:pk>/stall/worker.js", stall.worker, name="stall_worker"),
    path("bazaars/<int:pk>/stall/items/", stall.items, name="stall_items"),
]
# Offers, vouchers, campaigns, seasons, places, launches.
_OFFERING: list[URLPattern] = [
    path("campaigns/", campaigns.home, name="campaigns"),
    path("campaigns/new/", campaigns.new, name="new_campaign"),
    path("campaigns/<int:pk>/", campaigns.one, name="campaign"),
    path("campaigns/<int:pk>/change/", campaigns.change, name="campaign_change"),
    path("campaigns/<int:pk>/progress/", campaigns.progress, name="campaign_progress"),
    path("campaigns/<int:pk>/start/", campaigns.start, name="campaign_start"),
    path("campaigns/<int:pk>/step/", campaigns.step, name="campaign_step"),
    path("campaigns/<int:pk>/copy/", campaigns.copy, name="campaign_copy"),
    path("campaigns/<int:pk>/removal/", campaigns.removal, name="campaign_removal"),
    path("campaigns/<int:pk>/reading/", campaigns.seen, name="campaign_seen"),
    path("seasons/", seasons.home, name="seasons"),
    path("seasons/<slug:code>/<slug:starts>/", seasons.one, name="season"),
    path("offers/", offers.home, name="offers"),
    path("offers/new/", offers.new, name="new_offer"),
    path("offers/margin/", offers.margin, name="offer_margin"),
    path("offers/<int:pk>/", offers.one, name="offer"),
    path("offers/<int:pk>/change/", offers.change, name="offer_change"),
    path("offers/<int:pk>/state/", offers.state, name="offer_state"),
    path("offers/<int:pk>/codes/", offers.codes, name="offer_codes"),
    path("vouchers/<int:pk>/retirement/", offers.retirement, name="voucher_retirement"),
]
urlpatterns = _FINDING + _OFFERING
