"""What a registration must hold (登记要求): every problem at once, each with field, rule and way out."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.fields import unfit_texts
from huiyin.casework.cases.models import Capacity, Naming
from huiyin.casework.intake.channels import BY_CODE
from huiyin.casework.intake.contract import Channel, EvidenceField, EvidenceKind, Intake
from huiyin.law.branches import Branch, Purpose
from huiyin.law.calendar import local_date
from huiyin.law.confidentiality import representative_rule
from huiyin.records.agencies.selectors import agency_directory, class_directory, region_directory
from huiyin.records.vault.details import IdentityDetails, problems_of

MAX_TEXT = 50_000
MAX_DEMANDS = 20
MAX_HEADS = 1_000_000
MAX_TOKEN = 100
# Periods can be counted from the first regulation that set them: 《信访条例》 of 1 May 2005.
EARLIEST = date(2005, 5, 1)

Problem = tuple[str, object]


def check_intake(intake: Intake, *, at: datetime) -> dict[str, object]:
    """Check an intake; returns field → sentence, empty when it can be registered (登记检查)."""
    problems: dict[str, object] = {}
    for check in CHECKS:
        for name, sentence in check(intake, at):
            problems.setdefault(name, sentence)
    return problems


def _check_source(intake: Intake, at: datetime) -> Iterator[Problem]:
    channel = BY_CODE.get(intake.channel)
    if channel is None:
        yield "channel", _("没有“%(channel)s”这种渠道，请从列表中选择。") % {"channel": intake.channel[:20]}
        return
    office = agency_directory().get(intake.office_id)
    if office is None or not office.is_active or not office.takes_petitions:
        yield "office", _("该单位不接收信访事项，请另选一个单位。")
    if intake.received_on and intake.received_on > local_date(at):
        yield "received_on", _("收到日期不能晚于今天；期限从这一天的次日起算。")
    if intake.received_on and intake.received_on < EARLIEST:
        yield (
            "received_on",
            _("收到日期不能早于2005年5月1日（《信访条例》施行之日）：请核对年份，更早的按今天登记并写明。"),
        )
    if channel.has_superior_number and not intake.superior_number.strip():
        yield "superior_number", _("请填写上级编号，报结时要用；来文没有编号的，填“无”。")
    yield from _check_evidence(channel, intake.evidence)


def _check_evidence(channel: Channel, evidence: Mapping[str, str]) -> Iterator[Problem]:
    known = {field.name: field for field in channel.evidence}
    for name, value in evidence.items():
        if name not in known:
            yield name, _("“%(channel)s”没有“%(field)s”这一栏。") % {"channel": channel.name, "field": name}
        else:
            yield from _check_evidence_value(known[name], value)
    for field in channel.evidence:
        if field.is_required and not evidence.get(field.name, "").strip():
            yield field.name, _("请填写%(label)s。") % {"label": field.label}


def _check_evidence_value(field: EvidenceField, value: str) -> Iterator[Problem]:
    if len(value) > field.max_length:
        yield field.name, _("%(label)s最多%(max)s个字。") % {"label": field.label, "max": field.max_length}
    elif field.kind == EvidenceKind.NUMBER and value and not value.isdecimal():
        yield field.name, _("%(label)s请填写数字。") % {"label": field.label}
    elif field.kind == EvidenceKind.DATE and value and not _is_date(value):
        yield field.name, _("%(label)s请按“年-月-日”填写，如 2026-03-01。") % {"label": field.label}


def _is_date(value: str) -> bool:
    try:
        datetime.strptime(value, "%Y-%m-%d")
    except ValueError:
        return False
    return True


def _check_content(intake: Intake, at: datetime) -> Iterator[Problem]:
    if not intake.text.strip():
        yield "text", _("请写明反映的情况；口头反映的，由登记人员如实记录（第十九条）。")
    elif len(intake.text) > MAX_TEXT:
        yield "text", _("内容超过%(max)s字，请把详细材料作为附件提交。") % {"max": MAX_TEXT}
    if not intake.demands:
        yield "demands", _("请至少写明一项诉求：希望解决什么问题。")
    elif len(intake.demands) > MAX_DEMANDS:
        yield "demands", _("一件最多%(max)s项诉求，请分件登记。") % {"max": MAX_DEMANDS}
    for index, demand in enumerate(intake.demands, start=1):
        name = f"demand_{index}"
        if not demand.statement.strip():
            yield name, _("第%(index)s项诉求是空的：请写明，或者删去这一项。") % {"index": index}
        elif len(demand.statement) > MAX_TEXT:
            yield name, _("第%(index)s项诉求超过%(max)s字，请写明要点。") % {"index": index, "max": MAX_TEXT}
        if demand.purpose and demand.purpose not in {purpose.value for purpose in Purpose}:
            yield name, _("第%(index)s项诉求的信访目的不在列表中。") % {"index": index}
        if demand.content_class and class_directory().get(demand.content_class) is None:
            yield name, _("第%(index)s项诉求的内容分类不在分类表中。") % {"index": index}
        if demand.branch and demand.branch not in {branch.value for branch in Branch}:
            yield name, _("第%(index)s项诉求的办理途径不在列表中。") % {"index": index}
        if demand.accused_agency_id and agency_directory().get(demand.accused_agency_id) is None:
            yield name, _("第%(index)s项诉求所反映的单位不在机构表中。") % {"index": index}
    if len(intake.title) > 120:
        yield "title", _("标题最多120个字。")
    if intake.region_code and region_directory().get(intake.region_code) is None:
        yield "region_code", _("问题属地不在行政区划表中，请从列表中选择，或者留空并写明地点。")
    if len(intake.place) > 200:
        yield "place", _("地点最多200个字。")


def _check_texts(intake: Intake, at: datetime) -> Iterator[Problem]:
    """Whatever way a text came in, it has to be one that every database takes."""
    texts = {
        "text": intake.text,
        "title": intake.title,
        "place": intake.place,
        "superior_number": intake.superior_number,
        "naming": intake.name + intake.phone + intake.id_number + intake.address + intake.email,
        "evidence": "".join(intake.evidence.values()),
        "others": "".join(p.name + p.phone + p.id_number + p.address for p in intake.others),
        "token": intake.token,
    }
    texts |= {f"demand_{index}": draft.statement for index, draft in enumerate(intake.demands, start=1)}
    yield from unfit_texts(
        texts, text=MAX_TEXT, superior_number=60, others=MAX_HEADS, token=MAX_TOKEN
    ).items()


def _check_people(intake: Intake, at: datetime) -> Iterator[Problem]:
    if intake.naming not in Naming.values:
        yield "naming", _("请选择实名、匿名或者要求保密。")
    if intake.naming == Naming.ANONYMOUS and any(
        (intake.name, intake.phone, intake.id_number, intake.email, intake.address)
    ):
        yield (
            "naming",
            _("匿名反映时不保存姓名和联系方式：请改选“要求保密”，或者删去姓名、电话、地址和证件号码。"),
        )
    details = IdentityDetails(
        name=intake.name,
        phone=intake.phone,
        id_number=intake.id_number,
        address=intake.address,
        email=intake.email,
    )
    yield from problems_of(details).items()
    if not 1 <= intake.head_count <= MAX_HEADS:
        yield "head_count", _("信访人数至少为1人。")
    yield from _check_others(intake)


def _check_others(intake: Intake) -> Iterator[Problem]:
    representatives = [p for p in intake.others if p.capacity == Capacity.REPRESENTATIVE]
    channel = BY_CODE.get(intake.channel)
    cap = representative_rule(head_count=intake.head_count).most_on_visits
    if channel and channel.limits_representatives and len(representatives) > cap:
        yield (
            "others",
            _("走访代表不得超过%(cap)s人（第二十条）；其他人请登记为联名人。") % {"cap": cap},
        )
    signers = [p for p in intake.others if p.capacity != Capacity.AGENT]
    if intake.head_count < len(signers):
        yield "head_count", _("信访人数不能少于列出的代表和联名人人数。")
    for index, person in enumerate(intake.others, start=1):
        if person.capacity not in Capacity.values or not person.name.strip():
            yield f"other_{index}", _("第%(index)s位共同信访人请填写姓名并选择身份。") % {"index": index}
        elif person.capacity == Capacity.AGENT and not person.has_power_of_attorney:
            yield f"other_{index}", _("代理人须有书面授权委托书：请收取后勾选并上传扫描件。")
        details = IdentityDetails(name=person.name, phone=person.phone, id_number=person.id_number)
        for sentence in problems_of(details).values():
            yield f"other_{index}", sentence


CHECKS: tuple[Callable[[Intake, datetime], Iterator[Problem]], ...] = (
    _check_source,
    _check_content,
    _check_texts,
    _check_people,
)
