"""Addresses of the workbench, the lists, their exports and the search (工作台、列表、搜索)."""

from django.urls import path

from huiyin.interfaces.desk import list_views, search_views

LIST_URLS = [
    path("", list_views.workbench, name="workbench"),
    path("lists/<slug:name>/", list_views.work_list, name="list"),
    path("lists/<slug:name>/filters/", list_views.filter_save, name="filter_save"),
    path("lists/<slug:name>/export.<slug:kind>", list_views.export, name="export"),
    path("filters/<int:filter_id>/delete/", list_views.filter_delete, name="filter_delete"),
    path("search/", search_views.search, name="search"),
]
