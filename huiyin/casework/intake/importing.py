"""Import of petitions from a table (批量导入): a row becomes an intake, a batch one transaction.

A row is known by its source number (来源编号) and registered once, however often the file is fed; what is
wrong with a row is said in sentences, and the other rows go on.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from huiyin.casework.cases.models import Submission
from huiyin.casework.cases.refusals import NotPermitted, Refused
from huiyin.casework.intake.channels import BY_CODE
from huiyin.casework.intake.checks import check_intake
from huiyin.casework.intake.contract import DemandDraft, Intake
from huiyin.casework.intake.import_columns import channel_of, date_problem, day_of, naming_of
from huiyin.casework.intake.import_files import SourceRow
from huiyin.casework.intake.services import Receipt, excerpt, submissions_register
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right
from huiyin.records.agencies.selectors import class_directory, region_directory
from huiyin.records.texts.normalising import clean
from huiyin.records.vault.details import DetailsInvalid

BATCH = 500
LONGEST_TITLE = 120
LONGEST_TOKEN = 100
PEOPLE = ("name", "phone", "id_number", "address", "email")
# Where a channel keeps the number its source gave the petition.
NUMBER_EVIDENCE = {"web": "post_number", "call": "call_number"}
# 留言用户 of message boards holds account codes such as A00031618, which name nobody.
ACCOUNT_CODE = re.compile(r"[A-Za-z_-]*\d{4,}[A-Za-z0-9_-]*")
ITEM = re.compile(r"^\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、．)）]\s*")


class State(StrEnum):
    """What became of a row (导入结果)."""

    REGISTERED = "registered"
    KNOWN = "known"
    BAD = "bad"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a table is to be read (导入方案)."""

    office_id: int
    columns: Mapping[str, int]
    heading: Sequence[str] = ()
    channel: str = "web"
    source: str = ""
    is_anonymous: bool = False


@dataclass(slots=True)
class Outcome:
    """A row and what became of it (逐行结果)."""

    row: SourceRow
    number: str = ""
    intake: Intake | None = None
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    state: State = State.BAD
    receipt: Receipt | None = None


def check_importer(*, office_id: int, by: User | None) -> None:
    """Refuse an account that may not register for this office; the operator of the machine has none.

    Raises: NotPermitted.
    """
    if by is not None and not (by.has_right(Right.CASE_REGISTER) and by.agency_id == office_id):
        raise NotPermitted(_("只有本单位的登记人员可以登记信访事项。"))


def prepare(row: SourceRow, plan: Plan, *, at: datetime) -> Outcome:
    """Turn a row into an intake, or say everything that is wrong with it (逐行检查)."""
    outcome = Outcome(row)
    if row.problem:
        outcome.problems.append(row.problem)
        return outcome
    cells = _cells(row, plan, outcome)
    outcome.number = cells.get("number", "")
    intake = _intake(cells, plan, outcome)
    if not outcome.problems:
        outcome.problems += [str(sentence) for sentence in check_intake(intake, at=at).values()]
    if not outcome.problems:
        outcome.intake = intake
    return outcome


def _cells(row: SourceRow, plan: Plan, outcome: Outcome) -> dict[str, str]:
    cells = {}
    for name, place in plan.columns.items():
        cleaned = clean(row.cells[place] if place < len(row.cells) else "")
        cell = cleaned.text.strip()
        if cleaned.removed:
            outcome.notes.append(
                _("“%(column)s”中的不可见控制字符已去掉。") % {"column": _column(plan, place)}
            )
        cells[name] = cell
    return cells


def _column(plan: Plan, place: int) -> str:
    return plan.heading[place] if place < len(plan.heading) else str(place + 1)


