"""The pages of the steps (办理页面): one line each, which steps it takes, how it is called, when it is first.

A new step is one line here and one form in `forms/`; the forms are listed in `forms/__init__.py`.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.desk.case.words import text_of_step
from huiyin.interfaces.ui.parts import Text
from huiyin.law.lifecycle import Step


@dataclass(frozen=True)
class StepPage:
    """A page on which one or more steps are taken (办理页面); without steps, what moves no stage."""

    slug: str
    icon: str
    steps: tuple[Step, ...]
    name: Text = ""
    is_grave: bool = False

    @property
    def title(self) -> Text:
        return self.name or text_of_step(self.steps[0])


STEP_PAGES: tuple[StepPage, ...] = (
    StepPage("sort", "tags", (Step.SORT,)),
    StepPage("forward", "send", (Step.FORWARD,)),
    StepPage("assign", "clipboard-list", (Step.ASSIGN,)),
    StepPage("self-handle", "building-bank", (Step.SELF_HANDLE,)),
    StepPage("route", "route", (Step.ROUTE,)),
    StepPage("redirect", "arrow-forward-up", (Step.REDIRECT,)),
    StepPage("answer", "message", (Step.ANSWER,)),
    StepPage("decline", "circle-x", (Step.DECLINE,), is_grave=True),
    StepPage("decline-final", "ban", (Step.DECLINE_FINAL,), is_grave=True),
    StepPage("file", "archive", (Step.FILE,)),
    StepPage("accept", "circle-check", (Step.ACCEPT,)),
    StepPage("object", "arrow-back-up", (Step.OBJECT,)),
    StepPage("objection", "scale", (Step.OBJECTION_AGREE, Step.OBJECTION_MAINTAIN), _("审核异议")),
    StepPage("designate", "gavel", (Step.DESIGNATE,)),
    StepPage("record-step", "clipboard-text", (Step.RECORD_STEP,)),
    StepPage("draft-reply", "edit", (Step.DRAFT_REPLY,)),
    StepPage("submit-reply", "file-upload", (Step.SUBMIT_REPLY,)),
    StepPage("issue-reply", "signature", (Step.ISSUE_REPLY,)),
    StepPage("return-reply", "arrow-back-up", (Step.RETURN_REPLY,)),
    StepPage("serve", "truck-delivery", (Step.SERVE,)),
    StepPage("report-back", "report", (Step.REPORT_BACK,)),
    StepPage(
        "examine",
        "clipboard-check",
        (Step.EXAMINE_PASS, Step.EXAMINE_COMPLETE, Step.EXAMINE_REWORK),
        _("审核办结报告"),
    ),
    StepPage("close", "checks", (Step.CLOSE,)),
    StepPage("extend", "calendar-event", (Step.EXTEND_REQUEST,)),
    StepPage("extension", "calendar-due", (Step.EXTEND_APPROVE, Step.EXTEND_REFUSE), _("审批延期")),
    StepPage("assist-receive", "circle-check", (), _("签收协办")),
    StepPage("assist-opine", "edit", (), _("提出协办意见")),
    StepPage("take", "user-check", (), _("确定经办人")),
    StepPage("supplement", "paperclip", (Step.SUPPLEMENT,)),
    StepPage("withdraw", "logout", (Step.WITHDRAW,), is_grave=True),
)
BY_SLUG: dict[str, StepPage] = {page.slug: page for page in STEP_PAGES}
