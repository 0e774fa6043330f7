"""URLs of customers."""

from django.urls import path

from setia.customers.views import about, blocks, imports, people, privacy, same

app_name = "customers"
urlpatterns = [
    path("new/", people.add, name="add"),
    path("people/", people.pick, name="pick"),
    path("<int:pk>/edit/", people.edit, name="edit"),
    path("<int:pk>/archive/", people.archive, name="archive"),
    path("<int:pk>/source/", people.source, name="source"),
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
    path("<int:pk>/about/", about.page, name="about"),
    path("<int:pk>/household/end/", about.leave, name="household_end"),
    path("relations/<int:pk>/removal/", about.unrelate, name="relation_removal"),
    path("wishes/<int:pk>/removal/", about.forget_wish, name="wish_removal"),
    path("identities/<int:pk>/owner/", about.hand_over, name="identity_owner"),
    path("<int:pk>/data/", privacy.data, name="data"),
    path("<int:pk>/data/given/", privacy.given, name="data_given"),
    path("<int:pk>/data/link/", privacy.link, name="data_link"),
    path("<int:pk>/restriction/", privacy.restriction, name="restriction"),
    path("<int:pk>/erasure/", privacy.erasure, name="erasure"),
    path("privacy/", privacy.overview, name="privacy"),
    path("privacy/wishes/<int:pk>/answer/", privacy.answer, name="wish_answer"),
    path("privacy/record/", privacy.record, name="record"),
    path("privacy/rules/", privacy.rules, name="book_rules"),
    path("privacy/breaches/new/", privacy.new_breach, name="new_breach"),
    path("privacy/breaches/<int:pk>/", privacy.breach, name="breach"),
    path("import/", imports.choose, name="import"),
    path("import/<int:pk>/", imports.run, name="import_run"),
    path("import/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("import/<int:pk>/rejected/", imports.rejected, name="import_rejected"),
    path("import/<int:pk>/undoing/", imports.undo, name="import_undo"),
    path("import/<int:pk>/removal/", imports.discard, name="import_discard"),
]
