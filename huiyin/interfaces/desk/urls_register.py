"""Addresses of registration and the receipt (登记)."""

from django.urls import path

from huiyin.interfaces.desk import receipt_views, register_views

REGISTER_URLS = [
    path("register/", register_views.channels, name="register"),
    path("register/earlier/", register_views.earlier, name="register_earlier"),
    path("register/<slug:code>/", register_views.register, name="register_channel"),
    path("cases/<int:case_id>/receipt/", receipt_views.receipt, name="receipt"),
    path("cases/<int:case_id>/receipt/print/", receipt_views.receipt_print, name="receipt_print"),
    path("cases/<int:case_id>/links/", receipt_views.link, name="case_link"),
    path("cases/<int:case_id>/links/<int:link_id>/undo/", receipt_views.link_undo, name="case_link_undo"),
]
