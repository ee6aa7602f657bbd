"""Promises about printed letters: what was issued is what is printed, to the sign."""

import io

import pytest
from docx import Document as open_docx

from huiyin.records.documents.printing import contents_of, shown, width_of
from huiyin.records.documents.seals import DIAMETER
from tests.records.documents.conftest import picture
from tests.records.documents.letters import printed, sample_letter, texts_of


def test_what_a_petitioner_wrote_is_printed_as_written():
    text = "价款 < 5元 & 数量 > 3，“{{ number }}” {% if x %} ${y} </w:t>"
    assert text in texts_of(printed("direct_answer", request=text))


def test_every_line_is_a_paragraph_of_its_own():
    paragraphs = texts_of(printed("handling_opinion", opinion="一、支持。\n\n  二、不支持。"))
    assert "一、支持。" in paragraphs
    assert "二、不支持。" in paragraphs


def test_dates_are_written_without_leading_zeros():
    text = "\n".join(texts_of(printed("extension_notice")))
    assert "2026年4月14日" in text
    assert "2026年3月2日" in text
    assert "2026-0" not in text


@pytest.mark.parametrize(
    ("value", "printed_as"),
    [
        ("2026-03-05", "2026年3月5日"),
        ("2026-03-05（办结期限）；2026-12-31（答复）", "2026年3月5日（办结期限）；2026年12月31日（答复）"),
        ("编号2026-03-05-7", "编号2026-03-05-7"),
        ("电话0990-7000123", "电话0990-7000123"),
        (None, ""),
        (True, "是"),
        (3, "3"),
        (["处理意见书", "送达回证"], "1. 处理意见书\n2. 送达回证"),
        (["送达回证"], "送达回证"),
        ([], ""),
    ],
)
def test_a_value_is_shown_as_people_read_it(value, printed_as):
    assert shown(value) == printed_as


def test_the_petitioner_is_addressed_by_name_only_where_the_name_may_stand():
    assert "信访人：" in texts_of(printed("handling_opinion"))
    assert "张某某：" in texts_of(printed("handling_opinion", addressee="张某某"))
    assert "县水利局：" in texts_of(printed("forward_letter", addressee="县水利局"))


def test_what_was_not_given_leaves_out_its_part():
    assert not any("抄送" in text for text in texts_of(printed("handling_opinion", copies="")))
    assert any("抄送：县信访局" in text for text in texts_of(printed("handling_opinion")))


def test_nothing_of_the_body_may_stand_for_number_agency_or_date():
    letter = sample_letter("direct_answer", number="伪造", agency="青禾县信访局", date="伪造")
    contents = contents_of(letter)
    assert (contents["number"], contents["date"]) == ("青信答〔2026〕12号", "2026年3月2日")


def test_a_long_name_is_set_smaller_so_that_it_stays_on_its_line():
    name = "青禾县人民政府信访事项复查复核委员会办公室"
    file = open_docx(io.BytesIO(printed("handling_opinion", agency=name)))
    mark = next(paragraph for paragraph in file.paragraphs if paragraph.text == name)
    size = mark.runs[0].font.size
    assert size is not None
    assert 15 < size.pt * width_of(name) / len(name) < 40
    assert size.pt * width_of(name) <= 442.2


def test_a_seal_lies_over_the_name_and_only_there():
    file = open_docx(io.BytesIO(printed("handling_opinion", seal=picture("PNG", (60, 60)))))
    holding = [p for p in file.paragraphs if p._p.xpath(".//wp:anchor")]
    assert [p.style.name for p in holding if p.style] == ["署名"]
    extent = holding[0]._p.xpath(".//wp:anchor/wp:extent")[0]
    assert extent.get("cx") == extent.get("cy") == str(int(DIAMETER))


def test_a_letter_without_a_seal_carries_no_picture():
    assert not open_docx(io.BytesIO(printed("handling_opinion"))).inline_shapes
