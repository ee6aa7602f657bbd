"""Error pages: what happened, what to do, and that nothing acknowledged is lost (出错页面)."""

import errno
import sys
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.ui.look import look_of
from huiyin.interfaces.ui.parts import Text

DISK_TROUBLES = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS}
API_DETAILS = {
    500: "系统出了差错；没有返回编号的请求没有登记。 An error; what got no number is not registered.",
    503: "系统暂时停用，请稍后重试。 The service is away for a moment; please send the request again.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of trouble in words (出错说明)."""

    status: int
    title: Text
    text: Text
    advice: Text
    is_kept_shown: bool = False


FAULTS = {
    400: Fault(
        400,
        _("这个请求看不懂"),
        _("浏览器送来的内容不完整或者格式不对，系统没有办理它。"),
        _("请返回上一页，刷新后再试一次。如果是从别处点链接来的，请从首页重新进入。"),
        True,
    ),
    403: Fault(
        403,
        _("这一页不能这样打开"),
        _("可能是页面放得太久已经失效，也可能是当前账号没有这项权限。"),
        _("请返回上一页，刷新后再提交；工作人员请确认登录的账号和岗位。"),
        True,
    ),
    404: Fault(
        404,
        _("没有找到这一页"),
        _("地址可能写错了，或者这一页对您不开放。"),
        _("请核对地址，或从首页进入。查询进度请用登记编号和查询码。"),
    ),
    413: Fault(
        413,
        _("送来的内容太大了"),
        _("一次提交的文字或附件超过了系统能收的大小，这一次没有保存。"),
        _("请把照片缩小或分几次上传；材料很多时，可以先提交诉求，之后再补充材料。"),
        True,
    ),
    429: Fault(
        429,
        _("请求太频繁，请稍等"),
        _(
            "为防止程序恶意尝试，系统暂时停止接收来自这里的请求。这个限制只针对机器式的频繁操作，不影响您反映问题的权利。"
        ),
        _("请等 15 分钟再试；急事请直接拨打公布的电话或到接待场所。"),
        True,
    ),
}


def render(request: HttpRequest, status: int) -> HttpResponse:
    """Render the page of one fault; it asks the database nothing (出错页面)."""
    fault = FAULTS[status]
    page = loader.render_to_string(
        "ui/faults/fault.html", {"fault": fault, "look": look_of(request)}, request
    )
    response = HttpResponse(page, status=status)
    if status == 429:
        response["Retry-After"] = "900"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when the request was merely too big."""
    is_too_big = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return render(request, 413 if is_too_big else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same answer for "does not exist" and "not yours"."""
    return render(request, 404)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, 413)


def too_many(request: HttpRequest, *details: object, **more: object) -> HttpResponse:
    """429; also the answer of the log-in lock-out."""
    return render(request, 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, 403)


def is_outage(error: BaseException | None) -> bool:
    """Does this error mean that the machine below us is in trouble, not the request? (故障判定)"""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        if isinstance(error, OSError) and error.errno in DISK_TROUBLES:
            return True
        error = error.__cause__
    return False


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the error being handled is an outage (系统差错)."""
    return unavailable(request) if is_outage(sys.exc_info()[1]) else static_page(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database or the disk is away for a while (暂停服务)."""
    response = static_page(request, 503)
    response["Retry-After"] = "60"
    return response


def static_page(request: HttpRequest, status: int) -> HttpResponse:
    """A page in both languages that needs neither database nor session nor language; JSON for programs."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": API_DETAILS[status]}, status=status)
    return HttpResponse(loader.render_to_string(f"ui/faults/{status}.html"), status=status)
