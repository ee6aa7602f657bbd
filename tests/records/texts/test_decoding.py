"""Promises about reading files of unknown encoding."""

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.records.texts.decoding import decode

LINE = "留言编号,主题,详情\n1001,砂石厂夜间开工,村口的砂石厂夜里一直开工,粉尘落满屋顶\n"
TRADITIONAL = opencc.OpenCC("s2t").convert(LINE).replace("裏", "裡")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk", "gb18030"]
)
def test_simplified_text_is_read_in_every_usual_encoding(encoding):
    decoded = decode(LINE.encode(encoding))
    assert decoded.text == LINE
    assert not decoded.had_errors


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8"])
def test_traditional_text_is_read_in_every_usual_encoding(encoding):
    assert decode(TRADITIONAL.encode(encoding)).text == TRADITIONAL


def test_characters_that_only_gb18030_has_are_read():
    text = LINE + "𠮷先生、㐂女士\n"
    assert decode(text.encode("gb18030")).text == text


def test_single_broken_bytes_are_reported_and_replaced_and_the_rest_is_kept():
    data = (LINE * 50).encode("gb18030") + b"\xff" + LINE.encode("gb18030")
    decoded = decode(data)
    assert decoded.had_errors
    assert decoded.text.count("\ufffd") == 1
    assert decoded.text.startswith(LINE)


def test_a_replacement_character_in_the_file_itself_is_no_error():
    assert not decode("水\ufffd费".encode()).had_errors


def test_an_encoding_that_can_only_be_guessed_is_reported():
    assert decode(b"\x80\x81\xff" * 30).had_errors


def test_nothing_is_read_as_nothing():
    assert decode(b"").text == ""


@given(st.binary())
def test_no_bytes_make_it_fail(data):
    assert isinstance(decode(data).text, str)
