"""URLs of quality and prices, from supplier to box, below `/<shop>/supply/`."""

from django.urls import path

from setia.supply.views import baking, buying, pricing

app_name = "supply"
urlpatterns = [
    path("", buying.home, name="home"),
    path("suppliers/new/", buying.supplier_new, name="supplier_new"),
    path("suppliers/<int:pk>/", buying.supplier, name="supplier"),
    path("suppliers/<int:pk>/edit/", buying.supplier_edit, name="supplier_edit"),
    path("suppliers/<int:pk>/archive/", buying.supplier_archive, name="supplier_archive"),
    path("materials/new/", buying.material_new, name="material_new"),
    path("materials/<int:pk>/", buying.material, name="material"),
    path("materials/<int:pk>/edit/", buying.material_edit, name="material_edit"),
    path("materials/<int:pk>/standards/", buying.standard_new, name="standard_new"),
    path(
        "materials/<int:pk>/standards/<int:standard>/retirement/",
        buying.standard_retirement,
        name="standard_retirement",
    ),
    path("deliveries/new/", buying.receive, name="receive"),
    path("deliveries/<int:pk>/", buying.lot, name="lot"),
    path("deliveries/<int:pk>/used/", buying.lot_used, name="lot_used"),
    path("deliveries/<int:pk>/photos/<int:inspection>/", buying.inspection_photo, name="inspection_photo"),
    path("batches/", baking.batches, name="batches"),
    path("batches/new/", baking.bake, name="bake"),
    path("batches/<int:pk>/", baking.batch, name="batch"),
    path("batches/<int:pk>/standards/", baking.standard_new, name="batch_standard"),
    path("batches/<int:pk>/sold/", baking.sold, name="batch_sold"),
    path("batches/<int:pk>/recall/", baking.recall, name="recall"),
    path("batches/<int:pk>/recall/end/", baking.recall_end, name="recall_end"),
    path("batches/<int:pk>/labels/", baking.label, name="labels"),
    path("batches/<int:pk>/photo/", baking.photo, name="batch_photo"),
    path("costs/", pricing.costs, name="costs"),
    path("costs/<int:pk>/", pricing.recipe, name="recipe"),
    path("reviews/", pricing.reviews, name="reviews"),
    path("reviews/<int:pk>/", pricing.review, name="review"),
    path("reviews/<int:pk>/announcement/", pricing.announcement, name="announcement"),
]
