"""The forms for findings about two matters (关联表单)."""

from typing import TypedDict

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.numbers import case_id_of
from huiyin.casework.cases.refusals import Invalid
from huiyin.casework.replies.vocabulary import LinkKind
from huiyin.interfaces.desk.case.forms.step_form import text_field


class Finding(TypedDict):
    """What a clerk found out."""

    other_id: int
    kind: str
    reason: str


class LinkForm(forms.Form):
    """Which other matter, how it belongs, and why (认定关联)."""

    number = forms.CharField(label=_("另一件的登记号"), max_length=40)
    kind = forms.ChoiceField(
        label=_("关系"), widget=forms.RadioSelect, choices=lambda: list(LinkKind.choices)
    )
    reason = text_field(_("理由"), _("事实、诉求、地点是否基本相同。请勿写姓名、电话。"), rows=3)

    def clean_number(self) -> int:
        """Turn the number people quote into the matter it names."""
        found = case_id_of(self.cleaned_data["number"])
        if found is None:
            raise forms.ValidationError(gettext("登记号不对：请核对位数和末尾的校验位。"))
        return found

    @property
    def finding(self) -> Finding:
        data = self.cleaned_data
        return Finding(other_id=data["number"], kind=data["kind"], reason=data["reason"])

    def put(self, invalid: Invalid) -> None:
        """Put each sentence of a refusal beside its field."""
        for name, sentence in invalid.fields.items():
            field = "number" if name == "other" else name
            self.add_error(field if field in self.fields else None, str(sentence))


class UndoForm(forms.Form):
    """Why a finding is taken back (撤销关联)."""

    reason = text_field(_("撤销的理由"), _("原来的认定仍留在台账里。请勿写姓名、电话。"), rows=3)
