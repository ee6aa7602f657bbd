"""Outcomes without handling (告知、不予受理、导入、存、答复), withdrawal and supplements."""

import secrets

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.casework.intake.channels import CHANNELS
from huiyin.casework.intake.supplements import submission_supplement
from huiyin.casework.replies.selectors import case_of_demand
from huiyin.casework.routing import services as routing
from huiyin.interfaces.desk.case.forms.step_form import (
    Choices,
    StepForm,
    explained,
    prepared_file,
    scan_field,
    text_field,
)
from huiyin.interfaces.ui.legal import article_of, said
from huiyin.interfaces.ui.parts import Link, Notice
from huiyin.law.acceptance import grounds_for
from huiyin.law.branches import LegalRoute, branch_rule, routes_of
from huiyin.law.lifecycle import Step

REASON = _("理由")
SEEN_BY_PETITIONER = _("写入告知书，信访人会看到。请勿写姓名、电话。")


class RedirectForm(StepForm):
    """Tell the petitioner whom to ask (告知不属职权)."""

    lead = _("不属于本单位、本系统职权的，告知信访人向谁提出、怎样提出。")
    button = _("出具告知书")

    reason = text_field(REASON, SEEN_BY_PETITIONER, rows=3)
    authority = forms.CharField(label=_("应当向哪个机关提出"), max_length=200)
    how = text_field(_("怎样提出"), _("地点、电话、要带的材料。"), rows=3)

    def take(self) -> object:
        common = self.common
        return routing.demand_redirect(
            demand_id=common.demand_id,
            reason=self.value("reason"),
            authority=self.value("authority"),
            how=self.value("how"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class RouteForm(RedirectForm):
    """Route to a legal procedure (导入法定途径)."""

    lead = _("依法应当通过诉讼、仲裁、复议等途径处理的，导入该途径，并提醒申请期限。")
    button = _("导入并出具告知书")

    def decorate(self) -> None:
        demand = self.setting.demand
        if not demand.branch:
            return
        rule = branch_rule(demand.branch)
        self.notices.append(
            Notice(text=said(rule.should_know_zh, rule.should_know_en), article=article_of(rule.citation))
        )
        self.routes = [self._link(route) for route in routes_of(demand.branch)]
        chosen = next((row for row in routes_of(demand.branch) if row.code == self.setting.query), None)
        if chosen and not self.is_bound:
            self.initial.update(
                authority=chosen.authority_zh,
                how=f"{chosen.title_zh}。申请期限：{chosen.applicant_limit_zh}。",
                reason=f"该诉求依法应当通过“{chosen.title_zh}”处理（{chosen.citation.text_zh}）。",
            )

    def _link(self, route: LegalRoute) -> tuple[Link, str]:
        limits = gettext("%(authority)s · 申请期限：%(limit)s · %(article)s") % {
            "authority": said(route.authority_zh, route.authority_en),
            "limit": said(route.applicant_limit_zh, route.applicant_limit_en),
            "article": said(route.citation.text_zh, route.citation.text_en),
        }
        here = route.code == self.setting.query
        return Link(said(route.title_zh, route.title_en), f"?use={route.code}", is_current=here), limits

    def take(self) -> object:
        common = self.common
        return routing.demand_route(
            demand_id=common.demand_id,
            reason=self.value("reason"),
            authority=self.value("authority"),
            how=self.value("how"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class DeclineForm(StepForm):
    """Decline with a ground of the law (不予受理)."""

    step = Step.DECLINE
    lead = _("只有列出的法定理由才能不予受理；必须告诉信访人接下来可以去哪里。")
    button = _("出具不予受理告知书")

    ground = forms.ChoiceField(label=_("法定理由"), widget=forms.RadioSelect)
    reason = text_field(_("事实和理由"), SEEN_BY_PETITIONER)
    where_to_go = text_field(_("信访人可以去哪里、怎么办"), _("不能没有出路（第二十三条）。"), rows=3)

    def prepare(self) -> None:
        self.choose("ground", ground_choices(self.step))

    def take(self) -> object:
        common = self.common
        return routing.demand_decline(
            demand_id=common.demand_id,
            ground=self.value("ground"),
            reason=self.value("reason"),
            where_to_go=self.value("where_to_go"),
            review_opinion=self.value("review_opinion"),
            is_final=self.step is Step.DECLINE_FINAL,
            by=common.by,
            at=common.at,
            version=common.version,
        )


class DeclineFinalForm(DeclineForm):
    """Decline as final after the final review (不再受理)."""

    step = Step.DECLINE_FINAL
    lead = _("已经复核终结，仍以同一事实和理由提出的，不再受理；有新的事实、理由的，应当作为新的事项登记。")
    button = _("出具不再受理告知书")

    review_opinion = forms.CharField(label=_("复核意见的文号和日期"), max_length=200)
    field_order = ["ground", "review_opinion", "reason", "where_to_go"]


class FileForm(StepForm):
    """File what asks for nothing (存)."""

    lead = _("只用于表达感谢、反映情况等无须答复的内容；信访人查询时能看到理由。")
    button = _("存档备查")

    reason = text_field(REASON, SEEN_BY_PETITIONER, rows=3)

    def take(self) -> object:
        common = self.common
        return routing.demand_file(
            demand_id=common.demand_id,
            reason=self.value("reason"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class AnswerForm(StepForm):
    """Answer a question at once (直接答复)."""

    lead = _("咨询、建议等能够当场说明的，直接答复；系统出具答复并通知信访人。")
    button = _("答复并出具文书")

    answer = text_field(_("答复内容"), SEEN_BY_PETITIONER, rows=8)

    def take(self) -> object:
        common = self.common
        return routing.demand_answer(
            demand_id=common.demand_id,
            answer=self.value("answer"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class WithdrawForm(StepForm):
    """The petitioner withdraws (撤回)."""

    lead = _("撤回只能由信访人提出。工作人员不得要求、劝导或者代替信访人撤回。")
    button = _("登记信访人的撤回")

    reason = text_field(_("信访人的说明"), _("信访人为什么撤回、以什么方式提出。请勿写姓名、电话。"))
    is_confirmed = forms.BooleanField(
        label=_("已核对：撤回是信访人本人的意思，书面材料附后或者已当面确认"), required=False
    )
    scan = scan_field(_("信访人的书面材料"), _("扫描件或者照片。"))

    def take(self) -> object:
        common = self.common
        return self.with_scan(
            lambda attachment_id: routing.demand_withdraw(
                demand_id=common.demand_id,
                reason=self.value("reason"),
                is_confirmed_by_petitioner=bool(self.cleaned_data.get("is_confirmed")),
                by=common.by,
                at=common.at,
                version=common.version,
            )
        )


class SupplementForm(StepForm):
    """What the petitioner brought later (补充材料)."""

    lead = _("把信访人后来提供的材料如实记入这件信访事项；原来的内容不会改变。")
    button = _("记入补充材料")

    channel = forms.ChoiceField(label=_("怎样送来的"))
    text = text_field(
        _("补充的内容"), _("按信访人的原话记录；只有附件的，可以不填。"), rows=8, is_required=False
    )
    scan = scan_field(_("附件"), _("照片、扫描件、录音、文档。"))
    token = forms.CharField(max_length=100, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.choose("channel", [(item.code, str(item.name)) for item in CHANNELS], gettext("请选择"))
        self.initial.setdefault("token", secrets.token_hex(16))

    def take(self) -> object:
        common = self.common
        case_id = case_of_demand(user=common.by, demand_id=common.demand_id)
        prepared = prepared_file(self.cleaned_data.get("scan"), "scan")
        return submission_supplement(
            case_id=case_id,
            text=self.value("text"),
            channel=self.value("channel"),
            by=common.by,
            at=common.at,
            token=self.value("token"),
            files=[prepared] if prepared else [],
        )


def ground_choices(step: Step) -> Choices:
    """The grounds the law knows for refusing, each with its article and the way forward (法定理由)."""
    return [
        (
            row.code,
            explained(said(row.title_zh, row.title_en), row.citation, said(row.next_zh, row.next_en)),
        )
        for row in grounds_for(step)
    ]
