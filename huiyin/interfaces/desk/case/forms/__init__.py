"""The forms of the steps (办理表单), one line for each page of `step_pages`."""

from huiyin.interfaces.desk.case.forms.outcomes import (
    AnswerForm,
    DeclineFinalForm,
    DeclineForm,
    FileForm,
    RedirectForm,
    RouteForm,
    SupplementForm,
    WithdrawForm,
)
from huiyin.interfaces.desk.case.forms.receiving import (
    AcceptForm,
    AssistOpineForm,
    AssistReceiveForm,
    DesignateForm,
    ObjectForm,
    ObjectionForm,
    SelfHandleForm,
    TakeForm,
)
from huiyin.interfaces.desk.case.forms.replying import (
    DraftForm,
    ExtendForm,
    ExtensionForm,
    IssueForm,
    RecordForm,
    ReturnForm,
    SubmitForm,
)
from huiyin.interfaces.desk.case.forms.reporting import CloseForm, ExamineForm, ReportForm, ServeForm
from huiyin.interfaces.desk.case.forms.sending import AssignForm, ForwardForm, SortForm
from huiyin.interfaces.desk.case.forms.step_form import Setting, StepForm

__all__ = ["FORMS", "Setting", "StepForm"]

FORMS: dict[str, type[StepForm]] = {
    "accept": AcceptForm,
    "answer": AnswerForm,
    "assign": AssignForm,
    "assist-opine": AssistOpineForm,
    "assist-receive": AssistReceiveForm,
    "close": CloseForm,
    "decline": DeclineForm,
    "decline-final": DeclineFinalForm,
    "designate": DesignateForm,
    "draft-reply": DraftForm,
    "examine": ExamineForm,
    "extend": ExtendForm,
    "extension": ExtensionForm,
    "file": FileForm,
    "forward": ForwardForm,
    "issue-reply": IssueForm,
    "object": ObjectForm,
    "objection": ObjectionForm,
    "record-step": RecordForm,
    "redirect": RedirectForm,
    "report-back": ReportForm,
    "return-reply": ReturnForm,
    "route": RouteForm,
    "self-handle": SelfHandleForm,
    "serve": ServeForm,
    "sort": SortForm,
    "submit-reply": SubmitForm,
    "supplement": SupplementForm,
    "take": TakeForm,
    "withdraw": WithdrawForm,
}
