"""Service, report, examination, closing (送达、报结、审核、办结)."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.casework.replies import services as replies
from huiyin.casework.replies.vocabulary import DeliveryMethod, Examination, Settled
from huiyin.interfaces.desk.case.forms.step_form import (
    StepForm,
    day_field,
    scan_field,
    text_field,
)
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.legal import article_of
from huiyin.interfaces.ui.parts import Notice
from huiyin.law.branches import branch_rule
from huiyin.law.citations import cite

SETTLED_HELP = _("化解是事情本身解决了没有，与程序办结、信访人是否满意分开登记。")


class ServeForm(StepForm):
    """Proof of service (送达)."""

    lead = _("登记答复怎样、哪一天送到信访人手里；信访人申请复查的30日从这一天起算。没有凭据不能办结。")
    button = _("登记送达")

    method = forms.ChoiceField(label=_("送达方式"), widget=forms.RadioSelect)
    served_on = day_field(_("送达日期"), _("信访人收到的那一天。"))
    proof = forms.CharField(
        label=_("送达凭据"), max_length=300, required=False, help_text=_("签收单号、挂号编号、回执编号。")
    )
    receiver_relation = forms.CharField(
        label=_("代收人与信访人的关系"), max_length=60, required=False, help_text=_("由成年家属代收时填写。")
    )
    scan = scan_field(_("送达回证扫描件"))

    def prepare(self) -> None:
        self.choose("method", [(str(value), str(label)) for value, label in DeliveryMethod.choices])
        self.initial.setdefault("served_on", self.setting.today)

    def decorate(self) -> None:
        branch = self.setting.demand.branch
        if branch and branch_rule(branch).has_review:
            text = gettext("送达之日起30日内，信访人可以申请复查。")
            self.notices.append(Notice(text=text, article=article_of(cite("R2022", 35))))

    def take(self) -> object:
        common = self.common
        return self.with_scan(
            lambda attachment_id: replies.reply_serve(
                demand_id=common.demand_id,
                method=self.value("method"),
                served_on=self.cleaned_data["served_on"],
                proof=self.value("proof"),
                receiver_relation=self.value("receiver_relation"),
                attachment_id=attachment_id,
                by=common.by,
                at=common.at,
                version=common.version,
            )
        )


class ReportForm(StepForm):
    """Report back to the assigner (报结)."""

    lead = _("向交办单位报告办理结果；须由单位负责人签发。")
    button = _("报结并出具办结报告")

    text = text_field(_("调查和办理情况"), _("事实、处理结果、答复和送达情况。请勿写姓名、电话。"), rows=8)
    signatory = forms.CharField(label=_("签发的单位负责人"), max_length=60)
    settled = forms.ChoiceField(label=_("化解情况"), required=False, help_text=SETTLED_HELP)

    def prepare(self) -> None:
        self.choose("settled", [(str(value), str(label)) for value, label in Settled.choices])

    def take(self) -> object:
        common = self.common
        return replies.report_back(
            demand_id=common.demand_id,
            text=self.value("text"),
            signatory=self.value("signatory"),
            settled=self.value("settled"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class ExamineForm(StepForm):
    """Examine the closing report (审核办结报告)."""

    lead = _("通过，诉求办结；补办或者发回重办，写明理由和新的期限。")
    button = _("作出审核意见")

    examination = forms.ChoiceField(label=_("审核意见"), widget=forms.RadioSelect)
    reasons = text_field(_("理由"), _("写入审核意见，请勿写姓名、电话。"))
    limit_on = day_field(_("补办、重办的期限"), _("通过的不填。"), is_required=False)

    def prepare(self) -> None:
        rows = [(item.value, str(item.label)) for item in Examination if item.value]
        self.choose("examination", rows)
        self.fields["limit_on"].widget.attrs["min"] = str(self.setting.today + timedelta(days=1))

    def decorate(self) -> None:
        row = self.setting.demand.pending_report
        if row is not None:
            self.notices.append(
                Notice(
                    title=gettext("%(agency)s的办结报告")
                    % {"agency": labels.agency_name(self.setting.demand.lead_id)},
                    text=row.text,
                    next_step=gettext("由%(who)s签发。") % {"who": row.signatory},
                )
            )

    def take(self) -> object:
        common = self.common
        return replies.report_examine(
            demand_id=common.demand_id,
            examination=self.value("examination"),
            reasons=self.value("reasons"),
            limit_on=self.cleaned_data.get("limit_on"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class CloseForm(StepForm):
    """Close the procedure (办结)."""

    lead = _("办结只表示程序走完；信访人的复查权利、评价权利不受影响。")
    button = _("办结这项诉求")

    settled = forms.ChoiceField(label=_("化解情况"), required=False, help_text=SETTLED_HELP)

    def prepare(self) -> None:
        self.choose("settled", [(str(value), str(label)) for value, label in Settled.choices])

    def take(self) -> object:
        common = self.common
        return replies.demand_close(
            demand_id=common.demand_id,
            settled=self.value("settled"),
            by=common.by,
            at=common.at,
            version=common.version,
        )
