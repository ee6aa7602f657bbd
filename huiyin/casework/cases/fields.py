"""What any free text of an officer must keep to (填写要求): storable, and short enough for its place."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Demand
from huiyin.records.documents.models import Attachment

MAX_PROSE = 20_000
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

Problems = dict[str, object]


def unfit_texts(fields: Mapping[str, str], **most: int) -> Problems:
    """The texts that cannot be kept, each with its sentence; `most` are the limits of short fields."""
    problems: Problems = {}
    for name, text in fields.items():
        limit = most.get(name, MAX_PROSE)
        if len(text) > limit:
            problems[name] = _("最多%(max)s字，更长的材料请作为附件上传。") % {"max": limit}
        elif _UNSTORABLE.search(text):
            problems[name] = _("含有无法保存的字符，请重新输入或者粘贴为纯文本。")
    return problems


def is_attachment_of(demand: Demand, attachment_id: int | None) -> bool:
    """Say whether a file belongs to the dossier of this matter; no file is fine."""
    if attachment_id is None:
        return True
    return Attachment.objects.filter(pk=attachment_id, matter_id=demand.case_id).exists()
