"""The two switches: language and letter size (语言与大字切换)."""

from django.urls import path
from django.views.i18n import set_language

from huiyin.interfaces.ui import views

app_name = "ui"
urlpatterns = [
    path("language/", set_language, name="language"),
    path("elder/", views.elder_switch, name="elder"),
]
