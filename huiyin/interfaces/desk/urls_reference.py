"""Addresses of the reference data (基础资料)."""

from django.urls import path

from huiyin.interfaces.desk import reference_views

REFERENCE_URLS = [
    path("reference/agencies/", reference_views.agencies, name="agencies"),
    path("reference/agencies/<slug:code>/", reference_views.agency, name="agency"),
    path("reference/classes/", reference_views.classes, name="classes"),
    path("reference/classes/<slug:code>/", reference_views.content_class, name="content_class"),
]
