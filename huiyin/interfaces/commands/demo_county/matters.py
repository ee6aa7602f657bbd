"""One matter of the demo county before it is written (演示事项): who, where, in which words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from huiyin.casework.intake.contract import DemandDraft, Person
from huiyin.interfaces.commands.demo_county import petitioners
from huiyin.interfaces.commands.demo_county.places import Spot
from huiyin.interfaces.commands.demo_county.stories import ANYWHERE, Ask, Story
from huiyin.interfaces.commands.demo_county.tempo import Act

CHANNELS: Mapping[str, tuple[str, ...]] = {
    "petition-office": ("visit", "web", "visit", "web", "letter", "call", "web", "email"),
    "npc-office": ("letter", "visit", "letter", "web"),
    "hotline": ("call", "call", "call", "web"),
    "superior": ("superior",),
    "town": ("visit", "call", "web"),
}
SUPERIORS = ("市信访局", "市人大常委会办公室", "市长信箱")


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A matter with everything that happens to it; `token` keeps it from being registered twice."""

    token: str
    story: str
    intake: Mapping[str, object]
    acts: tuple[Act, ...]
    same_as: str = ""

    @property
    def starts_at(self) -> datetime:
        return self.acts[0].at


def filled(text: str, slots: Mapping[str, str]) -> str:
    return text.format_map(slots).strip()


def slots_of(story: Story, spot: Spot, day: date, rng: Random) -> dict[str, str]:
    """The words for the slots: the place, the month it began, and one choice of each kind."""
    began = day - timedelta(days=30 * story.months_ago + rng.randint(0, 12))
    ago = {0: "今年", 1: "去年"}.get(day.year - began.year, f"{began.year}年")
    slots = {
        "place": spot.place,
        "village": spot.village,
        "town": spot.town,
        "ago": f"{ago}{began.month}月",
        "year": str(began.year),
    }
    for name, values in story.choices.items():
        slots[name] = filled(rng.choice(values), slots)
    return slots


def intake_of(
    story: Story, spot: Spot, slots: Mapping[str, str], *, office: str, day: date, rng: Random
) -> dict[str, object]:
    """What is registered: the person's own words, the demands, and how they came in."""
    channel = rng.choice(story.channels or CHANNELS[office])
    naming = rng.choice(story.namings)
    heads = story.heads if story.heads < 3 else story.heads + rng.randint(0, 9)
    values: dict[str, object] = {
        "channel": channel,
        "office": {"superior": "petition-office", "town": spot.agency}.get(office, office),
        "text": filled(rng.choice(story.texts), slots),
        "demands": tuple(draft(story, ask, slots, rng) for ask in (story.first, story.second) if ask),
        "naming": naming,
        "head_count": heads,
        "region_code": spot.region_code,
        "place": spot.place,
        "evidence": evidence(channel, day, rng),
        "others": others(story, channel, heads, rng) if naming != "anonymous" else (),
    }
    if channel == "superior":
        values["superior_number"] = f"市转{day.year}{rng.randint(1000, 9999)}"
    if channel == "letter":
        values["received_on"] = day
    if naming != "anonymous":
        values |= {"name": petitioners.name(rng), "phone": petitioners.phone(rng)}
        values["address"] = f"青禾县{spot.place}{rng.randint(1, 9)}组{rng.randint(1, 68)}号"
        if rng.random() < 0.4:
            values["id_number"] = petitioners.id_number(rng)
    return values


def draft(story: Story, ask: Ask, slots: Mapping[str, str], rng: Random) -> DemandDraft:
    """A demand as it comes in; an accusation is known as one from the first moment, and sealed."""
    statement = filled(rng.choice(ask.asks), slots)
    if story.places != ANYWHERE and slots["village"] not in statement and ask.branch != "accusation":
        statement += f"（{slots['village']}）"
    if ask.branch == "accusation":
        return DemandDraft(statement=statement, branch=ask.branch, content_class=ask.content_class)
    return DemandDraft(statement=statement)


def others(story: Story, channel: str, heads: int, rng: Random) -> tuple[Person, ...]:
    if heads >= 3:
        representatives = min(5, 2 + heads // 10)
        signers = 0 if channel == "visit" else min(4, heads - representatives)
        return (
            *petitioners.people(rng, "representative", representatives),
            *petitioners.people(rng, "cosigner", signers),
        )
    if story.words.get("agent"):
        return tuple(replace(person, address="") for person in petitioners.people(rng, "agent", 1))
    return ()


def evidence(channel: str, day: date, rng: Random) -> dict[str, str]:
    """What each channel notes about how the petition came in."""
    match channel:
        case "visit":
            window = rng.choice(("一号窗口", "二号窗口", "三号窗口"))
            return {
                "queue_slip": f"A{rng.randint(1, 48):03d}",
                "window": window,
                "checked_by_visitor": "当面宣读，本人签字",
            }
        case "call":
            return {"call_time": f"{rng.randint(8, 20):02d}:{rng.randint(0, 59):02d}"}
        case "letter":
            sent = day - timedelta(days=rng.randint(2, 5))
            return {"postmark_on": sent.isoformat(), "sheets": str(rng.randint(1, 4))}
        case "email":
            return {"mailbox": "县信访局公开邮箱", "sent_on": day.isoformat()}
        case "superior":
            return {
                "superior_name": rng.choice(SUPERIORS),
                "letter_number": f"市信转〔{day.year}〕{rng.randint(20, 900)}号",
                "limit_on": (day + timedelta(days=60)).isoformat(),
            }
        case _:
            return {}
