"""PDF and plain text (PDF 与纯文本): the shape of the one, the readability of the other."""

import re
from typing import BinaryIO

from django.utils.translation import gettext as _

from huiyin.records.documents.file_kinds import FileKind, FileRules
from huiyin.records.documents.problems import damaged, refused
from huiyin.records.texts.decoding import decode

_PDF_HEAD = re.compile(rb"%PDF-[12]\.\d")
_TAIL = 2048
# What a browser or Windows would run rather than show, whatever the extension says. Only one part of the
# pattern may repeat without an end: two in a row take the square of the length, hours for one long word.
_CODE = re.compile(r"\s*(<\?|<!doctype|<html|<script|<svg|<\w[^>]*\bxmlns|#!|@echo\s|\{\\rtf)", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


def check_pdf(file: BinaryIO, kind: FileKind, rules: FileRules) -> None:
    """A PDF starts as one with the first byte and ends as one (检查PDF)."""
    head = file.read(8)
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    if not _PDF_HEAD.match(head) or b"%%EOF" not in tail:
        raise damaged(kind.name)


def check_text(file: BinaryIO, kind: FileKind, rules: FileRules) -> None:
    """A text is readable in a known encoding and is no web page and no script (检查纯文本)."""
    decoded = decode(file.read())
    if decoded.had_errors or _CONTROLS.search(decoded.text):
        raise damaged(kind.name)
    if _CODE.match(decoded.text):
        raise refused(
            "active_content", _("文件内容是网页或者程序脚本,不能上传。请另存为 Word、PDF 或者图片。")
        )
