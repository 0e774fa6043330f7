"""URLs of products and prices."""

from django.urls import path

from setia.catalog.views import pictures, prices, products, sharing, variants

app_name = "catalog"
urlpatterns = [
    path("", products.listing, name="list"),
    path("new/", products.new, name="new"),
    path("prices/", prices.history, name="prices"),
    path("prices/withdrawal/<int:pk>/", prices.withdrawal, name="price_withdrawal"),
    path("page/", sharing.page, name="page"),
    path("page/opening/", sharing.opening, name="page_opening"),
    path("page/closing/", sharing.closing, name="page_closing"),
    path("page/feed/", sharing.new_feed, name="page_feed"),
    path("page/poster/", sharing.poster, name="poster"),
    path("picture/", sharing.picture, name="picture"),
    path("picture/file/", sharing.picture_file, name="picture_file"),
    path("photos/<slug:token>/", pictures.full, name="photo"),
    path("photos/<slug:token>/small/", pictures.small, name="photo_small"),
    path("<int:pk>/", products.product, name="product"),
    path("<int:pk>/changes/", products.edit, name="edit"),
    path("<int:pk>/flavours/", products.new_variant, name="new_variant"),
    path("<int:pk>/retirement/", products.retirement, name="retirement"),
    path("<int:pk>/comeback/", products.comeback, name="comeback"),
    path("flavours/<int:pk>/", variants.variant, name="variant"),
    path("flavours/<int:pk>/prices/", variants.price, name="price"),
    path("flavours/<int:pk>/retirement/", variants.retirement, name="variant_retirement"),
    path("flavours/<int:pk>/comeback/", variants.comeback, name="variant_comeback"),
    path("flavours/<int:pk>/position/", variants.position, name="position"),
]
