"""URLs of the people who serve, below `/<shop>/team/`."""

from django.urls import path

from setia.team.views import candidates, lessons, observing, setup, shifts, week

app_name = "team"
urlpatterns = [
    path("", week.week, name="week"),
    path("members/<int:pk>/", week.member, name="member"),
    path("members/<int:pk>/seen/", week.seen, name="seen"),
    path("members/<int:pk>/notes/", week.note, name="note"),
    path("members/<int:pk>/steps/<int:item>/", lessons.step, name="step"),
    path("shifts/", shifts.shifts, name="shifts"),
    path("shifts/copy/", shifts.copy, name="copy_week"),
    path("shifts/<int:pk>/removal/", shifts.removal, name="shift_removal"),
    path("shifts/<int:pk>/arrival/", shifts.arrival, name="arrival"),
    path("shifts/<int:pk>/departure/", shifts.departure, name="departure"),
    path("observations/", observing.observe, name="observe"),
    path("observations/new/", observing.observation, name="observation"),
    path("observations/<int:pk>/mistake/", observing.mistake, name="mistake"),
    path("lessons/", lessons.lessons, name="lessons"),
    path("lessons/new/", lessons.write, name="lesson_new"),
    path("lessons/<int:pk>/", lessons.lesson, name="lesson"),
    path("lessons/<int:pk>/edit/", lessons.write, name="lesson_edit"),
    path("candidates/", candidates.candidates, name="candidates"),
    path("candidates/new/", candidates.new, name="candidate_new"),
    path("candidates/<int:pk>/", candidates.candidate, name="candidate"),
    path("candidates/<int:pk>/edit/", candidates.edit, name="candidate_edit"),
    path("candidates/<int:pk>/photo/", candidates.photo, name="candidate_photo"),
    path("candidates/<int:pk>/marks/", candidates.marks, name="marks"),
    path("candidates/<int:pk>/trial/", candidates.trial, name="trial"),
    path("candidates/<int:pk>/lines/<int:item>/", candidates.line, name="line"),
    path("candidates/<int:pk>/decision/", candidates.decision, name="decision"),
    path("candidates/<int:pk>/reopening/", candidates.reopening, name="reopening"),
    path("setup/", setup.setup, name="setup"),
    path("setup/<slug:what>/", setup.add, name="setup_add"),
    path("setup/<slug:what>/<int:pk>/retirement/", setup.retirement, name="setup_retirement"),
]
