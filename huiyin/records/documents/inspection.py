"""What a file really is (文件检查): found by content, opened for real, refused with a sentence.

`CHECKS` names every examination; a new kind of file is an entry in `reference/file_kinds.toml` and, if none
of these fits, one more line in this table.
"""

from collections.abc import Callable
from typing import BinaryIO

import puremagic
from django.utils.translation import gettext as _

from huiyin.records.documents.file_kinds import FileKind, FileRules
from huiyin.records.documents.file_names import extension_of
from huiyin.records.documents.office_files import check_office_file, office_kind
from huiyin.records.documents.plain_files import check_pdf, check_text
from huiyin.records.documents.problems import refused
from huiyin.records.documents.recordings import check_boxes, check_mp3, check_wav

HEAD = 4096
_ZIP = b"PK\x03\x04"
_PROGRAMS = frozenset({".exe", ".dll", ".com", ".scr", ".elf", ".so", ".jar", ".apk", ".msi", ".bat", ".sh"})
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"

# An image is not only checked but written anew: see `services.attachment_prepare`.
CHECKS: dict[str, Callable[[BinaryIO, FileKind, FileRules], None]] = {
    "boxes": check_boxes,
    "mp3": check_mp3,
    "office": check_office_file,
    "pdf": check_pdf,
    "text": check_text,
    "wav": check_wav,
}


def kind_by_content(file: BinaryIO, name: str, rules: FileRules) -> FileKind:
    """The allowed kind that the content shows (识别类型); the name only decides whether it may be a text.

    Raises:
        AttachmentRefused: the content is of no allowed kind.
    """
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(_ZIP):
        found = {code} if (code := office_kind(file)) else set()
        file.seek(0)
        shown = [kind for kind in rules.kinds if kind.code in found]
    else:
        extensions = _extensions_of(head)
        shown = [kind for kind in rules.kinds if extensions.intersection(kind.extensions)]
    texts = [kind for kind in rules.kinds if kind.check == "text" and extension_of(name) in kind.extensions]
    if shown:
        return shown[0]
    if texts and not head.startswith(_ZIP):
        return texts[0]
    raise _not_allowed(head, name, rules)


def _extensions_of(head: bytes) -> set[str]:
    """What puremagic takes the first bytes for, best guesses first."""
    try:
        return {str(match.extension).lower() for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()


def _not_allowed(head: bytes, name: str, rules: FileRules) -> Exception:
    if head.startswith(_OLD_OFFICE):
        reason = _("旧版 Office 文档(.doc、.xls)可能带有宏,不能上传。请另存为 .docx、.xlsx 或者 PDF。")
        return refused("old_office", reason)
    if _PROGRAMS & {extension_of(name), *_extensions_of(head)}:
        return refused("program", _("文件是程序,不能上传。请上传照片、PDF、Word、Excel、录音或者视频。"))
    allowed = "、".join(dict.fromkeys(extension.lstrip(".") for extension in rules.extensions))
    reason = _("这类文件不能上传。可以上传的类型有:%(allowed)s。") % {"allowed": allowed}
    return refused("not_allowed", reason)
