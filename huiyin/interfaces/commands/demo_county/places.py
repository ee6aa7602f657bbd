"""Where the stories happen (演示地点): the towns and villages of the reference data."""

from dataclasses import dataclass
from random import Random

from huiyin.interfaces.commands.demo_county.stories import URBAN, VILLAGE
from huiyin.records.agencies.selectors import region_directory

COUNTY = "990123000000"
TOWN_OF = {
    "990123001000": "town-hecheng",
    "990123100000": "town-liuhe",
    "990123101000": "town-shiqiao",
    "990123102000": "town-datang",
    "990123103000": "town-zaolin",
    "990123200000": "town-yunling",
    "990123201000": "town-baisha",
    "990123202000": "town-dongping",
}


@dataclass(frozen=True)
class Spot:
    """A place with the words for it; `agency` is the township's code."""

    region_code: str
    town: str
    village: str
    agency: str

    @property
    def place(self) -> str:
        return f"{self.town}{self.village}"


def spots(kind: str) -> list[Spot]:
    """Every village or community that fits the kind of story."""
    found = []
    for region in region_directory():
        town = region_directory().get(region.parent_code)
        if town is None or town.code not in TOWN_OF:
            continue
        is_urban = region.code[9] == "0"
        if (kind == VILLAGE and is_urban) or (kind == URBAN and not is_urban):
            continue
        found.append(Spot(region.code, town.name, region.name, TOWN_OF[town.code]))
    return found


def pick(kind: str, rng: Random, index: int) -> Spot:
    """Another place each time the story happens, so that repeats do not read like copies."""
    every = spots(kind)
    return every[(index * 7 + rng.randint(0, 2)) % len(every)]
