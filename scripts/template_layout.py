"""The layout of official documents after GB/T 9704-2012 (公文格式), as styles and parts of a .docx file."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

FANG, SONG_TITLE, HEI, KAI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
LINE = Pt(28.95)  # 22 lines on 225 mm
TIGHTER = -5  # twentieths of a point: 28 characters of 16 pt on 156 mm
RED = RGBColor(0xE6, 0x00, 0x12)
CHARACTER = 16
ALIGN = WD_ALIGN_PARAGRAPH


def element(tag: str, **attributes: object) -> BaseOxmlElement:
    """An element of the w: vocabulary with its attributes."""
    made: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def blank_document() -> DocumentFile:
    """An A4 page with the margins of the standard and the styles below, and nothing on it."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(34.9)
    section.left_margin, section.right_margin = Mm(27.97), Mm(25.94)
    section.header_distance, section.footer_distance = Mm(15), Mm(25.2)
    for style in ("Header", "Footer"):
        document.styles[style].paragraph_format.tab_stops.clear_all()
    _normal(document)
    for name, look in STYLES.items():
        _style(document, name, look)
    return document


def _normal(document: DocumentFile) -> None:
    style = document.styles["Normal"]
    assert isinstance(style, ParagraphStyle)
    _font(style, FANG, CHARACTER)
    style.element.get_or_add_rPr().insert_element_before(element("spacing", val=TIGHTER), "w:sz", "w:szCs")
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    form.widow_control = False
    properties = style.element.get_or_add_pPr()
    # The pitch of the lines is exact; they do not follow another grid.
    properties.insert_element_before(element("snapToGrid", val=0), "w:spacing", "w:ind", "w:jc", "w:rPr")


def _font(style: ParagraphStyle, name: str, size: float, *, colour: RGBColor | None = None) -> None:
    style.font.size = Pt(size)
    style.font.name = "Times New Roman" if name == FANG else name
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)
    if colour is not None:
        style.font.color.rgb = colour


@dataclass(frozen=True)
class Look:
    """How the paragraphs of a style look; `line` in points, indents in characters."""

    font: str = FANG
    size: float = CHARACTER
    align: WD_ALIGN_PARAGRAPH | None = None
    line: float = 0
    first: int = 0
    left: int = 0
    right: int = 0
    keep: bool = False
    red: bool = False


STYLES: dict[str, Look] = {
    "发文机关标志": Look(font=SONG_TITLE, size=40, align=ALIGN.CENTER, line=40, red=True),
    "发文字号": Look(align=ALIGN.CENTER),
    "红线": Look(align=ALIGN.CENTER, line=4),
    "公文标题": Look(font=SONG_TITLE, size=22, align=ALIGN.CENTER, line=33),
    "主送机关": Look(),
    "公文正文": Look(align=ALIGN.JUSTIFY, first=2),
    "一级标题": Look(font=HEI, first=2, keep=True),
    "二级标题": Look(font=KAI, first=2, keep=True),
    "附件说明": Look(left=5, first=-3, keep=True),
    "署名前空行": Look(keep=True),
    "署名": Look(align=ALIGN.RIGHT, right=4, keep=True),
    "成文日期": Look(align=ALIGN.RIGHT, right=4),
    "签名行": Look(first=2, keep=True),
    "版记": Look(size=14, line=24),
    "表格项目": Look(font=HEI, size=14, align=ALIGN.CENTER, line=24),
    "表格内容": Look(size=14, line=24),
    "页码": Look(font=SONG, size=14, line=16),
    "逐页签名": Look(size=14, line=20),
}


def _style(document: DocumentFile, name: str, look: Look) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = document.styles["Normal"]
    _font(style, look.font, look.size, colour=RED if look.red else None)
    form = style.paragraph_format
    form.alignment = look.align
    if look.line:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    if look.first:
        form.first_line_indent = Pt(look.first * (look.size + TIGHTER / 20))
    if look.left:
        form.left_indent = Pt(look.left * (look.size + TIGHTER / 20))
    if look.right:
        form.right_indent = Pt(look.right * CHARACTER)
    form.keep_with_next = look.keep


