"""The API's addresses (接口网址)."""

from django.urls import path

from huiyin.interfaces.api.app import api

urlpatterns = [path("", api.urls)]
