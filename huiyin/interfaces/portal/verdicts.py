"""What the ledger says about a receipt or a proof, in words (核验结论)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from huiyin.interfaces.ui.parts import Notice
from huiyin.interfaces.ui.templatetags.ui import day as day_text
from huiyin.records.ledger.findings import explain
from huiyin.records.ledger.proof import Proof, check_proof, parse_proof
from huiyin.records.ledger.selectors import published_root, standing_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the ledger says about a receipt or a proof (核验结论)."""

    notice: Notice
    proof: Proof | None = None


def verdict_on(text: str) -> Verdict:
    """Read what was pasted as a receipt line, else as a proof (核验)."""
    parsed = parse_proof(text)
    if parsed is not None:
        return verdict_on_proof(parsed)
    standing = standing_of(text)
    if standing is None:
        return Verdict(
            Notice(
                _("这不像登记凭证上的那一行。"),
                tone="refusal",
                next_step=_("请整行复制，中间有两个点；或者用手机扫凭证上的二维码。"),
            )
        )
    if standing.is_same and standing.proof:
        sealed = _("这条记录在，一个字都没有改过，已写进%(day)s的封存公告。") % {
            "day": day_text(date.fromisoformat(standing.proof.day), "short")
        }
        return Verdict(Notice(sealed, tone="good", title=_("核验通过")), standing.proof)
    if standing.is_same:
        return Verdict(
            Notice(
                _("这条记录在，一个字都没有改过。当天的记录夜里封存，明天就能下载存在证明。"),
                tone="good",
                title=_("核验通过，尚未封存"),
            )
        )
    return Verdict(
        Notice(
            _("这里没有与凭证相符的记录：可能抄错了，也可能记录被动过。"),
            tone="refusal",
            title=_("核验不通过"),
            next_step=_("请先核对是否抄错。确认没有抄错的，请带凭证向登记单位的上级或者监察机关反映。"),
        )
    )


def verdict_on_proof(parsed: dict[str, object]) -> Verdict:
    try:
        day = date.fromisoformat(str(parsed.get("day", "")))
    except ValueError:
        root = None
    else:
        root = published_root(day)
    report = check_proof(parsed, roots={day: root} if root else {})
    if report.finding is None:
        text = _("证明有效，与%(day)s公告的根值相符。") % {"day": day_text(report.last_day, "short")}
        return Verdict(Notice(text, tone="good", title=_("核验通过")))
    return Verdict(Notice(str(explain(report.finding)), tone="refusal", title=_("核验不通过")))
