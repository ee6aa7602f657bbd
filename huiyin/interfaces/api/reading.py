"""Reading through the API (读取接口): the same selectors and the same scope as the pages of the desk."""

from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router

from huiyin.casework.cases.filters import ListFilter
from huiyin.casework.cases.refusals import NotPermitted, NotThere
from huiyin.casework.cases.searching import search as find
from huiyin.casework.cases.selectors import LIST_NAMES, PAGE, WorkRow, work_list
from huiyin.casework.cases.services import reading_record
from huiyin.casework.matching.selectors import Match, earlier_matters
from huiyin.casework.replies.selectors import case_page
from huiyin.interfaces.api import reading_schemas as out
from huiyin.interfaces.api.callers import REFUSALS, caller, code_of
from huiyin.interfaces.api.case_pages import case_out
from huiyin.interfaces.api.list_filters import ListQuery
from huiyin.law.calendar import local_date
from huiyin.records.accounts.rights import Right
from huiyin.records.agencies.selectors import agency_directory, class_directory
from huiyin.records.vault.details import IdentityDetails

router = Router(tags=["reading"])


@router.get("/me", response=out.MeOut, summary="当前账号")
def me(request: HttpRequest) -> out.MeOut:
    """The account behind the token, with its roles and rights."""
    user = caller(request)
    return out.MeOut(
        username=user.username,
        name=user.name,
        agency=code_of(user.agency_id),
        roles=sorted(user.role_set),
        rights=sorted(user.rights),
    )


@router.get("/agencies", response=list[out.AgencyOut], summary="机构")
def agencies(request: HttpRequest) -> list[out.AgencyOut]:
    """The active agencies of the county."""
    return [
        out.AgencyOut(
            **{name: getattr(one, name) for name in out.AgencyOut.model_fields if name != "parent"},
            parent=code_of(one.parent_id),
        )
        for one in agency_directory().active()
    ]


@router.get("/classes", response=list[out.ClassOut], summary="内容分类")
def classes(request: HttpRequest) -> list[out.ClassOut]:
    """The content classes in use."""
    return [
        out.ClassOut(code=one.code, name=one.name, name_en=one.name_en, parent_code=one.parent_code)
        for one in class_directory().active()
    ]


@router.get("/demands", response={200: out.ListOut, **REFUSALS}, summary="工作列表")
def demands(request: HttpRequest, wanted: Annotated[ListQuery, Query()]) -> out.ListOut:
    """One page of a work list, narrowed as on the desk."""
    if wanted.list not in LIST_NAMES:
        raise NotThere(
            _("没有列表“%(name)s”，可选：%(known)s。")
            % {"name": wanted.list[:20], "known": "、".join(LIST_NAMES)}
        )
    page = work_list(
        user=caller(request),
        name=wanted.list,
        wanted=ListFilter(**wanted.model_dump(include=set(ListFilter.__dataclass_fields__))),
        today=local_date(timezone.now()),
        sort=wanted.sort,
        after=wanted.after,
        limit=min(max(1, wanted.limit), PAGE),
    )
    rows = [row_out(row) for row in page.rows]
    return out.ListOut(rows=rows, next=page.next_cursor, count=page.count, is_capped=page.is_capped)


@router.get("/search", response=out.FoundOut, summary="检索")
def search(request: HttpRequest, q: str, after: str = "") -> out.FoundOut:
    """What a number or words lead to among the matters the caller may see, newest first."""
    found = find(user=caller(request), text=q[:200], after=after)
    rows = [row_out(hit.row) for hit in found.hits]
    return out.FoundOut(rows=rows, next=found.next_cursor)


@router.get("/cases/{int:case_id}", response={200: out.CaseOut, **REFUSALS}, summary="信访事项")
def case(request: HttpRequest, case_id: int) -> out.CaseOut:
    """A matter as the caller may see it; every look is written down."""
    now = timezone.now()
    page = case_page(user=caller(request), case_id=case_id, at=now)
    reading_record(case_id=case_id, by=caller(request), surface="api", at=now)
    return case_out(page, caller(request))


@router.post("/earlier-matters", response={200: list[out.EarlierOut], **REFUSALS}, summary="查重")
def earlier(request: HttpRequest, body: out.EarlierIn) -> list[Match]:
    """Earlier matters with the same petitioner, or the same text and place; for those who register."""
    if not caller(request).has_right(Right.CASE_REGISTER):
        raise NotPermitted(
            _("您的账号没有打开这一页的权限。"),
            way_out=_("需要这项权限的，请向本单位的安全管理员申请相应角色。"),
        )
    return earlier_matters(
        user=caller(request),
        text=body.text[:50_000],
        region_code=body.region_code,
        details=IdentityDetails(name=body.name, phone=body.phone, id_number=body.id_number),
    )


def row_out(row: WorkRow) -> out.RowOut:
    """A line of a list with the code of its holder."""
    names = out.RowOut.model_fields.keys() - {"holder"}
    return out.RowOut(holder=code_of(row.holder_id), **{name: getattr(row, name) for name in names})
