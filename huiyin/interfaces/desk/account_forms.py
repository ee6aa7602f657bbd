"""Forms of log-in and of the accounts (账号表单)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.records.accounts.policy import POLICY
from huiyin.records.accounts.rights import DUTY_NAMES, ROLE_NAMES, Duty
from huiyin.records.agencies.selectors import agency_directory


def code_field() -> forms.CharField:
    """Six digits from the phone; the numeric keypad comes up by itself."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 8})
    return forms.CharField(label=_("动态口令"), help_text=_("手机上显示的6位数字"), widget=widget)


def password_field(label: Any, *, is_new: bool = False, help_text: Any = "") -> forms.CharField:
    autocomplete = "new-password" if is_new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, help_text=help_text, widget=widget, strip=False)


class LogInForm(forms.Form):
    """Name and password (登录)."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = password_field(_("口令"))


class CodeForm(forms.Form):
    """A code from the phone (动态口令)."""

    code = code_field()


class PasswordForm(forms.Form):
    """The old password and the new one twice (修改口令)."""

    old = password_field(_("当前口令"))
    new = password_field(_("新口令"), is_new=True)
    again = password_field(_("再输一遍新口令"), is_new=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Filled in here: a lazy text with a value is fixed to the language of the moment.
        rule = _("至少%(length)s位，含小写字母、大写字母、数字、符号四类中的三类；不得与最近用过的相同。")
        self.fields["new"].help_text = rule % {"length": POLICY.minimum_length}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("new") and given.get("again") and given["new"] != given["again"]:
            self.add_error("again", _("两次输入的新口令不一致，请重新输入。"))
        return given


def agency_choices() -> list[tuple[str, str]]:
    """Every working agency, in the order of the tree."""
    return [("", "—"), *((str(entry.id), entry.name) for entry in agency_directory().active())]


class AccountForm(forms.Form):
    """Who somebody is and where they work (账号资料)."""

    name = forms.CharField(label=_("姓名"), max_length=60, help_text=_("账号一人一个，不得共用。"))
    agency_id = forms.TypedChoiceField(
        label=_("所属机构"), choices=agency_choices, coerce=int, empty_value=None, required=False
    )


class NewAccountForm(AccountForm):
    """A new account; its first password is shown once (新建账号)."""

    username = forms.CharField(label=_("用户名"), max_length=64, help_text=_("登录时使用，中间不能有空格。"))
    duty = forms.ChoiceField(label=_("账号类型"), choices=list(DUTY_NAMES.items()))
    field_order = ["username", "name", "duty", "agency_id"]

    def __init__(self, *args: Any, duties: tuple[str, ...] = (Duty.CASEWORK,), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duty"] = forms.ChoiceField(
            label=_("账号类型"), choices=[(duty, DUTY_NAMES[duty]) for duty in duties]
        )
        self.order_fields(self.field_order)


class RolesForm(forms.Form):
    """The roles of a casework account (角色)."""

    roles = forms.MultipleChoiceField(
        label=_("角色"),
        choices=list(ROLE_NAMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("角色决定能办哪些步骤；能看哪些事项由所属机构决定。"),
    )


class RevisionForm(forms.Form):
    """The revision a page was opened with, so that two people do not overwrite each other."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
