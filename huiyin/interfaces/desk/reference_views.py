"""Reference data (基础资料): agencies with phone, hours and remit; content classes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.interfaces.desk import wording
from huiyin.interfaces.desk.frame import desk_page, desk_view, officer
from huiyin.interfaces.desk.reference_forms import AgencyForm, ClassForm, agency_values, remit_text
from huiyin.records.agencies.directories import AgencyEntry, RemitEntry
from huiyin.records.agencies.errors import ReferenceRefused
from huiyin.records.agencies.permissions import can_edit_agencies, can_edit_classes
from huiyin.records.agencies.selectors import agency_directory, class_directory
from huiyin.records.agencies.services import agency_save, class_save

NOT_YOURS = gettext_lazy("这些资料由系统管理员维护；发现有误请告诉系统管理员。")


@desk_view()
def agencies(request: HttpRequest) -> HttpResponseBase:
    """All agencies as a tree (机构)."""
    context = {"rows": tree_rows(None, 0), "can_edit": can_edit_agencies(officer(request))}
    return desk_page(request, "desk/reference/agencies.html", context)


def tree_rows(parent_id: int | None, depth: int) -> list[tuple[int, AgencyEntry, str]]:
    """The agencies below one, each with its depth and its name in the language of the page."""
    rows = []
    for entry in agency_directory().children(parent_id):
        rows.append((depth, entry, entry.name_in(wording.language())))
        rows += tree_rows(entry.id, depth + 1)
    return rows


@desk_view()
def agency(request: HttpRequest, code: str) -> HttpResponseBase:
    """One agency; the system administrator edits phone, address, hours and remit (机构资料)."""
    entry = agency_directory().by_code(code)
    if entry is None:
        raise Http404
    can_edit = can_edit_agencies(officer(request))
    form = AgencyForm(request.POST or None, initial=initial_of(entry), can_edit=can_edit)
    if request.method == "POST" and can_edit and form.is_valid() and agency_is_saved(request, code, form):
        messages.success(request, _("机构资料已修改，门户和各页面一秒内生效。"))
        return redirect("desk:agency", code=code)
    context = {
        "entry": entry,
        "form": form,
        "can_edit": can_edit,
        "parent": wording.agency_text(entry.parent_id),
        "region": wording.region_text(entry.region_code),
        "not_yours": NOT_YOURS,
        "remits": [remit_words(one) for one in entry.remits],
    }
    status, here = 422 if form.errors else 200, reverse("desk:agencies")
    return desk_page(request, "desk/reference/agency.html", context, here=here, status=status)


def agency_is_saved(request: HttpRequest, code: str, form: AgencyForm) -> bool:
    """Save what was typed, or put every problem on the form."""
    values, expected = agency_values(form.cleaned_data), form.cleaned_data["expected"]
    try:
        agency_save(code=code, values=values, expected=expected, by=officer(request), at=timezone.now())
    except ReferenceRefused as refused:
        add_problems(form, refused)
        return False
    return True


def remit_words(remit: RemitEntry) -> tuple[str, str]:
    """A part of a remit in words: what, and where."""
    return wording.class_text(remit.class_prefix) or _("全部内容"), place_of(remit.region_prefix)


def place_of(prefix: str) -> str:
    """The place whose code begins so."""
    return wording.region_text(prefix.ljust(12, "0")) or prefix


def initial_of(entry: AgencyEntry) -> dict[str, Any]:
    """What stands in the form before anybody types."""
    names = ("name", "name_en", "short_name", "phone", "reception_place", "reception_hours", "postal_address")
    values: dict[str, Any] = {name: getattr(entry, name) for name in names}
    return values | {
        "expected": entry.revision,
        "takes_petitions": entry.takes_petitions,
        "remits": remit_text(entry.remits),
    }


def add_problems(form: forms.Form, refused: ReferenceRefused) -> None:
    for problem in refused.problems:
        form.add_error(None, problem)


@desk_view()
def classes(request: HttpRequest) -> HttpResponseBase:
    """All content classes, first and second level (内容分类)."""
    directory = class_directory()
    rows = [(first, directory.children(first.code)) for first in directory.children("")]
    context = {"rows": rows, "can_edit": can_edit_classes(officer(request)), "language": wording.language()}
    return desk_page(request, "desk/reference/classes.html", context)


@desk_view()
def content_class(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change the wording of a class or close it (维护内容分类)."""
    entry = class_directory().get(code)
    if entry is None or not can_edit_classes(officer(request)):
        raise Http404
    initial = {name: getattr(entry, name) for name in ("name", "name_en", "is_active")}
    form = ClassForm(request.POST or None, initial=initial | {"expected": entry.revision})
    if request.method == "POST" and form.is_valid() and class_is_saved(request, code, form):
        messages.success(request, _("内容分类已修改。"))
        return redirect("desk:classes")
    status, here = 422 if form.errors else 200, reverse("desk:classes")
    context = {"entry": entry, "form": form}
    return desk_page(request, "desk/reference/class.html", context, here=here, status=status)


def class_is_saved(request: HttpRequest, code: str, form: ClassForm) -> bool:
    """Save the wording, or put every problem on the form."""
    values = dict(form.cleaned_data)
    expected = values.pop("expected")
    try:
        class_save(code=code, values=values, expected=expected, by=officer(request), at=timezone.now())
    except ReferenceRefused as refused:
        add_problems(form, refused)
        return False
    return True
