"""URLs of customers."""

from django.urls import path

from setia.customers.views import blocks, imports, people, same

app_name = "customers"
urlpatterns = [
    path("new/", people.add, name="add"),
    path("people/", people.pick, name="pick"),
    path("<int:pk>/edit/", people.edit, name="edit"),
    path("<int:pk>/archive/", people.archive, name="archive"),
    path("<int:pk>/restoration/", people.restore, name="restore"),
    path("<int:pk>/consents/", blocks.consent, name="consent"),
    path("<int:pk>/notes/", blocks.note, name="note"),
    path("<int:pk>/identities/", blocks.identity, name="identity"),
    path("identities/<int:pk>/sharing/", blocks.share, name="identity_sharing"),
    path("identities/<int:pk>/end/", blocks.end, name="identity_end"),
    path("<int:pk>/occasions/", blocks.occasion, name="occasion"),
    path("occasions/<int:pk>/removal/", blocks.occasion_removal, name="occasion_removal"),
    path("same/", same.pairs, name="same"),
    path("same/<int:pk>/difference/", same.different, name="different"),
    path("merges/<int:pk>/undoing/", same.undo, name="merge_undo"),
    path("<int:pk>/same/", same.compare, name="compare"),
    path("<int:pk>/merges/", same.merge, name="merge"),
    path("import/", imports.choose, name="import"),
    path("import/<int:pk>/", imports.run, name="import_run"),
    path("import/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("import/<int:pk>/rejected/", imports.rejected, name="import_rejected"),
    path("import/<int:pk>/undoing/", imports.undo, name="import_undo"),
    path("import/<int:pk>/removal/", imports.discard, name="import_discard"),
]