def _intake(cells: Mapping[str, str], plan: Plan, outcome: Outcome) -> Intake:
    text, title = _text(cells)
    channel = _channel(cells.get("form", ""), plan, outcome)
    day = None
    if said := cells.get("received_on", ""):
        day = day_of(said)
        if problem := date_problem(said, day):
            outcome.problems.append(problem)
    region_code, place = _place(cells, outcome)
    naming, people = _people(cells, plan, outcome)
    evidence = {}
    if channel in NUMBER_EVIDENCE and cells.get("number"):
        evidence[NUMBER_EVIDENCE[channel]] = cells["number"]
    if channel == "superior":
        evidence["superior_name"] = cells.get("superior_name", "")
    return Intake(
        channel=channel,
        office_id=plan.office_id,
        text=text,
        title=title,
        demands=_demands(cells, title or excerpt(text), outcome),
        received_on=day,
        naming=naming,
        head_count=_head_count(cells.get("head_count", ""), outcome),
        region_code=region_code,
        place=place,
        superior_number=cells.get("superior_number", ""),
        evidence=evidence,
        token=token_of(cells, plan, text),
        name=people.get("name", ""),
        phone=people.get("phone", ""),
        id_number=people.get("id_number", ""),
        address=people.get("address", ""),
        email=people.get("email", ""),
    )


def token_of(cells: Mapping[str, str], plan: Plan, text: str) -> str:
    """What the row is known by when it is fed again: its source number, or else its contents (去重标识)."""
    number = cells.get("number", "")
    if number:
        token = f"import:{plan.source}:{number}"
        if len(token) <= LONGEST_TOKEN:
            return token
    parts = [number or "", *(cells.get(name, "") for name in ("title", "received_on", *PEOPLE)), text]
    return f"import:{plan.source}:#{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:40]}"


def _text(cells: Mapping[str, str]) -> tuple[str, str]:
    """Text and title; a title that is too long for its column is kept whole in the text."""
    text, title = cells.get("text", ""), " ".join(cells.get("title", "").split())
    if len(title) > LONGEST_TITLE:
        return f"{title}\n{text}".strip(), title[: LONGEST_TITLE - 1] + "…"
    return text or title, title


def _channel(form: str, plan: Plan, outcome: Outcome) -> str:
    if not form:
        return plan.channel
    code = channel_of(form)
    if not code:
        outcome.problems.append(
            _("不认识信访形式“%(form)s”：请填写%(known)s之一。")
            % {"form": form[:20], "known": "、".join(str(channel.name) for channel in BY_CODE.values())}
        )
    return code or plan.channel


def _place(cells: Mapping[str, str], outcome: Outcome) -> tuple[str, str]:
    """The region by code or name; a name that no region has stays as the place."""
    region, place = cells.get("region", ""), cells.get("place", "")
    if not region:
        return "", place
    found = [one for one in region_directory().active() if region in (one.code, one.name)]
    if len(found) == 1:
        return found[0].code, place
    outcome.notes.append(
        _("属地“%(region)s”不在行政区划表中，已记入地点，请分流时选择属地。") % {"region": region[:30]}
    )
    return "", f"{region} {place}".strip()


def _people(cells: Mapping[str, str], plan: Plan, outcome: Outcome) -> tuple[str, dict[str, str]]:
    """How the petitioner is named, and the details to keep: none for the anonymous."""
    people = {name: cells.get(name, "") for name in PEOPLE}
    if ACCOUNT_CODE.fullmatch(people["name"]):
        people["name"] = ""
    said = cells.get("naming", "")
    naming = naming_of(said)
    if said and not naming:
        outcome.problems.append(
            _("不认识署名方式“%(naming)s”：请填写实名、匿名或者要求保密。") % {"naming": said[:20]}
        )
    if (
        plan.is_anonymous
        or naming == "anonymous"
        or not any(people[name] for name in PEOPLE if name != "address")
    ):
        return "anonymous", {}
    return naming or "named", people


def _demands(cells: Mapping[str, str], otherwise: str, outcome: Outcome) -> tuple[DemandDraft, ...]:
    """One demand per line of its cell; without one, the title stands for it."""
    said = cells.get("content_class", "")
    content_class = _class_code(said) if said else ""
    if said and not content_class:
        outcome.notes.append(_("内容分类“%(name)s”不在分类表中，请分流时选择。") % {"name": said[:30]})
    lines = [ITEM.sub("", line).strip() for line in cells.get("demand", "").splitlines()]
    statements = [line for line in lines if line] or [otherwise]
    return tuple(DemandDraft(statement=statement, content_class=content_class) for statement in statements)