def border(paragraph: Paragraph, side: str, *, val: str, size: int, space: int = 0, colour: str) -> None:
    """A rule above or below a paragraph; `size` counts eighths of a point."""
    properties = paragraph._p.get_or_add_pPr()
    box = properties.find(qn("w:pBdr"))
    if box is None:
        box = element("pBdr")
        properties.insert_element_before(
            box, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    box.append(element(side, val=val, sz=size, space=space, color=colour))


def head(document: DocumentFile, *, has_signatory: bool) -> None:
    """The red head (版头): issuer mark 35 mm below the type area's top, number, red rule 4 mm below."""
    spacer = document.add_paragraph(style="发文机关标志")
    spacer.paragraph_format.line_spacing = Mm(35.7)
    document.add_paragraph("{{ agency }}", style="发文机关标志")
    document.add_paragraph()
    document.add_paragraph()
    if has_signatory:
        number = document.add_paragraph("{{ number }}\t签发人：", style="发文字号")
        number.paragraph_format.alignment = ALIGN.LEFT
        number.paragraph_format.left_indent = number.paragraph_format.right_indent = Pt(CHARACTER)
        number.paragraph_format.tab_stops.add_tab_stop(Mm(104))
        name = number.add_run("{{ signatory }}")
        name.font.name = KAI
        name._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), KAI)  # type: ignore[union-attr]  # the name made it
    else:
        document.add_paragraph("{{ number }}", style="发文字号")
    rule = document.add_paragraph(style="红线")
    rule.paragraph_format.line_spacing = Pt(7.1)
    border(rule, "bottom", val="single", size=12, space=0, colour=str(RED))
    document.add_paragraph()
    document.add_paragraph()
    document.add_paragraph("{{ title }}", style="公文标题")
    document.add_paragraph()


def letter_head(document: DocumentFile) -> None:
    """The head of a letter (信函格式): mark at 30 mm, a double rule below it and one above the foot."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance, section.footer_distance = Mm(30.65), Mm(18.6)
    for footer in (section.footer, section.even_page_footer):
        footer.paragraphs[0].paragraph_format.space_after = Mm(6.6)
    mark = section.first_page_header.paragraphs[0]
    mark.style = document.styles["发文机关标志"]
    mark.text = "{{ agency }}"
    rule = section.first_page_header.add_paragraph(style="红线")
    rule.paragraph_format.line_spacing = Pt(6.5)
    _wide(rule)
    border(rule, "bottom", val="thickThinSmallGap", size=24, colour=str(RED))
    foot = section.first_page_footer.paragraphs[0]
    foot.style = document.styles["红线"]
    _wide(foot)
    border(foot, "top", val="thinThickSmallGap", size=24, colour=str(RED))
    number = document.add_paragraph("{{ number }}", style="发文字号")
    number.paragraph_format.alignment = ALIGN.RIGHT
    document.add_paragraph()
    document.add_paragraph()
    document.add_paragraph("{{ title }}", style="公文标题")
    document.add_paragraph()


def _wide(rule: Paragraph) -> None:
    """170 mm, centred on the page, though the type area is 156 mm."""
    rule.paragraph_format.left_indent = Mm(-8)
    rule.paragraph_format.right_indent = Mm(-6)


def page_numbers(document: DocumentFile) -> None:
    """— 1 — below the type area (页码): odd pages at the right, even pages at the left, one character in."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["页码"]
        paragraph.paragraph_format.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        paragraph.add_run("— ")
        add_field(paragraph, "PAGE")
        paragraph.add_run(" —")


