"""The addresses the gate of the accounts leads to, each answering with its own name."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.path} {request.user}")


desk = (
    [
        path("", answer, name="workbench"),
        path("login/", answer, name="login"),
        path("logout/", answer, name="logout"),
        path("code/", answer, name="code"),
        path("enrol/", answer, name="enrol"),
        path("password/", answer, name="password"),
    ],
    "desk",
)
urlpatterns = [path("desk/", include(desk)), path("api/v1/thing/", answer), path("language/", answer)]
