"""The sentences with which a file is refused (附件拒收说明): what, why, and the way out."""

from django.utils.translation import gettext as _

from huiyin.records.documents.errors import AttachmentRefused


def way_out() -> str:
    return _("也可以打印出来邮寄,或者带到接待窗口。")


def refused(code: str, reason: str) -> AttachmentRefused:
    """The refusal of a file for a reason (拒收), with the way out at the end."""
    return AttachmentRefused(code, f"{reason}{way_out()}")


def damaged(kind: str) -> AttachmentRefused:
    return refused(
        "damaged",
        _("文件打不开:内容不是完整的%(kind)s。请在自己的设备上打开确认后重新上传。") % {"kind": kind},
    )
