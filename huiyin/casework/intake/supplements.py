"""What is added to a registered matter (补充材料), and a new query code for it (更换查询码)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.codes import query_code
from huiyin.casework.cases.models import Case, Demand, Submission
from huiyin.casework.cases.refusals import ChangedMeanwhile, Invalid, NotLawful, NotPermitted, NotThere
from huiyin.casework.cases.scope import cases_visible_to, demands_visible_to
from huiyin.casework.intake.channels import BY_CODE
from huiyin.casework.intake.checks import MAX_TEXT
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right
from huiyin.records.documents.preparing import PreparedFile
from huiyin.records.documents.services import attachment_attach
from huiyin.records.ledger.chain import sm3
from huiyin.records.ledger.services import Line, actor_of, ledger_append
from huiyin.records.texts.words import index_text


@dataclass(frozen=True)
class Supplement:
    """What was added (补充件); not new when the same form was sent twice."""

    submission_id: int
    case_id: int
    is_new: bool


def submission_supplement(
    *,
    case_id: int,
    text: str,
    channel: str,
    by: User | None,
    at: datetime,
    token: str,
    files: Sequence[PreparedFile] = (),
) -> Supplement:
    """Add what the petitioner brought later (补充材料); it is kept word for word like the first letter.

    `by` None means the petitioner on the tracking page, whose code the caller has checked. The same token
    twice is one supplement.

    Law: 《信访工作条例》(2022) 第十九条.
    Raises: NotThere; Invalid; NotLawful when every demand of the matter has ended.
    """
    _check(case_id, text, channel, token, has_files=bool(files), by=by)
    try:
        with transaction.atomic():
            return _supplement(case_id, text, channel, by=by, at=at, token=token, files=files)
    except IntegrityError:
        known = Submission.objects.filter(token=token, case_id=case_id).first()
        if known is None:
            raise
        return Supplement(known.pk, case_id, is_new=False)


def _check(case_id: int, text: str, channel: str, token: str, *, has_files: bool, by: User | None) -> None:
    demands = Demand.objects.all() if by is None else demands_visible_to(by)
    is_open = list(demands.filter(case_id=case_id).values_list("is_open", flat=True))
    if not is_open:
        raise NotThere(_("没有这件信访事项，或者您无权查看。"))
    if not any(is_open):
        raise NotLawful(
            _("这件信访事项的各项诉求都已终结，不再收补充材料。"),
            citation=_("《信访工作条例》第十九条"),
            way_out=_("有新的事实和理由的，请作为新的信访事项登记，并与本件关联。"),
        )
    problems: dict[str, object] = {}
    if not text.strip() and not has_files:
        problems["text"] = _("请写明补充的内容，或者上传材料。")
    elif len(text) > MAX_TEXT:
        problems["text"] = _("内容超过%(max)s字，请把详细材料作为附件提交。") % {"max": MAX_TEXT}
    if channel not in BY_CODE:
        problems["channel"] = _("请选择补充材料是怎样送来的。")
    if not token:
        problems["token"] = _("表单已失效，请刷新后再提交。")
    if problems:
        raise Invalid(problems)


def _supplement(
    case_id: int,
    text: str,
    channel: str,
    *,
    by: User | None,
    at: datetime,
    token: str,
    files: Sequence[PreparedFile],
) -> Supplement:
    submission = Submission.objects.create(
        case_id=case_id,
        channel=channel,
        received_at=at,
        recorded_at=at,
        recorded_by=by,
        is_supplement=True,
        text=text,
        words=index_text(text),
        token=token,
    )
    is_sealed = bool(files) and Demand.objects.filter(case_id=case_id, is_sealed=True).exists()
    stored = [
        attachment_attach(
            matter_id=case_id,
            submission_id=submission.pk,
            demand_id=None,
            prepared=prepared,
            by=by,
            at=at,
            is_from_petitioner=True,
            is_sealed=is_sealed,
        )
        for prepared in files
    ]
    Demand.objects.filter(case_id=case_id, is_open=True).update(last_event_at=at)
    digest = sm3(text.encode("utf-8", "replace")).hex()
    ledger_append(
        matter_id=case_id,
        events=[
            Line(
                "case.supplemented",
                {"channel": channel, "submission": submission.pk, "text_digest": digest},
            ),
            *(
                Line("case.attached", {"count": 1, "digest": row.digest, "attachment": row.pk})
                for row in stored
            ),
        ],
        at=at,
        actor=actor_of(by),
        agency_id=by.agency_id if by else None,
    )
    return Supplement(submission.pk, case_id, is_new=True)


@transaction.atomic
def code_renew(*, case_id: int, code_version: int, by: User, at: datetime) -> str:
    """Give the petitioner a new query code (更换查询码) and let the old one lapse; returns the new one.

    Raises: NotThere, NotPermitted, ChangedMeanwhile when it was renewed already.
    """
    case = cases_visible_to(by).filter(pk=case_id).first()
    if case is None:
        raise NotThere(_("没有这件信访事项，或者您无权查看。"))
    if not by.has_right(Right.CASE_REGISTER) or by.agency_id != case.office_id:
        raise NotPermitted(
            _("只有登记机构的登记人员可以更换查询码。"), way_out=_("请信访人联系登记机构，核对身份后更换。")
        )
    renewed = Case.objects.filter(pk=case_id, code_version=code_version).update(
        code_version=F("code_version") + 1
    )
    if renewed != 1:
        raise ChangedMeanwhile(_("查询码刚刚已经更换过。"), way_out=_("请刷新页面查看。"))
    case.code_version = code_version + 1
    ledger_append(
        matter_id=case_id,
        events=[Line("case.code_renewed", {"version": case.code_version})],
        at=at,
        actor=actor_of(by),
        agency_id=by.agency_id,
    )
    return query_code(case)
