"""Workbench and lists (工作台、列表)."""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.casework.cases import filters, selectors
from huiyin.casework.cases.exports import export_record
from huiyin.casework.cases.refusals import Invalid
from huiyin.interfaces.desk import exporting, list_tables
from huiyin.interfaces.desk.frame import desk_page, desk_view, officer
from huiyin.interfaces.desk.list_forms import FilterForm, KeepForm
from huiyin.interfaces.desk.navigation import LIST_LABELS, lists_of
from huiyin.interfaces.ui.parts import Pager
from huiyin.law.calendar import local_date
from huiyin.records.accounts.rights import Right


@desk_view()
def workbench(request: HttpRequest) -> HttpResponseBase:
    """What waits for this person and what is due next (工作台)."""
    user, today = officer(request), local_date(timezone.now())
    if user.is_administrator:
        return redirect("desk:accounts")
    if not user.has_right(Right.CASE_READ):
        return desk_page(request, "desk/lists/no_role.html")
    labels = [row for row in lists_of(user) if row[0] in selectors.HELD]
    names = tuple(name for name, _label, _icon in labels)
    counts = selectors.work_counts(user=user, names=names, today=today)
    nearest = selectors.nearest_due(user=user)
    context = {
        "tiles": list_tables.tiles_of(user, counts, labels, cap=selectors.CAP),
        "lines": list_tables.lines_of(nearest, today=today),
        "empty": list_tables.empty_of("due-soon", user, is_narrowed=False, clear_url=""),
        "can_register": user.has_right(Right.CASE_REGISTER),
        "kept": filters.filters_of(user),
    }
    return desk_page(request, "desk/lists/workbench.html", context)


@desk_view(Right.CASE_READ)
def work_list(request: HttpRequest, name: str) -> HttpResponseBase:
    """One list, narrowed and in pages (列表)."""
    return list_page(request, checked(name), KeepForm())


def list_page(request: HttpRequest, name: str, keep: KeepForm, status: int = 200) -> HttpResponseBase:
    """Render a list by the query of the address."""
    user, today = officer(request), local_date(timezone.now())
    form, after = FilterForm(request.GET, name=name), request.GET.get("after", "")
    page = selectors.work_list(
        user=user, name=name, wanted=form.wanted, sort=form.wanted_sort, after=after, today=today
    )
    here, query = reverse("desk:list", args=[name]), plain_query(request.GET)
    context = {
        "name": name,
        "label": LIST_LABELS[name],
        "form": form,
        "keep": keep,
        "kept": filters.filters_of(user),
        "here": here,
        "query": query,
        "is_narrowed": not form.wanted.is_empty,
        "lines": list_tables.lines_of(page.rows, today=today),
        "pager": pager_of(page, here, query, after),
        "empty": list_tables.empty_of(name, user, is_narrowed=not form.wanted.is_empty, clear_url=here),
        "can_export": user.has_right(Right.EXPORT),
    }
    return desk_page(request, "desk/lists/list.html", context, here=here, status=status)


def checked(name: str) -> str:
    """The name of a list that exists."""
    if name not in selectors.LIST_NAMES:
        raise Http404
    return name


def plain_query(given: QueryDict) -> str:
    """The filters of the address without the place in the list."""
    return urlencode([(key, value) for key, value in given.items() if value and key != "after"])


def pager_of(page: selectors.WorkPage, here: str, query: str, after: str) -> Pager:
    """Where the next page begins; there is no page number, so that the ten-thousandth is as quick."""
    start = f"{here}?{query}&" if query else f"{here}?"
    return Pager(
        shown=len(page.rows),
        count=page.count,
        is_capped=page.is_capped,
        next_url=f"{start}after={page.next_cursor}" if page.next_cursor else "",
        first_url=start[:-1] if after else "",
    )


@require_POST
@desk_view(Right.CASE_READ)
def filter_save(request: HttpRequest, name: str) -> HttpResponseBase:
    """Keep the filters that are applied under a name (保存筛选)."""
    user, at = officer(request), timezone.now()
    keep = KeepForm(request.POST)
    if keep.is_valid():
        try:
            kept = filters.savedfilter_save(
                name=keep.cleaned_data["name"],
                list_name=checked(name),
                wanted=FilterForm(request.GET, name=name).wanted,
                by=user,
                at=at,
            )
        except Invalid as refused:
            keep.add_error("name", str(refused.fields["name"]))
        else:
            messages.success(request, _("已保存筛选“%(name)s”。") % {"name": kept.name})
            return redirect(f"{reverse('desk:list', args=[name])}?{kept.query}")
    return list_page(request, checked(name), keep, status=422)


@require_POST
@desk_view(Right.CASE_READ)
def filter_delete(request: HttpRequest, filter_id: int) -> HttpResponseBase:
    """Forget a kept filter (删除筛选)."""
    filters.savedfilter_delete(filter_id=filter_id, by=officer(request), at=timezone.now())
    messages.success(request, _("已删除这个常用筛选。"))
    return redirect("desk:workbench")


@desk_view(Right.EXPORT)
def export(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    """The whole list within the same scope and filters, as a file (导出)."""
    user, at = officer(request), timezone.now()
    if kind not in exporting.KINDS:
        raise Http404
    form = FilterForm(request.GET, name=checked(name))
    export_record(list_name=name, wanted=form.wanted, kind=kind, by=user, at=at)
    rows = selectors.work_rows(
        user=user, name=name, wanted=form.wanted, sort=form.wanted_sort, today=local_date(at)
    )
    return exporting.file_response(kind, exporting.mark_of(user, name, form.wanted, at), rows, stamp(at))


def stamp(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y%m%d-%H%M")
