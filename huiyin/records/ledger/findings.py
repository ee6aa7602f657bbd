"""What a finding means, as a sentence (核验结论): where it is, and what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from huiyin.records.ledger.report import Fault, Finding

SENTENCES: Mapping[Fault, StrPromise] = {
    Fault.ENTRY_CHANGED: gettext_lazy(
        "信访事项 %(matter)s 的第 %(place)s 条台账已被改动：内容与其摘要不符。"
    ),
    Fault.ENTRY_MISSING: gettext_lazy("信访事项 %(matter)s 缺少第 %(place)s 条台账：该条已被删除。"),
    Fault.ENTRY_EXTRA: gettext_lazy("信访事项 %(matter)s 的第 %(place)s 条台账不该存在：链头没有登记它。"),
    Fault.LINK_BROKEN: gettext_lazy("信访事项 %(matter)s 的第 %(place)s 条台账没有接在上一条之后：链已断。"),
    Fault.TAIL_MISSING: gettext_lazy(
        "信访事项 %(matter)s 的台账末尾被截去：从第 %(place)s 条起缺失，而链头或封印证明它们存在过。"
    ),
    Fault.HEAD_WRONG: gettext_lazy("信访事项 %(matter)s 的链头与其最后一条（第 %(place)s 条）台账不符。"),
    Fault.HEAD_MISSING: gettext_lazy("信访事项 %(matter)s 有台账（至第 %(place)s 条）而没有链头。"),
    Fault.LEAF_WRONG: gettext_lazy("信访事项 %(matter)s 的第 %(place)s 条台账与封印时不同：封印后已被改写。"),
    Fault.LEAF_MISSING: gettext_lazy("信访事项 %(matter)s 已封印到第 %(place)s 条，而台账中没有该事项。"),
    Fault.SEAL_WRONG: gettext_lazy("%(day)s 的封印已被改动：由封印叶重新计算的根值与登记的根值不符。"),
    Fault.SEAL_LINK_BROKEN: gettext_lazy("%(day)s 的封印没有接在前一次封印之后：其间的封印被删除或改动。"),
    Fault.FILE_UNREADABLE: gettext_lazy("文件 %(detail)s 的第 %(line)s 行不是台账导出的格式，无法核验。"),
    Fault.FILE_INCOMPLETE: gettext_lazy("文件 %(detail)s 不完整：条目数与结尾登记的不符，请重新导出或传送。"),
    Fault.TRIGGERS_MISSING: gettext_lazy(
        "台账内容无误，但数据库中 %(detail)s 的只增保护已失效：请由系统管理员重新执行数据库迁移并查明原因。"
    ),
    Fault.PROOF_UNREADABLE: gettext_lazy("这不是一份完整的存在证明：请粘贴或扫描证明的全部内容。"),
    Fault.PROOF_ENTRY_WRONG: gettext_lazy("证明中的条目与其摘要不符：证明被改动过。"),
    Fault.PROOF_PATH_WRONG: gettext_lazy("证明不能推导到 %(day)s 的根值：证明或条目被改动过。"),
    Fault.PROOF_ROOT_UNKNOWN: gettext_lazy(
        "证明本身前后一致，但其根值不是 %(day)s 公布的根值：请核对公布的根值。"
    ),
}


def explain(finding: Finding) -> str:
    """Say in one sentence what is wrong and where."""
    sentence = SENTENCES[finding.fault] % {
        "matter": finding.matter_id,
        "place": finding.sequence,
        "day": finding.day,
        "line": finding.line,
        "detail": finding.detail,
    }
    if finding.matter_id is None and finding.day is None:
        return str(sentence)
    return sentence + _("请保留现场，不要修改数据库，并报告审计管理员用备份比对。")
