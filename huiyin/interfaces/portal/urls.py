"""Addresses of the public portal (公众门户网址)."""

from django.urls import path

from huiyin.interfaces.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("expect/", views.expect, name="expect"),
    path("deadlines/", views.deadlines, name="deadlines"),
    path("agencies/", views.agencies, name="agencies"),
    path("law/", views.law, name="law"),
    path("privacy/", views.privacy, name="privacy"),
]
