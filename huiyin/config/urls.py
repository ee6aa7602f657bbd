"""All addresses of the house: the public portal at the root, the desk, the API (网址)."""

from django.urls import include, path

urlpatterns = [
    path("", include("huiyin.interfaces.ui.urls")),
    path("desk/", include("huiyin.interfaces.desk.urls")),
    path("api/v1/", include("huiyin.interfaces.api.urls")),
    path("", include("huiyin.interfaces.portal.urls")),
]

handler400 = "huiyin.interfaces.ui.faults.bad_request"
handler403 = "huiyin.interfaces.ui.faults.forbidden"
handler404 = "huiyin.interfaces.ui.faults.not_found"
handler500 = "huiyin.interfaces.ui.faults.server_error"
