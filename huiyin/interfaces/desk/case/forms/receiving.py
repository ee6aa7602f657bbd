"""What the receiver does (签收、异议) and what the sender and the common superior answer."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.refusals import Invalid
from huiyin.casework.replies.selectors import colleagues_of
from huiyin.casework.routing import services as routing
from huiyin.interfaces.desk.case.forms.step_form import StepForm, agency_choices, day_field, text_field
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.legal import article_of
from huiyin.interfaces.ui.parts import Notice
from huiyin.law.branches import Branch
from huiyin.law.citations import cite
from huiyin.records.agencies.selectors import agency_directory


class AcceptForm(StepForm):
    """Accept and tell the petitioner (签收受理)."""

    lead = _("受理后出具受理告知书，办理期限从今天起算。")
    button = _("受理并出具告知书")

    contact = forms.CharField(
        label=_("联系人和电话"), max_length=100, help_text=_("写在告知书上，信访人凭此询问办理情况。")
    )
    limit_on = day_field(
        _("自定办结日期"),
        _("只有没有统一法定期限的诉求（非信访程序）才需要填写。"),
        is_required=False,
    )

    def prepare(self) -> None:
        agency = agency_directory().get(self.setting.user.agency_id)
        phone = agency.phone if agency else ""
        self.initial.setdefault("contact", f"{self.setting.user.name} {phone}".strip())

    def decorate(self) -> None:
        branch = self.setting.demand.branch
        if branch == Branch.PETITION:
            self.notices.append(
                Notice(
                    text=_("信访程序的诉求，自受理之日起60日内办结；情况复杂的，可以延长一次，不超过30日。"),
                    article=article_of(cite("R2022", 34)),
                )
            )
            if not self.is_bound:
                del self.fields["limit_on"]

    def take(self) -> object:
        common = self.common
        return routing.demand_accept(
            demand_id=common.demand_id,
            contact=self.value("contact"),
            limit_on=self.cleaned_data.get("limit_on"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class SelfHandleForm(AcceptForm):
    """Handle what is within the office's own powers (自办受理)."""

    lead = _("属于本单位职权的，自行受理办理；出具受理告知书，办理期限从今天起算。")

    def take(self) -> object:
        common = self.common
        return routing.demand_self_handle(
            demand_id=common.demand_id,
            contact=self.value("contact"),
            limit_on=self.cleaned_data.get("limit_on"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class TakeForm(StepForm):
    """Name the colleague who handles (确定经办人)."""

    lead = _("责任始终在单位；经办人只是具体办理的人，随时可以改派。")
    button = _("确定经办人")

    handler = forms.ChoiceField(label=_("经办人"))

    def prepare(self) -> None:
        self.colleagues = colleagues_of(user=self.setting.user, is_sealed=False)
        self.choose("handler", [(str(each.pk), each.name) for each in self.colleagues], gettext("请选择"))
        self.initial.setdefault("handler", str(self.setting.user.pk))

    def take(self) -> object:
        common = self.common
        handler = next((each for each in self.colleagues if str(each.pk) == self.value("handler")), None)
        if handler is None:
            raise Invalid({"handler": gettext("请选择一位同事。")})
        return routing.demand_take(
            demand_id=common.demand_id,
            handler=handler,
            by=common.by,
            at=common.at,
            version=common.version,
        )


class AssistReceiveForm(StepForm):
    """Sign for a demand one is asked to help with (签收协办)."""

    lead = _("签收后协助主办单位办理；答复信访人的责任仍在主办单位。")
    button = _("签收协办")

    def take(self) -> object:
        common = self.common
        return routing.assist_receive(demand_id=common.demand_id, by=common.by, at=common.at)


class AssistOpineForm(StepForm):
    """Give the lead one's opinion (协办意见)."""

    lead = _("把本单位查明的情况和意见书面告诉主办单位；由主办单位答复信访人。")
    button = _("提出协办意见")

    opinion = text_field(_("情况和意见"), _("请勿写姓名、电话。"), rows=8)
    legal_basis = text_field(_("法律法规依据"), rows=3, is_required=False)

    def take(self) -> object:
        common = self.common
        return routing.assist_opine(
            demand_id=common.demand_id,
            opinion=self.value("opinion"),
            legal_basis=self.value("legal_basis"),
            by=common.by,
            at=common.at,
        )


class ObjectForm(StepForm):
    """Object with reasons (提出异议)."""

    lead = _("认为不属于本单位职权的，自收到之日起5个工作日内提出异议并详细说明理由；对方同意后才能退回。")
    button = _("提出异议")

    reasons = text_field(_("理由"), _("为什么不属于本单位职权。请勿写姓名、电话。"))
    legal_basis = text_field(_("依据"), _("法律、三定规定或者职责清单的条款。"), rows=3)
    suggested = forms.ChoiceField(label=_("建议由哪个单位承办"), required=False)

    def prepare(self) -> None:
        self.choose("suggested", agency_choices(without=self.setting.user.agency_id), gettext("请核定"))

    def decorate(self) -> None:
        demand = self.setting.demand
        is_second = any(row.decision == "maintained" for row in demand.objections)
        if is_second:
            self.notices.append(
                Notice(
                    text=gettext("对方已经维持过一次。再次异议将直接报请共同上级指定，指定后不得再退回。"),
                    tone="warning",
                    article=article_of(cite("R2022", 24)),
                )
            )

    def take(self) -> object:
        common = self.common
        return routing.demand_object(
            demand_id=common.demand_id,
            reasons=self.value("reasons"),
            legal_basis=self.value("legal_basis"),
            suggested_id=self.number("suggested"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class ObjectionForm(StepForm):
    """Decide an objection (审核异议)."""

    lead = _("核实后决定：同意退回，诉求回到本单位另行转送；维持，则对方应当受理或者再次异议报请上级指定。")
    button = _("作出审核意见")

    decision = forms.ChoiceField(label=_("审核意见"), widget=forms.RadioSelect)
    reasons = text_field(_("核实情况和理由"), _("写入审核意见，请勿写姓名、电话。"))

    def prepare(self) -> None:
        self.choose(
            "decision", [("agree", gettext("同意退回，另行转送")), ("maintain", gettext("维持原转送、交办"))]
        )

    def decorate(self) -> None:
        row = self.setting.demand.pending_objection
        if row is None:
            return
        suggested = labels.agency_name(row.suggested_id)
        self.notices.append(
            Notice(
                title=gettext("%(agency)s的异议") % {"agency": labels.agency_name(row.receiver_id)},
                text=gettext("%(reasons)s 依据：%(basis)s")
                % {"reasons": row.reasons, "basis": row.legal_basis},
                next_step=gettext("建议由%(agency)s承办。") % {"agency": suggested} if suggested else "",
            )
        )

    def take(self) -> object:
        common = self.common
        return routing.objection_decide(
            demand_id=common.demand_id,
            is_agreed=self.value("decision") == "agree",
            reasons=self.value("reasons"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class DesignateForm(StepForm):
    """Designate who handles (指定承办)."""

    lead = _("作为共同上级指定承办单位。指定后，该单位不得再退回。")
    button = _("指定承办单位")

    receiver = forms.ChoiceField(label=_("承办单位"))
    reasons = text_field(_("指定的理由和依据"), _("写入决定，请勿写姓名、电话。"))

    def prepare(self) -> None:
        self.choose("receiver", agency_choices(without=self.setting.user.agency_id), gettext("请选择"))

    def decorate(self) -> None:
        for row in self.setting.demand.objections:
            self.notices.append(
                Notice(
                    title=gettext("%(agency)s的异议") % {"agency": labels.agency_name(row.receiver_id)},
                    text=row.reasons,
                    next_step=row.decision_reasons
                    and gettext("转交单位的意见：%(text)s") % {"text": row.decision_reasons},
                )
            )

    def take(self) -> object:
        common = self.common
        return routing.dispute_designate(
            demand_id=common.demand_id,
            receiver_id=self.number("receiver") or 0,
            reasons=self.value("reasons"),
            by=common.by,
            at=common.at,
            version=common.version,
        )
