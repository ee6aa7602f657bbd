"""Every part says in words what it shows in colour, and escapes what it is given."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from huiyin.interfaces.ui import parts
from huiyin.interfaces.ui.legal import article_of, clock_card_of
from huiyin.law.calendar import load_calendar
from huiyin.law.citations import cite
from huiyin.law.deadlines import count
from huiyin.law.lights import Light as LawLight
from huiyin.law.rules import rule

NASTY = "<script>alert(1)</script>"


def rendered(source: str, language: str = "zh-hans", **context: object) -> str:
    with translation.override(language):
        return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("shade", "due", "words"),
    [
        (LawLight.GREEN, date(2026, 3, 31), ("期限内", "剩 29 天")),
        (LawLight.AMBER, date(2026, 3, 4), ("即将到期", "剩 2 天")),
        (LawLight.AMBER, date(2026, 3, 2), ("即将到期", "今天到期")),
        (LawLight.RED, date(2026, 2, 27), ("已超期", "超期 3 天")),
        (LawLight.GREY, date(2026, 3, 31), ("已中止",)),
    ],
)
def test_a_light_says_its_state_and_days_in_words(shade: LawLight, due: date, words: tuple[str, ...]) -> None:
    light = parts.light_of(shade, due=due, today=date(2026, 3, 2))
    html = rendered("{% light light %}", light=light)
    assert all(word in html for word in words)
    assert "<svg" in html


def test_a_provisional_date_is_marked_only_while_it_is_on_time() -> None:
    due, today = date(2027, 1, 20), date(2026, 12, 1)
    on_time = parts.light_of(LawLight.GREEN, due=due, today=today, is_provisional=True)
    late = parts.light_of(LawLight.RED, due=date(2026, 11, 30), today=today, is_provisional=True)
    assert on_time.state is parts.LightState.PROVISIONAL
    assert late.state is parts.LightState.OVERDUE


@pytest.mark.parametrize(("met_on", "state"), [(31, "met"), (30, "met")])
def test_a_limit_met_on_its_last_day_is_met(met_on: int, state: str) -> None:
    due = date(2026, 3, 31)
    light = parts.light_of(LawLight.GREY, due=due, today=date(2026, 5, 1), met_on=date(2026, 3, met_on))
    assert light.state == state


def test_a_limit_met_late_is_shown_as_missed() -> None:
    light = parts.light_of(
        LawLight.GREY, due=date(2026, 3, 31), today=date(2026, 5, 1), met_on=date(2026, 4, 1)
    )
    assert light.state is parts.LightState.MISSED


def test_days_are_singular_and_plural_in_english() -> None:
    one = parts.Light(parts.LightState.DUE_SOON, 1)
    assert "1 day left" in rendered("{% light light %}", "en", light=one)
    two = parts.Light(parts.LightState.DUE_SOON, 2)
    assert "2 days left" in rendered("{% light light %}", "en", light=two)


def test_a_moment_is_shown_in_beijing_time() -> None:
    at = datetime(2026, 1, 14, 20, 30, tzinfo=ZoneInfo("UTC"))
    html = rendered("{{ at|day }} {{ at|clock_time }}", at=at)
    assert html == "2026年1月15日（星期四） 04:30"
    assert rendered("{{ at|day }}", "en", at=at) == "15 Jan 2026 (Thu)"


def test_the_timeline_escapes_what_people_wrote() -> None:
    event = parts.Event(date(2026, 3, 2), NASTY, NASTY, who=NASTY)
    html = rendered("{% timeline events %}", events=(event,))
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 3


def test_the_timeline_names_the_article_and_the_documents() -> None:
    event = parts.Event(
        date(2026, 3, 2),
        "已受理",
        article=article_of(cite("R2022", 23)),
        documents=(parts.Link("受理告知书", "/x/"),),
        is_current=True,
    )
    html = rendered("{% timeline events %}", events=(event,))
    assert "《信访工作条例》第二十三条" in html
    assert 'href="/x/"' in html
    assert 'aria-current="step"' in html


def test_the_clock_card_discloses_how_the_date_was_counted() -> None:
    calendar = load_calendar()
    due = count(rule("C5", on=date(2025, 12, 24)), date(2025, 12, 24), calendar=calendar)
    card = clock_card_of(due, calendar=calendar, light=parts.Light(parts.LightState.ON_TIME, 40))
    html = rendered("{% clock_card card %}", card=card)
    assert "2026年2月24日（星期二）" in html
    assert "<details" in html
    assert "《民法典》第二百零三条" in html


def test_the_stage_bar_says_in_words_what_is_done_and_what_comes() -> None:
    stages = (parts.Stage("登记", "done"), parts.Stage("办理", "current"), parts.Stage("答复", "next"))
    html = rendered("{% stages stages %}", stages=stages)
    assert html.count('aria-current="step"') == 1
    for words in ("（已完成）", "（正在进行）", "（尚未开始）"):
        assert words in html


def test_a_capped_count_says_that_it_is_capped() -> None:
    html = rendered("{% pager pager %}", pager=parts.Pager(100, 1000, True, "?after=x", "?"))
    assert "1000+" in html
    assert "只数到这里" in html
    exact = rendered("{% pager pager %}", pager=parts.Pager(3, 3))
    assert "共 3 条" in exact
    assert "只数到这里" not in exact


def test_every_table_cell_carries_its_heading_for_phones() -> None:
    table = parts.Table(
        "清单",
        (parts.Column("编号", is_heading=True, is_code=True), parts.Column("事由")),
        ((parts.Cell("1", url="/a/"), parts.Cell(NASTY)),),
    )
    html = rendered("{% data_table table %}", table=table)
    assert '<th scope="row" data-label="编号"' in html
    assert 'data-label="事由"' in html
    assert "<script>" not in html


def test_a_row_with_a_missing_cell_is_an_error() -> None:
    table = parts.Table("清单", (parts.Column("甲"), parts.Column("乙")), ((parts.Cell("1"),),))
    with pytest.raises(ValueError, match="shorter"):
        rendered("{% data_table table %}", table=table)


def test_a_refusal_names_sentence_article_and_next_step() -> None:
    refusal = parts.Notice(
        "不属于本单位职权。", "refusal", article=article_of(cite("R2022", 23)), next_step="提出异议。"
    )
    html = rendered("{% notice notice %}", notice=refusal)
    assert 'role="alert"' in html
    assert "第二十三条" in html
    assert "下一步：" in html


def test_a_chart_keeps_its_numbers_in_a_table() -> None:
    chart = parts.Chart("登记", ("1月", "2月"), (parts.Series("件数", (3, 5)),))
    html = rendered('{% chart chart "c1" %}', chart=chart)
    assert "<table" in html
    assert ">5<" in html
    assert '<script id="c1" type="application/json">' in html


def test_a_qr_code_never_carries_its_text_as_markup() -> None:
    html = rendered('{% qr text "二维码" %}', text=NASTY)
    assert "<script>" not in html
    assert 'role="img"' in html
    assert "style=" not in html


class Sample(forms.Form):
    name = forms.CharField(label="姓名", required=False, help_text="不填也可以。")
    what = forms.CharField(label="要求", widget=forms.Textarea, error_messages={"required": "请写明要求。"})
    way = forms.ChoiceField(label="方式", choices=[("1", "电话"), ("2", "书面")], widget=forms.RadioSelect)
    secret = forms.BooleanField(label="保密", required=False)
    papers = forms.FileField(label="附件", required=False)


ALL_FIELDS = "{% error_summary form %}{% for one in form %}{% field one %}{% endfor %}"


def test_a_refused_form_keeps_the_values_and_leads_to_each_problem() -> None:
    html = rendered(ALL_FIELDS, form=Sample({"name": NASTY, "what": ""}))
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    assert 'href="#id_what"' in html
    assert 'id="id_what_error"' in html
    assert 'aria-invalid="true"' in html
    assert "请写明要求。" in html


def test_optional_fields_are_marked_in_words() -> None:
    html = rendered(ALL_FIELDS, form=Sample())
    assert html.count("（选填）") == 2
    assert "error-summary" not in html


def test_help_is_tied_to_its_control() -> None:
    html = rendered("{% field form.name %}", form=Sample())
    assert 'aria-describedby="id_name_help"' in html
    assert 'id="id_name_help"' in html


def test_radio_choices_stand_in_a_named_group() -> None:
    html = rendered("{% field form.way %}", form=Sample())
    assert "<fieldset" in html
    assert "<legend" in html
    assert html.count('class="form-check-input"') == 2
