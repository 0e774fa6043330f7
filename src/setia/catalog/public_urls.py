"""Pages for everybody: the catalogue of a shop, and the feed that WhatsApp's catalogue reads."""

from django.urls import path

from setia.catalog.views import feed, public

app_name = "public_catalog"
urlpatterns = [
    path("c/<slug:token>/", public.page, name="page"),
    path("c/<slug:token>/manifest.webmanifest", public.manifest, name="manifest"),
    path("c/<slug:token>/icon-<int:size>.png", public.icon, name="icon"),
    path("c/<slug:token>/photos/<slug:photo>/", public.photo, name="photo"),
    path("c/<slug:token>/cards/<int:pk>.jpg", public.card, name="card"),
    path("f/<slug:token>/catalogue.csv", feed.feed, name="feed"),
]
