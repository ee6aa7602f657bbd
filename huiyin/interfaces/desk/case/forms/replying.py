"""Handling and writing the reply (办理过程、拟稿、送审、签发、延期)."""

from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.casework.replies import services as replies
from huiyin.casework.replies.selectors.rows import ClockRow
from huiyin.casework.replies.services.extending import EXTENDABLE
from huiyin.interfaces.desk.case.clock_cards import extended_date
from huiyin.interfaces.desk.case.draft_letters import draft_letter
from huiyin.interfaces.desk.case.forms.step_form import StepForm, day_field, scan_field, text_field
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.legal import article_of, said
from huiyin.interfaces.ui.letters import Letter
from huiyin.interfaces.ui.parts import Notice
from huiyin.interfaces.ui.templatetags.ui import day
from huiyin.law.citations import cite
from huiyin.law.deadlines import DeadlineError
from huiyin.law.handling import OUTCOME_LABELS, HandlingStep, compulsory_contents, outcomes_for

EXTENSION_DAYS = (10, 15, 20, 30)
FIELD_OF_CONTENT = {"basis": "legal_basis"}


class RecordForm(StepForm):
    """Evidence of one of the five steps (五到位)."""

    lead = _("见面沟通、现场核查、集体研究、回访签字、资料归档：做一步记一步。")
    button = _("记录")

    five_step = forms.ChoiceField(label=_("哪一步"), widget=forms.RadioSelect)
    happened_on = day_field(_("日期"))
    text = text_field(_("做了什么"), _("谁参加、看到什么、结果如何。"))
    scan = scan_field(_("附件"), _("照片、笔录、签字的扫描件。"))

    def prepare(self) -> None:
        self.choose("five_step", [(item.value, labels.five_step(item.value)) for item in HandlingStep])
        self.initial.setdefault("happened_on", self.setting.today)

    def take(self) -> object:
        common = self.common
        return self.with_scan(
            lambda attachment_id: replies.step_record(
                demand_id=common.demand_id,
                five_step=self.value("five_step"),
                happened_on=self.cleaned_data["happened_on"],
                text=self.value("text"),
                attachment_id=attachment_id,
                by=common.by,
                at=common.at,
                version=common.version,
            )
        )


