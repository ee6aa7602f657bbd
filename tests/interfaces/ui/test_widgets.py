"""Controls written without a template say what Django's own say."""

import pytest
from django import forms
from django.test.html import parse_html
from django.utils.translation import gettext_lazy, override

from huiyin.interfaces.ui.widgets import PlainSelect

CHOICES = [("", gettext_lazy("不限")), ("a", "甲 <b>&\"'"), (3, "三"), (None, "空"), ("a", "again")]


@pytest.mark.parametrize("value", [None, "", "a", 3, "3", "<x>", "unknown"])
@pytest.mark.parametrize("attrs", [{}, {"class": 'form-select" x', "required": True, "disabled": False}])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_plain_select_is_the_same_control(value: object, attrs: dict[str, object], language: str) -> None:
    with override(language):
        plain = PlainSelect(choices=CHOICES).render("na<me", value, attrs)
        usual = forms.Select(choices=CHOICES).render("na<me", value, attrs)
    assert parse_html(plain) == parse_html(usual)


def test_a_plain_select_escapes_what_it_shows() -> None:
    shown = PlainSelect(choices=[("<script>", "<script>")]).render("place", "<script>", {"id": '"><i>'})
    assert "<script>" not in shown
    assert "<i>" not in shown
