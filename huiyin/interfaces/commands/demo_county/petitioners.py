"""The petitioners of the demo county (演示信访人): invented names, numbers that no network assigns.

Mobile numbers stand in 199-0999, land lines in area code 0999, identity numbers under the region code
990123, which GB/T 2260 does not assign.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from stdnum.cn import ric

from huiyin.casework.intake.contract import Person

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
PAIRS = (
    "桂兰秀英建国玉珍德福春生海燕志远小军雪梅长根凤霞永强红梅金生水莲国平美华大勇素云"
    "文斌丽萍家旺翠花广田晓峰月娥振东彩霞福来立新秋菊传宝淑芳学文银花保全冬梅向荣兰香"
    "守田巧云铁柱爱莲茂林慧敏跃进思雨明亮佳宁子涵一鸣瑞雪书琴满仓荷花"
)
GIVEN = tuple(PAIRS[place : place + 2] for place in range(0, len(PAIRS), 2))


def name(rng: Random) -> str:
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def phone(rng: Random) -> str:
    if rng.random() < 0.12:
        return f"0999-55{rng.randint(20000, 98999)}"
    return f"1990999{rng.randint(0, 9999):04d}"


def id_number(rng: Random) -> str:
    born = date(1948, 1, 1) + timedelta(days=rng.randint(0, 19_500))
    digits = f"990123{born:%Y%m%d}{rng.randint(10, 998):03d}"
    return digits + str(ric.calc_check_digit(digits + "0"))


def people(rng: Random, capacity: str, count: int) -> Sequence[Person]:
    """So many others who take part."""
    return tuple(
        Person(
            capacity=capacity,
            name=name(rng),
            phone=phone(rng),
            has_power_of_attorney=capacity == "agent",
        )
        for _turn in range(count)
    )