class DraftForm(StepForm):
    """Write the reply (拟写答复); it may be incomplete until it goes for approval."""

    lead = _("可以先存草稿，送审前补齐。送审时系统核对法定内容；救济途径由系统按类别写入。")
    button = _("保存草稿")

    request = text_field(_("投诉请求"), rows=3, is_required=False)
    facts = text_field(_("事实和理由"), rows=8, is_required=False)
    opinion = text_field(_("处理意见"), rows=6, is_required=False)
    legal_basis = text_field(_("法律法规依据"), rows=3, is_required=False)
    outcome = forms.ChoiceField(label=_("办理结论"), required=False, widget=forms.RadioSelect)

    def prepare(self) -> None:
        self.choose("outcome", [(item.value, labels.outcome(item.value)) for item in OUTCOME_LABELS])

    def decorate(self) -> None:
        demand = self.setting.demand
        if not demand.branch:
            return
        self.choose(
            "outcome", [(item.value, labels.outcome(item.value)) for item in outcomes_for(demand.branch)]
        )
        compulsory = {
            FIELD_OF_CONTENT.get(part.code, part.code): part for part in compulsory_contents(demand.branch)
        }
        for name in ("request", "facts", "opinion", "legal_basis"):
            part = compulsory.get(name)
            if part is not None:
                # Shown as compulsory, though a draft may be kept without it.
                self.fields[name].required = True
                self.fields[name].label = said(part.label_zh, part.label_en)
                self.fields[name].help_text = gettext("必备内容：%(article)s") % {
                    "article": said(part.citation.text_zh, part.citation.text_en)
                }
        self._prefill()

    def _prefill(self) -> None:
        demand, reply = self.setting.demand, self.setting.demand.reply_in_hand
        if self.is_bound:
            return
        self.initial.setdefault("request", demand.statement)
        if reply is not None:
            self.initial.update(
                request=reply.request,
                facts=reply.facts,
                opinion=reply.opinion,
                legal_basis=reply.legal_basis,
                outcome=reply.outcome,
            )
            if reply.return_reason and reply.state == "returned":
                self.notices.append(
                    Notice(text=reply.return_reason, title=gettext("退回意见"), tone="warning")
                )

    def take(self) -> object:
        common = self.common
        return replies.reply_draft(
            demand_id=common.demand_id,
            request=self.value("request"),
            facts=self.value("facts"),
            opinion=self.value("opinion"),
            legal_basis=self.value("legal_basis"),
            outcome=self.value("outcome"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class PreviewForm(StepForm):
    """A step on a draft shows the draft as it will be printed (预览)."""

    preview: Letter | None = None

    def decorate(self) -> None:
        demand = self.setting.demand
        if demand.reply_in_hand is not None:
            self.preview = draft_letter(demand, demand.reply_in_hand, self.setting.page.number)


class SubmitForm(PreviewForm):
    """Send the draft for approval (送审)."""

    lead = _("请核对下面的答复；送审后由审核人、签发人办理，退回前不能再改。")
    button = _("送审")

    def take(self) -> object:
        common = self.common
        return replies.reply_submit(
            demand_id=common.demand_id, by=common.by, at=common.at, version=common.version
        )


class ReturnForm(PreviewForm):
    """Give the draft back (退回修改)."""

    lead = _("写明哪里需要修改；承办人修改后重新送审。")
    button = _("退回修改")

    reason = text_field(_("修改意见"), rows=4)

    def take(self) -> object:
        common = self.common
        return replies.reply_return(
            demand_id=common.demand_id,
            reason=self.value("reason"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class IssueForm(PreviewForm):
    """Sign and issue (签发)."""

    lead = _("签发后编号出具，内容不能再改。请核对全文和救济途径。")
    button = _("签发")

    def take(self) -> object:
        common = self.common
        return replies.reply_issue(
            demand_id=common.demand_id, by=common.by, at=common.at, version=common.version
        )


class ExtendForm(StepForm):
    """Ask for more time (申请延期)."""

    lead = _("情况复杂的，经本单位负责人批准可以延长一次，最多30日，并告知信访人理由。")
    button = _("提交延期申请")

    days = forms.ChoiceField(label=_("延长多少天"), widget=forms.RadioSelect)
    reason = text_field(_("为什么不能按期办结"), _("批准后会告知信访人。请勿写姓名、电话。"))

    def prepare(self) -> None:
        rows = [(str(days), gettext("%(days)s天") % {"days": days}) for days in EXTENSION_DAYS]
        self.choose("days", rows)

    def decorate(self) -> None:
        clock = extendable_clock(self.setting.demand.clocks)
        if clock is not None:
            self.choose("days", [(str(days), extension_text(clock, days)) for days in EXTENSION_DAYS])

    def take(self) -> object:
        common = self.common
        return replies.extension_request(
            demand_id=common.demand_id,
            days=int(self.value("days")),
            reason=self.value("reason"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


class ExtensionForm(StepForm):
    """Decide on a request for more time (审批延期)."""

    lead = _("批准后出具延长办理期限告知书，新的期限和理由一并告知信访人。")
    button = _("作出决定")

    decision = forms.ChoiceField(label=_("决定"), widget=forms.RadioSelect)
    reasons = text_field(_("理由"), _("批准的，理由写入告知书。请勿写姓名、电话。"), rows=3)

    def prepare(self) -> None:
        self.choose("decision", [("approve", gettext("批准延期")), ("refuse", gettext("不批准"))])

    def decorate(self) -> None:
        demand = self.setting.demand
        row = demand.pending_extension
        clock = next((each for each in demand.clocks if row and each.id == row.clock_id), None)
        if row is None or clock is None:
            return
        new, self.counted = extended_date(clock, row.days)
        self.notices.append(
            Notice(
                title=gettext("%(who)s申请延期%(days)s日") % {"who": row.requested_by, "days": row.days},
                text=row.reason,
                article=article_of(cite("R2022", 34)),
                next_step=gettext("批准后，期限由%(old)s延至%(new)s。")
                % {"old": day(clock.due_on), "new": day(new)},
            )
        )
        if not self.is_bound:
            self.initial.setdefault("reasons", row.reason)

    def take(self) -> object:
        common = self.common
        return replies.extension_decide(
            demand_id=common.demand_id,
            is_approved=self.value("decision") == "approve",
            reasons=self.value("reasons"),
            by=common.by,
            at=common.at,
            version=common.version,
        )


def extendable_clock(clocks: tuple[ClockRow, ...]) -> ClockRow | None:
    """The running clock an extension would lengthen, the nearest first."""
    running = [row for row in clocks if row.rule in EXTENDABLE and row.stopped_at is None]
    return min(running, key=lambda row: row.due_on, default=None)


def extension_text(clock: ClockRow, days: int) -> str:
    """A number of days with the date it leads to, or with the article that forbids it."""
    try:
        new: date = extended_date(clock, days)[0]
    except DeadlineError as error:
        return gettext("%(days)s天（%(why)s）") % {"days": days, "why": said(error.text_zh, error.text_en)}
    return gettext("%(days)s天：延至%(day)s") % {"days": days, "day": day(new)}
