"""URLs of the pages of promotions, below `/<shop>/promotions/`."""

from django.urls import URLPattern, path

from setia.promotions.views import bazaars, referrals, samples, spending, stall

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
_OFFERING: list[URLPattern] = []
urlpatterns = _FINDING + _OFFERING
