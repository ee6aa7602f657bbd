"""Promises about the one shape of all texts."""

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.records.texts import clean, normalise
from huiyin.records.texts.normalising import simplified


@pytest.mark.parametrize(
    ("written", "shape"),
    [
        ("ＡＢＣ　１２３", "abc 123"),
        ("反映學校周邊環境髒亂", "反映学校周边环境脏乱"),
        ("請儘快答覆,瞭解情況", "请尽快答复,了解情况"),
        ("  多  个\n\n空\t格 ", "多 个 空 格"),
        ("⼈民政府", "人民政府"),
        ("水\u200b费\ufeff", "水费"),
        ("𰻞𰻞面馆😀", "𰻞𰻞面馆😀"),
    ],
)
def test_texts_that_mean_the_same_get_one_shape(written, shape):
    assert normalise(written) == shape


@pytest.mark.parametrize("text", ["学校\x00门口", "学校\ud800门口", "学校\u202e门口", "学校\x1b门口"])
def test_what_a_database_refuses_is_taken_out_and_counted(text):
    cleaned = clean(text)
    assert cleaned.text == "学校门口"
    assert cleaned.removed == 1


def test_line_ends_are_kept_as_line_feeds_and_not_counted():
    assert clean("一\r\n二\r三\t四") == clean("一\n二\n三\t四")
    assert clean("一\r\n二").removed == 0


def test_our_simplification_agrees_with_opencc_on_ordinary_text():
    text = "縣裡的學校門口違規停車,請求儘快處理並給予答覆;農民工工資拖欠三個月,希望瞭解辦理進度"
    assert simplified(text) == opencc.OpenCC("t2s").convert(text)


def test_a_long_text_without_punctuation_is_normalised_in_linear_time():
    assert normalise("學" * 300_000) == "学" * 300_000


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(alphabet=st.characters()))
def test_every_shape_can_be_stored_as_utf_8_without_nul(text):
    for shape in (normalise(text), clean(text).text):
        assert b"\0" not in shape.encode()