def _class_code(said: str) -> str:
    for one in class_directory().active():
        if said in (one.code, one.name):
            return one.code
    return ""


def _head_count(said: str, outcome: Outcome) -> int:
    found = re.fullmatch(r"(\d{1,7})\s*[人名]?", unicodedata.normalize("NFKC", said)) if said else None
    if said and not found:
        outcome.problems.append(_("信访人数“%(count)s”不是数字：请填写人数，如 3。") % {"count": said[:20]})
    return int(found[1]) if found else 1


def mark_known(outcomes: Iterable[Outcome], seen: dict[str, str]) -> None:
    """Mark rows that are registered already or repeat a row above; the same number with another text is bad.

    `seen` remembers the texts of this run by token.
    """
    fit = [outcome for outcome in outcomes if outcome.intake]
    tokens = [outcome.intake.token for outcome in fit if outcome.intake]
    stored = dict(Submission.objects.filter(token__in=tokens).values_list("token", "text"))
    for outcome in fit:
        assert outcome.intake is not None
        token, digest = outcome.intake.token, _digest(outcome.intake.text)
        before = _digest(stored[token]) if token in stored else seen.get(token)
        if before is None:
            seen[token] = digest
        elif before == digest:
            outcome.state, outcome.intake = State.KNOWN, None
        else:
            outcome.intake = None
            outcome.problems.append(
                _("来源编号“%(number)s”已经登记过，内容却不同：请核对编号；另一个系统的请用 --source 区分。")
                % {"number": outcome.number[:40]}
            )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def batch_import(*, outcomes: Sequence[Outcome], by: User | None, at: datetime) -> None:
    """Register what can be registered of a batch in one transaction (批量登记), and mark each row.

    If the batch as a whole is refused, its rows are tried one by one, so that one row cannot hold up others.
    """
    fit = [outcome for outcome in outcomes if outcome.intake]
    try:
        _register(fit, by=by, at=at)
    except (IntegrityError, DataError, ValueError, Refused, DetailsInvalid):
        for outcome in fit:
            _register_alone(outcome, by=by, at=at)


def _register(fit: Sequence[Outcome], *, by: User | None, at: datetime) -> None:
    if not fit:
        return
    intakes = [outcome.intake for outcome in fit if outcome.intake]
    for outcome, receipt in zip(fit, submissions_register(intakes=intakes, by=by, at=at), strict=True):
        outcome.state, outcome.receipt = State.REGISTERED, receipt


def _register_alone(outcome: Outcome, *, by: User | None, at: datetime) -> None:
    assert outcome.intake is not None
    try:
        _register([outcome], by=by, at=at)
    except IntegrityError:
        # Another import was faster with the same row; anything else the database refuses is a problem.
        if Submission.objects.filter(token=outcome.intake.token, text=outcome.intake.text).exists():
            outcome.state = State.KNOWN
            return
        outcome.problems.append(_("数据库没有接受这一行：请核对来源编号是否重复。"))
    except (Refused, DetailsInvalid) as refusal:
        outcome.problems.append(str(refusal))
    except (DataError, ValueError):
        outcome.problems.append(_("这一行有数据库存不下的内容：请检查过长的编号或者特殊字符。"))


def rows_import(
    *,
    rows: Sequence[SourceRow],
    plan: Plan,
    seen: dict[str, str],
    is_trial: bool,
    by: User | None,
    at: datetime,
) -> list[Outcome]:
    """Check a batch of rows and register those that are fit (导入一批); a trial registers nothing."""
    outcomes = [prepare(row, plan, at=at) for row in rows]
    mark_known(outcomes, seen)
    if is_trial:
        for outcome in outcomes:
            outcome.state = State.REGISTERED if outcome.intake else outcome.state
    else:
        batch_import(outcomes=outcomes, by=by, at=at)
    return outcomes
