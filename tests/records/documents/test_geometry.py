"""The printed page is measured (GB/T 9704-2012): real PDFs from LibreOffice, positions in millimetres."""

import fcntl
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass

import pdfplumber
import pypdfium2
import pytest
from PIL import Image
from PIL.ImageChops import subtract

from huiyin.records.documents.kinds import KINDS
from huiyin.records.documents.pdf import office_program, pdfs_of
from tests.records.documents.conftest import picture
from tests.records.documents.letters import printed

PROGRAM = office_program()
pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="LibreOffice is not installed: scripts/system-packages pdf"
)
MM = 25.4 / 72
DPI = 300
LONG = "信" * (28 * 60)
LETTERS = [kind.code for kind in KINDS]


@dataclass(frozen=True)
class Line:
    text: str
    top: float
    bottom: float
    left: float
    right: float


class Pdf:
    """A PDF as one measures it with a ruler."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            self.sizes = [(page.width * MM, page.height * MM) for page in pdf.pages]
            self.pages = [
                [
                    Line(row["text"], row["top"] * MM, row["bottom"] * MM, row["x0"] * MM, row["x1"] * MM)
                    for row in page.extract_text_lines(return_chars=False)
                ]
                for page in pdf.pages
            ]
            self.text = "\n".join(page.extract_text() for page in pdf.pages)

    def line(self, start: str, page: int = 0) -> Line:
        return next(line for line in self.pages[page] if line.text.replace(" ", "").startswith(start))

    def ink(self, page: int = 0, *, is_red: bool) -> list[tuple[float, float, float, float]]:
        """The strips of ink from top to bottom: top, bottom, left, right."""
        image = pypdfium2.PdfDocument(self.content)[page].render(scale=DPI / 72).to_pil().convert("RGB")
        red, green, _ = image.split()
        mask = (subtract(red, green) if is_red else red.point(lambda value: 255 - value)).point(
            lambda value: 255 * (value > 90)
        )
        return list(strips(mask))


def strips(mask: Image.Image) -> Iterator[tuple[float, float, float, float]]:
    top = 0
    scale = 25.4 / DPI
    rows = [mask.crop((0, y, mask.width, y + 1)).getbbox() is not None for y in range(mask.height)]
    for y, is_inked in enumerate([*rows, False]):
        if is_inked and (y == 0 or not rows[y - 1]):
            top = y
        if not is_inked and y and rows[y - 1]:
            left, _, right, _ = mask.crop((0, top, mask.width, y)).getbbox() or (0, 0, 0, 0)
            yield top * scale, y * scale, left * scale, right * scale


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pdf]:
    """Every kind once, and what is measured, in one start of LibreOffice."""
    files = {code: printed(code, seal=picture("PNG", (60, 60))) for code in LETTERS}
    files["long"] = printed("direct_answer", request=LONG)
    files["name"] = printed("handling_opinion", agency="青禾县人民政府信访事项复查复核委员会办公室")
    return {name: Pdf(content) for name, content in made_once(files, tmp_path_factory).items()}


def made_once(files: dict[str, bytes], factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The first of several test processes makes the PDFs, the others read them."""
    root = factory.getbasetemp() if "PYTEST_XDIST_WORKER" not in os.environ else factory.getbasetemp().parent
    folder = root / "measured"
    assert PROGRAM is not None
    with (root / "measured.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            folder.mkdir()
            for name, content in pdfs_of(files, program=PROGRAM).items():
                (folder / f"{name}.pdf").write_bytes(content)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


def near(measured: float, wanted: float, tolerance: float = 0.5) -> bool:
    return abs(measured - wanted) <= tolerance


@pytest.mark.parametrize("code", LETTERS)
def test_every_kind_is_printed_on_a4_with_its_number_in_hexagonal_brackets(made, code):
    pdf = made[code]
    assert all(near(width, 210, 0.1) and near(height, 297, 0.1) for width, height in pdf.sizes)
    assert "\u30142026\u3015" in pdf.text
    assert len(pdf.pages) <= 2


@pytest.mark.parametrize("code", LETTERS)
def test_the_type_area_holds_all_text_but_page_numbers_and_letter_heads(made, code):
    for page, lines in enumerate(made[code].pages):
        for line in lines:
            is_head = page == 0 and line.bottom < 46
            is_foot = line.top > 262
            assert is_head or is_foot or (line.top >= 36 and line.bottom <= 263), line
            assert line.left >= 27, line
            assert line.right <= 185, line


def test_a_full_page_has_22_lines_of_28_characters(made):
    full = made["long"].pages[1]
    body = [line for line in full if line.top < 262]
    assert len(body) == 22
    assert {len(line.text) for line in body} == {28}
    assert near(body[0].left, 28)
    assert near(body[0].right, 184)
    pitch = (body[-1].top - body[0].top) / 21
    assert near(pitch, 225 / 22, 0.05)


def test_the_margins_are_37_28_26_and_35_millimetres(made):
    inked = [strip for strip in made["long"].ink(1, is_red=False) if strip[1] < 264]
    assert 37 <= inked[0][0] <= 37 + 225 / 22
    assert near(min(strip[2] for strip in inked), 28, 1)
    assert near(210 - max(strip[3] for strip in inked), 26, 1)
    assert 297 - inked[-1][1] >= 34


def test_the_issuer_mark_begins_35_millimetres_below_the_type_area(made):
    mark, *_ = made["long"].ink(is_red=True)
    assert near(mark[0], 72, 0.7)
    assert near((mark[2] + mark[3]) / 2, 28 + 78, 1)


def test_the_number_is_centred_two_lines_below_the_mark(made):
    number, mark = made["long"].line("青信答"), made["long"].line("青禾县信访局")
    assert near((number.left + number.right) / 2, 28 + 78, 1)
    assert 2 <= (number.top - mark.bottom) / (225 / 22) <= 2.6


def test_the_red_rule_is_4_millimetres_below_the_number_and_as_wide_as_the_text(made):
    rule = made["long"].ink(is_red=True)[1]
    number = next(s for s in made["long"].ink(is_red=False) if near(s[0], made["long"].line("青信答").top, 2))
    assert near(rule[0] - number[1], 4, 0.5)
    assert near(rule[2], 28, 0.3)
    assert near(rule[3], 184, 0.3)


def test_the_title_stands_two_lines_below_the_rule_and_the_addressee_one_below_the_title(made):
    pdf = made["long"]
    rule = pdf.ink(is_red=True)[1]
    title, addressee = pdf.line("信访事项简易"), pdf.line("信访人：")
    assert near(title.bottom - title.top, 22 * 0.3528, 0.3)
    assert 2 <= (title.top - rule[1]) / (225 / 22) <= 2.6
    assert 1 <= (addressee.top - title.bottom) / (225 / 22) <= 1.8
    assert near(addressee.left, 28, 0.5)


def test_page_numbers_stand_7_millimetres_below_the_text_odd_right_even_left(made):
    pdf = made["long"]
    first, second = pdf.line("—1—", 0), pdf.line("—2—", 1)
    assert near(first.right, 184 - 14 * 0.3528, 0.6)
    assert near(second.left, 28 + 14 * 0.3528, 0.6)
    for page in (0, 1):
        top, bottom, *_ = pdf.ink(page, is_red=False)[-1]
        assert near((top + bottom) / 2, 262 + 7, 0.7)


@pytest.mark.parametrize("code", ["direct_answer", "handling_opinion", "reexamination_opinion", "receipt"])
def test_name_and_date_are_centred_on_one_another_four_characters_from_the_right(made, code):
    pdf = made[code]
    page = len(pdf.pages) - 1
    day, name = pdf.line("2026年3月2日", page), pdf.line("青禾县信访局", page)
    assert near(184 - day.right, 4 * 16 * 0.3528, 1)
    assert near((day.left + day.right) / 2, (name.left + name.right) / 2, 2)


def test_a_long_name_of_an_office_stays_on_one_line_of_the_head(made):
    line = made["name"].line("青禾县人民政府信访事项复查复核委员会办公室")
    assert line.left >= 27.5
    assert line.right <= 184.5


@pytest.mark.parametrize("code", ["direct_answer", "handling_opinion", "reexamination_opinion", "receipt"])
def test_a_seal_covers_name_and_date(made, code):
    pdf = made[code]
    page = len(pdf.pages) - 1
    seal = pdf.ink(page, is_red=True)[-1]
    day, name = pdf.line("2026年3月2日", page), pdf.line("青禾县信访局", page)
    assert near(seal[1] - seal[0], 42, 1)
    # Only the left half of the picture is red.
    assert near(seal[3], (day.left + day.right) / 2, 2)
    assert seal[0] < name.top
    assert day.bottom < seal[1]


def test_the_end_block_stands_at_the_foot_of_the_last_page(made):
    pdf = made["handling_opinion"]
    last = pdf.line("青禾县信访局2026年3月2日印发", len(pdf.pages) - 1)
    assert near(last.bottom, 262, 3)
    assert near(pdf.line("抄送：", len(pdf.pages) - 1).bottom, last.top, 5)


def test_a_letter_has_its_mark_at_30_millimetres_and_two_double_rules_of_170(made):
    mark, upper, upper_thin, *_, lower_thin, lower = made["forward_letter"].ink(is_red=True)
    assert near(mark[0], 30, 0.7)
    assert near(upper[0] - mark[1], 4, 0.5)
    assert near(297 - lower[1], 20, 0.5)
    for rule in (upper, upper_thin, lower_thin, lower):
        assert near(rule[3] - rule[2], 170, 0.5)
        assert near((rule[2] + rule[3]) / 2, 105, 0.5)
    assert upper[1] - upper[0] > upper_thin[1] - upper_thin[0]


def test_the_first_page_of_a_letter_bears_no_number_and_the_document_number_is_at_the_right(made):
    pdf = made["forward_letter"]
    assert not any("—" in line.text for line in pdf.pages[0])
    number = pdf.line("青信转")
    assert near(number.right, 184, 0.6)
    assert number.top > pdf.ink(is_red=True)[1][1]


@pytest.mark.parametrize("code", LETTERS)
def test_no_page_holds_a_signature_alone(made, code):
    for lines in made[code].pages[1:]:
        text = [line.text.replace(" ", "") for line in lines if line.top < 262]
        words = [line for line in text if line not in {"青禾县信访局", "2026年3月2日"}]
        assert words, text
