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
GIVEN = tuple(
    (
        "桂兰 秀英 建国 玉珍 德福 春生 海燕 志远 小军 雪梅 长根 凤霞 永强 红梅 "
        "金生 水莲 国平 美华 大勇 素云 文斌 丽萍 家旺 翠花 广田 晓峰 月娥 振东 "
        "彩霞 福来 立新 秋菊 传宝 淑芳 学文 银花 保全 冬梅 向荣 兰香 守田 巧云 "
        "铁柱 爱莲 茂林 慧敏 跃进 思雨 明亮 佳宁 子涵 一鸣 瑞雪 书琴 满仓 荷花"
    ).split()
)


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
