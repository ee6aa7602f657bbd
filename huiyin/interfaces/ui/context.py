"""Context processor: every template knows the look (模板上下文)."""

from django.http import HttpRequest

from huiyin.interfaces.ui.look import Look, look_of


def page(request: HttpRequest) -> dict[str, Look]:
    return {"look": look_of(request)}
