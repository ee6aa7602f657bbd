"""The forms on the tracking pages (查进度的表单)."""

from django import forms
from django.utils.translation import gettext_lazy as _

SCORES = [
    ("satisfied", _("满意")),
    ("basically", _("基本满意")),
    ("unsatisfied", _("不满意")),
    ("", _("不评价")),
]


class CodeForm(forms.Form):
    """Number and query code (编号和查询码)."""

    use_required_attribute = False
    number = forms.CharField(
        label=_("登记编号"),
        help_text=_("在登记凭证上，例如 XF2026-0000123-4。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={
            "required": _("请填写登记编号。"),
            "max_length": _("登记编号没有这么长，请照凭证填写。"),
        },
    )
    code = forms.CharField(
        label=_("查询码"),
        help_text=_("12个字母和数字，大小写、空格和横线都不要紧。"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("请填写查询码。"), "max_length": _("查询码没有这么长，请照凭证填写。")},
    )


class SupplementForm(forms.Form):
    """What is added later (补充材料)."""

    use_required_attribute = False
    text = forms.CharField(label=_("补充说明"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    token = forms.UUIDField(widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why one takes a demand back (撤回说明)."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("为什么撤回"),
        help_text=_("比如：问题已经解决。请写您自己的意思。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("请写一句为什么撤回。"),
            "max_length": _("最多500个字。"),
        },
    )


class RatingForm(forms.Form):
    """What one thinks of office and unit, apart (满意度评价)."""

    use_required_attribute = False
    score_unit = forms.ChoiceField(
        label=_("您对责任单位的办理"), choices=SCORES, required=False, widget=forms.RadioSelect
    )
    score_office = forms.ChoiceField(
        label=_("您对信访部门的工作"), choices=SCORES, required=False, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("想说的话"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"max_length": _("最多2000个字。")},
    )

    @property
    def scores(self) -> dict[str, str]:
        """The bodies that were rated; silence is left out."""
        given = {body: str(self.cleaned_data.get(f"score_{body}", "")) for body in ("office", "unit")}
        return {body: score for body, score in given.items() if score}
