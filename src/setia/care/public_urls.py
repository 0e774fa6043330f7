"""Questions by link and the page behind the code at the counter, below `/p/`."""

from django.urls import path

from setia.care.views import public

app_name = "public_care"
urlpatterns = [
    path("ask/<slug:token>/", public.ask, name="ask"),
    path("say/<slug:token>/", public.say, name="say"),
    path("say/<slug:token>/complaint/", public.complaint, name="complaint"),
    path("say/<slug:token>/wish/", public.wish, name="wish"),
    path("say/<slug:token>/<slug:form>/", public.questions, name="questions"),
]
