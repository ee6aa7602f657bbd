"""Promises about printing many at once: one page each, nothing mixed up."""

import io
from datetime import date

import pytest
from docx import Document as open_docx

from huiyin.records.documents.batches import (
    Envelope,
    EnvelopeSize,
    ReceiptSheet,
    envelopes_docx,
    receipt_sheets_docx,
)
from huiyin.records.documents.kinds import kind_of
from huiyin.records.documents.pdf import office_program, pdfs_of
from tests.records.documents.letters import shipped, texts_of
from tests.records.documents.test_geometry import Pdf

PROGRAM = office_program()
needs_office = pytest.mark.skipif(
    PROGRAM is None, reason="LibreOffice is not installed: scripts/system-packages pdf"
)


def envelope(name: str) -> Envelope:
    return Envelope(
        name=name,
        address_lines=("禾川市青禾县青禾镇东关村", "三组18号"),
        postcode="990123",
        sender="青禾县信访局",
        sender_address="青禾县和平路6号",
        sender_postcode="990100",
    )


def sheet(number: str) -> ReceiptSheet:
    return ReceiptSheet(
        case_number=number,
        agency="青禾县信访局",
        document=f"处理意见书（{number}）",
        addressee="信访人",
        method="邮寄送达",
    )


def test_no_sheet_is_asked_for_in_words():
    with pytest.raises(ValueError, match="no sheets"):
        receipt_sheets_docx([], template=shipped(kind_of("delivery_receipt")), on=date(2026, 3, 2))


def test_sheets_stand_in_the_order_given_and_keep_their_own_contents():
    template = shipped(kind_of("delivery_receipt"))
    content = receipt_sheets_docx(
        [sheet(f"2026-{n}") for n in range(5)], template=template, on=date(2026, 3, 2)
    )
    file = open_docx(io.BytesIO(content))
    assert [table.cell(0, 1).text for table in file.tables] == [f"2026-{n}" for n in range(5)]
    assert not any("{{" in text for text in texts_of(content))


@needs_office
def test_every_sheet_is_one_page():
    template = shipped(kind_of("delivery_receipt"))
    content = receipt_sheets_docx(
        [sheet(f"2026-{n}") for n in range(4)], template=template, on=date(2026, 3, 2)
    )
    assert PROGRAM is not None
    pdf = Pdf(pdfs_of({"sheets": content}, program=PROGRAM)["sheets"])
    assert len(pdf.pages) == 4
    for index, page in enumerate(pdf.pages):
        assert any(f"2026-{index}" in line.text for line in page)


@needs_office
@pytest.mark.parametrize("size", list(EnvelopeSize))
def test_every_envelope_is_one_page_of_its_size(size):
    content = envelopes_docx([envelope(name) for name in ("甲某", "乙某", "丙某")], size=size)
    assert PROGRAM is not None
    pdf = Pdf(pdfs_of({"envelopes": content}, program=PROGRAM)["envelopes"])
    width, height = size.value
    assert [(round(w), round(h)) for w, h in pdf.sizes] == [(width, height)] * 3
    for page, name in enumerate(("甲某", "乙某", "丙某")):
        code, sender = pdf.line("990123", page), pdf.line("青禾县和平路6号", page)
        receiver = pdf.line(name, page)
        assert code.top < height / 4
        assert code.left < 20
        assert height * 0.35 < receiver.top < height * 0.7
        assert sender.top > receiver.bottom
        assert sender.right > width - 15
        assert pdf.line("邮政编码", page).bottom < height - 5
