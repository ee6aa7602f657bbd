"""Files that came with a form and wait for what they belong to (待入卷附件).

A file is checked and written before anything is registered. Until then the page carries its receipt, signed,
so that neither a mistake elsewhere nor one refused file makes anybody choose all files again.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from huiyin.interfaces.ui.files import attachment_store_of_settings
from huiyin.records.documents.errors import AttachmentRefused, StorageFailed
from huiyin.records.documents.preparing import PreparedFile, attachment_prepare

SALT = "huiyin.desk.upload"
# The sweep takes files without an owner away after a day.
SECONDS_KEPT = 20 * 3600


@dataclass(frozen=True)
class Kept:
    """A file that is already safe, with the receipt the page carries (已收附件)."""

    file: PreparedFile
    receipt: str


@dataclass(frozen=True)
class Uploads:
    """What became of the files of a form: those kept, and a sentence for each refused one."""

    kept: tuple[Kept, ...]
    refusals: tuple[str, ...]


def uploads_take(
    files: Iterable["UploadedFile[bytes]"], receipts: Iterable[str], *, dropped: Iterable[str] = ()
) -> Uploads:
    """Keep what was kept before and what is good among the new; say of each other file why not (收附件)."""
    unwanted = set(dropped)
    kept = [one for receipt in receipts if receipt not in unwanted and (one := kept_of(receipt))]
    refusals: list[str] = []
    for file in files:
        name = file.name or _("附件")
        try:
            prepared = attachment_prepare(file=file, name=name, store=attachment_store_of_settings())
        except AttachmentRefused as refused:
            refusals.append(f"“{name}”：{refused.message}")
        except StorageFailed:
            refusals.append(
                _("“%(name)s”没有存下来：存储空间出了问题。其他内容都在，可以先登记，之后再补传。")
                % {"name": name}
            )
        else:
            kept.append(Kept(prepared, signing.dumps(asdict(prepared), salt=SALT)))
    return Uploads(tuple(kept), tuple(refusals))


def kept_of(receipt: str) -> Kept | None:
    """Read a receipt back; None when it is not ours or too old."""
    try:
        return Kept(PreparedFile(**signing.loads(receipt, salt=SALT, max_age=SECONDS_KEPT)), receipt)
    except (signing.BadSignature, TypeError):
        return None
