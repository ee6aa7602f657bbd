"""How casework says no (拒绝): a sentence that names the rule and the next step."""

from collections.abc import Mapping

from django.utils.functional import lazy
from django.utils.translation import get_language

from huiyin.law.citations import Citation
from huiyin.law.deadlines import DeadlineError
from huiyin.law.lifecycle import Refusal, guard_refusal


def in_language(zh: str, en: str) -> str:
    """Choose between the two languages the law shelf carries itself, when the text is shown."""
    return _choose(zh, en)


def _chosen(zh: str, en: str) -> str:
    return zh if (get_language() or "zh").startswith("zh") else en


_choose = lazy(_chosen, str)


class Refused(Exception):
    """A use case was refused; `sentence` says why, `citation` by which article, `way_out` what to do.

    All three are shown to people; they may be lazy translations.
    """

    def __init__(self, sentence: object, *, citation: object = "", way_out: object = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.citation = citation
        self.way_out = way_out

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.sentence, self.citation, self.way_out) if str(part))


class NotThere(Refused):
    """No such thing, or not yours: the same answer for both (不存在或无权查看)."""


class NotPermitted(Refused):
    """Your roles do not allow this step (无此权限)."""


class NotLawful(Refused):
    """The law or the stage of the demand does not allow this step (依法不能办理)."""


def unlawful(refusal: Refusal) -> NotLawful:
    """Turn the law's refusal into ours, article and way out included."""
    return NotLawful(
        in_language(refusal.zh, refusal.en),
        citation=cited(refusal.citation),
        way_out=in_language(refusal.way_out_zh, refusal.way_out_en),
    )


def guarded(guard: str) -> NotLawful:
    """The refusal for a condition of a step that does not hold (条件不满足)."""
    return unlawful(guard_refusal(guard))


def uncountable(error: DeadlineError) -> NotLawful:
    """The refusal for a period that the law does not allow (期限不合法)."""
    sentence = in_language(error.text_zh, error.text_en)
    return NotLawful(sentence, citation=cited(error.citation)) if error.citation else NotLawful(sentence)


def cited(citation: Citation) -> str:
    """A citation in the reader's language."""
    return in_language(citation.text_zh, citation.text_en)


class ChangedMeanwhile(Refused):
    """A colleague was faster; look again before deciding (已被他人处理)."""


class Invalid(Refused):
    """Fields that cannot be accepted: field name → sentence (填写有误)."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        super().__init__("；".join(str(message) for message in fields.values()))
        self.fields = dict(fields)
