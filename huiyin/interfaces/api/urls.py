"""The api's addresses (工作台)."""

from django.urls import URLPattern

app_name = "api"
urlpatterns: list[URLPattern] = []
