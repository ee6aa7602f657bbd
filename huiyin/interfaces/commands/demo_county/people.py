"""The staff of the demo county (演示人物): every role, in every agency that the stories need."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from huiyin.interfaces.commands.demo_county.contract import LogIn
from huiyin.records.accounts.policy import DEMO_PASSWORD
from huiyin.records.accounts.selectors import user_named
from huiyin.records.accounts.services import user_create
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.vault import keys


@dataclass(frozen=True)
class Account:
    """One person who can log in (演示账号)."""

    username: str
    name: str
    agency: str = ""
    roles: str = ""
    duty: str = "casework"


OFFICES = (
    Account("registrar", "周文静", "petition-office", "registrar"),
    Account("dispatcher", "林向东", "petition-office", "registrar dispatcher reviewer"),
    Account("accusation", "秦守正", "petition-office", "registrar dispatcher accusation_officer"),
    Account("office-handler", "姚秀芝", "petition-office", "handler"),
    Account("office-signer", "郭振华", "petition-office", "signer supervisor"),
    Account("npc-clerk", "沈雅琴", "npc-office", "npc_clerk"),
    Account("npc-signer", "吕明远", "npc-office", "signer supervisor reception_leader"),
    Account("hotline-agent", "唐晓雨", "hotline", "hotline_agent dispatcher"),
    Account("hotline-checker", "彭立新", "hotline", "quality_checker knowledge_editor"),
    Account("supervisor", "方志强", "qinghe", "supervisor"),
    Account("leader", "贺建民", "qinghe", "reception_leader"),
    Account("supervision-handler", "严毅", "supervision", "handler accusation_officer"),
    Account("supervision-signer", "谢公正", "supervision", "reviewer signer accusation_officer"),
    Account("review-officer", "顾清", "qinghe", "review_officer hearing_chair"),
    Account("deputy", "罗春梅", "presidium-liuhe", "deputy"),
    Account("system-admin", "向阳", duty="system_admin"),
    Account("security-admin", "安宁", duty="security_admin"),
    Account("auditor", "简明", duty="auditor"),
)
UNITS: dict[str, tuple[str, str]] = {
    "agriculture": ("田广禄", "段秋成"),
    "city-management": ("邹凯", "毛仲平"),
    "civil-affairs": ("尹素芬", "温良玉"),
    "culture": ("文采薇", "艾书香"),
    "education": ("章若兰", "戴启明"),
    "emergency": ("雷鸣", "万安平"),
    "environment": ("江碧波", "蓝天宇"),
    "health": ("白芷若", "康健行"),
    "housing": ("石磊", "梁国栋"),
    "human-resources": ("孔令仪", "崔志远"),
    "industry": ("金晓东", "陆长河"),
    "market": ("常衡", "公孙明"),
    "medical-insurance": ("甘露", "乔本固"),
    "natural-resources": ("山永川", "岳成林"),
    "public-security": ("武正刚", "史威"),
    "transport": ("路遥程", "车行远"),
    "veterans": ("荣光辉", "战国华"),
    "water": ("海清源", "汪润泽"),
}
TOWN_PEOPLE: dict[str, tuple[str, str]] = {
    "hecheng": ("何玉莲", "宋佳禾"),
    "liuhe": ("柳长青", "杜鹏程"),
    "shiqiao": ("桥本善", "石玉珍"),
    "datang": ("汤小莲", "荷建军"),
    "zaolin": ("曹红枣", "林茂生"),
    "yunling": ("云海峰", "岭秀英"),
    "baisha": ("沙洁", "白广平"),
    "dongping": ("茶小满", "东方亮"),
}


def _units() -> tuple[Account, ...]:
    staff = []
    for code, (handler, signer) in UNITS.items():
        staff.append(Account(f"{code}-handler", handler, code, "handler"))
        staff.append(Account(f"{code}-signer", signer, code, "reviewer signer"))
    for code, (handler, signer) in TOWN_PEOPLE.items():
        town = f"town-{code}"
        staff.append(Account(f"{town}-handler", handler, town, "dispatcher handler registrar"))
        staff.append(Account(f"{town}-signer", signer, town, "reviewer signer"))
    return tuple(staff)


ACCOUNTS: tuple[Account, ...] = (*OFFICES, *_units())

LOG_INS: tuple[LogIn, ...] = tuple(
    LogIn(username, DEMO_PASSWORD, person, duty)
    for username, person, duty in (
        ("registrar", "周文静 Zhou Wenjing", "县信访局登记员 registrar, petition office"),
        ("dispatcher", "林向东 Lin Xiangdong", "县信访局分流员 dispatcher, petition office"),
        ("accusation", "秦守正 Qin Shouzheng", "县信访局检举控告专办员 accusation officer"),
        ("npc-clerk", "沈雅琴 Shen Yaqin", "县人大办信访工作人员 clerk, People's Congress office"),
        ("hotline-agent", "唐晓雨 Tang Xiaoyu", "12345热线话务员 hotline agent"),
        ("natural-resources-handler", "山永川 Shan Yongchuan", "县自然资源局承办人 handler"),
        ("natural-resources-signer", "岳成林 Yue Chenglin", "县自然资源局签发人 signer"),
        ("town-liuhe-handler", "柳长青 Liu Changqing", "柳河镇承办人 handler, Liuhe Town"),
        ("supervisor", "方志强 Fang Zhiqiang", "县委县政府督办员 supervisor of the county"),
        ("system-admin", "向阳 Xiang Yang", "系统管理员 system administrator"),
    )
)


def founded_at() -> datetime | None:
    """When the demo county was begun; everything in it is dated from that moment."""
    first = user_named(ACCOUNTS[0].username)
    return first.created_at if first else None


def accounts_are_written() -> bool:
    """Say whether the last account is there."""
    return user_named(ACCOUNTS[-1].username) is not None


def accounts_write(at: datetime, tell: Callable[[int, int], None]) -> None:
    """Make the accounts that are missing, and the key ring when there is none."""
    if not keys.ring_path().exists():
        keys.new_ring(keys.ring_path())
    for done, account in enumerate(ACCOUNTS):
        tell(done, len(ACCOUNTS))
        if user_named(account.username) is None:
            account_write(account, at)


def account_write(account: Account, at: datetime) -> None:
    """Make one account with the demo password, which it need not change."""
    agency = agency_directory().by_code(account.agency) if account.agency else None
    user_create(
        username=account.username,
        name=account.name,
        password=DEMO_PASSWORD,
        agency_id=agency.id if agency else None,
        duty=account.duty,
        roles=account.roles.split(),
        must_change_password=False,
        is_demo=True,
        by=None,
        at=at,
    )
