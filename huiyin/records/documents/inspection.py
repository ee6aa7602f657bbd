"""What a file really is (文件检查): found by content, opened for real, refused with a sentence.

`CHECKS` names every examination; a new kind of file is an entry in `reference/file_kinds.toml` and, if none
of these fits, one more line in this table.
"""

from collections.abc import Callable
from typing import BinaryIO

from django.utils.translation import gettext as _

from huiyin.records.documents.errors import AttachmentRefused
from huiyin.records.documents.file_kinds import FileKind, FileRules
from huiyin.records.documents.file_names import extension_of
from huiyin.records.documents.office_files import check_office_file, office_kind
from huiyin.records.documents.plain_files import check_pdf, check_text
from huiyin.records.documents.problems import damaged, refused
from huiyin.records.documents.recordings import check_boxes, check_mp3, check_wav

HEAD = 64
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PROGRAM_HEADS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
# fmt: off
_PROGRAMS = frozenset({
    ".apk", ".bat", ".cmd", ".com", ".dll", ".exe", ".hta", ".jar", ".js", ".lnk", ".msi", ".ps1", ".py",
    ".scr", ".sh", ".vbs",
})
# fmt: on
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"

# An image is not only checked but written anew: see `preparing.attachment_prepare`.
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
    shown = [kind for kind in rules.kinds if kind.may_start(head)]
    if any(kind.check == "office" for kind in shown):
        code = office_kind(file)
        shown = [kind for kind in shown if kind.code == code]
    elif not shown:
        extension = extension_of(name)
        shown = [kind for kind in rules.kinds if kind.check == "text" and extension in kind.extensions]
    if shown:
        return shown[0]
    raise _not_allowed(head, name, rules)


def _not_allowed(head: bytes, name: str, rules: FileRules) -> AttachmentRefused:
    extension = extension_of(name)
    if head.startswith(_PROGRAM_HEADS) or extension in _PROGRAMS:
        return refused("program", _("文件是程序,不能上传。请上传照片、PDF、Word、Excel、录音或者视频。"))
    if head.startswith(_OLD_OFFICE):
        reason = _("旧版Office文档(.doc、.xls)可能带有宏,不能上传。请另存为.docx、.xlsx或者PDF。")
        return refused("old_office", reason)
    for kind in rules.kinds:
        if extension in kind.extensions:
            return damaged(kind.name)
    if head.startswith(_ARCHIVES):
        return refused("archive", _("压缩包不能上传。请解压后把里面的文件分别上传。"))
    allowed = "、".join(dict.fromkeys(each.lstrip(".") for each in rules.extensions))
    reason = _("这类文件不能上传。可以上传的类型有:%(allowed)s。") % {"allowed": allowed}
    return refused("not_allowed", reason)
