"""URLs of the pages of care, below `/<shop>/care/`."""

from django.urls import path

from setia.care.views import complaints, hearing, settling, suggestions, surveys

app_name = "care"
urlpatterns = [
    path("", complaints.board, name="board"),
    path("complaints/new/", hearing.new, name="complaint_new"),
    path("complaints/nameless/", complaints.nameless, name="nameless"),
    path("complaints/closed/", complaints.closed, name="closed"),
    path("complaints/from-draft/<int:pk>/", hearing.from_draft, name="from_draft"),
    path("complaints/from-message/<int:pk>/", hearing.from_message, name="from_message"),
    path("complaints/photos/<slug:token>/", complaints.photo, name="photo"),
    path("complaints/heard-in/<int:pk>/", hearing.heard_here, name="heard_here"),
    path("complaints/<int:pk>/", complaints.complaint, name="complaint"),
    path("complaints/<int:pk>/facts/", complaints.facts, name="facts"),
    path("complaints/<int:pk>/batch/", complaints.batch, name="complaint_batch"),
    path("complaints/<int:pk>/notes/", complaints.note, name="note"),
    path("complaints/<int:pk>/dropping/", complaints.dropping, name="dropping"),
    path("complaints/<int:pk>/reopening/", complaints.reopening, name="reopening"),
    path("complaints/<int:pk>/offer/", settling.offer, name="offer"),
    path("complaints/<int:pk>/apology/", settling.apology, name="apology"),
    path("complaints/<int:pk>/content/", settling.contentment, name="content"),
    path("offers/<int:pk>/step/", settling.step, name="step"),
    path("improvements/", settling.improvements, name="improvements"),
    path("improvements/<int:pk>/done/", settling.improved, name="improved"),
    path("rules/", settling.rules, name="rules"),
    path("satisfaction/", surveys.satisfaction, name="satisfaction"),
    path("satisfaction/poster/", surveys.poster, name="poster"),
    path("customers/<int:pk>/asking/", surveys.asking, name="asking"),
    path("customers/<int:pk>/elsewhere/", suggestions.elsewhere, name="elsewhere"),
    path("elsewhere/<int:pk>/removal/", suggestions.elsewhere_removal, name="elsewhere_removal"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("suggestions/new/", suggestions.new, name="suggestion_new"),
    path("suggestions/from-message/<int:pk>/", suggestions.from_message, name="suggestion_from_message"),
    path("suggestions/<int:pk>/", suggestions.suggestion, name="suggestion"),
    path("suggestions/<int:pk>/decision/", suggestions.decision, name="decision"),
    path("suggestions/<int:pk>/title/", suggestions.title, name="title"),
    path("suggestions/<int:pk>/joining/", suggestions.joining, name="joining"),
    path("suggestions/<int:pk>/parting/", suggestions.parting, name="parting"),
    path("voices/<int:pk>/removal/", suggestions.voice_removal, name="voice_removal"),
]
