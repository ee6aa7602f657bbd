"""Service of a notice or another document beside the reply (告知书送达)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.refusals import Invalid
from huiyin.casework.replies.selectors.dossiers import DocumentPage
from huiyin.casework.replies.services import document_serve, step_with_file
from huiyin.casework.replies.vocabulary import DeliveryMethod
from huiyin.interfaces.desk.case.forms.step_form import day_field, prepared_file, scan_field
from huiyin.law.calendar import local_date

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User


class DocumentServeForm(forms.Form):
    """How, when and with what proof a document reached the petitioner (送达)."""

    method = forms.ChoiceField(
        label=_("送达方式"), widget=forms.RadioSelect, choices=lambda: list(DeliveryMethod.choices)
    )
    served_on = day_field(_("送达日期"), _("信访人收到的那一天。"))
    proof = forms.CharField(
        label=_("送达凭据"), max_length=300, help_text=_("签收单号、挂号编号、回执编号。")
    )
    receiver_relation = forms.CharField(
        label=_("代收人与信访人的关系"), max_length=60, required=False, help_text=_("由成年家属代收时填写。")
    )
    scan = scan_field(_("送达回证扫描件"))

    def __init__(
        self, *args: object, document: DocumentPage, user: "User", at: datetime, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they come
        self.document, self.user, self.at = document, user, at
        self.initial.setdefault("served_on", local_date(at))

    def served(self, request: HttpRequest) -> HttpResponse:
        """Record the service and go back to the demand.

        Raises: Invalid.
        """
        data = self.cleaned_data
        step_with_file(
            demand_id=self.document.demand_id,
            prepared=prepared_file(data.get("scan"), "scan"),
            act=lambda attachment_id: document_serve(
                document_id=self.document.id,
                method=data["method"],
                served_on=data["served_on"],
                proof=data["proof"],
                receiver_relation=data["receiver_relation"],
                attachment_id=attachment_id,
                by=self.user,
                at=self.at,
            ),
            by=self.user,
            at=self.at,
        )
        messages.success(request, gettext("送达已登记。"))
        return HttpResponseRedirect(reverse("desk:demand", args=[self.document.demand_id]))

    def put(self, invalid: Invalid) -> None:
        """Put each sentence of a refusal beside its field."""
        for name, sentence in invalid.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))
