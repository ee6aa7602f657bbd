"""Sorting and sending (分类、转送、交办)."""

from datetime import date, timedelta

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.casework.routing import services as routing
from huiyin.interfaces.desk.case.forms.step_form import (
    Choices,
    StepForm,
    agency_choices,
    day_field,
    explained,
    text_field,
)
from huiyin.interfaces.desk.case.proposals import proposal_for
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.legal import said
from huiyin.interfaces.ui.templatetags.ui import day
from huiyin.law.branches import Branch, Purpose, branch_rules
from huiyin.law.calendar import load_calendar
from huiyin.records.agencies.selectors import class_directory

LIMIT_DAYS = (30, 60)
OWN = "own"


def class_choices() -> Choices:
    """The content classes as a tree (内容分类)."""
    directory = class_directory()
    choices: Choices = []

    def grow(parent: str, depth: int) -> None:
        for entry in directory.children(parent):
            if entry.is_active:
                choices.append((entry.code, "　" * depth + said(entry.name, entry.name_en or entry.name)))
                grow(entry.code, depth + 1)

    grow("", 0)
    return choices


def branch_choices() -> Choices:
    """The branches with what the law says of each (依法分类)."""
    return [
        (
            rule.branch.value,
            explained(
                said(rule.label_zh, rule.label_en),
                rule.citation,
                said(rule.should_know_zh, rule.should_know_en),
            ),
        )
        for rule in branch_rules().values()
    ]


class SortForm(StepForm):
    """Sort by law (依法分类): class, purpose, branch."""

    lead = _("先分类，再决定去向：类别决定办理程序、期限和救济途径。")
    button = _("确定分类")

    content_class = forms.ChoiceField(label=_("内容分类"))
    purpose = forms.ChoiceField(label=_("信访目的"), required=False)
    branch = forms.ChoiceField(label=_("办理途径"), widget=forms.RadioSelect)
    accused_agency = forms.ChoiceField(
        label=_("被检举控告的单位"),
        required=False,
        help_text=_(
            "只在选择“检举控告”时填写。提交后材料密封，被检举的单位在任何页面、导出和文书中都看不到。"
        ),
    )
    reason = text_field(_("分类说明"), _("选填。写入台账，请勿写姓名、电话。"), rows=2, is_required=False)

    def prepare(self) -> None:
        self.choose("content_class", class_choices(), gettext("请选择"))
        self.choose("purpose", [(item.value, labels.petition_purpose(item.value)) for item in Purpose], "—")
        self.choose("branch", branch_choices())
        self.choose("accused_agency", agency_choices(), "—")

    def decorate(self) -> None:
        demand = self.setting.demand
        live = {
            "hx-get": reverse("desk:demand_proposal", args=[demand.id]),
            "hx-trigger": "change",
            "hx-include": "[name=content_class], [name=branch]:checked",
            "hx-target": "#proposal",
        }
        for name in ("content_class", "branch"):
            self.fields[name].widget.attrs.update(live)
        if not self.is_bound:
            self.initial.update(
                content_class=demand.content_class,
                purpose=demand.purpose,
                branch=demand.branch,
                accused_agency=demand.accused_id or "",
            )

    @property
    def leaves(self) -> bool:  # type: ignore[override]  # an accusation may leave the sorter's sight
        return self.value("branch") == Branch.ACCUSATION

    def take(self) -> object:
        common = self.common
        return routing.demand_sort(
            demand_id=common.demand_id,
            content_class=self.value("content_class"),
            branch=self.value("branch"),
            purpose=self.value("purpose"),
            accused_agency_id=self.number("accused_agency") if self.leaves else None,
            reason=self.value("reason"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class SendForm(StepForm):
    """What forwarding and assigning share: to whom, with whom, what is asked."""

    receiver = forms.ChoiceField(label=_("主办单位"))
    assisting = forms.MultipleChoiceField(
        label=_("协办单位"),
        required=False,
        help_text=_("可选多个；协办单位能看到这项诉求，答复由主办单位作出。"),
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )

    def prepare(self) -> None:
        self.choose("receiver", agency_choices(without=self.setting.user.agency_id), gettext("请选择"))
        self.choose("assisting", agency_choices(without=self.setting.user.agency_id))

    def decorate(self) -> None:
        proposal = proposal_for(self.setting.demand, self.setting.page.region_code)
        self.notices.append(proposal.notice)
        if not self.is_bound and proposal.agency_id != self.setting.demand.holder_id:
            self.initial["receiver"] = str(proposal.agency_id or "")

    @property
    def helpers(self) -> list[int]:
        return [int(value) for value in self.cleaned_data["assisting"]]


class ForwardForm(SendForm):
    """Forward (转送)."""

    lead = _("转送给有权处理的单位，由其直接答复信访人。系统同时出具转送函，并起算对方的告知和异议期限。")
    button = _("转送并出具转送函")

    requirement = text_field(_("转送说明"), _("选填。写入转送函，请勿写姓名、电话。"), is_required=False)

    def take(self) -> object:
        common = self.common
        return routing.demand_forward(
            demand_id=common.demand_id,
            receiver_id=self.number("receiver") or 0,
            requirement=self.value("requirement"),
            assisting=self.helpers,
            by=common.by,
            at=common.at,
            version=common.version,
        )


class AssignForm(SendForm):
    """Assign with a limit and a report (交办)."""

    lead = _("交办要写明期限，并要求主办单位报告结果；报结后由本单位审核。")
    button = _("交办并出具交办函")

    requirement = text_field(_("交办要求"), _("要查清什么、报告什么。请勿写姓名、电话。"))
    limit = forms.ChoiceField(label=_("报结期限"), widget=forms.RadioSelect)
    limit_on = day_field(_("自定日期"), _("选“自定日期”时填写，最长90天。"), is_required=False)

    def prepare(self) -> None:
        super().prepare()
        today = self.setting.today
        rows = [(str(days), limit_text(today, days)) for days in LIMIT_DAYS]
        self.choose("limit", [*rows, (OWN, gettext("自定日期"))])
        self.initial.setdefault("limit", str(LIMIT_DAYS[0]))

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        limit = str(cleaned.get("limit", ""))
        if limit.isdecimal():
            cleaned["limit_on"] = self.setting.today + timedelta(days=int(limit))
        elif not cleaned.get("limit_on") and "limit_on" not in self.errors:
            self.add_error("limit_on", gettext("请填写报结的日期。"))
        return cleaned

    def take(self) -> object:
        common = self.common
        return routing.demand_assign(
            demand_id=common.demand_id,
            receiver_id=self.number("receiver") or 0,
            limit_on=self.cleaned_data["limit_on"],
            requirement=self.value("requirement"),
            assisting=self.helpers,
            by=common.by,
            at=common.at,
            version=common.version,
        )


def limit_text(today: date, days: int) -> str:
    """A limit with its date and the working days before it (报结期限)."""
    until = today + timedelta(days=days)
    return gettext("%(days)s天：%(day)s，其间%(workdays)s个工作日") % {
        "days": days,
        "day": day(until),
        "workdays": load_calendar().workdays_between(today, until),
    }