def page_signatures(document: DocumentFile, label: str) -> None:
    """Room for signatures at the foot of every page (逐页签名)."""
    section = document.sections[0]
    for footer in (section.footer, section.even_page_footer):
        above = footer.paragraphs[0].insert_paragraph_before(f"{label}\t第", style="逐页签名")
        above.paragraph_format.tab_stops.add_tab_stop(Mm(122))
        add_field(above, "PAGE")
        above.add_run("页，共")
        add_field(above, "NUMPAGES")
        above.add_run("页")
        element_of = footer.paragraphs[-1]._p
        element_of.getparent().remove(element_of)


def add_field(paragraph: Paragraph, code: str) -> None:
    """A number that the word processor fills in (域)."""
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            instruction = element("instrText")
            instruction.text = code
            run._r.append(instruction)


def signature(document: DocumentFile, *, has_copies: bool) -> None:
    """Name and date (署名、成文日期), with room for the seal; never alone on a page."""
    for _ in range(2):
        document.add_paragraph(style="署名前空行")
    if has_copies:
        copies(document)
    document.add_paragraph("{{ agency }}", style="署名")
    document.add_paragraph("{{ date }}", style="成文日期")


def copies(document: DocumentFile) -> None:
    """The end block (版记) at the foot of the last page: who gets a copy, who printed it and when.

    It is a floating table, which belongs to the paragraph that follows it: the signature. LibreOffice lets
    no table float that is as wide as the text, so its rules are six millimetres shorter than that.
    """
    document.add_paragraph("{%p if copies %}")
    block = document.add_table(rows=2, cols=2)
    block.autofit = False
    for column, width in zip(block.columns, (Mm(96), Mm(54)), strict=True):
        for cell in column.cells:
            cell.width = column.width = width
    texts = ("　抄送：{{ copies }}。", "", "　{{ agency }}", "{{ date }}印发　")
    for cell, text in zip(block._cells, texts, strict=True):
        cell.paragraphs[0].style = document.styles["版记"]
        cell.paragraphs[0].text = text
    block.cell(1, 1).paragraphs[0].alignment = ALIGN.RIGHT
    block.cell(0, 0).merge(block.cell(0, 1))
    block.cell(0, 0).paragraphs[-1]._p.getparent().remove(block.cell(0, 0).paragraphs[-1]._p)
    properties = block._tbl.tblPr
    place = element("tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="margin")
    place.set(qn("w:tblpXSpec"), "center")
    place.set(qn("w:tblpYSpec"), "bottom")
    rules = element("tblBorders")
    for side, size in (("top", 8), ("bottom", 8), ("insideH", 6)):
        rules.append(element(side, val="single", sz=size, space=0, color="000000"))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=0, type="dxa"))
    properties.insert(0, place)
    look = properties.find(qn("w:tblLook"))
    properties.find(qn("w:tblLayout")).addprevious(rules)
    look.addprevious(margins)
    document.add_paragraph("{%p endif %}")


def table(document: DocumentFile, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """A form's table (表格): labels and values in turn; the number counts the lines a row has at least."""
    widths = (Mm(32), Mm(50), Mm(28), Mm(46))
    if document.paragraphs:
        document.paragraphs[-1].paragraph_format.space_after = Pt(5)
    grid = document.add_table(rows=0, cols=4, style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for lines, cells in rows:
        row = grid.add_row()
        made = list(row.cells)
        for cell, width in zip(made, widths, strict=True):
            cell.width = width
        if len(cells) == 1:
            made[0].merge(made[3]).paragraphs[0].text = cells[0]
            continue
        if len(cells) == 2:
            made = [made[0], made[1].merge(made[3])]
        row.height = Pt(24 * lines + 8)
        for index, (cell, text) in enumerate(zip(made, cells, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.style = document.styles["表格内容" if index % 2 else "表格项目"]
            paragraph.text = text
            if lines == 1 or index % 2 == 0:
                cell._tc.get_or_add_tcPr().append(element("vAlign", val="center"))
