"""Pages anyone may read: home, what to expect, deadlines, agencies, law, privacy (公开页面)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.interfaces.portal import contacts, law_page, periods
from huiyin.interfaces.portal.counting import CountingForm, counted
from huiyin.interfaces.portal.navigation import address
from huiyin.interfaces.ui.parts import Empty, Link
from huiyin.law.calendar import local_date
from huiyin.records.agencies.selectors import agency_directory


def trail(text: str) -> tuple[Link, ...]:
    """The way back to the home page (面包屑)."""
    return (Link(_("首页"), address("home")), Link(text))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here and what becomes of it (首页)."""
    today = local_date(timezone.now())
    return render(
        request,
        "portal/home.html",
        {
            "today": today,
            "periods": periods.way_periods(today),
            "first_contacts": contacts.first_contacts(agency_directory()),
        },
    )


@require_safe
def expect(request: HttpRequest) -> HttpResponse:
    """The law in plain words: what may be raised, what happens when, what to do next (办事须知)."""
    today = local_date(timezone.now())
    return render(
        request, "portal/expect.html", {"periods": periods.way_periods(today), "trail": trail(_("办事须知"))}
    )


@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """Count a date the way the platform counts it, day by day (期限怎么算)."""
    today = local_date(timezone.now())
    form = CountingForm(request.GET) if "rule" in request.GET else CountingForm(initial={"start": today})
    result = counted(form, today) if form.is_bound and form.is_valid() else None
    return render(
        request,
        "portal/deadlines.html",
        {"form": form, "result": result, "trail": trail(_("期限怎么算"))},
        status=422 if form.is_bound and form.errors else 200,
    )


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Where to go, when, and whom to call (找单位)."""
    words = request.GET.get("q", "")[:60].strip()
    empty = Empty(
        _("没有找到符合的单位"),
        _("换一个说法试试，比如只写单位名称里的两个字；也可以直接拨打 12345。"),
        "building-community",
        Link(_("看全部单位"), address("agencies")) if words else None,
    )
    return render(
        request,
        "portal/agencies.html",
        {
            "groups": contacts.contact_groups(agency_directory(), words),
            "words": words,
            "empty": empty,
            "trail": trail(_("找单位")),
        },
    )


@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """The texts the platform stands on and every time limit it counts (依据的法律法规)."""
    today = local_date(timezone.now())
    return render(
        request,
        "portal/law.html",
        {
            "texts": law_page.texts(today),
            "limits": law_page.limits_table(today),
            "trail": trail(_("依据的法律法规")),
        },
    )


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Personal-information notice (个人信息处理告知).

    Law: Personal Information Protection Law 17, 30, 35.
    """
    return render(
        request,
        "portal/privacy.html",
        {"office": contacts.notice_office(agency_directory()), "trail": trail(_("个人信息怎么用"))},
    )
