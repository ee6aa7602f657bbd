"""Form controls that are written without a template of their own (表单控件)."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class PlainSelect(forms.Select):
    """A choice from one flat list (下拉选择): Django renders a template for each of its hundred options."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: object = None
    ) -> SafeString:
        """The same markup as the template's."""
        chosen = self.format_value(value)
        is_found = False
        options = []
        for code, label in self.choices:
            code = "" if code is None else str(code)
            is_chosen = not is_found and code in chosen
            is_found = is_found or is_chosen
            options.append((code, " selected" if is_chosen else "", label))
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )
