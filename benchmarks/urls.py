"""The addresses of the house and the bare view."""

from django.urls import include, path

from benchmarks.bare.views import insert
from huiyin.config.urls import handler400, handler403, handler404, handler500

urlpatterns = [path("bare/", insert), path("", include("huiyin.config.urls"))]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
