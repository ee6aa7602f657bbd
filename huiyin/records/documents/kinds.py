"""The kinds of documents (文书种类): a new kind is one more entry in `KINDS`.

`catalogue` is the number in the list of documents of the domain reference, 0 for what is not on it.
`word` stands for the kind in the document number (告 in 青信告〔2026〕12号); no two kinds share one, so
numbers never collide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document (文书种类); `required` names the contents it must not lack and asks for each."""

    code: str
    name: StrPromise
    word: str
    catalogue: int
    basis: str
    required: Mapping[str, StrPromise]


def _kind(
    code: str, name: StrPromise, word: str, catalogue: int, basis: str, **required: StrPromise
) -> DocumentKind:
    return DocumentKind(code, name, word, catalogue, basis, MappingProxyType(required))


_REASON = _("请写明理由。")
_REQUEST = _("请写明信访人的诉求。")
_SUMMARY = _("请写明信访事项摘要。")
_LIMIT = _("请写明办理期限。")
_CONTACT = _("请写明联系人或者联系电话。")

KINDS: tuple[DocumentKind, ...] = (
    _kind(
        "receipt",
        _("信访事项登记回执"),
        "登",
        1,
        "信访工作条例第十八条、第二十一条",
        registered_on=_("请写明登记日期。"),
        channel=_("请写明来访、来电、来信等提出方式。"),
        how_to_query=_("请写明查询和评价的办法。"),
    ),
    _kind(
        "acceptance_notice",
        _("信访事项受理告知书"),
        "受",
        2,
        "信访工作条例第二十三条",
        matter=_SUMMARY,
        received_on=_("请写明收到日期。"),
        route=_("请写明处理途径。"),
        procedure=_("请写明办理程序。"),
        limit=_LIMIT,
        contact=_CONTACT,
    ),
    _kind(
        "redirect_notice",
        _("信访事项途径告知书"),
        "告",
        3,
        "信访工作条例第二十三条、第三十一条",
        reason=_("请写明不属于本机关处理的理由。"),
        authority=_("请写明应当向哪个机关提出。"),
        how=_("请写明提出的方式。"),
        limitation_warning=_("请提醒起诉、复议、仲裁等时效。"),
    ),
    _kind(
        "decline_notice",
        _("信访事项不予受理告知书"),
        "不受",
        4,
        "信访工作条例第十九条",
        ground=_("请写明不予受理所依据的条款。"),
        reason=_REASON,
        where_to_go=_("请写明信访人可以通过什么途径解决。"),
    ),
    _kind(
        "final_decline_notice",
        _("信访事项不再受理告知书"),
        "终",
        5,
        "信访工作条例第三十六条",
        review_opinion=_("请写明复核意见的文号和日期。"),
        reason=_REASON,
    ),
    _kind(
        "forward_letter",
        _("信访事项转送函"),
        "转",
        6,
        "信访工作条例第二十二条",
        matter=_SUMMARY,
        demand=_("请写明转送的诉求。"),
    ),
    _kind(
        "assign_letter",
        _("信访事项交办函"),
        "交",
        7,
        "信访工作条例第二十二条",
        matter=_SUMMARY,
        requirement=_("请写明办理要求。"),
        limit=_("请写明报告结果的期限。"),
        report_items=_("请写明办结报告应当包括的内容。"),
        contact=_CONTACT,
    ),
    _kind(
        "objection_letter",
        _("转送交办异议函"),
        "异",
        8,
        "信访工作条例第二十三条",
        reason=_("请写明不属于本机关职权范围的理由。"),
        legal_basis=_("请写明依据的法律、法规或者职责规定。"),
        suggested_agency=_("请写明建议由哪个机关办理。"),
    ),
    _kind(
        "objection_decision",
        _("转送交办异议审核意见"),
        "核",
        9,
        "信访工作条例第二十三条",
        decision=_("请写明同意异议还是维持原转送、交办。"),
        reason=_REASON,
    ),
    _kind(
        "assist_opinion",
        _("信访事项协办意见"),
        "协",
        0,
        "信访工作条例第二十四条",
        opinion=_("请写明查明的情况和处理意见。"),
    ),
    _kind(
        "extension_notice",
        _("延长办理期限告知书"),
        "延",
        12,
        "信访工作条例第三十四条",
        reason=_("请写明延期理由。"),
        new_date=_("请写明延期后的届满日期,延长不得超过三十日。"),
    ),
    _kind(
        "handling_opinion",
        _("信访事项处理意见书"),
        "处",
        13,
        "信访工作条例第三十二条、第三十四条、第三十五条",
        request=_REQUEST,
        facts=_("请写明查明的事实和理由。"),
        opinion=_("请逐项写明处理意见。"),
        legal_basis=_("请写明法律、法规、规章或者政策依据。"),
        remedy=_("请写明三十日内申请复查的权利和复查机关。"),
    ),
    _kind(
        "suggestion_reply",
        _("建议意见答复"),
        "建",
        14,
        "信访工作条例第二十九条",
        suggestion=_("请写明所提的建议意见。"),
        decision=_("请写明采纳、部分采纳或者未采纳。"),
        reason=_REASON,
    ),
    _kind(
        "direct_answer",
        _("信访事项简易办理答复"),
        "答",
        15,
        "信访事项简易办理办法",
        request=_REQUEST,
        answer=_("请写明答复内容。"),
    ),
    _kind(
        "closing_report",
        _("信访事项办结报告"),
        "结",
        23,
        "信访工作条例第二十二条",
        signatory=_("请写明签发的单位负责人。"),
        assignment=_("请写明交办文号或者转送编号。"),
        problem=_("请写明反映的问题和诉求。"),
        investigation=_("请写明调查和办理情况。"),
        handler=_("请写明承办人。"),
        contact=_("请写明承办人电话。"),
    ),
    _kind(
        "examination_opinion",
        _("办结报告审核意见"),
        "审",
        24,
        "信访工作条例第二十二条、第四十条",
        decision=_("请写明审核通过、补充办理还是发回重办。"),
        reason=_REASON,
    ),
    _kind(
        "delivery_receipt",
        _("送达回证"),
        "送",
        31,
        "信访工作条例第三十五条",
        document=_("请写明送达的文书及文号。"),
        method=_("请写明送达方式。"),
        delivered_on=_("请写明送达日期。"),
        receiver=_("请写明签收人,或者写明拒收、留置的情况。"),
    ),
    _kind(
        "personal_information_notice",
        _("个人信息处理告知书"),
        "知",
        33,
        "个人信息保护法第十七条、第三十五条",
        handler=_("请写明个人信息处理者的名称和联系方式。"),
        purpose=_("请写明处理的目的和方式。"),
        categories=_("请写明个人信息的种类和保存期限。"),
        rights=_("请写明个人行使权利的方式和程序。"),
    ),
)

_BY_CODE = {kind.code: kind for kind in KINDS}


def kind_of(code: str) -> DocumentKind:
    """The kind of that code (文书种类).

    Raises:
        KeyError: there is no such kind.
    """
    return _BY_CODE[code]


def kind_choices() -> list[tuple[str, StrPromise]]:
    """The kinds as choices of a field; a callable, so that a new kind makes no migration."""
    return [(kind.code, kind.name) for kind in KINDS]
