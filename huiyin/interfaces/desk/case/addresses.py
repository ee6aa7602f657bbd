"""Where the pieces of a matter lie (网址)."""

from huiyin.casework.replies.selectors.rows import FileRow
from huiyin.interfaces.ui.addresses import address
from huiyin.interfaces.ui.parts import Link


def document_url(document_id: int) -> str:
    return address("desk:document", document_id)


def file_url(attachment_id: int) -> str:
    return address("desk:attachment", attachment_id)


def file_link(row: FileRow) -> Link:
    """An attachment with its size, for download (附件)."""
    size = f"{row.size / 2**20:.1f} MB" if row.size >= 2**20 else f"{max(1, row.size // 1024)} KB"
    return Link(row.name, file_url(row.id), "paperclip", count=size)
